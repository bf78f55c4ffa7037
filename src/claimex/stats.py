"""How many claims there are: by kind, entity, source, article, month and more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from claimex.counts import Counts, count_claims
from claimex.dimensions import USUAL
from claimex.model import Model
from claimex.wording import Claim


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
    return tabulated(count_claims(claims, by, limit=limit))


def tabulated(counts: Counts) -> Statistics:
    """Counts in the form in which they are passed on."""
    breakdowns = tuple(
        Breakdown(
            by=dimension,
            tallies=tuple(
                Tally(value=value, id=id_, claims=claims, articles=articles)
                for (value, id_), claims, articles in ranking.counts
            ),
            left_out=ranking.left_out,
        )
        for dimension, ranking in counts.by.items()
    )
    return Statistics(claims=counts.claims, articles=counts.articles, breakdowns=breakdowns)
