"""`claimex extract`: what it writes, what it says, and that no earlier result is ever lost."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import claimex.pipeline
from claimex.atomic import replacing
from claimex.cli.app import app

runner = CliRunner()
SENTENCE = "More than 1,200 Chadian soldiers were deployed to Gao, the minister said.\n"
OTHER = "Niger said that about 300 fighters were killed near Agadez.\n"
EARLIER = b"an earlier result\n"


@pytest.fixture(autouse=True)
def one_pipeline(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands share the pipeline of the session; a model named on the command line is still looked for."""
    build = claimex.pipeline.build_nlp
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda model=None, **options: build(model) if model else nlp)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    litter = [path.name for path in tmp_path.rglob("*.part")]
    assert litter == [], "a temporary file was left behind"


def extract(*args: str, **options: Any) -> Result:
    """Run the command; output apart from errors."""
    return runner.invoke(app, ["extract", *args], **options)


def rows(path: Path) -> list[dict[str, Any]]:
    """The claims of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_claims_and_run_record(folder: Path) -> None:
    """In the order article, start, kind; the record has a row for each article; nothing on stdout."""
    (folder / "in" / "sub").mkdir(parents=True)
    (folder / "in" / "b.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "in" / "sub" / "a.txt").write_text(OTHER + SENTENCE, encoding="utf-8")
    (folder / "in" / ".hidden.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "in" / "notes.md").write_text(SENTENCE, encoding="utf-8")
    result = extract("in")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    claims = rows(folder / "data" / "claims.jsonl")
    order = [(claim["article"]["path"], claim["evidence"]["start"], claim["kind"]) for claim in claims]
    assert order == sorted(order)
    assert {path for path, *_ in order} == {"in/b.txt", "in/sub/a.txt"}
    record = json.loads((folder / "data" / "claims.run.json").read_text(encoding="utf-8"))
    assert record["claimex"] == claimex.__version__
    assert record["model"]["version"] == "3.8.0"
    assert len(record["model"]["weights_sha256"]) == 64
    assert [row["path"] for row in record["articles"]] == ["in/b.txt", "in/sub/a.txt"]
    assert sum(row["claims"] for row in record["articles"]) == record["claims"]["count"] == len(claims)
    assert f"2 articles, {len(claims)} claims" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    """Claims and run record."""
    (folder / "a.txt").write_text(SENTENCE + OTHER, encoding="utf-8")
    written = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        assert extract("a.txt", "-o", f"{name}/claims.jsonl").exit_code == 0
        written.append([(folder / name / file).read_bytes() for file in ("claims.jsonl", "claims.run.json")])
    assert written[0] == written[1]


def test_json_is_one_array(folder: Path) -> None:
    """By the suffix of the output."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert extract("a.txt", "-o", "claims.json").exit_code == 0
    array = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    assert extract("a.txt", "-o", "claims.jsonl").exit_code == 0
    assert array == rows(folder / "claims.jsonl")
    (folder / "b.txt").write_text("Nothing happened.\n", encoding="utf-8")
    assert extract("b.txt", "--kind", "troop_count", "-o", "claims.json").exit_code == 0
    assert (folder / "claims.json").read_bytes() == b"[]\n"


def test_standard_input_and_output(folder: Path) -> None:
    """'-' for both: claims on stdout and nothing else, no file and no record."""
    result = extract("-", "-o", "-", "--kind", "troop_count", input=SENTENCE)
    assert result.exit_code == 0, result.output
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert [claim["kind"] for claim in claims] == ["troop_count"]
    assert claims[0]["article"]["id"] == "stdin"
    assert claims[0]["article"]["path"] == "-"
    assert list(folder.iterdir()) == []
    assert "standard output" in result.stderr


