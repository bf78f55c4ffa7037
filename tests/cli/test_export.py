"""`claimex export`: files, standard output, exit codes and bad input, for every format in the table."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.export.formats import FORMATS, Format
from tests.cli.claims import write
from tests.conftest import ROOT

runner = CliRunner()
EACH = pytest.mark.parametrize("format_", FORMATS.values(), ids=list(FORMATS))
TEXTS = [format_ for format_ in FORMATS.values() if not format_.binary]
BINARIES = [format_ for format_ in FORMATS.values() if format_.binary]


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A claims file."""
    return write(tmp_path / "claims.jsonl")


def run(*args: object) -> Result:
    """Run the program."""
    return runner.invoke(app, ["export", *map(str, args)])


@EACH
def test_writes_a_file_in_one_step(format_: Format, claims: Path, tmp_path: Path) -> None:
    """The file, a line that says so, nothing on stdout and nothing beside it."""
    target = tmp_path / f"out{format_.suffix}"
    before = set(tmp_path.iterdir())
    result = run("--to", format_.name, "-i", claims, "-o", target)
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
        run("--to", format_.name, "-i", claims, "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("format_", TEXTS, ids=lambda format_: format_.name)
def test_text_goes_to_stdout(format_: Format, claims: Path, tmp_path: Path) -> None:
    """What is printed is what is written, in UTF-8, and nothing else."""
    target = tmp_path / "out"
    run("--to", format_.name, "-i", claims, "-o", target)
    result = run("--to", format_.name, "-i", claims)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout_bytes == target.read_bytes()
    assert result.stdout_bytes.decode("utf-8")


@pytest.mark.parametrize("format_", BINARIES, ids=lambda format_: format_.name)
def test_what_is_no_text_needs_a_file(format_: Format, claims: Path) -> None:
    """One sentence with the way out, exit status 2."""
    result = run("--to", format_.name, "-i", claims)
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
    result = run("--to", format_.name, "-i", claims, "-o", target)
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
    result = run("--to", format_.name, "-i", empty, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("claimex: 0 claims: ")


@EACH
def test_damaged_claims_are_told_and_the_rest_is_written(format_: Format, claims: Path, tmp_path: Path) -> None:
    """A cut line, and one with a field that is none: exit status 1."""
    good = claims.read_text(encoding="utf-8")
    bad = good.splitlines()[1].replace('"activity":"deployed"', '"activity":"dancing"')
    claims.write_text(good + bad + "\n" + good[:40], encoding="utf-8")
    result = run("--to", format_.name, "-i", claims, "-o", tmp_path / "out")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("claimex: 8 claims: ")
    assert [line.partition(": ")[2].partition(":")[0] for line in lines[1:]] == [
        f"{claims}, line 9", f"{claims}, line 10",
    ]  # fmt: skip


def test_filters_as_in_show(claims: Path) -> None:
    """The same options, the same claims."""
    rows = run("--to", "csv", "-i", claims, "--kind", "troop_count", "--min", "2500").stdout.splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", "2222222222222222", "5555555555555555"]


def test_an_unknown_format(claims: Path) -> None:
    """What is near is offered."""
    result = run("--to", "sqlit", "-i", claims)
    assert result.exit_code == 2
    assert "did you mean 'sqlite'?" in result.stderr


def test_no_claims_file(tmp_path: Path) -> None:
    """One sentence, exit status 3, nothing made."""
    result = run("--to", "csv", "-i", tmp_path / "none.jsonl", "-o", tmp_path / "out.csv")
    assert result.exit_code == 3
    assert "no such claims file" in result.stderr
    assert not (tmp_path / "out.csv").exists()


@EACH
def test_setup(format_: Format, tmp_path: Path) -> None:
    """Written or printed where there is one; wrong usage where there is none."""
    result = run("--to", format_.name, "--setup")
    if not format_.setup:
        assert result.exit_code == 2
        assert result.stderr == f"claimex: {format_.name} needs no setup; leave --setup out\n"
        return
    assert result.exit_code == 0
    run("--to", format_.name, "--setup", "-o", tmp_path / "setup")
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
    result = run("--to", format_, "-i", claims, "-o", tmp_path / "out")
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
    for name in FORMATS:
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert f"$ claimex export --to {name}" in section
