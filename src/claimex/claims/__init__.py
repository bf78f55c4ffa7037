"""The table of claim kinds: the one file that a new kind edits. Everything else is derived from it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from claimex.claims.base import ClaimKind
from claimex.normalize.scanning import raw_paragraphs

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ENTRY_POINT_GROUP = "claimex_kinds"

BUILT_IN = (
    ClaimKind("entity", "claimex.claims.entity"),
    ClaimKind("troop_count", "claimex.claims.troop_count"),
    ClaimKind("treaty_event", "claimex.claims.treaty_event"),
)


@cache
def kinds() -> dict[str, ClaimKind]:
    """Every kind by name: the built-in ones, then those that other packages register."""
    table = {kind.name: kind for kind in BUILT_IN}
    for point in entry_points(group=ENTRY_POINT_GROUP):
        table.setdefault(point.name, ClaimKind(point.name, point.value))
    return table


def wanted_kinds(names: tuple[str, ...] | None) -> list[ClaimKind]:
    """The kinds of these names; every kind for None."""
    return [kind for name, kind in kinds().items() if names is None or name in names]


def may_hold(text: str, names: tuple[str, ...] | None) -> bool:
    """Whether a text can hold a claim of these kinds at all, by a look at its characters."""
    wanted = wanted_kinds(names)
    if any(kind.names_everywhere for kind in wanted):
        return True
    texts = raw_paragraphs(text)
    return any(kind.scan(texts) for kind in wanted)


@cache
def facets() -> dict[str, tuple[str, ...]]:
    """Every field with a closed list of values, of all kinds, with the values in order."""
    merged: dict[str, tuple[str, ...]] = {}
    for kind in kinds().values():
        for name, values in kind.facets.items():
            merged[name] = tuple(dict.fromkeys((*merged.get(name, ()), *values)))
    return merged


@cache
def claim_adapter() -> TypeAdapter[Any]:
    """Validates and serialises one claim of any kind, by its `kind`."""
    from functools import reduce
    from operator import or_
    from typing import Annotated

    from pydantic import Field, TypeAdapter

    models = [kind.model for kind in kinds().values()]
    if len(models) == 1:
        return TypeAdapter(models[0])
    return TypeAdapter(Annotated[reduce(or_, models), Field(discriminator="kind")])  # type: ignore[arg-type]
