"""Names that people type to the entities they mean."""

from __future__ import annotations

from collections.abc import Iterable

from claimex.errors import UsageError
from claimex.query import EntityNames, closest, fold
from claimex.wording import Claim


def find_entity(name: str, claims: Iterable[Claim]) -> EntityNames:
    """The entity that a name, an alias or an id stands for, known to the gazetteer or from the claims.

    Raises UsageError with the nearest names where nobody knows it.
    """
    wanted = fold(name)
    ids: set[str] = set()
    known: dict[str, str] = {}
    heard = False
    for claim in claims:
        for reference in claim["entities"]:
            known[reference["name"]] = reference["id"]
            text = fold(reference.get("text") or "")
            if name == reference["id"] or fold(reference["name"]) == wanted:
                ids.add(reference["id"])
            heard = heard or text == wanted
    if ids or heard:
        return EntityNames(frozenset(ids), frozenset({wanted}))
    near = closest(name, known)
    raise UsageError(f"no entity is called {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
