"""`claimex report`: the file, filters, exit codes and bad input."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from tests.report.pages import Reader, plain, write

runner = CliRunner()


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A claims file whose article is there."""
    return write(tmp_path, plain(tmp_path))


def run(*args: object) -> Result:
    """Run the program."""
    return runner.invoke(app, ["report", *[str(arg) for arg in args]])


def test_report_writes_one_file(claims: Path, tmp_path: Path) -> None:
    """The page and a line that says so; nothing on stdout, nothing beside it."""
    before = set(tmp_path.iterdir())
    page = tmp_path / "report.html"
    result = run("-i", claims, "-o", page, "--title", "The <lake>")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("claimex: 1 article, 4 claims, ")
    assert set(tmp_path.iterdir()) - before == {page}
    html = page.read_text(encoding="utf-8")
    assert "The &lt;lake&gt;" in html
    assert html.startswith("<!doctype html>")


def test_report_to_stdout(claims: Path) -> None:
    """With - the page is what is printed."""
    result = run("-i", claims, "-o", "-")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!doctype html>")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("args", "count"), [(["--kind", "troop_count"], 2), (["--source", "army"], 1), (["--min", "2500"], 1)]
)
def test_report_filters_as_show(claims: Path, args: list[str], count: int) -> None:
    """The same filters."""
    result = run("-i", claims, "-o", "-", *args)
    assert len(Reader(result.stdout).data["claims"]["claims"]) == count


def test_folder_that_is_not_there(claims: Path, tmp_path: Path) -> None:
    """One sentence, exit status 3, nothing made."""
    result = run("-i", claims, "-o", tmp_path / "no" / "report.html")
    assert result.exit_code == 3
    assert "there is no folder" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "no").exists()


def test_no_claims_file(tmp_path: Path) -> None:
    """One sentence, exit status 3."""
    result = run("-i", tmp_path / "none.jsonl", "-o", tmp_path / "r.html")
    assert result.exit_code == 3
    assert "no such claims file" in result.stderr


def test_no_claims(tmp_path: Path) -> None:
    """A page that says so, a sentence, exit status 0."""
    result = run("-i", write(tmp_path, []), "-o", tmp_path / "r.html")
    assert result.exit_code == 0
    assert "there are no claims to report on" in result.stderr
    assert "There are no claims" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_changed_and_gone_articles(claims: Path, tmp_path: Path) -> None:
    """Changed: exit status 1 and a sentence; gone: a sentence."""
    article = tmp_path / "lake.txt"
    article.write_text("Something else.", encoding="utf-8")
    result = run("-i", claims, "-o", tmp_path / "r.html")
    assert result.exit_code == 1
    assert "the text of 1 article is another one now (lake): the report has the quotes" in result.stderr
    article.unlink()
    result = run("-i", claims, "-o", tmp_path / "r.html")
    assert result.exit_code == 0
    assert "is not there now (lake)" in result.stderr


def test_mixed_store(claims: Path, tmp_path: Path) -> None:
    """Lines of a newer schema, with a broken field, or cut off: named, the rest is reported."""
    good = claims.read_text(encoding="utf-8")
    first = good.splitlines()[1]
    newer = first.replace('"schema": 1', '"schema": 2')
    broken = first.replace('"activity": "training"', '"activity": "dancing"')
    claims.write_text(good + newer + "\n" + broken + "\n" + first[:40] + "\n", encoding="utf-8")
    result = run("-i", claims, "-o", tmp_path / "r.html")
    assert result.exit_code == 1
    for words in ("line 5: schema 2 is newer", "line 6: ", "line 7: not JSON"):
        assert words in result.stderr
    assert "1 article, 4 claims" in result.stderr


@pytest.fixture(params=["jinja2", "altair", "vl_convert"])
def missing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package that is not installed."""
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name == request.param:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    yield request.param


def test_missing_packages(claims: Path, tmp_path: Path, missing: str) -> None:
    """One sentence says what to install; exit status 3, nothing written."""
    result = run("-i", claims, "-o", tmp_path / "r.html")
    assert result.exit_code == 3
    assert result.stderr == (
        f"claimex: a report needs {missing}, which is not installed; install it with: pip install 'claimex[report]'\n"
    )
    assert not (tmp_path / "r.html").exists()


def test_the_command_line_starts_without_the_extra() -> None:
    """Neither the program nor its other commands import what only a report needs."""
    import subprocess
    import sys

    code = (
        "import sys, claimex.cli.app; print(*{'jinja2', 'altair', 'vl_convert', 'claimex.report'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
