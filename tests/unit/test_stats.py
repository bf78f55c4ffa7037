"""How many claims there are."""

from __future__ import annotations

import pytest

from claimex.cli.stats_cmd import bar
from claimex.dimensions import DIMENSIONS, USUAL
from claimex.stats import statistics
from tests.cli.claims import CLAIMS
from tests.made_claims import treaty, troops

MADE = [
    troops("500", place="Mali", source="Chad", published="2013-02-04"),
    troops("700", place="Mali", source="Chad", article="a2", when="2013-03"),
    troops("9", force="Chad", place="Chad", article="a2"),
    treaty("signed", parties=("Chad", "Niger"), published="2012-12-30"),
]


def counted(by: str, limit: int | None = None) -> list[tuple[str, int, int]]:
    """Value, claims and articles."""
    (breakdown,) = statistics(MADE, [by], limit=limit).breakdowns
    return [(tally.value, tally.claims, tally.articles) for tally in breakdown.tallies]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("kind", [("troop_count", 3, 2), ("treaty_event", 1, 1)]),
        ("source", [("Chad", 2, 2), ("none", 2, 2)]),
        ("article", [("a1", 2, 1), ("a2", 2, 1)]),
        ("month", [("2012-12", 1, 1), ("2013-02", 1, 1), ("2013-03", 1, 1), ("none", 1, 1)]),
        ("force", [("North Korea", 2, 2), ("Chad", 1, 1)]),
        ("location", [("Mali", 2, 2), ("Chad", 1, 1)]),
        ("stage", [("signed", 1, 1)]),
        ("party", [("Niger", 1, 1), ("Chad", 1, 1)]),
        ("activity", [("deployed", 3, 2)]),
        ("publisher", [("none", 4, 2)]),
    ],
)
def test_counts(by: str, expected: list[tuple[str, int, int]]) -> None:
    """Most claims first, months in their order, claims without a value last."""
    assert counted(by) == expected


def test_an_entity_in_two_roles_counts_once() -> None:
    """A claim about Chadians in Chad is one claim about Chad."""
    assert ("Chad", 1, 1) in counted("entity")


def test_limit_says_what_it_leaves_out() -> None:
    """The first values, and how many more there are."""
    (breakdown,) = statistics(MADE, ["month"], limit=1).breakdowns
    assert (len(breakdown.tallies), breakdown.left_out) == (1, 3)


def test_every_dimension_reads_every_kind() -> None:
    """All of them, on claims of all kinds; entity claims have no source to lack."""
    result = statistics(CLAIMS, tuple(DIMENSIONS))
    assert [breakdown.by for breakdown in result.breakdowns] == list(DIMENSIONS)
    source = next(breakdown for breakdown in result.breakdowns if breakdown.by == "source")
    assert sum(tally.claims for tally in source.tallies) == len(CLAIMS) - 1


def test_nothing_to_count() -> None:
    """No claims are no values."""
    result = statistics([])
    assert (result.claims, result.articles) == (0, 0)
    assert [(b.by, b.tallies) for b in result.breakdowns] == [(by, ()) for by in USUAL]


@pytest.mark.parametrize(("count", "most", "length"), [(10, 10, 20), (5, 10, 10), (1, 1000, 1), (1, 1, 20)])
def test_bars(count: int, most: int, length: int) -> None:
    """As long as the count is large, and never empty."""
    assert len(bar(count, most)) == length
