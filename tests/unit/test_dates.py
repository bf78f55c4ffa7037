"""The dates layer on its case table, publication dates, and texts that nobody writes."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from claimex.components.dates import find
from claimex.components.extensions import register
from claimex.model import ArticleRef
from claimex.normalize.published import parse_published, published_date
from tests.conftest import Case, load_cases


class Expected(BaseModel):
    """A date: what is left out must be null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    precision: str
    earliest: str | None = None
    latest: str | None = None


class DateCase(Case):
    """All dates of a text, in order."""

    published: str = "2005-11-15"
    dates: list[Expected]


def article(published: str) -> ArticleRef:
    """An article of a day."""
    return ArticleRef(id="a", path="", sha256="0" * 64, published=published or None)


@pytest.mark.parametrize("case", load_cases("dates", DateCase))
def test_dates_of_a_text(nlp: Any, case: DateCase) -> None:
    doc = nlp.make_doc(case.text)
    doc._.context.article = article(case.published)
    with nlp.select_pipes(enable=["claimex_reader", "claimex_quantities", "claimex_dates"]):
        nlp(doc)
    found = [
        Expected(text=m.span.text, precision=m.precision, earliest=m.earliest, latest=m.latest) for m in doc._.dates
    ]
    assert found == case.dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2005-11-15", (2005, 11, 15), (2005, 11, 15)),
        ("2005-11-15T08:00:00Z", (2005, 11, 15), (2005, 11, 15)),
        ("2022/07/24", (2022, 7, 24), (2022, 7, 24)),
        ("03/14/1998 11:32:00", (1998, 3, 14), (1998, 3, 14)),
        ("25/12/1999", (1999, 12, 25), (1999, 12, 25)),
        ("4-MAR-1987 21:49:41.09", (1987, 3, 4), (1987, 3, 4)),
        ("Nov. 15, 2005", (2005, 11, 15), (2005, 11, 15)),
        ("2005-11", (2005, 11, 1), (2005, 11, 30)),
        ("2014", (2014, 1, 1), (2014, 12, 31)),
        ("2004/2005", (2004, 1, 1), (2005, 12, 31)),
        ("Tue, 15 Nov 2005 23:30:00 -0500", (2005, 11, 15), (2005, 11, 15)),
        ("Tue Nov 15 08:00:00 +0000 2005", (2005, 11, 15), (2005, 11, 15)),
        ("Tuesday, November 15, 2005 at 8:00 AM", (2005, 11, 15), (2005, 11, 15)),
        ("15 NOV 05", (2005, 11, 15), (2005, 11, 15)),
        ("15.11.2005", (2005, 11, 15), (2005, 11, 15)),
        ("20051115", (2005, 11, 15), (2005, 11, 15)),
        ("2005-11-15+02:00", (2005, 11, 15), (2005, 11, 15)),
        ("1132012800", (2005, 11, 15), (2005, 11, 15)),
        ("1132012800000", (2005, 11, 15), (2005, 11, 15)),
        ("November 2005", (2005, 11, 1), (2005, 11, 30)),
        ("03/04/2005", (2005, 3, 4), (2005, 4, 3)),
    ],
)
def test_publication_dates_are_read(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert parse_published(text) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2005-11-15T23:30:00-05:00", "2005-11-15"),
        ("2005/11", "2005-11"),
        ("2005", "2005"),
        ("03/04/2005", "2005"),
        ("04/04/2005", "2005-04-04"),
        ("2004/2005", None),
        ("12/13/2005", "2005-12-13"),
    ],
)
def test_the_date_of_publication_is_as_exact_as_what_was_written(text: str, iso: str | None) -> None:
    assert published_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "2014 FIFA",
        "Marchish 4, 2005",
        "2005-00",
        "2005-2004",
        "2005-13-45",
        "99999",
        "0000-00-00",
        "31-FEB-1990",
        "9" * 10_000,
    ],
)
def test_publication_dates_that_say_nothing(text: str | None) -> None:
    assert parse_published(text) is None


@cache
def tokenizer() -> Any:
    """A pipeline without a model."""
    register()
    return spacy.blank("en")


WORDS = st.sampled_from(
    [
        *["last", "this", "next", "the", "early", "late", "mid", "end", "of", "year", "weeks", "by", "since", "within"],
        *["three", "days", "ago", "may", "March", "Friday", "fall", "1978", "14", "90", "2003-04-05", "1990-91", ","],
        *["earlier", "later", "first", "quarter", "coming", "and", "-", "999999", "years", "first half", "\n\n"],
        *["from", "to", "between", "through", "weekend", "winter", "Monday", "April", "1998-99", "weeks ago", "5 May"],
    ]
)


@settings(max_examples=150)
@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join)),
    st.sampled_from(["2005-11-15", "2999-12-31", "1000-01-01", "2014", ""]),
)
def test_any_text_is_read_and_intervals_are_in_order(text: str, published: str) -> None:
    doc = tokenizer()(text)
    doc._.context.article = article(published)
    for mention in find(doc):
        assert text[mention.span.start_char : mention.span.end_char] == mention.span.text
        if mention.earliest and mention.latest:
            assert mention.earliest <= mention.latest


@pytest.mark.parametrize("text", ["late " * 5_000, "mid-" * 5_000, "the first half of " * 3_000, "9" * 100_000, "\x00"])
def test_absurd_texts_do_not_raise(text: str) -> None:
    find(tokenizer()(text))