def test_kinds_and_date(folder: Path) -> None:
    """Only the kinds asked for; the date goes to articles that have none."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    result = extract("a.txt", "--kind", "troop-count", "--kind", "treaty_event", "--published", "2013-02-04")
    assert result.exit_code == 0, result.output
    claims = rows(folder / "data" / "claims.jsonl")
    assert {claim["kind"] for claim in claims} == {"troop_count"}
    assert {claim["article"]["published"] for claim in claims} == {"2013-02-04"}
    record = json.loads((folder / "data" / "claims.run.json").read_text(encoding="utf-8"))
    assert record["options"] == {
        "kinds": ["troop_count", "treaty_event"],
        "published": "2013-02-04",
        "format": None,
        "map": {},
        "exhaustive": False,
        "rules": [],
    }


def test_files_of_one_name_have_ids_of_their_own(folder: Path) -> None:
    """And a file that is named twice is read once."""
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "same.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "x" / "other.txt").write_text(OTHER, encoding="utf-8")
    assert extract("x", "y", "./x/same.txt").exit_code == 0
    record = json.loads((folder / "data" / "claims.run.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in record["articles"]] == ["other", "x/same", "y/same"]


def test_quiet_and_verbose(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """-q says nothing but problems, -v a line for each article, -vv names the model too."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert extract("a.txt", "-q").stderr == ""
    for args, words in (((), []), (("-v",), ["a.txt:"]), (("-vv",), ["model", "a.txt:"])):
        caplog.clear()
        assert len(extract("a.txt", *args).stderr.splitlines()) == 1
        assert [message.split()[0] for message in caplog.messages] == words
    assert "missing.txt: no such file" in extract("a.txt", "missing.txt", "-q").stderr


def bad_inputs(folder: Path) -> dict[str, str]:
    """Files that hold no article, and what is said about each."""
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text(" \n\n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "wide.txt").write_bytes(b"\xff\xfe3\x000\x000\x00 ")
    (folder / "paper.txt").write_bytes(b"%PDF-1.7 300 soldiers")
    (folder / "nothing").mkdir()
    (folder / "loop.txt").symlink_to("loop.txt")
    return {
        "empty.txt": "empty.txt: the file is empty",
        "blank.txt": "blank.txt: the file is empty",
        "picture.txt": "picture.txt: this is a binary file, not a text",
        "wide.txt": "wide.txt: no encoding fits its bytes; save the file as UTF-8",
        "paper.txt": "paper.txt: this file is a PDF; turn it into text or HTML first",
        "missing.txt": "missing.txt: no such file or folder",
        "nothing": "nothing: there is no article (.txt, .html,",
        "a\0b": "this is no path",
        "": "an empty name is no path",
        "n" * 5000: "cannot be read (File name too long)",
        "loop.txt": "loop.txt: cannot be read (Too many levels of symbolic links)",
    }


def test_bad_input_does_not_stop_the_others(folder: Path) -> None:
    """Each is one sentence on stderr and a row in the record; the rest is written; status 1."""
    (folder / "good.txt").write_text(SENTENCE, encoding="utf-8")
    bad = bad_inputs(folder)
    result = extract(*bad, "good.txt", "--kind", "troop_count")
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    lines = result.stderr.splitlines()
    assert len(lines) == len(bad) + 1
    for sentence in bad.values():
        assert sum(sentence in line for line in lines) == 1, sentence
    assert len(rows(folder / "data" / "claims.jsonl")) == 1
    record = json.loads((folder / "data" / "claims.run.json").read_text(encoding="utf-8"))
    assert len(record["articles"]) == len(bad) + 1
    assert sum(len(row["problems"]) for row in record["articles"]) == len(bad)


def test_no_article_and_no_earlier_result(folder: Path) -> None:
    """Nothing is said to be kept that was not there."""
    result = extract("nowhere.txt")
    assert result.exit_code == 1, result.output
    assert "no article could be read, so nothing was written" in result.stderr
    assert not (folder / "data" / "claims.jsonl").exists()


def test_no_article_leaves_an_earlier_result(folder: Path) -> None:
    """One mistyped path or one article that is too long must not empty the store; status 1."""
    (folder / "data").mkdir()
    (folder / "data" / "claims.jsonl").write_bytes(EARLIER)
    (folder / "long.txt").write_text("a" * 1_000_001, encoding="utf-8")
    for path in [*bad_inputs(folder), "long.txt"]:
        result = extract(path)
        assert result.exit_code == 1, result.output
        assert "no article could be read; data/claims.jsonl is as it was" in result.stderr
    assert (folder / "data" / "claims.jsonl").read_bytes() == EARLIER
    assert sorted(path.name for path in (folder / "data").iterdir()) == ["claims.jsonl"]


def test_a_file_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in one sentence. The superuser may read everything, so the refusal is made here."""
    (folder / "good.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "locked.txt").write_text(SENTENCE, encoding="utf-8")
    opening = os.open

    def refuse(path: Any, flags: int, *mode: int, **options: Any) -> int:
        if Path(path).name == "locked.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opening(path, flags, *mode, **options)

    monkeypatch.setattr(os, "open", refuse)
    result = extract("locked.txt", "good.txt")
    assert result.exit_code == 1, result.output
    assert "locked.txt: no permission to read it" in result.stderr


def test_a_folder_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a problem like any other."""
    (folder / "in" / "locked").mkdir(parents=True)
    (folder / "in" / "good.txt").write_text(SENTENCE, encoding="utf-8")
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path).name == "locked":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = extract("in")
    assert result.exit_code == 1, result.output
    assert "in/locked: this folder cannot be read (Permission denied)" in result.stderr


