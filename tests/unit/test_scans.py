"""Reading only what is needed: the scans miss nothing that the case tables hold, and idle articles cost nothing."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from claimex.annotations import ArticleContext
from claimex.claims import wanted_kinds
from claimex.components.looking import introducing_passages, needed_passages
from claimex.components.passages import paragraphs, passages
from claimex.extraction import extract_articles
from claimex.inputs.article import article
from claimex.pipeline import build_nlp
from tests.conftest import CASES

KINDS = ("troop_count", "treaty_event")


@pytest.fixture(scope="module")
def needed() -> Any:
    """The pipeline that parses only passages in which a claim can stand."""
    return build_nlp(parse="needed")


def claims_of(nlp: Any, texts: list[str], kinds: tuple[str, ...] | None) -> list[list[dict[str, Any]]]:
    results = extract_articles(nlp, (article(text, id=str(i)) for i, text in enumerate(texts)), kinds=kinds)
    return [[claim.model_dump() for claim in result.claims] for result in results]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_needed_gives_the_claims_of_the_case_tables(nlp: Any, needed: Any, kind: str) -> None:
    rows = tomllib.loads((CASES / f"{kind}.toml").read_text(encoding="utf-8"))["case"]
    texts = [row["text"] for row in rows if row.get("claims")]
    everything, some = (claims_of(pipeline, texts, (kind,)) for pipeline in (nlp, needed))
    lost = [text for text, x, y in zip(texts, everything, some, strict=True) if x != y]
    assert lost == []


def test_names_are_found_in_paragraphs_that_are_not_parsed(nlp: Any, needed: Any) -> None:
    text = "Norway and Sweden opened a bridge.\n\nSome 300 Danish soldiers landed in Mali.\n\nPeru won the match."
    everything, some = (claims_of(pipeline, [text], None) for pipeline in (nlp, needed))
    assert {c["entity"]["name"] for c in some[0] if c["kind"] == "entity"} == {
        "Norway",
        "Sweden",
        "Denmark",
        "Mali",
        "Peru",
    }
    assert [c for c in some[0] if c["kind"] != "entity"] == [c for c in everything[0] if c["kind"] != "entity"]


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("The bakery sold 300 loaves in 1987.", False),
        ("Soldiers marched through the town.", False),
        ("Dozens of soldiers marched through the town.", True),
        ("The shop has a deal on shoes.", False),
        ("Norway and Chad signed a treaty.", True),
        ("Both sides broke the Good Friday Agreement.", True),
        ("Both sides signed treaties.", True),
        ("The shop had a good offer on Friday, an agreement with the bank.", False),
        ("How Norway is to deal with it: that is what Chad asks.", False),
        ("There is a trust agreement, the bank said, and it is good.", False),
        ("The trust agreement with IS is void, Norway said.", True),
        ("", False),
    ],
)
def test_a_look_at_the_characters_tells_whether_to_read(needed: Any, text: str, *, possible: bool) -> None:
    assert needed.get_pipe("claimex_reader").may_hold_claims(text, ArticleContext(kinds=KINDS)) is possible


def test_a_surname_is_taken_up_from_a_paragraph_that_is_not_parsed(nlp: Any, needed: Any) -> None:
    text = "Anna Zabrinski spoke in Oslo.\n\nThe sun shone.\n\nNorway sent 300 soldiers to Mali, Zabrinski said."
    everything, some = (claims_of(pipeline, [text], KINDS) for pipeline in (nlp, needed))
    assert some[0][0]["attribution"]["source"] == "Anna Zabrinski"
    assert some == everything


def test_names_are_sought_in_a_paragraph_without_a_claim_only_for_those_who_are_spoken_of(needed: Any) -> None:
    parts = [
        "Anna Zabrinski spoke in Oslo.\n\n",
        "Carl Obinger sang.\n\n",
        "Rain fell.\n\n",
        "Norway sent 300 soldiers, Zabrinski said.",
    ]
    assert introducing_passages(parts, {3}) == {0}
    doc = needed.make_doc("".join(parts))
    doc._.context = ArticleContext(kinds=KINDS)
    names = [ent.text for ent in needed.get_pipe("claimex_reader")(doc).ents]
    assert "Anna Zabrinski" in names
    assert "Carl Obinger" not in names


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Rain fell. Snow fell.\nHail fell.", ["Rain fell. ", "Snow fell.\n", "Hail fell."]),
        ("He said: “Rain fell.” Snow fell.", ["He said: “Rain fell.” ", "Snow fell."]),
        ("RAIN FELL. SNOW FELL.", ["RAIN FELL. ", "SNOW FELL."]),
        ("Did rain fall? (Snow did!) Yes.", ["Did rain fall? ", "(Snow did!) ", "Yes."]),
        # What is not surely the end of a sentence ends no passage.
        ("Gen. Smith met Sgt. Jones.", ["Gen. Smith met Sgt. Jones."]),
        ("The U.S. Army left on Sept. Friday.", ["The U.S. Army left on Sept. Friday."]),
        ("Firms such as Acme Inc. Boston grew.", ["Firms such as Acme Inc. Boston grew."]),
        ("He sang. and danced at 3.30. It rained", ["He sang. and danced at 3.30. It rained"]),
        ("", []),
    ],
)
def test_passages(text: str, pieces: list[str]) -> None:
    assert passages(text) == pieces


NEEDED = [
    ("Rain fell. Chad sent 300 soldiers to Gao. Snow fell.", {0, 1}),
    ("Chad sent 300 soldiers to Gao. They will stay. Rain fell.", {0, 1}),
    ('"Chad sent 300 soldiers. Rain fell," Zabrinski said. Snow fell. Hail fell.', {0, 1, 2}),
    ('Zabrinski said: "Rain fell. Chad sent 300 soldiers." Snow fell.', {0, 1, 2}),
    ("Anna Zabrinski said so.\n\nRain fell.\n\nChad sent 300 soldiers, she said.", {0, 1, 2}),
    ("Rain fell.\n\nNorway and Chad signed a treaty.\n\nSnow fell.", {1}),
    ("Rain fell. Snow fell, she said.", set()),
]


@pytest.mark.parametrize(("text", "wanted"), NEEDED, ids=[text[:30] for text, _ in NEEDED])
def test_what_a_claim_needs_is_parsed_with_it(text: str, wanted: set[int]) -> None:
    assert needed_passages(passages(text), wanted_kinds(KINDS)) == wanted


def test_a_wrapped_line_does_not_end_a_paragraph() -> None:
    assert paragraphs("Some 300\nsoldiers came.\nThey left.\n\nEnd") == [
        "Some 300\nsoldiers came.\n",
        "They left.\n\n",
        "End",
    ]
