"""Attributions against tests/cases/attribution.toml, and how the layer stands on its own."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from pydantic import BaseModel, ConfigDict

from claimex.components.attribution_lexicon import AttributionRules, index
from claimex.lexicon import read_toml
from tests.conftest import Case, load_cases


class Said(BaseModel):
    """One attribution; a field that is left out is not compared, an empty source is nobody."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cue: str
    source: str | None = None
    content: str | None = None
    via: str | None = None
    resolved: str | None = None
    type: str | None = None
    reporting: bool | None = None


class AttributionCase(Case):
    """A row of the table."""

    said: tuple[Said, ...]


def as_said(mention: Any, like: Said) -> Said:
    """A mention with only the fields that the row names."""
    fields = like.model_fields_set
    spans = {name: getattr(mention, name) for name in ("source", "content", "via", "resolved") if name in fields}
    plain = {name: getattr(mention, name) for name in ("type", "reporting") if name in fields}
    return Said(cue=mention.cue.text, **{k: v.text if v is not None else "" for k, v in spans.items()}, **plain)


@pytest.mark.parametrize("case", load_cases("attribution", AttributionCase))
def test_attribution(nlp: Any, case: AttributionCase) -> None:
    """Exactly the attributions of the row are found, in the order of their cues."""
    found = nlp(case.text)._.attributions
    assert [m.cue.text for m in found] == [s.cue for s in case.said]
    assert [as_said(m, s) for m, s in zip(found, case.said, strict=True)] == list(case.said)


def test_a_third_of_the_cases_expect_nothing() -> None:
    """The table keeps watch on what must not be found."""
    rows = [p.values[0] for p in load_cases("attribution", AttributionCase)]
    assert sum(not row.said for row in rows) * 3 >= len(rows) >= 70


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "said", '"', "``", "''", ":", "according to", "\x00 said \x00", "said " * 50, '" said ' * 200],
)
def test_odd_texts_do_not_raise(nlp: Any, text: str) -> None:
    """Marks and cues without anything around them."""
    for mention in nlp(text)._.attributions:
        assert mention.content is None or len(mention.content) > 0


def test_works_without_parse_and_other_layers() -> None:
    """Alone in a blank pipeline it finds nothing it cannot see and does not fail."""
    nlp = spacy.blank("en")
    nlp.add_pipe("claimex_attribution")
    doc = nlp('"We won," the colonel said. According to the army, 12 men died.')
    assert all(m.cue.text for m in doc._.attributions)


def test_spans_stay_inside_the_text(nlp: Any, seeds: list[Any]) -> None:
    """Cue, source and content are spans of the Doc, sorted by cue."""
    for path in seeds:
        doc = nlp(path.read_text(encoding="utf-8"))
        cues = [m.cue.start for m in doc._.attributions]
        assert cues == sorted(cues)
        assert all(m.content is None or m.content.doc is doc for m in doc._.attributions)


def test_rule_ids_are_unique_and_words_not_repeated() -> None:
    """One frame, one id; a word stands once in a frame."""
    rules = read_toml(AttributionRules, "attribution.toml")
    frames = [*rules.verb, *rules.noun, *rules.adjective]
    ids = [frame.id for frame in frames]
    assert len(set(ids)) == len(ids)
    for frame in frames:
        words = frame.words.split()
        assert len(set(words)) == len(words), frame.id
    assert index().verbs["say"]
