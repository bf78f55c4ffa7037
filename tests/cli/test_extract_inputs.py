"""`claimex extract` on what users have: dumps, packed files, lists of paths, streams."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import claimex.pipeline
from claimex.cli.app import app
from tests.inputs.made import SENTENCE, lines, made

runner = CliRunner()


@pytest.fixture(autouse=True)
def here(nlp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in; commands share the pipeline of the session."""
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *_, **__: nlp)
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def extract(*args: str, **options: Any) -> Result:
    """Troop counts to claims.jsonl."""
    return runner.invoke(app, ["extract", "--kind", "troop_count", "-o", "claims.jsonl", *args], **options)


def claims() -> list[dict[str, Any]]:
    """What was written."""
    return [json.loads(line) for line in Path("claims.jsonl").read_text(encoding="utf-8").splitlines()]


def record() -> dict[str, Any]:
    """What was recorded."""
    found: dict[str, Any] = json.loads(Path("claims.run.json").read_text(encoding="utf-8"))
    return found


def test_a_dump_with_names_of_its_own(here: Path) -> None:
    """Packed, from standard input, the names told; the record says how it was read."""
    article = {"nr": 7, "body": SENTENCE, "date": "Mon, 04 Feb 2013 10:00:00 GMT", "src": {"name": "The Courier"}}
    names = ("--map", "text=body,id=nr", "--map", "published=date, publisher = src.name")
    result = extract("-", "--format", "jsonl", *names, input=gzip.compress(lines(article)))
    assert result.exit_code == 0, result.output
    (claim,) = claims()
    assert {key: claim["article"][key] for key in ("id", "path", "published", "publisher")} == {
        "id": "7",
        "path": "-",
        "published": "2013-02-04",
        "publisher": "The Courier",
    }
    start, end = claim["evidence"]["start"], claim["evidence"]["end"]
    assert SENTENCE[start:end] == claim["evidence"]["quote"]
    assert record()["options"]["format"] == "jsonl"
    assert record()["options"]["map"] == {"text": "body", "id": "nr", "published": "date", "publisher": "src.name"}
    assert record()["articles"][0]["encoding"] == "utf-8"


def test_the_record_says_what_found_the_text_of_a_page(here: Path) -> None:
    """And nothing where the input is the text."""
    made(here, "a.txt", SENTENCE)
    made(here, "b.html", f"<html><body><article><h1>News</h1><p>{f'{SENTENCE} ' * 5}</p></article></body></html>")
    assert extract("a.txt", "b.html").exit_code == 0
    assert [row["extractor"] for row in record()["articles"]] == [None, f"trafilatura {version('trafilatura')}"]


def test_broken_records_are_told_with_their_place(here: Path) -> None:
    """The others are written; status 1."""
    made(here, "a.jsonl", lines({"text": SENTENCE}, {"body": "x"}, {"text": SENTENCE, "id": "z"}))
    result = extract("a.jsonl")
    assert result.exit_code == 1, result.output
    assert "claimex: a.jsonl, line 2: there is no field 'text' among its fields ('body')" in result.stderr
    assert [claim["article"]["id"] for claim in claims()] == ["a-1", "z"]
    assert [row["id"] for row in record()["articles"]] == ["a-1", None, "z"]


def test_what_is_noted_does_not_fail_the_run(here: Path) -> None:
    """It is told and recorded; status 0. The date of the command line stands in for one that is none."""
    made(here, "a.txt", f"published: 2004/2005\n\n{SENTENCE}")
    result = extract("a.txt", "--published", "2013-02-04")
    assert result.exit_code == 0, result.output
    note = "published '2004/2005' is not one day: it is left out; write it as 2024-11-14"
    assert f"claimex: a.txt: {note}\n" in result.stderr
    assert record()["articles"][0]["notes"] == [note]
    assert claims()[0]["article"]["published"] == "2013-02-04"


def test_lists_of_paths(here: Path) -> None:
    """With other paths or without; what one names and is not there is a problem."""
    made(here, "a.txt", SENTENCE)
    made(here, "in/b.txt", SENTENCE + " ")
    result = extract("--files-from", "-", input="in\nnone.txt\n")
    assert result.exit_code == 1, result.output
    assert [claim["article"]["path"] for claim in claims()] == ["in/b.txt"]
    assert "none.txt: no such file" in result.stderr
    made(here, "list", "a.txt\n")
    assert extract("in", "--files-from", "list").exit_code == 0
    assert [claim["article"]["path"] for claim in claims()] == ["in/b.txt", "a.txt"]


def test_texts_are_kept(here: Path) -> None:
    """What a claim's offsets count in is the file of the article's hash."""
    made(here, "a.txt", f"title: Troops\r\n\r\n{SENTENCE}\r\n")
    assert extract("a.txt", "--keep-text", "texts").exit_code == 0
    (claim,) = claims()
    data = (here / "texts" / f"{claim['article']['sha256']}.txt").read_bytes()
    assert sha256(data).hexdigest() == claim["article"]["sha256"]
    assert data.decode()[claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["quote"]


def test_a_second_run_does_not_read_the_first(here: Path) -> None:
    """The claims stand beside the articles and are none."""
    made(here, "a.txt", SENTENCE)
    assert extract(".").exit_code == 0
    assert extract(".").exit_code == 0
    assert [row["path"] for row in record()["articles"]] == ["a.txt"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["a.txt", "--format", "xml"], "no format 'xml'; choose from txt, html"),
        (["a.txt", "--format", "jsonnl"], "no format 'jsonnl'; did you mean 'jsonl'?"),
        (["a.txt", "--map", "body=text"], "no field 'body'; an article has id, text, title, published, publisher, url"),
        (["a.txt", "--map", "text"], "--map 'text': write it as FIELD=NAME"),
        ([], "Missing argument PATHS: name articles, folders of them, - or --files-from LIST"),
    ],
)
def test_wrong_usage(here: Path, args: list[str], sentence: str) -> None:
    """One sentence; status 2."""
    result = extract(*args)
    assert result.exit_code == 2, result.output
    assert sentence in " ".join(result.stderr.split())


def test_many_notes_are_told_in_part(here: Path) -> None:
    """All of them are recorded."""
    made(here, "a.jsonl", lines(*[{"text": SENTENCE, "published": "soon"}] * 23))
    result = extract("a.jsonl")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("is not one day") == 20
    assert "claimex: a.jsonl, line 1: published 'soon'" in result.stderr
    assert "claimex: and 3 notes more; the record of the run has them all\n" in result.stderr
    assert sum(len(row["notes"]) for row in record()["articles"]) == 23


def test_kept_texts_serve_what_reads_texts_again(here: Path) -> None:
    """Of standard input and of records under other names too."""
    dump = lines({"body": SENTENCE}, {"body": f"{SENTENCE} Niger sent 300 soldiers to Agadez."})
    result = extract("-", "--format", "jsonl", "--map", "text=body", "--keep-text", "texts", input=dump)
    assert result.exit_code == 0, result.output
    for command in ("compare", "report"):
        without = runner.invoke(app, [command, "-i", "claims.jsonl"])
        assert "the text of 2 articles is not there now" in without.stderr
        with_texts = runner.invoke(app, [command, "-i", "claims.jsonl", "--texts", "texts"])
        assert with_texts.exit_code == 0, with_texts.output
        assert "not there" not in with_texts.stderr
    assert "Niger sent" in Path("report.html").read_text(encoding="utf-8")
    assert runner.invoke(app, ["compare", "-i", "claims.jsonl", "--texts", "nowhere"]).exit_code == 2
