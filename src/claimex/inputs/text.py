"""Plain text: one article a file, after its front matter where it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimex.errors import InputError
from claimex.inputs.article import FIELDS, Article, article
from claimex.inputs.decoding import decode
from claimex.inputs.limits import MAX_ARTICLE_BYTES
from claimex.inputs.source import Source

KEYS = tuple(field for field in FIELDS if field != "text")
LINE = re.compile(rf"({'|'.join(KEYS)}):([^\n]*)\n?", re.IGNORECASE)
BLANK = re.compile(r"[ \t]*+(?:\r?\n|\Z)")


def read_text(source: Source) -> Iterator[Article]:
    """One article. Raises InputError for an empty file, a binary one and one in no known encoding."""
    text, encoding, notes = decode(source.read(MAX_ARTICLE_BYTES))
    if not text.strip("\ufeff").strip():
        raise InputError("the file is empty")
    fields, body = front_matter(text)
    if not body.strip():
        raise InputError("there is no text below the front matter")
    yield article(body, **{"id": source.stem, **fields}, path=source.path, encoding=encoding, notes=notes)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields at the head of a text and the text below them; no fields and the whole text where there are none.

    Front matter is lines `title: ...`, `published: ...` and so on, from the first line on, each field once and nothing
    else between them, and a blank line behind. An article that only begins like that is left as it stands.
    """
    fields: dict[str, str] = {}
    at = 1 if text.startswith("\ufeff") else 0
    while (line := LINE.match(text, at)) is not None:
        key = line[1].lower()
        if key in fields:
            return {}, text
        fields[key] = line[2].strip()
        at = line.end()
    blank = BLANK.match(text, at)
    if not fields or blank is None:
        return {}, text
    return {key: value for key, value in fields.items() if value}, text[blank.end() :]
