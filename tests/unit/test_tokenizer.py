"""Words that are remembered are cut as they would be without, and no more of them are kept than there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from claimex.components import tokenizer
from claimex.components.tokenizer import SafeTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

TEXT = "They don't know: U.S.-led troops (some 1,000) can't stay.\n\nEND " + "=" * 600 + " of\ud800it."


@pytest.fixture
def fresh() -> SafeTokenizer:
    return SafeTokenizer(spacy.blank("en").tokenizer)


def written(doc: Doc) -> Iterator[tuple[str, str, str]]:
    return ((token.text, token.whitespace_, token.norm_) for token in doc)


def test_what_is_remembered_is_cut_the_same(fresh: SafeTokenizer) -> None:
    before = list(written(fresh(TEXT)))
    fresh.learn([TEXT, TEXT])
    assert "U.S.-led" in fresh.known
    assert "=" * 600 not in fresh.known
    assert list(written(fresh(TEXT))) == before


def test_what_is_remembered_outlives_a_memory_zone_and_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "WORDS_KEPT", 5)
    nlp = spacy.blank("en")
    cut = SafeTokenizer(nlp.tokenizer)
    cut.learn(["one two", "two three four five six", "seven"] * 2)
    assert len(cut.known) == 5
    with nlp.memory_zone():
        kept = len(nlp.vocab)
        cut.learn(["eight"])
        assert [token.text for token in cut("one eight")] == ["one", "eight"]
    assert len(cut.known) == 5
    assert kept >= 5
    assert [token.text for token in cut("one seven eight")] == ["one", "seven", "eight"]


def test_words_that_come_once_are_not_remembered(fresh: SafeTokenizer) -> None:
    fresh.learn(["the war in Gao", "a name: Tarkhov"])
    assert not fresh.known
    fresh.learn(["the end"])
    assert fresh.known == {"the"}
