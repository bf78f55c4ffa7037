"""Web pages: the article in one, and what it says about itself, by trafilatura (the extra `claimex[html]`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from claimex.errors import InputError
from claimex.inputs.article import Article, article, without_surrogates
from claimex.inputs.decoding import USUAL, decode
from claimex.inputs.limits import MAX_PAGE_BYTES
from claimex.inputs.source import Source

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:-]{2,40})""", re.IGNORECASE)
HEAD = 4096
"""Bytes in which a page has to say its encoding; browsers look at 1024, editors write more."""
LATIN = ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii")
"""What pages say that are written in Windows-1252, and what browsers read as it."""
DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""For the date: what the page says, not what can be guessed from it, and no look at the clock."""


def read_html(source: Source) -> Iterator[Article]:
    """One article. Raises InputError where trafilatura is not installed and where it finds no article."""
    data = source.read(MAX_PAGE_BYTES)
    page, encoding, notes = decode(data, declared=_declared(data))
    if not page.strip("\ufeff").strip():
        raise InputError("the file is empty")
    found = _extracted(page)
    text = without_surrogates(found.text or "") if found is not None else ""
    if not text.strip():
        raise InputError("trafilatura finds no article in this page; save its text as .txt and try again")
    yield article(
        text,
        id=source.stem,
        path=source.path,
        title=found.title,
        published=found.date,
        publisher=found.sitename or found.hostname,
        url=found.url,
        encoding=encoding,
        notes=notes,
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


def _extracted(page: str) -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError("reading web pages needs trafilatura: pip install 'claimex[html]'") from error
    try:
        return bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=DATES)
    except Exception as error:  # a parser of others, on pages of strangers: it costs this page, never the run
        raise InputError(f"trafilatura cannot read this page ({type(error).__name__}: {error})") from error
