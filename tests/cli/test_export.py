"""`claimex export`: files, standard output, exit codes and bad input, for every format in the table."""

from __future__ import annotations

import builtins
import io
import json
from pathlib import Path
from typing import IO, Any, cast

import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.export.formats import FORMATS, Format
from tests.cli.claims import SHA256, TEXT, write
from tests.conftest import ROOT

runner = CliRunner()
EACH = pytest.mark.parametrize("format_", FORMATS.values(), ids=list(FORMATS))
TEXTS = [format_ for format_ in FORMATS.values() if not format_.binary]
BINARIES = [format_ for format_ in FORMATS.values() if format_.binary]


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A claims file."""
    return write(tmp_path / "claims.jsonl")


@pytest.fixture(autouse=True)
def texts(tmp_path: Path) -> Path:
    """A folder with the article of the claims."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "lake_01.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run(to: str, claims: Path, *args: object) -> Result:
    """Run the program, with the texts at hand."""
    options = ["--to", to, "-i", claims, "--texts", claims.parent / "texts", *args]
    return runner.invoke(app, ["export", *map(str, options)])


@EACH
def test_writes_a_file_in_one_step(format_: Format, claims: Path, tmp_path: Path) -> None:
    """The file, a line that says so, nothing on stdout and nothing beside it."""
    target = tmp_path / f"out{format_.suffix}"
    before = set(tmp_path.iterdir())
    result = run(format_.name, claims, "-o", target)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert result.stderr == f"claimex: 8 claims: {target}\n"
    assert set(tmp_path.iterdir()) - before == {target}
    assert target.stat().st_size > 0


