"""Web pages: the article in one, and what it says about itself, by trafilatura (the extra `claimex[html]`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimex.errors import InputError
from claimex.inputs.article import Article, article, without_surrogates
from claimex.inputs.decoding import USUAL, decode
from claimex.inputs.limits import MAX_PAGE_BYTES
from claimex.inputs.pages import PAGES
from claimex.inputs.source import Source

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:-]{2,40})""", re.IGNORECASE)
HEAD = 4096
"""Bytes in which a page has to say its encoding; browsers look at 1024, editors write more."""
LATIN = ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii")
"""What pages say that are written in Windows-1252, and what browsers read as it."""
CONTROL = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]"
    r"|&#(?:0*+(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)|x0*+(?:[0-8bcef]|1[0-9a-f]|7f))(?![0-9a-f]);?",
    re.IGNORECASE,
)
"""Control characters, also where they are written as references: trafilatura gives up a page for one of them."""


def read_html(source: Source) -> Iterator[Article]:
    """One article. Raises InputError where trafilatura is not installed and where it finds no article."""
    data = source.read(MAX_PAGE_BYTES)
    page, encoding, notes = decode(data, declared=_declared(data))
    if not page.strip("\ufeff").strip():
        raise InputError("the file is empty")
    found = PAGES.ask(CONTROL.sub("\ufffd", page))
    text = without_surrogates(found.pop("text", None) or "")
    if not text.strip():
        raise InputError("trafilatura finds no article in this page; save its text as .txt and try again")
    yield article(
        text, **found, id=source.stem, path=source.path, encoding=encoding, notes=notes, extractor=PAGES.extractor
    )


def _declared(data: bytes) -> str | None:
    """The encoding that a page says it is in, where charset-normalizer knows it too."""
    match = CHARSET.search(data[:HEAD])
    if match is None:
        return None
    from charset_normalizer.constant import IANA_SUPPORTED

    name = match[1].decode("ascii").lower()
    name = USUAL if name in LATIN else name.replace("windows-", "cp").replace("-", "_")
    return name if name in IANA_SUPPORTED else None
