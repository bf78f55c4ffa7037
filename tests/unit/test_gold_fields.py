"""What gold says of a claim, in words and back, and how gold that says less than everything is graded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimex.evaluate.agreement import MEASURES
from claimex.evaluate.fields import FIELDS, gold_claim, read_figure
from claimex.evaluate.scoring import score
from tests.export.claims import seed_claims
from tests.unit.test_evaluate import found_count, gold_count


def quantity(value: Any, low: Any, high: Any, bound: str) -> dict[str, Any]:
    """A gold quantity."""
    return {"value": value, "low": low, "high": high, "bound": bound}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("10,000", quantity(10_000, 10_000, 10_000, "exact")),
        (" ~2,000 ", quantity(2000, None, None, "approx")),
        (">500", quantity(500, 500, None, "more_than")),
        ("≥ 5", quantity(5, 5, None, "at_least")),
        (">=5", quantity(5, 5, None, "at_least")),
        ("≤3,000", quantity(3000, None, 3000, "at_most")),
        ("<=3000", quantity(3000, None, 3000, "at_most")),
        ("<12k", quantity(12_000, None, 12_000, "less_than")),
        ("3,500–4,000", quantity(None, 3500, 4000, "range")),
        ("3500 - 4000", quantity(None, 3500, 4000, "range")),
        ("twenty-one", quantity(21, 21, 21, "exact")),
        ("~half a million", quantity(500_000, None, None, "approx")),
        ("vague", quantity(None, None, None, "vague")),
    ],
)
def test_figures_are_read(words: str, meant: dict[str, Any]) -> None:
    """Signs, ranges, words; as they are printed and as people type them."""
    assert read_figure(words) == meant


@pytest.mark.parametrize("words", ["", "-", "5-", "-5", "abc", ">", "~", "≥1-2", "4-3", "5 to 6", "~~5", "5 5-6"])
def test_what_is_no_figure(words: str) -> None:
    """It is said how one is written."""
    with pytest.raises(ValueError, match="write 10,000"):
        read_figure(words)


@given(st.text(max_size=40))
def test_any_words_are_a_figure_or_none(words: str) -> None:
    """Whatever somebody types."""
    try:
        read = read_figure(words)
    except ValueError:
        return
    assert read["bound"] in ("exact", "approx", "at_least", "more_than", "at_most", "less_than", "range", "vague")


def test_fields_are_those_that_are_graded() -> None:
    """The same fields of the same kinds, the core first."""
    assert {kind: [field.name for field in fields] for kind, fields in FIELDS.items()} == {
        kind: list(measure.fields) for kind, measure in MEASURES.items()
    }


def test_a_claim_agrees_with_itself_as_gold() -> None:
    """What is said of a claim and read again is what the claim says."""
    claims = [claim for claim in seed_claims() if claim["kind"] in FIELDS]
    for claim in claims:
        assert all(MEASURES[claim["kind"]].agrees(gold_claim(claim), claim).values()), claim["id"]
        assert gold_claim(claim)["text"] == claim["evidence"]["quote"]


@pytest.mark.parametrize(("words", "value"), [("sent", "sent"), (" Dep ", "deployed"), ("In force", "in_force")])
def test_choices(words: str, value: str) -> None:
    """Blanks, capitals, and a beginning that only one value has."""
    fields = {field.name: field for fields in FIELDS.values() for field in fields}
    assert fields["stage" if value == "in_force" else "activity"].read(words) == value


@pytest.mark.parametrize("words", ["", "w", "dancing"])
def test_no_choice(words: str) -> None:
    """Nothing, what several values begin with, and what none is: all of them are listed."""
    with pytest.raises(ValueError, match="choose from deployed, training"):
        FIELDS["troop_count"][3].read(words)


def without(gold: dict[str, Any], *fields: str) -> dict[str, Any]:
    """Gold that does not say some fields."""
    return {name: value for name, value in gold.items() if name not in fields}


def figures(gold: list[dict[str, Any]], claims: list[dict[str, Any]], **about: Any) -> dict[str, Any]:
    """The figures of troop counts in one article."""
    scores, _ = score([{"doc": "a.txt", "claims": gold, **about}], claims)
    return scores["troop_count"].figures()


def test_what_gold_does_not_say_is_not_graded() -> None:
    """Neither right nor wrong, and core and full F1 are not known."""
    got = figures([without(gold_count(0, 10), "quantity", "force")], [found_count(0, 10)])
    assert (got["F1"], got["core_F1"], got["full_F1"], got["unit"]) == (1.0, None, None, 1.0)
    assert "force" not in got
    got = figures([without(gold_count(0, 10), "force")], [found_count(0, 10)])
    assert (got["core_F1"], got["full_F1"]) == (1.0, None)
    got = figures([gold_count(0, 10), without(gold_count(20, 30), "force")], [found_count(0, 10), found_count(20, 30)])
    assert (got["force"], got["unit"], got["full_F1"]) == (1.0, 1.0, None)


def test_a_review_grades_what_was_decided_on() -> None:
    """A rejected claim still made is wrong, one made no more is not missed, a claim elsewhere is neither."""
    rejected = {**gold_count(20, 30), "rejected": True}
    made = [found_count(0, 10), found_count(20, 30), found_count(40, 50)]
    got = figures([gold_count(0, 10), rejected], made, partial=True)
    assert (got["gold"], got["predicted"], got["P"], got["R"]) == (1, 2, 0.5, 1.0)
    got = figures([gold_count(0, 10), rejected], made[:1], partial=True)
    assert (got["gold"], got["predicted"], got["P"], got["R"]) == (1, 1, 1.0, 1.0)


def test_claims_are_found_by_their_text() -> None:
    """Not by a name that many share: the claims of one text, of one copy of it, the one of gold's name."""
    one = {"sha256": "1", "path": "dump.jsonl", "id": "a"}
    copy, other = {**one, "id": "b"}, {"sha256": "2", "path": "dump.jsonl", "id": "c"}
    made = [found_count(0, 10, article=article) for article in (one, copy, other)]
    got = figures([gold_count(0, 10)], made, sha256="1", doc="b")
    assert (got["predicted"], got["P"]) == (1, 1.0)
    got = figures([gold_count(0, 10)], made, sha256="1", doc="elsewhere.txt")
    assert (got["predicted"], got["P"]) == (1, 1.0)
