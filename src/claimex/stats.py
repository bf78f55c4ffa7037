"""How many claims there are: by kind, entity, source, article, month and more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import Field

from claimex.dimensions import DIMENSIONS, USUAL, WITH_NONE, Value
from claimex.model import Model
from claimex.wording import Claim

NONE = "none"
"""Stands for claims without a value: in the writer's own voice, undated."""


class Tally(Model):
    """A value and how often it stands."""

    value: str = Field(description="The value; 'none' for claims without one.")
    id: str | None = Field(None, description="Id of the entity; null for values that are no entities.")
    claims: int = Field(description="Claims with this value.")
    articles: int = Field(description="Articles that these claims stand in.")


class Breakdown(Model):
    """Claims by the values of one thing."""

    by: str = Field(description="What they are counted by.")
    tallies: tuple[Tally, ...] = Field(description="Values with most claims first; months in their order.")
    left_out: int = Field(0, description="Values that are not listed, where only the first were asked for.")


class Statistics(Model):
    """How many claims there are."""

    schema_: Literal[1] = Field(1, alias="schema", description="Version of this format.")
    claims: int = Field(description="Claims in all.")
    articles: int = Field(description="Articles they stand in.")
    breakdowns: tuple[Breakdown, ...] = Field(description="One for each thing they are counted by.")


def statistics(claims: Iterable[Claim], by: Sequence[str] = USUAL, *, limit: int | None = None) -> Statistics:
    """The number of claims by each of `by` (names in `DIMENSIONS`), the first `limit` values of each."""
    counts: dict[str, Counter[tuple[str, str]]] = {dimension: Counter() for dimension in by}
    articles: dict[str, dict[tuple[str, str], set[str]]] = {dimension: defaultdict(set) for dimension in by}
    labels: dict[str, dict[tuple[str, str], Value]] = {dimension: {} for dimension in by}
    total, seen = 0, set()
    for claim in claims:
        total += 1
        article = claim["article"]["id"]
        seen.add(article)
        for dimension in by:
            # An entity that a claim has in two roles counts once for it.
            for key, value in {_key(value): value for value in _values(claim, dimension)}.items():
                counts[dimension][key] += 1
                articles[dimension][key].add(article)
                labels[dimension][key] = min(value, labels[dimension].get(key, value), key=_label)
    breakdowns = []
    for dimension in by:
        order = sorted(counts[dimension], key=lambda key, d=dimension: _order(d, key, counts[d][key]))  # type: ignore[misc]
        tallies = tuple(
            Tally(
                value=labels[dimension][key][0],
                id=labels[dimension][key][1],
                claims=counts[dimension][key],
                articles=len(articles[dimension][key]),
            )
            for key in order[:limit]
        )
        breakdowns.append(Breakdown(by=dimension, tallies=tallies, left_out=len(order) - len(tallies)))
    return Statistics(claims=total, articles=len(seen), breakdowns=tuple(breakdowns))


def _values(claim: Claim, dimension: str) -> list[Value]:
    read = DIMENSIONS[dimension](claim)
    if read is None:
        return []
    return [value for value in read if value[0]] or ([(NONE, None)] if dimension in WITH_NONE else [])


def _key(value: Value) -> tuple[str, str]:
    """Entities are one by their id, other values by their words."""
    return ("id", value[1]) if value[1] else ("words", value[0])


def _label(value: Value) -> tuple[str, str]:
    return value[0], value[1] or ""


def _order(dimension: str, key: tuple[str, str], count: int) -> tuple[Any, ...]:
    if dimension == "month":
        return (key[1] == NONE, key[1])
    return (key == ("words", NONE), -count, key)
