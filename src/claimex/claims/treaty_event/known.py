"""Parties that are general knowledge: of agreements known by name, and the states of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.treaty_words import Known, words
from claimex.gazetteer import gazetteer
from claimex.model import Entity

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from claimex.annotations import TreatyMention


def known_parties(mention: TreatyMention, named: Container[str]) -> dict[str, Entity]:
    """The parties, by id, of an agreement that everybody knows by its name; empty for others.

    `named` are the ids of those whom the article names: of several agreements with one name it is that of which the
    article names the most parties.
    """
    said = f" {mention.name.lower()} {mention.span.text.lower()} "
    rows = [_parties(row, named) for row in words().known if any(f" {name} " in said for name in row.names)]
    return max(rows, key=lambda parties: sum(i in named for i in parties), default={})


def _parties(row: Known, named: Container[str]) -> dict[str, Entity]:
    ids = [next((i for i in choice if i in named), choice[-1]) for choice in row.parties]
    if row.named:
        ids = [i for i in ids if i in named]
    entries = [gazetteer().entry(i) for i in ids]
    return {e.id: Entity(id=e.id, name=e.name, type=e.type) for e in entries if e is not None}


def states_of_region(place: Entity, named: Sequence[Entity]) -> tuple[Entity, ...]:
    """Those of the parties named that are states of a region; none where there is but one."""
    states = {f"iso3166:{code}" for code in words().regions[place.id]}
    found = tuple(entity for entity in named if entity.id in states)
    return found if len(found) > 1 else ()
