"""Names that people type, to the entities they mean: by the gazetteer, and by the claims at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claimex.errors import UsageError
from claimex.gazetteer import Entry, gazetteer
from claimex.normalize.names import fold
from claimex.query import EntityNames, closest
from claimex.wording import Claim


@dataclass(slots=True)
class Mentioned:
    """Names and words by which some claims call their entities, folded, to ids."""

    names: dict[str, set[str]] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    """Id to canonical name."""

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Mentioned:
        """All that the claims mention."""
        found = cls()
        for claim in claims:
            for reference in claim["entities"]:
                entity, name = reference["id"], reference["name"]
                if entity not in found.shown:
                    found.shown[entity] = name
                    found.names.setdefault(fold(name), set()).add(entity)
                if reference.get("text"):
                    found.words.setdefault(fold(reference["text"]), set()).add(entity)
        return found


def find_entity(name: str, claims: Iterable[Claim]) -> EntityNames:
    """The entity that an id, a name or an alias stands for; whole names only, and no case or accents in them.

    What the gazetteer knows is asked first, then names in the claims, then the words they use. `claims` is read only
    where the gazetteer does not know the name. Raises UsageError with the nearest names where nobody knows it.
    """
    folded = fold(name)
    known = _meant(gazetteer().lookup(name.strip()), folded)
    if known:
        return EntityNames(frozenset(entry.id for entry in known), frozenset({folded}))
    mentioned = Mentioned.of(claims)
    if name in mentioned.shown:
        return EntityNames(frozenset({name}), frozenset())
    ids = mentioned.names.get(folded) or mentioned.words.get(folded)
    if folded and ids:
        # Words that several entities go by ('Smith') find those references alone.
        return EntityNames(frozenset(ids if len(ids) == 1 else ()), frozenset({folded}))
    near = closest(name, [*mentioned.shown.values(), *(entry.name for entry in gazetteer().by_id.values())])
    hint = f"did you mean {' or '.join(near)}?" if near else "`claimex show --kind entity` lists those in the file"
    raise UsageError(f"no entity is called {name!r}; {hint}")


def _meant(entries: list[Entry], folded: str) -> list[Entry]:
    """Those that have the name as their own, else all that go by it."""
    return [entry for entry in entries if fold(entry.name) == folded] or entries
