"""JSON Lines and arrays: a record an article, and no broken record takes another with it."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from claimex.errors import InputError
from claimex.inputs.article import Article
from claimex.inputs.json_values import json_values
from claimex.inputs.reading import Reading, read_files
from tests.inputs.made import SENTENCE, known, lines, made, read

RECORD = {
    "id": "gao-1",
    "text": SENTENCE,
    "title": "Troops",
    "published": "Mon, 04 Feb 2013 10:00:00 GMT",
    "publisher": "The Courier",
    "url": "http://x.y/z",
}
FILLED = {**RECORD, "published": "2013-02-04"}


def fields(article: Article) -> dict[str, Any]:
    """What is known of an article, its text included."""
    return {"text": article.text, **known(article)}


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json"])
def test_a_record_an_article(tmp_path: Path, name: str) -> None:
    """All fields are taken; one without an id gets file and number; a byte-order mark is no part of it."""
    data = b"\xef\xbb\xbf" + lines(RECORD, {"text": SENTENCE, "id": None, "title": " ", "pages": [1]})
    articles, said = read(made(tmp_path, name, data))
    assert said == []
    assert fields(articles[0]) == FILLED
    assert fields(articles[1]) == {**dict.fromkeys(RECORD), "text": SENTENCE, "id": "a-2"}


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array(tmp_path: Path, indent: int | None) -> None:
    """However it is laid out."""
    articles, said = read(made(tmp_path, "a.json", json.dumps([RECORD, RECORD], indent=indent)))
    assert (len(articles), said) == (2, [])
    assert fields(articles[1]) == FILLED


def test_other_names_for_the_fields(tmp_path: Path) -> None:
    """Also inside another object; a name with a dot in it comes first."""
    record = {"body": {"en": SENTENCE}, "source": {"name": "The Courier"}, "source.id": 7, "headline": "Troops"}
    names = {"text": "body.en", "publisher": "source.name", "id": "source.id", "title": "headline"}
    ((article,), said) = read(made(tmp_path, "a.jsonl", lines(record)), Reading(names=names))
    assert said == []
    assert fields(article) == {
        "id": "7",
        "text": SENTENCE,
        "title": "Troops",
        "published": None,
        "publisher": "The Courier",
        "url": None,
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "this is no JSON (Expecting property name enclosed in double quotes at character 1)"),
        (b"[1]", "this is an array, not an object with the fields of an article"),
        (b"17", "this is a number, not an object"),
        (b"null", "this is null, not an object"),
        (b'{"body": "x", "id": 1}', "there is no field 'text' among its fields ('body', 'id'); choose one with --map"),
        (b"{}", "there is no field 'text' among its fields (none)"),
        (b'{"text": ["x"]}', "the field 'text' holds no text"),
        (b'{"text": " \\n"}', "the field 'text' holds no text"),
        (b"[" * 200_000, "this JSON is nested too deeply for an article"),
        (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "this JSON cannot be read (Exceeds the limit"),
        (b'{"text": "x\0"}', "this is a binary file"),
        (b'{"text": "' + b"x" * (8 * 2**20) + b'"}', "more than 8 MB is too much for one article"),
    ],
)
def test_a_record_that_is_no_article(tmp_path: Path, line: bytes, reason: str) -> None:
    """It is said with its line; those around it are read."""
    path = made(tmp_path, "a.jsonl", lines(RECORD) + b"\r\n" + line + b"\n" + lines(RECORD))
    articles, (said,) = read(path)
    assert len(articles) == 2
    assert said.startswith(f", line 3: {reason}")


def test_what_dumps_have_for_nothing(tmp_path: Path) -> None:
    """NaN and null are nothing; numbers are words; what is neither is left out and said."""
    data = b'{"text": "x\\ud800\ny", "id": 3.0, "title": NaN, "publisher": {"a": 1}, "published": 1360000000}\n'
    ((article,), said) = read(made(tmp_path, "a.json", data))
    assert said == []
    assert article.text == "x\ufffd\ny"
    assert (article.ref.id, article.ref.title, article.ref.publisher) == ("3", None, None)
    assert article.ref.published == "2013-02-04"
    assert article.notes == ("publisher is neither text nor number: it is left out",)


def test_utf_16_as_some_shells_write_it(tmp_path: Path) -> None:
    """JSON Lines too."""
    data = (lines(RECORD).decode() * 2).replace("\n", "\r\n").encode("utf-16")
    articles, said = read(made(tmp_path, "a.jsonl", data))
    assert (len(articles), said) == (2, [])
    assert fields(articles[0]) == FILLED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_mark_that_says_too_much(tmp_path: Path, encoding: str) -> None:
    """What comes before the break is read; the encoding is told by its name."""
    data = (lines(RECORD).decode() * 2).encode(encoding) + b"\xff\xdf" * 2 + b"\xff" * 9
    _, said = read(made(tmp_path, "a.jsonl", data))
    assert said == [f": it begins as {encoding.upper()} and goes on as something else"]


@pytest.mark.parametrize(
    ("data", "count", "reason"),
    [
        (b'[{"text": "a"}, {"text": "b"', 1, "the file ends inside a value; what stands before was read"),
        (b'[{"text": "a"}, ', 1, "the file ends inside the array; what stands before was read"),
        (b'[{"text": "a"}] x', 1, "something follows the array; what stands in it was read"),
        (b" \n", 0, "the file is empty"),
        (b"[]", 0, "the file is empty"),
    ],
)
def test_a_file_that_breaks_off(tmp_path: Path, data: bytes, count: int, reason: str) -> None:
    """What came before is kept."""
    articles, said = read(made(tmp_path, "a.json", data))
    assert len(articles) == count
    assert said == [f": {reason}"]


def test_a_broken_record_in_an_array(tmp_path: Path) -> None:
    """Costs itself alone as long as its brackets close."""
    articles, said = read(made(tmp_path, "a.json", b'[{"text": "a"}, {"text": b}, }, {"text": "c"}]'))
    assert [article.text for article in articles] == ["a", "c"]
    assert [sentence.partition(":")[0] for sentence in said] == [", article 2", ", article 3"]


def test_a_file_of_something_else_is_given_up(tmp_path: Path) -> None:
    """A table of a hundred thousand lines is not a hundred thousand complaints."""
    articles, said = read(made(tmp_path, "a.jsonl", b"1,2,3\n" * 1000))
    assert articles == []
    assert len(said) == 11
    assert said[-1] == ": none of its first 10 records is an article; the rest is not read"


def test_ids_that_come_again(tmp_path: Path) -> None:
    """In one file and in another: no two articles share one."""
    one = made(tmp_path, "x/one.jsonl", lines(RECORD, RECORD, RECORD, {"text": "a"}))
    two = made(tmp_path, "y/one.jsonl", lines(RECORD, {"text": "b"}, {**RECORD, "id": "one"}))
    ids = [item.ref.id for item in read_files([one, two]) if isinstance(item, Article)]
    folder = tmp_path.as_posix()
    assert ids == [
        *["gao-1", f"{folder}/x/one/gao-1", f"{folder}/x/one/gao-1-2", "one-4"],
        *[f"{folder}/y/one/gao-1", "one-2", f"{folder}/y/one"],
    ]


PIECES = [b'{"a": "]}\\"\\\\"}', b"[[], [1]]", b'"x,y"', b"12", b"null", b'{"b": {"c": [{}]}}']


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
@pytest.mark.parametrize("array", [True, False])
def test_values_are_cut_where_they_end(size: int, array: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the pieces of the stream fall. Bare numbers after each other need the commas of an array."""
    monkeypatch.setattr("claimex.inputs.json_values.CHUNK", size)
    pieces = PIECES if array else [piece for piece in PIECES if piece[:1] == b"{"]
    data = b" [" + b" ,\n".join(pieces) + b"\n]\n" if array else b"\n".join(pieces)
    assert [value and value.strip() for value in json_values(io.BytesIO(data), most=100)] == pieces


def test_a_value_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not kept in memory while it is."""
    monkeypatch.setattr("claimex.inputs.json_values.CHUNK", 64)
    data = b'[{"a": 1}, {"b": "' + b"]x\\n" * 1000 + b'"}, [' + b"[]," * 500 + b'1], {"c": 2}]'
    assert list(json_values(io.BytesIO(data), most=50)) == [b'{"a": 1}', None, None, b'{"c": 2}']


@pytest.mark.parametrize("name", ["many.jsonl", "many.json"])
def test_a_dump_is_never_in_memory_whole(tmp_path: Path, name: str) -> None:
    """A thousand articles take no more room than a hundred."""
    record = {"text": SENTENCE * 100}
    most = []
    for count in (100, 1000):
        data = lines(*[record] * count)
        if name.endswith(".json"):
            data = b"[" + b",".join(data.splitlines()) + b"]"
        path = made(tmp_path, name, data)
        tracemalloc.start()
        assert sum(1 for _ in read_files([path])) == count
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] < most[0] + 300_000


def test_a_stream_that_ends_inside_a_string() -> None:
    """Is said, whatever the string holds."""
    with pytest.raises(InputError, match="ends inside a value"):
        list(json_values(io.BytesIO(b'"x\\'), most=100))
