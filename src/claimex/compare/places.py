"""Where a claim is about: a place in its country, and how two places lie to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from claimex.gazetteer import country_of
from claimex.normalize.names import fold
from claimex.wording import place

Position = Literal["same", "inside", "around", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `country` is null where the gazetteer does not know it, and at a border, which has two sides."""

    id: str
    name: str
    country: str | None = None
    country_name: str | None = None
    border: bool = False

    @property
    def is_country(self) -> bool:
        """Whether the whole country is meant."""
        return self.country == self.id


def place_of(location: Mapping[str, Any] | None) -> Place | None:
    """The place of a claim; 'near the Ukrainian border' is not 'in Ukraine'."""
    if not location:
        return None
    if location.get("border"):
        return Place(str(location["id"]), place(location), border=True)
    return _known(str(location["id"]), str(location["name"]))


@cache
def _known(id_: str, name: str) -> Place:
    country = country_of(id_)
    return Place(id_, name, country.id if country else None, country.name if country else None)


def position(one: Place | None, other: Place | None) -> Position:
    """How the first place lies to the second: 'inside' it, 'around' it; 'unknown' where that cannot be told."""
    if one is None and other is None:
        return "same"
    if one is None or other is None:
        return "unknown"
    if one.border or other.border:
        return "same" if one == other else "unknown"
    if one.id == other.id or _same_name(one, other):
        return "same"
    if one.country is None or other.country is None:
        return "unknown" if one.is_country or other.is_country else "other"
    if one.country != other.country:
        return "other"
    return "inside" if other.is_country else "around" if one.is_country else "other"


def _same_name(one: Place, other: Place) -> bool:
    """'Kursk' and 'Kursk Oblast' are one place here; 'Guinea' and 'Guinea-Bissau' are two countries."""
    if one.country != other.country or one.is_country or other.is_country:
        return False
    short, long = sorted((fold(one.name), fold(other.name)), key=len)
    return bool(short) and (long + " ").startswith(short + " ")
