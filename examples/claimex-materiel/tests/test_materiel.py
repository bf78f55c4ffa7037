"""The kind by its case table, the rules by their own sentences, and the layer by itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy

import claimex
from claimex.claims import kinds, unusable_kinds
from claimex.rule_listing import failures, listed_rules

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
RULES = [rule for rule in listed_rules() if rule.layer == "materiel_count"]


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The pipeline with the package's component in it."""
    return claimex.load()


def shown(claim: Any) -> dict[str, Any]:
    """A claim in the terms of the table."""
    names = {role: getattr(claim, role) for role in ("supplier", "recipient", "holder", "location")}
    return {
        "quote": claim.evidence.quote,
        "family": claim.family,
        "activity": claim.activity,
        "value": claim.quantity.value,
        "bound": claim.quantity.bound,
        "factuality": claim.factuality,
        "rule": claim.evidence.rule,
        **{role: ref.name if ref else "none" for role, ref in names.items()},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(nlp: Any, case: dict[str, Any]) -> None:
    found = [claim for claim in nlp(case["text"])._.claims if claim.kind == "materiel_count"]
    expected = case["claims"]
    assert [claim.evidence.quote for claim in found] == [row["quote"] for row in expected], case["why"]
    for claim, row in zip(found, expected, strict=True):
        assert {key: shown(claim)[key] for key in row} == row, case["why"]


def test_a_third_of_the_cases_expects_nothing() -> None:
    assert sum(not case["claims"] for case in CASES) * 3 >= len(CASES)
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_sentences(nlp: Any, rule: Any) -> None:
    assert list(failures(nlp, [rule])) == []


def test_the_package_is_found() -> None:
    """Its kind beside those of claimex, and its component before the claims."""
    assert "materiel_count" in kinds()
    assert unusable_kinds() == []
    assert claimex.load().pipe_names[-2:] == ["claimex_materiel", "claimex_claims"]


def test_the_layer_by_itself(nlp: Any) -> None:
    """In a pipeline of somebody else's, which has read no quantity, it finds none."""
    other = spacy.blank("en")
    other.add_pipe("claimex_quantities")
    other.add_pipe("claimex_materiel")
    assert other("")._.materiel == []
    (item,) = nlp("Iran gave Yemen 40 drones and 12 dates.")._.materiel
    assert (item.quantity.value, item.family) == (40, "drone")


def test_reasons(nlp: Any) -> None:
    """Why a quantity is no arms."""
    doc = nlp("Libya sent 12 tanks, three rounds of talks, 300 goats and 40.")
    assert [(v.made, v.code) for v in kinds()["materiel_count"].explain(doc)] == [
        (True, "arms"),
        (False, "doubtful"),
        (False, "unit"),
        (False, "no_noun"),
    ]
