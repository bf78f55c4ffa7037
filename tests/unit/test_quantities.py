"""The quantities layer on its case table, and without a model's tags."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from claimex.components.extensions import register
from claimex.components.quantities import find
from tests.conftest import Case, load_cases


class Expected(BaseModel):
    """A quantity: what is left out must be null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    bound: str
    unit: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    elliptic: bool = False


class QuantityCase(Case):
    """All quantities of a text, in order."""

    quantities: list[Expected]


@pytest.mark.parametrize("case", load_cases("quantities", QuantityCase))
def test_quantities_of_a_text(nlp: Any, case: QuantityCase) -> None:
    with nlp.select_pipes(enable=["claimex_reader", "claimex_quantities"]):
        doc = nlp(case.text)
    found = [
        Expected(text=q.text, bound=q.bound, unit=q.unit, value=q.value, low=q.low, high=q.high, elliptic=q.elliptic)
        for q in doc._.quantities
    ]
    assert found == case.quantities


def test_a_third_of_the_rows_expect_nothing() -> None:
    rows = [row.values[0] for row in load_cases("quantities", QuantityCase)]
    assert 3 * sum(not row.quantities for row in rows) >= len(rows)


@cache
def tokenizer() -> Any:
    """A pipeline without a model."""
    register()
    return spacy.blank("en")


def blank(text: str) -> Any:
    """A Doc that no model has read."""
    return tokenizer()(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 28 jihadist fighters were killed", ("At least 28 jihadist fighters", "fighters", 28, "at_least")),
        ("between 600 and 800 men", ("between 600 and 800 men", "men", None, "range")),
        ("dozens of soldiers", ("dozens of soldiers", "soldiers", None, "vague")),
    ],
)
def test_a_doc_without_tags_is_read_by_its_words(text: str, expected: tuple[Any, ...]) -> None:
    (mention,) = find(blank(text))
    assert (mention.text, mention.unit, mention.value, mention.bound) == expected


WORDS = st.sampled_from(
    [
        *[
            "one",
            "two",
            "dozen",
            "hundred",
            "million",
            "a",
            "an",
            "and",
            "half",
            "of",
            "-",
            "–",
            "to",
            "or",
            "between",
            "from",
            "some",
            "at",
            "least",
            "more",
            "than",
            "up",
            "$",
            "5",
        ],
        *[
            "3.5",
            "10,000",
            "%",
            "m",
            "k",
            "12k",
            "~",
            "~5",
            "both",
            "the",
            "all",
            "others",
            "soldiers",
            "men",
            ",",
            ".",
            "(",
            ")",
            "several",
            "few",
            "couple",
            "tens",
            "2003",
            "May",
        ],
        "\n",
        "\n\n",
    ]
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_is_read_and_spans_slice_back(text: str) -> None:
    doc = blank(text)
    found = find(doc)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("text", ["9" * 1_000_000, "9 " * 5_000, "hundred " * 5_000, "\x00 5 men \x07", "", " ", "5"])
def test_absurd_texts_do_not_raise(text: str) -> None:
    find(blank(text))