def test_a_path_that_may_not_be_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in a folder that is closed to the user is a problem, not the end."""
    (folder / "good.txt").write_text(SENTENCE, encoding="utf-8")
    stat = os.stat

    def refuse(path: Any, **options: Any) -> Any:
        if Path(path).name == "closed.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", refuse)
    result = extract("closed.txt", "good.txt")
    assert result.exit_code == 1, result.output
    assert "1 article," in result.stderr


def test_links_that_lead_round_are_passed_over(folder: Path) -> None:
    """A folder that links to itself is walked once; a pipe is no article; a link that leads nowhere is told."""
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "in" / "loop").symlink_to(folder / "in", target_is_directory=True)
    os.mkfifo(folder / "in" / "pipe.txt")
    result = extract("in")
    assert result.exit_code == 0, result.output
    assert "1 article," in result.stderr
    (folder / "in" / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "in" / "round.txt").symlink_to(folder / "in" / "round.txt")
    result = extract("in")
    assert result.exit_code == 1, result.output
    assert "gone.txt: no such file or folder" in result.stderr
    assert "round.txt: cannot be read" in result.stderr
    assert "1 article " in result.stderr


def test_a_file_name_that_is_no_text(folder: Path) -> None:
    """Bytes that are no UTF-8 come out as U+FFFD; the output is valid UTF-8."""
    name = os.fsdecode(b"\xff.txt")
    (folder / name).write_text(SENTENCE, encoding="utf-8")
    assert extract(name, "--kind", "troop_count").exit_code == 0
    assert rows(folder / "data" / "claims.jsonl")[0]["article"]["path"] == "\ufffd.txt"


def test_an_article_that_breaks_a_layer(folder: Path, nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect costs one article and is told; the run goes on."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    make_doc = nlp.make_doc

    def fail(text: str) -> Any:
        if text == SENTENCE:
            raise RuntimeError("a layer failed")
        return make_doc(text)

    monkeypatch.setattr(nlp, "make_doc", fail)
    result = extract("a.txt", "b.txt")
    assert result.exit_code == 1, result.output
    assert "a.txt: could not be read through (RuntimeError: a layer failed)" in result.stderr
    assert {claim["article"]["id"] for claim in rows(folder / "data" / "claims.jsonl")} == {"b"}


def test_an_article_that_is_too_long(folder: Path, nlp: Any) -> None:
    """A limit that is told, with what it is."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "b.txt").write_text("a" * (nlp.max_length + 1), encoding="utf-8")
    result = extract("a.txt", "b.txt")
    assert result.exit_code == 1, result.output
    assert "b.txt: 1,000,001 characters are too long for one article; split it in parts" in result.stderr
    assert "1 article," in result.stderr


