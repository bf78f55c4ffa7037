"""What a comparison has to say about the seed articles: by hand from the articles, and from what is extracted today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimex.compare.build import compare
from claimex.compare.model import Comparison, Row, Topic
from claimex.compare.texts import Texts, article_key
from claimex.extraction import extract_articles
from claimex.inputs.reading import read_paths
from tests.made_claims import also, treaty, troops

FULL_NAME = "Comprehensive Strategic Partnership Treaty"
BY_HAND = [
    troops(">10,000", place="Kursk", source="United States", article="000"),
    troops(
        "~2,000",
        place="Russia",
        unit="soldiers",
        activity="training",
        source="reports",
        article="001",
        further=(also("deployed", place="border of Ukraine"),),
    ),
    troops("~2,000", place="Russia", unit="soldiers", activity="sent", source="Ukrainian intelligence", article="001"),
    troops("≤3,000", place="Russia", activity="training", source="officials", factuality="possible", article="001"),
    troops("10,000", when="by December", source="South Korean officials", factuality="predicted", article="001"),
    troops("~12,000", place="Ukraine", source="reports", article="003"),
    troops("~12,000", place="Kursk", article="003"),
    troops("50,000", force="Russia", factuality="reported", article="003"),
    troops(">10,000", place="Russia", source="South Korean intelligence", article="004"),
    treaty("ratified", "military treaty between North Korea and Russia", type="treaty", article="000"),
    treaty("ratified", f"{FULL_NAME} between North Korea and Russia", type="treaty", article="000"),
    treaty("provision", FULL_NAME, type="treaty", provision="mutual_defence", article="000"),
    treaty("ratified", "defense pact between Russia and North Korea", article="001"),
    treaty("negotiated", "defense pact between Russia and North Korea", when="earlier this year", article="001"),
    treaty("ratified", "defense pact between Russia and North Korea", when="soon", factuality="planned", article="001"),
    treaty("provision", "defense pact between Russia and North Korea", provision="mutual_defence", article="001"),
    treaty("signed", "mutual defense pact", place="Pyongyang", when="earlier this year", article="002"),
    treaty("provision", "mutual defense pact", provision="mutual_defence", article="002"),
    treaty("submitted", "mutual defense pact", actor="Vladimir Putin", body="State Duma", article="002"),
    treaty("concluded", "new defense agreement with Moscow", type="other", when="recently", article="003"),
]


@pytest.fixture(scope="module")
def by_hand() -> Comparison:
    """The comparison of what a person reads in the articles."""
    return compare(BY_HAND)


@pytest.fixture(scope="module")
def extracted(nlp: Any, seeds: list[Path]) -> Comparison:
    """The comparison of what is extracted."""
    claims = []
    for result in extract_articles(nlp, read_paths(map(str, seeds))):
        claims += [claim.model_dump(mode="json", by_alias=True) for claim in result.claims]
    return compare(claims)


def topic(result: Comparison, force: str, activity: str) -> Topic:
    """A topic by its force and activity."""
    return next(one for one in result.topics if (one.force, one.activity) == (force, activity))


def rows(one: Topic) -> list[Row]:
    """All rows of a topic."""
    return [row for question in one.questions for row in (*question.rows, *question.apart)]


def pairs(one: Topic) -> dict[frozenset[str], tuple[str, str]]:
    """Relation and numbers by the two rows, each as figure, place and source."""
    names = {row.row: f"{row.figure} {row.place or '-'} {row.source or '-'}" for row in rows(one)}
    return {frozenset((names[r.left], names[r.right])): (r.kind, r.numbers) for r in one.relations}


@pytest.mark.parametrize("made", ["by_hand", "extracted"])
def test_deployed(made: str, request: pytest.FixtureRequest) -> None:
    """Who says how many North Koreans are there, and who says otherwise."""
    deployed = topic(request.getfixturevalue(made), "North Korea", "in the field")
    present = [row for row in rows(deployed) if row.standing == "present"]
    found = {(row.figure, row.place, row.source, *(link.article[:3] for link in row.claims)) for row in present}
    assert found == {
        (">10,000", "Kursk", "United States", "000"),
        (">10,000", "Russia", "South Korean intelligence", "004"),
        ("~12,000", "Ukraine", "reports", "003"),
        ("~12,000", "Kursk", None, "003"),
        ("~2,000", "border of Ukraine", "reports", "001"),
        ("~2,000", "Russia", "Ukrainian intelligence", "001"),
    }
    assert not any(row.when.text for row in present)
    related = pairs(deployed)
    kursk, russia = ">10,000 Kursk United States", ">10,000 Russia South Korean intelligence"
    ukraine, border = "~12,000 Ukraine reports", "~2,000 border of Ukraine reports"
    assert related[frozenset((kursk, russia))] == ("same", "same")
    for elsewhere in (kursk, russia):
        assert related[frozenset((elsewhere, ukraine))] == ("different_scope", "compatible")
    for other in (kursk, russia, ukraine):
        assert related[frozenset((border, other))] == ("undated", "incompatible")


@pytest.mark.parametrize("made", ["by_hand", "extracted"])
def test_predicted(made: str, request: pytest.FixtureRequest) -> None:
    """10,000 by December is set against nothing."""
    result: Comparison = request.getfixturevalue(made)
    apart = [row for row in rows(topic(result, "North Korea", "in the field")) if row.standing == "apart"]
    told = [(row.figure, row.when.text, row.factuality, row.source) for row in apart]
    assert told == [("10,000", "by December", "predicted", "South Korean officials")]
    related = {n for one in result.topics for r in one.relations for n in (r.left, r.right)}
    assert not related & {row.row for row in apart}


@pytest.mark.parametrize("made", ["by_hand", "extracted"])
def test_training(made: str, request: pytest.FixtureRequest) -> None:
    """About 2,000 and up to 3,000 fit each other."""
    training = topic(request.getfixturevalue(made), "North Korea", "training")
    assert [(r.kind, r.tentative) for r in training.relations] == [("compatible", True)]
    (question,) = training.questions
    assert [(row.figure, row.place, row.source) for row in question.rows] == [("~2,000", "Russia", "reports")]
    (maybe,) = question.apart
    assert (maybe.figure, maybe.place, maybe.source) == ("≤3,000", "Russia", "officials")
    assert (maybe.factuality, maybe.standing) == ("possible", "possible")


def test_russian_forces(by_hand: Comparison, extracted: Comparison) -> None:
    """50,000, and nobody says otherwise."""
    for result in (by_hand, extracted):
        russia = topic(result, "Russia", "in the field")
        assert [(row.figure, [c.article[:3] for c in row.claims]) for row in rows(russia)] == [("50,000", ["003"])]
        assert not russia.relations


def test_one_treaty(by_hand: Comparison, extracted: Comparison) -> None:
    """One agreement throughout, under its fullest name, and its life in order."""
    for result in (by_hand, extracted):
        (line,) = result.treaties
        assert (line.name, line.parties) == (FULL_NAME, ("North Korea", "Russia"))
        stages = [stage.stage for stage in line.stages]
        assert stages == ["negotiated", "concluded", "signed", "submitted", "ratified", "provision"]
        assert [a[:3] for a in line.articles] == ["000", "001", "002", "003"]
        by_stage = {stage.stage: stage.told for stage in line.stages}
        assert (by_stage["submitted"][0].actor, by_stage["submitted"][0].body) == ("Vladimir Putin", "State Duma")
        assert by_stage["signed"][0].place == "Pyongyang"
        told = {stage: {(t.claims[0].article[:3], t.when.text) for t in by_stage[stage]} for stage in stages}
        assert told["negotiated"] == {("001", "earlier this year")}
        assert told["concluded"] == {("003", "recently")}
        assert told["signed"] == {("002", "earlier this year")}
        assert told["submitted"] == {("002", None)}
        assert told["ratified"] == {("000", None), ("001", None), ("001", "soon")}
        ratified = {(t.when.text, t.factuality) for t in by_stage["ratified"]}
        assert ratified == {(None, "asserted"), ("soon", "planned")}
        provided = {t.claims[0].article[:3] for t in by_stage["provision"] if t.provision == "mutual_defence"}
        assert provided == {"000", "001", "002"}


def test_ratified_or_not(by_hand: Comparison, extracted: Comparison) -> None:
    """Article 001 says both 'the ratification of' and 'is set to be ratified soon'."""
    for result in (by_hand, extracted):
        (conflict,) = result.treaties[0].conflicts
        assert (conflict.stage, conflict.kind, len(conflict.not_done)) == ("ratified", "contradicts", 1)
        assert [article[:3] for article in conflict.articles] == ["001"]


def test_the_seeds_are_five_origins(extracted: Comparison) -> None:
    """Five articles about one matter, none a copy."""
    assert (extracted.articles, extracted.independent, extracted.origins) == (5, 5, ())
    assert (extracted.gone, extracted.changed) == ((), ())


def test_texts_may_be_handed_in() -> None:
    """A caller that has the articles need not have them as files."""
    texts = Texts({article_key(claim): (claim["evidence"]["sentence"]["text"],) for claim in BY_HAND})
    assert compare(BY_HAND, texts).gone == ()
