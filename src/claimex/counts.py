"""Counting claims by the values of what they can be counted by. Free of pydantic, for a quick command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from claimex.dimensions import DIMENSIONS, WITH_NONE, Value
from claimex.wording import Claim

NONE = "none"
"""Stands for claims without a value: in the writer's own voice, undated."""
Key = tuple[str, str]


class Count(NamedTuple):
    """How often a value stands; of several names of one entity the first by the alphabet is its value."""

    value: Value
    claims: int
    articles: int


class Ranking(NamedTuple):
    """The values of a dimension in the order in which people read them, and how many more there are."""

    counts: Sequence[Count]
    left_out: int


class Counts(NamedTuple):
    """How many claims there are and articles they stand in, in all and by the values of each dimension."""

    claims: int
    articles: int
    by: Mapping[str, Ranking]


def key_of(value: Value) -> Key:
    """What makes two values one: entities are one by their id, others by their words."""
    return ("id", value[1]) if value[1] else ("words", value[0])


def count_claims(claims: Iterable[Claim], dimensions: Iterable[str], *, limit: int | None = None) -> Counts:
    """The number of claims by each of the dimensions (names in `DIMENSIONS`), the first `limit` values of each."""
    numbers: dict[str, dict[Key, int]] = {dimension: defaultdict(int) for dimension in dimensions}
    articles: dict[str, dict[Key, set[str]]] = {dimension: defaultdict(set) for dimension in numbers}
    labels: dict[str, dict[Key, Value]] = {dimension: {} for dimension in numbers}
    total, seen = 0, set()
    for claim in claims:
        total += 1
        article = claim["article"]["id"]
        seen.add(article)
        for dimension in numbers:
            values = _values(claim, dimension)
            for value in values:
                key = key_of(value)
                labels[dimension][key] = min(value, labels[dimension].get(key, value))
            # An entity that a claim has in two roles counts once for it.
            for key in set(map(key_of, values)):
                numbers[dimension][key] += 1
                articles[dimension][key].add(article)
    by = {}
    for dimension, found in numbers.items():
        counts = (Count(labels[dimension][key], n, len(articles[dimension][key])) for key, n in found.items())
        by[dimension] = ranked(dimension, counts, limit)
    return Counts(total, len(seen), by)


def _values(claim: Claim, dimension: str) -> list[Value]:
    read = DIMENSIONS[dimension](claim)
    if read is None:
        return []
    return [value for value in read if value[0]] or ([(NONE, None)] if dimension in WITH_NONE else [])


def ranked(dimension: str, counts: Iterable[Count], limit: int | None = None) -> Ranking:
    """Values with most claims first, months in their order; claims without a value last."""
    order = sorted(counts, key=_by_month if dimension == "month" else _by_claims)
    return Ranking(order[:limit], len(order[limit:]) if limit is not None else 0)


def _by_month(count: Count) -> Any:
    return (count.value[0] == NONE, count.value[0])


def _by_claims(count: Count) -> Any:
    key = key_of(count.value)
    return (key == ("words", NONE), -count.claims, key)
