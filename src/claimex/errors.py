"""Errors that claimex raises. Each message says what failed, where, and what to try next, in one sentence."""


class ClaimexError(Exception):
    """Base of all errors that a caller of claimex may want to catch."""


class InputError(ClaimexError):
    """An article could not be read: missing, unreadable, binary, empty, too large, or in no encoding that fits."""


class StoreError(ClaimexError):
    """A claims file could not be read or written."""


class ModelError(ClaimexError):
    """The spaCy model or a component could not be loaded."""


class LimitError(ClaimexError):
    """Reading an article took more time or memory than it may."""


class EngineError(ClaimexError):
    """The workers that read articles could not be started or reached."""


class RuleError(ClaimexError):
    """A rule file, the package's or a user's own, is not valid; the message names file, rule id and field."""


class PluginError(ClaimexError):
    """A kind of claim or a component of another package could not be loaded; the message names package and cause."""


class MissingExtraError(ClaimexError):
    """Something is asked for that needs packages which are not installed; the message says how to get them."""


class UsageError(ClaimexError):
    """The caller asked for something that does not exist: an unknown kind, entity or field value."""