@EACH
def test_same_claims_same_bytes(format_: Format, claims: Path, tmp_path: Path) -> None:
    """No clock and no chance in it."""
    files = [tmp_path / f"{n}{format_.suffix}" for n in range(2)]
    for file in files:
        run(format_.name, claims, "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("format_", TEXTS, ids=lambda format_: format_.name)
def test_text_goes_to_stdout(format_: Format, claims: Path, tmp_path: Path) -> None:
    """What is printed is what is written, in UTF-8, and nothing else."""
    target = tmp_path / "out"
    run(format_.name, claims, "-o", target)
    result = run(format_.name, claims)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout_bytes == target.read_bytes()
    assert result.stdout_bytes.decode("utf-8")


@pytest.mark.parametrize("format_", BINARIES, ids=lambda format_: format_.name)
def test_what_is_no_text_needs_a_file(format_: Format, claims: Path) -> None:
    """One sentence with the way out, exit status 2."""
    result = run(format_.name, claims)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (f"claimex: {format_.name} is no text to print; name a file: -o claims{format_.suffix}\n")


@EACH
def test_an_export_that_fails_leaves_the_old_file(
    format_: Format, claims: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up: one sentence, exit status 3, the old file as it was, nothing beside it."""
    target = tmp_path / "out"
    target.write_text("old")
    before = set(tmp_path.iterdir())

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run(format_.name, claims, "-o", target)
    assert result.exit_code == 3
    assert (
        result.stderr
        == f"claimex: {target}: cannot be written (No space left on device); what was there is unchanged\n"
    )
    assert target.read_text() == "old"
    assert set(tmp_path.iterdir()) == before


@EACH
def test_no_claims(format_: Format, tmp_path: Path) -> None:
    """An empty export, exit status 0."""
    empty = write(tmp_path / "none.jsonl", [])
    result = run(format_.name, empty, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("claimex: 0 claims: ")


@EACH
def test_damaged_claims_are_told_and_the_rest_is_written(format_: Format, claims: Path, tmp_path: Path) -> None:
    """A cut line, and one with a field that is none: exit status 1."""
    good = claims.read_text(encoding="utf-8")
    bad = good.splitlines()[1].replace('"activity":"deployed"', '"activity":"dancing"')
    claims.write_text(good + bad + "\n" + good[:40], encoding="utf-8")
    result = run(format_.name, claims, "-o", tmp_path / "out")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("claimex: 8 claims: ")
    assert [line.partition(": ")[2].partition(":")[0] for line in lines[1:]] == [
        f"{claims}, line 9", f"{claims}, line 10",
    ]  # fmt: skip


def test_filters_as_in_show(claims: Path) -> None:
    """The same options, the same claims."""
    rows = run("csv", claims, "--kind", "troop_count", "--min", "2500").stdout.splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", "2222222222222222", "5555555555555555"]


def test_an_unknown_format(claims: Path) -> None:
    """What is near is offered."""
    result = run("sqlit", claims)
    assert result.exit_code == 2
    assert "did you mean 'sqlite'?" in result.stderr


def test_no_claims_file(tmp_path: Path) -> None:
    """One sentence, exit status 3, nothing made."""
    result = run("csv", tmp_path / "none.jsonl", "-o", tmp_path / "out.csv")
    assert result.exit_code == 3
    assert "no such claims file" in result.stderr
    assert not (tmp_path / "out.csv").exists()


@EACH
def test_setup(format_: Format, tmp_path: Path) -> None:
    """Written or printed where there is one; wrong usage where there is none."""
    result = runner.invoke(app, ["export", "--to", format_.name, "--setup"])
    if not format_.setup:
        assert result.exit_code == 2
        assert result.stderr == f"claimex: {format_.name} needs no setup; leave --setup out\n"
        return
    assert result.exit_code == 0
    runner.invoke(app, ["export", "--to", format_.name, "--setup", "-o", str(tmp_path / "setup")])
    assert (tmp_path / "setup").read_text(encoding="utf-8") == result.stdout == format_.setup_text


@pytest.mark.parametrize(
    ("format_", "package", "words"),
    [("parquet", "pyarrow", "Parquet needs pyarrow, which is not installed")],
)
def test_a_missing_extra(
    format_: str, package: str, words: str, claims: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence says what to install; exit status 3, nothing written."""
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run(format_, claims, "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert result.stderr == f"claimex: {words}; install it with: pip install 'claimex[{format_}]'\n"
    assert not (tmp_path / "out").exists()


def test_every_module_is_in_the_table() -> None:
    """Whatever in the package writes an export is a format that can be asked for."""
    folder = ROOT / "src" / "claimex" / "export"
    writers = {path.stem for path in folder.glob("*.py") if "\ndef write(source: Source" in path.read_text("utf-8")}
    assert writers == {format_.module for format_ in FORMATS.values()}


def test_the_documentation_has_every_format() -> None:
    """The table of docs/exports.md says what the table of formats says, and each format has its example."""
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")][: len(FORMATS)]
    assert rows == [
        f"| `{f.name}` | {f.what} | {'no' if f.binary else 'yes'} | {f.setup} |".replace("  ", " ")
        for f in FORMATS.values()
    ]
    for format_ in FORMATS.values():
        section = page.partition(f"\n## {format_.name}\n")[2].partition("\n## ")[0]
        assert f"$ claimex export --to {format_.name}" in section


NEEDING = [format_ for format_ in FORMATS.values() if format_.texts]
WITH_TEXTS = pytest.mark.parametrize("format_", NEEDING, ids=lambda format_: format_.name)


@WITH_TEXTS
def test_a_text_that_is_not_there(format_: Format, claims: Path, texts: Path, tmp_path: Path) -> None:
    """Said; exit status 1 where the article is left out for it."""
    (texts / "lake_01.txt").unlink()
    result = run(format_.name, claims, "-o", tmp_path / "out")
    needed = format_.texts == "needed"
    assert result.exit_code == (1 if needed else 0)
    without = "left out" if needed else "exported with the words of their claims' sentences alone"
    said = f"claimex: the text of 1 article is not there now (lake_01): {without}; see --texts"
    assert result.stderr.splitlines()[1:] == [said]


@WITH_TEXTS
def test_a_text_that_has_changed(format_: Format, claims: Path, texts: Path, tmp_path: Path) -> None:
    """Said, exit status 1: whoever looks there finds other words."""
    (texts / "lake_01.txt").write_text(TEXT + " And more.", encoding="utf-8")
    result = run(format_.name, claims, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "the text of 1 article is another one now (lake_01): " in result.stderr


@WITH_TEXTS
def test_a_text_that_was_kept(format_: Format, claims: Path, texts: Path, tmp_path: Path) -> None:
    """Under its hash, as `--keep-text` saves it."""
    (texts / "lake_01.txt").rename(texts / f"{SHA256}.txt")
    result = run(format_.name, claims, "-o", tmp_path / "out")
    assert (result.exit_code, len(result.stderr.splitlines())) == (0, 1)


def test_a_folder_of_texts_that_is_none(claims: Path) -> None:
    """Wrong usage."""
    result = runner.invoke(app, ["export", "--to", "csv", "-i", str(claims), "--texts", str(claims)])
    assert result.exit_code == 2
    assert result.stderr == f"claimex: --texts {claims}: there is no such folder\n"


@pytest.mark.parametrize("format_", TEXTS, ids=lambda format_: format_.name)
def test_a_terminal_is_not_steered(format_: Format, tmp_path: Path) -> None:
    """Off a file no control, escape or direction mark of an article comes through."""
    from claimex.cli.terminal import GuardedBytes
    from claimex.export.source import ArticleTexts, Source
    from tests.report.pages import HOSTILE, count

    path = tmp_path / "a\x1b[31m.txt"
    text = "\x1b]0;evil\x07 \u202e500 troops\u202c \x9b2J left.\n" + HOSTILE
    path.write_bytes(text.encode())
    shown = io.StringIO()
    claim = count(path, text, "\u202e500 troops\u202c \x9b2J", "500", force="\x1b[5mChad")
    format_.write(Source([claim], ArticleTexts()), cast(IO[bytes], GuardedBytes(shown)))
    assert "500 troops" in shown.getvalue()
    assert not [ch for ch in shown.getvalue() if not ch.isprintable() and ch != "\n"]


@pytest.mark.parametrize("format_", TEXTS, ids=lambda format_: format_.name)
def test_hostile_texts_come_out_as_valid_text(format_: Format, tmp_path: Path) -> None:
    """UTF-8 whatever came in, half a surrogate pair in an article too; JSON where it is JSON."""
    from claimex.export.source import ArticleTexts, Source
    from claimex.model import text_sha256
    from tests.report.pages import count, hostile

    text = "\ud83d 500 troops \udc00\x00 left."
    kept = tmp_path / f"{text_sha256(text)}.txt"
    kept.write_bytes(text.encode("utf-8", "surrogatepass"))
    claim = count(tmp_path / "x.txt", text, "500 troops", "500")
    claim["evidence"]["sentence"]["text"] = " 500 troops "
    out = io.BytesIO()
    format_.write(Source([claim, *hostile(tmp_path)], ArticleTexts(tmp_path)), out)
    written = out.getvalue().decode("utf-8")
    assert "500 troops" in written
    if format_.suffix != ".csv":
        parts = written.rstrip("\n").split("\n") if format_.suffix in (".jsonl", ".ftm.json") else [written]
        assert all(json.loads(part) for part in parts)
