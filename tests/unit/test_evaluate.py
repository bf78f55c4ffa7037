"""Matching and grading against gold, on small cases whose figures are worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from claimex.evaluate.agreement import MEASURES, comparable_quantity, folded, is_same_source
from claimex.evaluate.scoring import match, score

EXACT_300 = {"value": 300, "low": 300, "high": 300, "bound": "exact"}
EXACT_400 = {"value": 400, "low": 400, "high": 400, "bound": "exact"}


def gold_count(start: int, end: int, **changes: Any) -> dict[str, Any]:
    """A gold troop count."""
    row = {
        "kind": "troop_count", "start": start, "end": end, "text": "300 troops", "sentence": "300 troops left.",
        "quantity": EXACT_300, "unit": "troops", "force": "Chad", "activity": "withdrawn", "factuality": "asserted",
        "source": None, "optional": False,
    }  # fmt: skip
    return {**row, **changes}


def found_count(start: int, end: int, **changes: Any) -> dict[str, Any]:
    """A troop count that agrees with `gold_count`, as claimex writes it."""
    row = {
        "kind": "troop_count", "article": {"path": "any/where/a.txt"},
        "evidence": {"start": start, "end": end, "quote": "300 troops",
                     "sentence": {"start": 0, "end": 500, "text": "300 troops left."}},
        "quantity": EXACT_300, "unit": "troops", "force": {"name": "Chad"}, "activity": "withdrawn",
        "factuality": "asserted", "attribution": None,
    }  # fmt: skip
    return {**row, **changes}


def gold_event(start: int, end: int, **changes: Any) -> dict[str, Any]:
    """A gold treaty event."""
    row = {
        "kind": "treaty_event", "start": start, "end": end, "text": "signed", "sentence": "They signed the accord.",
        "stage": "signed", "mention_start": 100, "mention_end": 110, "parties": ["Chad", "Niger"],
        "factuality": "asserted", "source": None, "optional": False,
    }  # fmt: skip
    return {**row, **changes}


def found_event(start: int, end: int, **changes: Any) -> dict[str, Any]:
    """A treaty event that agrees with `gold_event`."""
    row = {
        "kind": "treaty_event", "article": {"path": "a.txt"},
        "evidence": {"start": start, "end": end, "quote": "signed",
                     "sentence": {"start": 0, "end": 500, "text": "They signed the accord."}},
        "stage": "signed", "treaty": {"start": 100, "end": 110}, "parties": [{"name": "Niger"}, {"name": "Chad"}],
        "factuality": "asserted", "attribution": None,
    }  # fmt: skip
    return {**row, **changes}


@pytest.mark.parametrize(
    ("gold", "claims", "pairs"),
    [
        pytest.param([gold_count(0, 10)], [found_count(0, 10)], {0: 0}, id="same span"),
        pytest.param([gold_count(0, 10)], [found_count(9, 20)], {0: 0}, id="one character shared"),
        pytest.param([gold_count(0, 10)], [found_count(10, 20)], {}, id="next to each other"),
        pytest.param([gold_count(0, 10)], [], {}, id="nothing found"),
        pytest.param([], [found_count(0, 10)], {}, id="nothing to find"),
        pytest.param(
            [gold_count(0, 10)], [found_count(0, 10, quantity=EXACT_400), found_count(5, 15)], {0: 1}, id="core first"
        ),
        pytest.param([gold_count(0, 10)], [found_count(0, 4), found_count(2, 10)], {0: 1}, id="larger overlap"),
        pytest.param([gold_count(0, 10)], [found_count(0, 10), found_count(0, 10)], {0: 0}, id="first of equals"),
        pytest.param(
            [gold_count(0, 10), gold_count(5, 15)], [found_count(5, 10)], {0: 0}, id="one claim for one gold claim"
        ),
        pytest.param(
            [gold_count(0, 10, optional=True), gold_count(5, 15)], [found_count(0, 10)], {1: 0}, id="required first"
        ),
        pytest.param([gold_event(0, 6)], [found_event(50, 60)], {0: 0}, id="same mention in the sentence"),
        pytest.param([gold_event(0, 6)], [found_event(50, 60, stage="ratified")], {}, id="mention, other stage"),
        pytest.param(
            [gold_event(0, 6)], [found_event(50, 60, treaty={"start": 110, "end": 120})], {}, id="other mention"
        ),
        pytest.param([gold_event(600, 606)], [found_event(50, 60)], {}, id="same mention, other sentence"),
        pytest.param(
            [gold_event(0, 6)], [found_event(50, 60), found_event(5, 8)], {0: 0}, id="a long mention beats a touch"
        ),
    ],
)
def test_matching(gold: list[dict[str, Any]], claims: list[dict[str, Any]], pairs: dict[int, int]) -> None:
    """Who is paired with whom."""
    kind = (gold + claims)[0]["kind"]
    assert match(gold, claims, MEASURES[kind]) == pairs


@pytest.mark.parametrize(
    ("gold", "claims", "expected"),
    [
        pytest.param(
            [gold_count(0, 10)],
            [found_count(0, 10)],
            {"gold": 1, "predicted": 1, "P": 1.0, "R": 1.0, "F1": 1.0, "core_F1": 1.0, "full_F1": 1.0, "unit": 1.0},
            id="all right",
        ),
        pytest.param(
            [gold_count(0, 10), gold_count(20, 30)],
            [found_count(0, 10), found_count(40, 50), found_count(60, 70)],
            {"gold": 2, "predicted": 3, "P": 0.333, "R": 0.5, "F1": 0.4, "core_F1": 0.4, "full_F1": 0.4},
            id="one of two, two too many",
        ),
        pytest.param(
            [gold_count(0, 10)],
            [found_count(0, 10, quantity=EXACT_400)],
            {"F1": 1.0, "core_F1": 0.0, "full_F1": 0.0, "quantity": 0.0, "force": 1.0},
            id="wrong number",
        ),
        pytest.param(
            [gold_count(0, 10)],
            [found_count(0, 10, force=None)],
            {"F1": 1.0, "core_F1": 1.0, "full_F1": 0.0, "force": 0.0},
            id="wrong field",
        ),
        pytest.param(
            [gold_count(0, 10)], [found_count(0, 10, unit="men")], {"unit": 0.0, "full_F1": 1.0}, id="unit is extra"
        ),
        pytest.param(
            [gold_count(0, 10, optional=True)], [], {"gold": 0, "predicted": 0, "F1": 0.0}, id="optional, not found"
        ),
        pytest.param(
            [gold_count(0, 10, optional=True)],
            [found_count(0, 10)],
            {"gold": 0, "predicted": 0, "F1": 0.0},
            id="optional, found",
        ),
        pytest.param(
            [gold_count(0, 10, activity_alt=["sent"], factuality_alt=["planned"])],
            [found_count(0, 10, activity="sent", factuality="planned")],
            {"full_F1": 1.0},
            id="further readings are right too",
        ),
        pytest.param(
            [gold_count(0, 10, source="an army spokesman", source_alt=[None])],
            [found_count(0, 10)],
            {"full_F1": 1.0},
            id="no source is a further reading",
        ),
        pytest.param(
            [gold_event(0, 6)],
            [found_event(0, 6, stage="acceded")],
            {"core_F1": 1.0, "full_F1": 1.0},
            id="coarse stage",
        ),
        pytest.param(
            [gold_event(0, 6)],
            [found_event(0, 6, parties=[{"name": "Chad"}])],
            {"core_F1": 1.0, "full_F1": 0.0, "parties": 0.0},
            id="a party is missing",
        ),
    ],
)
def test_figures(gold: list[dict[str, Any]], claims: list[dict[str, Any]], expected: dict[str, float]) -> None:
    """The figures of one article, worked out by hand."""
    scores, _ = score([{"doc": "a.txt", "claims": gold}], claims)
    figures = scores[gold[0]["kind"]].figures()
    assert {name: figures[name] for name in expected} == expected


def test_claims_of_other_articles_and_kinds_do_not_count() -> None:
    """Gold stands for its own articles; entities are not graded."""
    elsewhere = found_count(0, 10, article={"path": "b.txt"})
    entity = found_count(0, 10, kind="entity")
    scores, differences = score([{"doc": "a.txt", "claims": [gold_count(0, 10)]}], [elsewhere, entity])
    assert scores["troop_count"].figures()["predicted"] == 0
    assert [difference.sort for difference in differences] == ["missed"]


@pytest.mark.parametrize(
    ("gold", "claimed", "same"),
    [
        (None, "", True),
        (None, "an official", False),
        ("an official", "", False),
        ("the defence minister", "Defence Ministry", True),
        ("the president", "President Idriss", True),
        ("the president", "the minister of Chad", True),
        ("a senior army officer", "the officials", False),
        ("Mahamat Idriss", "Idriss", True),
        ("Mahamat Idriss", "the Mahamats", False),
    ],
)
def test_sources(gold: str | None, claimed: str, same: bool) -> None:
    """A shared word that says something; where gold has none, any shared word."""
    assert is_same_source(gold, claimed) is same


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the United States", "US"),
        ("Türkiye", "turkey"),
        ({"name": "Czechia"}, "Czech Republic"),
        (None, ""),
    ],
)
def test_names(left: Any, right: Any) -> None:
    """Spellings of one name are equal."""
    assert folded(left) == folded(right)


def test_quantities() -> None:
    """What a bound leaves of value, low and high."""
    assert comparable_quantity(None) == (None, None, None, None)
    assert comparable_quantity({"bound": "vague", "low": 200, "high": 999}) == ("vague",)
    assert comparable_quantity({"bound": "approx", "value": 300, "low": 270}) == ("approx", 300.0)
    assert comparable_quantity({"bound": "range", "value": 7, "low": 5, "high": 9}) == ("range", None, 5.0, 9.0)
