"""What holds for every text: offsets slice back, nothing raises, the same input gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from claimex.claims import claim_adapter

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

PIECES = (
    "The army said ", "at least 12 ", "2,000 ", "soldiers ", "from North Korea ", "were killed ", "in Kursk", ". ",
    "\n\n", "the treaty ", "was ratified ", "“we signed the pact”, ", "has not been ", "according to Reuters ", "\x00",
    "\ud800", "🙂", "é", "\u202e", "between 3,000 and ", "they ", "Moscow ", ", ", "(", ")", '"', "9" * 30 + " ",
    "THE REBELS ", "\r\n", "these troops ", "Exit mobile version", "1,000-strong ", "both countries ", "accord ", "- ",
    "/", "\t", "half a dozen ",
)  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))

UNRELATED = "Rain fell over the harbour and the ferries stayed in port until noon.\n\n"


def spans(value: Any) -> list[tuple[int, int, str]]:
    """Every (start, end, words) in a claim, at any depth."""
    found = []
    if isinstance(value, dict):
        words = value.get("quote") or value.get("text")
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int) and words is not None:
            found.append((value["start"], value["end"], words))
        for child in value.values():
            found += spans(child)
    elif isinstance(value, list | tuple):
        for child in value:
            found += spans(child)
    return found


def dumps(doc: Any) -> list[bytes]:
    """The claims of a Doc as they are written."""
    return [claim_adapter().dump_json(claim, by_alias=True) for claim in doc._.claims]


def shifted(value: Any, by: int) -> Any:
    """A claim with its offsets moved and without what hangs on the whole text."""
    if isinstance(value, dict):
        return {
            k: v + by if k in {"start", "end"} and isinstance(v, int) else shifted(v, by)
            for k, v in value.items()
            if k not in {"id", "sha256", "part_of"}
        }
    if isinstance(value, list | tuple):
        return [shifted(v, by) for v in value]
    return value


@SETTINGS
@given(text=texts)
def test_offsets_slice_back_and_nothing_raises(nlp: Any, text: str) -> None:
    """Every span of every claim holds the words it says it holds."""
    doc = nlp(text)
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    for claim in doc._.claims:
        for start, end, words in spans(claim.model_dump()):
            assert text[start:end] == words


@SETTINGS
@given(text=texts)
def test_claims_survive_json_and_are_the_same_again(nlp: Any, text: str) -> None:
    """A claim read back from JSON equals itself, and a second run writes the same bytes."""
    text = text.encode("utf-8", "replace").decode()
    first, second = nlp(text), nlp(text)
    assert dumps(first) == dumps(second)
    for claim, data in zip(first._.claims, dumps(first), strict=True):
        assert claim_adapter().validate_json(data) == claim


def test_every_offset_of_the_seeds_slices_back(nlp: Any, seeds: list[Path]) -> None:
    """The same on real articles, layers included; the seeds do yield claims."""
    for seed in seeds:
        text = seed.read_text(encoding="utf-8")
        doc = nlp(text)
        assert doc.text == text
        assert doc._.claims
        for claim in doc._.claims:
            for start, end, words in spans(claim.model_dump()):
                assert text[start:end] == words


@pytest.mark.parametrize("number", range(5))
def test_an_unrelated_paragraph_in_front_only_shifts_offsets(nlp: Any, seeds: list[Path], number: int) -> None:
    """What stands before a paragraph does not change how it is read."""
    text = seeds[number].read_text(encoding="utf-8")
    plain = [shifted(c.model_dump(by_alias=True), len(UNRELATED)) for c in nlp(text)._.claims]
    moved = [shifted(c.model_dump(by_alias=True), 0) for c in nlp(UNRELATED + text)._.claims]
    assert moved == plain


def test_a_read_doc_can_be_serialised(nlp: Any) -> None:
    """A Doc that every layer has seen still goes into bytes, text and parse included."""
    doc = nlp("The army said 12 soldiers were killed near Kursk after the ceasefire collapsed.")
    assert doc._.claims
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(t.text, t.dep_) for t in again] == [(t.text, t.dep_) for t in doc]
    assert again._.claims == []


@pytest.mark.parametrize(
    "run", ["(" * 3000, "x" * 1201, "Troops left. " + "/" * 777 + " 12 soldiers died.", "é" * 500 + " "]
)
def test_a_long_run_without_spaces_keeps_its_characters(nlp: Any, run: str) -> None:
    """A run that is cut for the tokenizer is put together again, letter for letter."""
    assert nlp.make_doc(run).text == run
