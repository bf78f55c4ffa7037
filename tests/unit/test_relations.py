"""How two counts stand to each other: the table of labelled pairs, and what holds for every pair of it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from claimex.claims import claim_adapter
from claimex.compare.counts import Count, counts_of
from claimex.compare.figures import allowed, overlap
from claimex.compare.relations import relate
from claimex.normalize.number_intervals import Interval
from tests.conftest import Case, load_cases
from tests.made_claims import quantity, troops


class Pair(Case):
    """Two counts and their relation."""

    left: dict[str, Any]
    right: dict[str, Any]
    relation: str
    numbers: str
    together: bool = False
    tentative: bool = False
    later: str | None = None
    reason: str | None = None


PAIRS = load_cases("relations", Pair)


def count(about: dict[str, Any]) -> Count:
    """A count from the arguments of a claim; its witness is the source, else the article."""
    about = dict(about)
    claim = troops(about.pop("figure"), **about)
    claim_adapter().validate_python(claim)
    source = about.get("source")
    witness = f"source:{source}" if source else f"article:{about.get('article', 'a1')}"
    return next(counts_of(claim, witness=witness))


@pytest.mark.parametrize("case", PAIRS)
def test_pair(case: Pair) -> None:
    """The relation, whichever comes first."""
    left, right = count(case.left), count(case.right)
    found = relate(left, right, together=case.together)
    assert (found.kind, found.numbers) == (case.relation, case.numbers), found.reason
    assert found.tentative == case.tentative
    assert found.later is {"left": left, "right": right, None: None}[case.later]
    assert (case.reason or "") in found.reason
    assert relate(right, left, together=case.together) == found


def test_every_relation_has_pairs() -> None:
    """The table has all six, at least four times each."""
    kinds = [row.values[0].relation for row in PAIRS]
    assert {kind: kinds.count(kind) >= 4 for kind in kinds} == dict.fromkeys(
        ("same", "compatible", "contradicts", "update", "undated", "different_scope"), True
    )


def test_all_pairs_of_the_table_are_symmetric() -> None:
    """Any two counts of the table stand to each other the same way in both orders, and to themselves as the same."""
    counts = [count(side) for row in PAIRS for side in (row.values[0].left, row.values[0].right)]
    for one, other in combinations(counts, 2):
        assert relate(one, other) == relate(other, one)
        assert relate(one, other).reason


@pytest.mark.parametrize(
    ("figure", "span"),
    [
        ("~2,000", Interval(1800, 2200)),
        (">10,000", Interval(10000, float("inf"), low_open=True)),
        ("≤3,000", Interval(0, 3000)),
        ("<500", Interval(0, 500, high_open=True)),
        ("10-20", Interval(10, 20)),
        ("7", Interval(7, 7)),
        ("many", None),
    ],
)
def test_allowed_numbers(figure: str, span: Interval | None) -> None:
    """Intervals have the tolerance for approximate numbers, and no people below nought."""
    assert allowed(quantity(figure)) == span


def test_open_ends_do_not_touch() -> None:
    """Two intervals that meet at one number share it only where both hold it."""
    low, high = Interval(0, 5), Interval(5, 9)
    assert overlap(low, high)
    assert not overlap(Interval(0, 5, high_open=True), high)
    assert not overlap(low, Interval(5, 9, low_open=True))
