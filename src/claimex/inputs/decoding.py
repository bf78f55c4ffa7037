"""Bytes to text: UTF-8 where it is, else the byte-order mark or the page says so, else by charset-normalizer."""

from __future__ import annotations

import codecs
import re

from claimex.errors import InputError
from claimex.inputs.fitting import fitting

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that one's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY = {
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"\x1f\x8b": "packed more than once; unpack it first",
    b"BZh91AY": "packed with bzip2; unpack it first",
    b"\xfd7zXZ": "packed with xz; unpack it first",
    b"\x28\xb5\x2f\xfd": "packed with zstd; unpack it first",
    b"%PDF-": "a PDF; turn it into text or HTML first",
}
"""First bytes of files that people take for articles."""
USUAL = "cp1252"
"""What English text stands in where it is no UTF-8: taken where another encoding fits no better."""
SAMPLE = 1 << 16
NOT_ASCII = re.compile(rb"[\x80-\xff]")


def mark_of(data: bytes) -> str | None:
    """The encoding that a byte-order mark names, UTF-8 apart."""
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """The text of bytes, the encoding as Python calls it, and what is to be noted.

    `text == data.decode(encoding)`, so that a byte-order mark of UTF-8 stays as U+FEFF; stray bytes in UTF-8 become
    U+FFFD and are noted. Raises InputError for binary data and where no encoding fits.
    """
    for start, what in BINARY.items():
        if data.startswith(start):
            raise InputError(f"this file is {what}")
    marked = mark_of(data)
    if marked is None and b"\0" in data[:8192]:
        raise InputError("this is a binary file, not a text; pass text, HTML or JSON files")
    for encoding in (marked or "utf-8", declared):
        text = _decoded(data, encoding)
        if text is not None and encoding is not None:
            return text, encoding, ()
    if marked is None:
        text = data.decode("utf-8", "replace")
        stray = text.count("\ufffd")
        if stray * 4 < sum(ch > "\x7f" for ch in text):
            places = (
                "1 place is no valid UTF-8 and stands" if stray == 1 else f"{stray} places are no valid UTF-8 and stand"
            )
            return text, "utf-8", (f"{places} as U+FFFD",)
        guessed = _guessed(data)
        text = _decoded(data, guessed)
        if text is not None and guessed is not None:
            return text, guessed, ()
    raise InputError("no encoding fits its bytes; save the file as UTF-8 and try again")


def _decoded(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _guessed(data: bytes) -> str | None:
    """The likeliest encoding of text that is no UTF-8: a usual one where words look right in it, else any."""
    if (usual_one := fitting(data)) is not None:
        return usual_one
    from charset_normalizer import from_bytes

    if len(data) > SAMPLE:
        # From the first bytes that are not ASCII, between two line ends: all that tells encodings apart.
        found = NOT_ASCII.search(data)
        start = found.start() if found else 0
        start = data.rfind(b"\n", 0, start) + 1 if start > SAMPLE // 2 else 0
        data = data[start : start + SAMPLE]
        data = data[: data.rfind(b"\n") + 1] or data
    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        return None
    usual = next((m for m in matches if USUAL in m.could_be_from_charset), best)
    fits = (usual.chaos, usual.coherence, _letters(usual)) == (best.chaos, best.coherence, _letters(best))
    return USUAL if fits and USUAL in usual.could_be_from_charset else best.encoding


def _letters(text: object) -> int:
    """How many characters beyond ASCII are letters: none are where "ł" was read as "³"."""
    return sum(ch > "\x7f" and ch.isalpha() for ch in str(text))
