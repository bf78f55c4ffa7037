"""Layers are found when something asks for them, once, and anew where a Doc is read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from claimex.annotations import ArticleContext, promise
from claimex.components.layer import Layer
from claimex.extraction import extract_articles
from claimex.inputs.article import article
from claimex.pipeline import build_nlp

if TYPE_CHECKING:
    from spacy.tokens import Doc

KINDS = ("troop_count", "treaty_event")


@pytest.fixture(scope="module")
def needed() -> Any:
    """The pipeline that parses only what may hold a claim."""
    return build_nlp(parse="needed")


@pytest.fixture
def asked(needed: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The layers that were asked for, in order."""
    names: list[str] = []

    def noted(layer: Layer) -> Any:
        find = layer.find

        def found(doc: Doc) -> Any:
            names.append(layer.writes)
            return find(doc)

        return found

    for _, component in needed.pipeline:
        if isinstance(component, Layer):
            monkeypatch.setattr(component, "find", noted(component))
    return names


def read(nlp: Any, text: str) -> int:
    """How many counts and treaty events a text holds."""
    (result,) = extract_articles(nlp, [article(text, id="a")], kinds=KINDS)
    assert not result.problems
    return len(result.claims)


@pytest.mark.parametrize(
    ("text", "claims", "missing"),
    [
        ("Norway sent 300 soldiers to Mali, he said.", 1, set()),
        (
            "The lawyers filed a memorandum in court in Oslo, he said.",
            0,
            {"attributions", "factuality", "coreferences"},
        ),
        (
            "The army said two people were killed in the attack.",
            0,
            {"attributions", "factuality", "coreferences"},
        ),
    ],
)
def test_where_nothing_is_counted_or_agreed_nobody_asks_who_said_so(
    needed: Any, asked: list[str], text: str, claims: int, missing: set[str]
) -> None:
    assert read(needed, text) == claims
    assert "quantities" in asked
    assert missing.isdisjoint(asked)
    assert len(asked) == len(set(asked))


def test_a_layer_that_fails_fails_again(needed: Any) -> None:
    def broken(doc: Doc) -> Any:
        raise ZeroDivisionError

    doc = needed("Norway sent 300 soldiers.")
    promise(doc, "dates", broken)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = doc._.dates


def test_what_is_written_by_hand_stands(nlp: Any) -> None:
    doc = nlp("In March 2020 Norway sent 300 soldiers.")
    doc._.dates = []
    assert doc._.dates == []


def test_a_doc_that_is_read_anew_is_found_anew(needed: Any) -> None:
    doc = needed.make_doc("Norway sent 300 soldiers.\n\nThe sun shone over 20 boats in March 2020.")
    doc._.context = ArticleContext(kinds=KINDS)
    assert [q.text for q in needed(doc)._.quantities] == ["300 soldiers"]
    doc._.context = ArticleContext()
    assert [q.text for q in needed(doc)._.quantities] == ["300 soldiers"]
    assert needed(doc)._.entity_mentions[0].span.text == "Norway"
