"""The table of claim kinds: the one file that a new kind edits. Everything else is derived from it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from claimex.claims.base import ClaimKind
from claimex.errors import PluginError
from claimex.plugins import KINDS

if TYPE_CHECKING:
    from pydantic import TypeAdapter

BUILT_IN = (
    ClaimKind("entity", "claimex.claims.entity"),
    ClaimKind("troop_count", "claimex.claims.troop_count"),
    ClaimKind("treaty_event", "claimex.claims.treaty_event"),
)


def kinds() -> dict[str, ClaimKind]:
    """Every kind by name: the built-in ones, then those of other packages that can be used."""
    return _table()[0]


def unusable_kinds() -> list[str]:
    """A sentence for each kind of another package that is left out, with the reason."""
    return _table()[1]


@cache
def _table() -> tuple[dict[str, ClaimKind], list[str]]:
    table, left_out = {kind.name: kind for kind in BUILT_IN}, []
    for point in sorted(entry_points(group=KINDS), key=lambda point: (point.name, point.value)):
        kind = ClaimKind(point.name, point.value, point.dist.name if point.dist else point.value)
        if kind.name in table:
            other = table[kind.name].distribution
            left_out.append(f"the kind {kind.name!r} of the package {kind.distribution} is left out: {other} has one")
            continue
        try:
            _ = kind.facets  # What the command line needs first: whoever shows claims must not stumble over it.
        except PluginError as error:
            left_out.append(str(error))
        else:
            table[kind.name] = kind
    return table, left_out


def wanted_kinds(names: tuple[str, ...] | None) -> list[ClaimKind]:
    """The kinds of these names; every kind for None."""
    return [kind for name, kind in kinds().items() if names is None or name in names]


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
