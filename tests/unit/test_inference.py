"""Reading faster than spaCy's own loop changes nothing that is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from claimex.components import inference_vectors, inference_words
from claimex.components.inference import product, steps
from claimex.components.reader import load_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PHRASES = """There are two roads. I'm gonna leave, you gotta stay, and there's no way back.
C'mon, let's go! Y'all ain't been there.
 \t It was the United Nations Interim Force in Lebanon that moved on Tuesday, the Sudan Tribune wrote.
Oslo
NORTH KOREA SENDS TROOPS"""


@pytest.fixture(scope="module")
def plain() -> Any:
    """The model as spaCy runs it."""
    return load_model(None)


@pytest.fixture
def model() -> Any:
    """A model whose steps are taken over."""
    return load_model(None)


@pytest.fixture(scope="module")
def texts(seeds: list[Path]) -> list[str]:
    """Paragraphs of very different length."""
    lines = [line for seed in seeds for line in seed.read_text(encoding="utf-8").splitlines() if line]
    return [*PHRASES.splitlines(), *lines, " ".join(lines[:8])]


def units(nlp: Any, texts: Sequence[str]) -> list[Doc]:
    """The texts as the reader hands them over: words and spaces, without the tokenizer's own norms."""
    docs = map(nlp.make_doc, texts)
    return [Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]) for d in docs]


def written(docs: Iterable[Doc]) -> list[list[tuple[Any, ...]]]:
    """What stands on every token, the entity last."""
    return [
        [(t.tag_, t.head.i, t.dep_, t.pos_, str(t.morph), t.lemma_, (t.ent_iob_, t.ent_type_)) for t in doc]
        for doc in docs
    ]


def quickly(nlp: Any, run: Any, texts: Sequence[str]) -> list[list[tuple[Any, ...]]]:
    """What the steps write."""
    docs = units(nlp, texts)
    for step in run:
        step.run(docs)
    return written(docs)


def test_every_annotation_is_that_of_spacy(plain: Any, model: Any, texts: list[str]) -> None:
    run = steps(model)
    assert [step.name for step in run] == ["tok2vec", "tagger", "parser", "attribute_ruler", "ner"]
    truth = written(plain.pipe(units(plain, texts)))
    assert quickly(model, run, texts) == truth
    assert quickly(model, run, texts) == truth


def test_words_beyond_those_kept_are_read_the_same(
    plain: Any, model: Any, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inference_words, "WORDS_KEPT", 30)
    monkeypatch.setattr(inference_vectors, "WORDS_KEPT", 30)
    run = steps(model)
    for _ in range(2):
        assert quickly(model, run, texts[:12]) == written(plain.pipe(units(plain, texts[:12])))


def test_what_is_kept_outlives_a_memory_zone(plain: Any, model: Any, texts: list[str]) -> None:
    run = steps(model)
    for _ in range(2):
        with model.memory_zone():
            assert quickly(model, run, texts[:6]) == written(plain.pipe(units(plain, texts[:6])))


def test_names_are_found_without_a_parse(plain: Any, model: Any, texts: list[str]) -> None:
    run = [step for step in steps(model) if step.names]
    assert [step.name for step in run] == ["ner"]
    alone = spacy.blank("en", vocab=plain.vocab)
    alone.add_pipe("ner", source=plain)
    truth = written(alone.pipe(units(alone, texts)))
    assert [[token[-1] for token in doc] for doc in quickly(model, run, texts)] == [
        [token[-1] for token in doc] for doc in truth
    ]


def test_a_row_has_the_same_bits_whatever_is_beside_it(model: Any) -> None:
    """Or the claims of an article could depend on what is read with it."""
    weights = np.ascontiguousarray(model.get_pipe("parser").model.get_ref("upper").get_param("W").T)
    rows = np.random.default_rng(1).standard_normal((200, len(weights)), dtype=np.float32)
    right = product(rows, weights)
    for count in range(1, 65):
        assert np.array_equal(product(rows[50 : 50 + count], weights), right[50 : 50 + count])
