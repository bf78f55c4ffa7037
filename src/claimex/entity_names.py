"""Names that people type, to the entities they mean: by the claims at hand, and by the gazetteer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from claimex.claim_line import Reference
from claimex.errors import UsageError
from claimex.normalize.names import fold
from claimex.normalize.spelling import closest
from claimex.query import EntityNames, key

References = Callable[[Iterable[str]], Iterable[Reference]]
"""The different references of the claims at hand, in order: at least those that a name can mean, or for none all."""


def find_entity(name: str, references: References) -> EntityNames:
    """The entity that an id, a name or an alias stands for; whole names only, whatever their case and accents.

    Canonical names and ids in the claims are asked first, then the gazetteer, then the words that the claims use.
    Raises UsageError with the nearest names where nobody knows it.
    """
    folded = fold(name)
    return (
        _by_claims(name, folded, references([name]))
        or _by_gazetteer(name, folded)
        or _by_words(folded, references([name]))
        or _unknown(name, references([]))
    )


def _by_claims(name: str, folded: str, references: Iterable[Reference]) -> EntityNames | None:
    wanted_id = name.strip().casefold()
    for reference in references:
        if reference.id.casefold() == wanted_id:
            return EntityNames(frozenset({reference.id}), frozenset())
        if folded and key(reference.name) == folded:
            return EntityNames(frozenset(), frozenset({folded}))
    return None


def _by_gazetteer(name: str, folded: str) -> EntityNames | None:
    from claimex.gazetteer import lookup

    entries = lookup(name.strip())
    if not entries:
        return None
    own = [entry for entry in entries if fold(entry.name) == folded]
    return EntityNames(frozenset(entry.id for entry in own or entries), frozenset({folded}))


def _by_words(folded: str, references: Iterable[Reference]) -> EntityNames | None:
    """Words that one entity goes by find that entity, words that several go by ('Smith') those references alone."""
    ids = {reference.id for reference in references if key(reference.text or "") == folded}
    if not folded or not ids:
        return None
    return EntityNames(frozenset(ids if len(ids) == 1 else ()), frozenset({folded}))


def _unknown(name: str, references: Iterable[Reference]) -> EntityNames:
    from claimex.gazetteer import gazetteer

    mentioned = {key(reference.name): reference.name for reference in references}
    known = gazetteer()
    near = [
        mentioned.get(folded) or known.lookup(folded)[0].name
        for folded in closest(fold(name), [*mentioned, *known.keys()])
    ]
    asked = f"did you mean {' or '.join(dict.fromkeys(near))}?"
    hint = asked if near else "`claimex show --kind entity` lists those in the file"
    raise UsageError(f"no entity is called {name!r}; {hint}")
