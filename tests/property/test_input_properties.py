"""What holds for every file that could be thrown at a reader: an article or a sentence, never anything else."""

from __future__ import annotations

import gzip
import io
import json
from hashlib import sha256
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimex.errors import InputError
from claimex.inputs.article import Article, Problem
from claimex.inputs.opening import unpacked
from claimex.inputs.readers import READERS
from claimex.inputs.source import Source

SETTINGS = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

PIECES = (
    b"title: A\n", b"published: 2004/2005\r\n", b"\n\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\x1b[31m",
    b"caf\xe9 ", "“Zürich” ".encode(), "\U0001f600e\u0301 ".encode(), b"\xed\xa0\x80", b'{"text": "', b'"}',
    b'{"id": 3, ', b"[", b"]", b",", b"{", b"}", b'"', b"\\", b"\\ud800", b"null", b"NaN", b'"text"', b": ", b"-1e999",
    b"9" * 50, b"<p>", b"</p>", b"<html><head><meta charset=", b"utf-7>", b"iso-8859-1>", b"<!--", b"<![CDATA[",
    b"&#27;", b"&#xD800;", b"<script>", b"Chad sent 1,200 soldiers to Gao. " * 9, b"\x1f\x8b", b"PK\x03\x04", b"%PDF-",
)  # fmt: skip
files = st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
packings = st.sampled_from([lambda data: data, gzip.compress, lambda data: gzip.compress(data)[:-5]])


def read(data: bytes, format: str) -> list[Article | Problem]:
    """What a reader makes of bytes; its own end is a Problem here too."""
    items: list[Article | Problem] = []
    try:
        with unpacked(io.BytesIO(data)) as stream:
            items += READERS[format](Source(stream, "a"))
    except InputError as error:
        items.append(Problem("a", str(error)))
    return items


@SETTINGS
@given(data=files, format=st.sampled_from(["txt", "json", "jsonl"]), pack=packings)
def test_any_file_is_articles_or_sentences(data: bytes, format: str, pack: Any) -> None:
    """Nothing raises; texts are valid Unicode under their own hash; fields are lines; nothing is silent."""
    items = read(pack(data), format)
    assert items
    for item in items:
        if isinstance(item, Problem):
            assert item.message.strip()
            continue
        assert item.text.strip()
        assert sha256(item.text.encode()).hexdigest() == item.ref.sha256
        for value in (item.ref.id, item.ref.title, item.ref.publisher, item.ref.url):
            assert value is None or (0 < len(value) <= 1000 and value == " ".join(value.split()))
        assert item.ref.id


@SETTINGS
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=200), mark=st.sampled_from(["", "\ufeff"]))
def test_a_text_file_is_its_text(text: str, mark: str) -> None:
    """Code point for code point, whatever stands in it; what is front matter or binary apart."""
    text = mark + text
    items = read(text.encode(), "txt")
    if isinstance(items[0], Problem):
        assert not text.strip("\ufeff").strip() or "\0" in text or text.startswith(("PK", "%PDF", "BZh"))
        return
    assert items[0].text == text
    assert items[0].encoding == "utf-8"


records = st.dictionaries(st.sampled_from(["id", "title", "published", "url", "x"]), st.text(max_size=20) | st.none())


@SETTINGS
@given(
    rows=st.lists(st.tuples(records, st.text(min_size=1, max_size=50)), min_size=1, max_size=9),
    ascii=st.booleans(),
    indent=st.sampled_from([None, 1]),
)
def test_every_record_is_read_from_lines_and_arrays(rows: list[Any], ascii: bool, indent: int | None) -> None:
    """The text of a record is the string in it, with U+FFFD for what no UTF-8 can hold; both layouts say the same."""
    given_ = [{**record, "text": text} for record, text in rows]
    dumped = [json.dumps(record, ensure_ascii=ascii).encode("utf-8", "surrogatepass") for record in given_]
    array = json.dumps(given_, ensure_ascii=ascii, indent=indent).encode("utf-8", "surrogatepass")
    if not ascii and any("\ud800" <= ch <= "\udfff" for ch in array.decode("utf-8", "surrogatepass")):
        return  # no file can be written like that
    lines = read(b"\n".join(dumped), "jsonl")
    expected = [text for _, text in rows]
    for item, text in zip(lines, expected, strict=True):
        if isinstance(item, Article):
            assert item.text == "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)
        else:
            assert not text.strip()
    strip = [item.text if isinstance(item, Article) else "" for item in lines]
    assert [item.text if isinstance(item, Article) else "" for item in read(array, "json")] == strip


@settings(SETTINGS, max_examples=60)
@given(data=files)
def test_any_page_is_an_article_or_a_sentence(data: bytes) -> None:
    """Whatever trafilatura says to it."""
    for item in read(data, "html"):
        if isinstance(item, Article):
            assert item.text.strip()
            item.text.encode()
        else:
            assert item.message.strip()
