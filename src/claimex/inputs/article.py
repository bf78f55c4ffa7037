"""An article as the pipeline gets it, and what is said of one that could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from claimex.normalize.published import published_date
from claimex.reference import ArticleRef, text_sha256

FIELDS = ("id", "text", "title", "published", "publisher", "url")
"""What an input can say about an article, beside its text."""
LONGEST_FIELD = 1000
"""Every claim carries the fields of its article: what is longer is cut."""
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what is known about it. Offsets of claims count the code points of `text`."""

    ref: ArticleRef
    text: str
    encoding: str | None = None
    """How bytes became the text, as Python calls it; None for a text in memory."""
    notes: tuple[str, ...] = ()
    """What a reader should know although the article was read, a sentence each."""
    extractor: str | None = None
    """The library that found the text in a web page, with its version; None where the input is the text."""
    place: str = ""
    """Where it stands in a file of several: 'line 3'."""

    @property
    def name(self) -> str:
        """What it is called where something is said about it."""
        return ", ".join(filter(None, (self.ref.path or self.ref.id, self.place)))


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one input, in one sentence."""

    path: str
    message: str


def article(
    text: str,
    *,
    id: str,
    path: str = "",
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
    notes: tuple[str, ...] = (),
    extractor: str | None = None,
    place: str = "",
) -> Article:
    """An article from a text and fields as they were given; a date that is none is left out and noted."""
    date = published_date(published) if published else None
    if published and len(date or "") < len("2024-11-14") and date != published:
        taken = f"only {date!r} is taken" if date else "it is left out"
        notes += (f"published {_line(published)!r} is not one day: {taken}; write it as 2024-11-14",)
    ref = ArticleRef(
        id=_line(id) or "article",
        path=path,
        sha256=text_sha256(text),
        title=_line(title),
        published=date,
        publisher=_line(publisher),
        url=_line(url),
    )
    return Article(ref, text, encoding, notes, extractor, place)


def unicode(path: str | Path) -> str:
    """A path as text that JSON can hold: bytes that are no UTF-8 become U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no UTF-8 can hold: as long as it was."""
    return SURROGATE.sub("\ufffd", text)


def _line(value: str | None) -> str | None:
    """A field as one line of bounded length; None where there is nothing in it."""
    return without_surrogates(" ".join((value or "").split()))[:LONGEST_FIELD].rstrip() or None