def test_ctrl_c_leaves_an_earlier_result(folder: Path, nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, status 130."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "claims.jsonl").write_bytes(EARLIER)

    def interrupt(text: str) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(nlp, "make_doc", interrupt)
    result = extract("a.txt", "-o", "claims.jsonl")
    assert result.exit_code == 130, result.output
    assert result.stderr == "claimex: interrupted; no file was changed\n"
    assert (folder / "claims.jsonl").read_bytes() == EARLIER


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("no/such/claims.jsonl", "there is no folder 'no/such'; make it first"),
        ("taken", "this is a folder"),
        ("/dev/full", "/dev/full: cannot be written (No space left on device)"),
        ("/proc/claims.jsonl", "cannot be written"),
        ("round.jsonl", "this link leads back to itself"),
    ],
)
def test_output_that_cannot_be_written(folder: Path, output: str, sentence: str) -> None:
    """Status 3 and one sentence."""
    (folder / "taken").mkdir()
    (folder / "round.jsonl").symlink_to("round.jsonl")
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    result = extract("a.txt", "-o", output)
    assert result.exit_code == 3, result.output
    assert result.stdout == ""
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_full_disk_leaves_an_earlier_result(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when there is room at first and none at the end."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "claims.jsonl").write_bytes(EARLIER)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    result = extract("a.txt", "-o", "claims.jsonl")
    assert result.exit_code == 3, result.output
    assert "No space left on device" in result.stderr
    assert (folder / "claims.jsonl").read_bytes() == EARLIER


def test_replacing_keeps_mode_and_links(folder: Path) -> None:
    """The new file has the old one's mode, and a link goes on leading to it."""
    target, link = folder / "claims.jsonl", folder / "link.jsonl"
    target.write_bytes(EARLIER)
    target.chmod(0o640)
    link.symlink_to(target)
    with replacing(link) as handle:
        handle.write(b"new\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\n"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["a.txt", "--model", "no_such_model"], 3, "model 'no_such_model' is not installed"),
        (["a.txt", "--kind", "troops"], 2, "no kind 'troops'"),
        (["a.txt", "--published", "yesterday"], 2, "'yesterday' is no date"),
        (["a.txt", "--published", "2024-02-30"], 2, "'2024-02-30' is no date"),
        ([], 2, "Missing argument"),
        (["a.txt", "-o", ""], 2, "-o '': an empty name is no file"),
        (["a.txt", "-o", "./a.txt"], 2, "this is one of the articles"),
        ([".", "-o", "link.txt"], 2, "this is one of the articles"),
        (["a.txt", "-o", "a"], 2, "a.run.json: this is one of the articles, and a has a file of that name beside it"),
        (["a.txt", "-o", "c.jsonl"], 2, "c.jsonl.journal: this is one of the articles, and c.jsonl has"),
        (["a.txt", "-o", "b"], 2, "b.articles.sqlite: this is one of the articles, and b has"),
        (["a.txt", "-o", "b.jsonl"], 2, "b.jsonl.index: this is one of the articles, and b.jsonl has"),
    ],
)
def test_what_does_not_exist(folder: Path, args: list[str], code: int, sentence: str) -> None:
    """Models are not found (3), everything else is wrong usage (2); nothing is written, no article overwritten."""
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    for link in ("link.txt", "a.run.json", "c.jsonl.journal", "b.articles.sqlite", "b.jsonl.index"):
        (folder / link).symlink_to("a.txt")
    result = extract(*args)
    assert (folder / "a.txt").read_text(encoding="utf-8") == SENTENCE
    assert result.exit_code == code, result.output
    assert sentence in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert not (folder / "data" / "claims.jsonl").exists()
