"""What the exit status of `claimex` means."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The statuses a command ends with."""

    DONE = 0
    """Done, even where nothing was found."""
    INCOMPLETE = 1
    """Done, but input failed, data is damaged or a floor is not reached (a line each on stderr), or files differ."""
    USAGE = 2
    """Wrong usage: an unknown option, kind, entity or value."""
    FAILED = 3
    """Could not start or could not write: no model, no claims file, no room; nothing was changed."""
    INTERRUPTED = 130
    """Ctrl-C: nothing was changed."""


SUMMARY = (
    "Exit status: 0 done (even where nothing was found), 1 done but some input failed or is damaged, or files differ, "
    "2 wrong usage, 3 could not start or write, 130 interrupted."
)
