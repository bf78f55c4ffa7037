"""`claimex index`: a large file is asked by an index, and never gives another answer for it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.index import reader
from claimex.index.reader import Index
from claimex.index.state import index_path, sealed
from tests.cli.claims import CLAIMS, claim, write

runner = CliRunner()
QUESTIONS = (
    ["show", "--entity", "Chad"],
    ["show", "--entity", "River Frnt"],
    ["show", "--kind", "troop_count", "--min", "500"],
    ["show", "22"],
    ["show", "--article", "lake_01.txt", "--source", "aide"],
    ["stats", "--by", "entity", "--by", "kind", "--by", "month", "--format", "json"],
    ["stats", "--kind", "troop_count", "--format", "csv"],
    ["stats", "--kind", "troop_count", "--kind", "entity", "--format", "csv"],
    ["stats", "--kind", "troop_count", "--limit", "1", "--format", "json"],
)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A claims file with an index, and a damaged line."""
    path = write(tmp_path / "claims.jsonl")
    path.write_bytes(path.read_bytes() + b"{damaged\n")
    assert run("index", path).exit_code == 1
    return path


@pytest.fixture(autouse=True)
def always_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index answers however many claims the answers are."""
    monkeypatch.setattr(reader, "BROAD", 0)


def run(command: str, path: Path, *args: str) -> Result:
    """Run a command on a file; output apart from errors."""
    return runner.invoke(app, [command, "-i", str(path), *args])


def answers(path: Path) -> list[tuple[str, int]]:
    """What the questions give."""
    results = [run(command, path, *args) for command, *args in QUESTIONS]
    return [(result.stdout, result.exit_code) for result in results]


def without_index(path: Path) -> list[tuple[str, int]]:
    """What they give where there is no index."""
    index = index_path(path)
    away = index.rename(index.with_suffix(".away"))
    found = answers(path)
    away.rename(index)
    return found


def test_the_index_is_used(claims: Path) -> None:
    """Lines that are no answer are not even read: what is overwritten in them does not matter."""
    asked = Index(claims)
    lines = asked.find(_question(claims, "River Front"))
    assert lines == [3, 9]


def _question(path: Path, name: str) -> reader.Question:
    from claimex.cli.claim_reader import ClaimReader
    from claimex.cli.filters import Filters, question

    return question(Filters.of(entity=[name]), ClaimReader(str(path)))


def test_what_index_says(tmp_path: Path) -> None:
    """What it holds and where it is; whether there was anything to do."""
    path = write(tmp_path / "claims.jsonl")
    made = run("index", path)
    assert made.exit_code == 0, made.output
    assert "8 claims of 1 article" in made.stderr
    assert "claims.jsonl.index" in made.stderr
    assert "fits" in run("index", path).stderr
    assert "8 claims of 1 article" in run("index", path, "--rebuild").stderr


def test_the_same_file_gives_the_same_lists(claims: Path) -> None:
    """An index that is made again differs in nothing."""
    first = index_path(claims).read_bytes()
    run("index", claims, "--rebuild")
    assert index_path(claims).read_bytes() == first


def test_a_file_that_has_grown_is_read_from_end_to_end(claims: Path) -> None:
    """One sentence, all answers, and the way to a new index."""
    claims.write_bytes(write(claims.with_name("more.jsonl"), [*CLAIMS, claim("entity", "Niger", 9)]).read_bytes())
    result = run("show", claims, "--entity", "Chad")
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 3
    assert result.stderr.count("\n") == 1
    assert "made from another state of" in result.stderr
    assert "claimex index -i" in result.stderr
    assert run("index", claims).exit_code == 0
    assert run("show", claims, "--entity", "Chad").stderr == ""


def test_an_edit_that_hides_itself_is_noticed(claims: Path) -> None:
    """The same size and the time of change set back."""
    about = claims.stat()
    claims.write_bytes(claims.read_bytes().replace(b'"iso3166:TCD"', b'"iso3166:TCE"'))
    os.utime(claims, ns=(about.st_atime_ns, about.st_mtime_ns))
    result = run("show", claims, "--entity", "iso3166:TCE")
    assert result.stdout.count("\n") == 3
    assert "made from another state of" in result.stderr


def test_no_database(claims: Path) -> None:
    """Whatever stands in the place of an index."""
    right = without_index(claims)
    for content in (b"", b"no database", b"SQLite format 3\0" + b"x" * 5000, index_path(claims).read_bytes()[:-4096]):
        index_path(claims).write_bytes(content)
        assert answers(claims) == right
        result = run("show", claims, "--entity", "River Front")
        assert "claims.jsonl.index: damaged" in result.stderr


def test_flipped_bits(claims: Path) -> None:
    """Wherever in the index."""
    right = without_index(claims)
    data = bytearray(index_path(claims).read_bytes())
    for place in range(0, len(data), len(data) // 40):
        data[place] ^= 4
        index_path(claims).write_bytes(data)
        result = run("show", claims, "--entity", "Chad")
        assert (result.stdout, result.exit_code) == right[0]
        assert "claims.jsonl.index: damaged" in result.stderr
        data[place] ^= 4


TAMPERED: dict[str, str] = {
    "lines somewhere else": "UPDATE blocks SET start = start + 7",
    "lines of others": "UPDATE entities SET lines = (SELECT lines FROM kind WHERE value = 'entity')",
    "no lists": "UPDATE entities SET lines = x'7a00'",
    "other values": "UPDATE entities SET value = '[1'",
    "no table": "DROP TABLE names",
    "no lines": "DELETE FROM blocks",
}
COUNTS_TAMPERED: dict[str, str] = {
    "no counts": "DROP TABLE rankings",
    "other counts": "UPDATE rankings SET counts = x'7a00'",
    "a number for counts": "UPDATE rankings SET counts = 7",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_index_with_a_right_checksum(claims: Path, how: str) -> None:
    """What it leads to is looked up: never a wrong claim, a sentence where it does not lead to what it says."""
    right = without_index(claims)
    with closing(sqlite3.connect(index_path(claims))) as database:
        database.execute(TAMPERED[how])
        database.commit()
    index_path(claims).write_bytes(sealed(index_path(claims).read_bytes()))
    result = run("show", claims, "--entity", "Chad")
    assert (result.stdout, result.exit_code) == right[0]
    assert f"{claims} is read from end to end" in result.stderr


@pytest.mark.parametrize("how", COUNTS_TAMPERED)
def test_tampered_counts_with_a_right_checksum(claims: Path, how: str) -> None:
    """What cannot be read is counted in the claims file."""
    right = without_index(claims)
    with closing(sqlite3.connect(index_path(claims))) as database:
        database.execute(COUNTS_TAMPERED[how])
        database.commit()
    index_path(claims).write_bytes(sealed(index_path(claims).read_bytes()))
    assert answers(claims) == right
    assert f"{claims} is read from end to end" in run("stats", claims, "--kind", "entity").stderr


def test_a_tampered_index_is_noticed(claims: Path) -> None:
    """Taking something out of it changes the checksum."""
    right = without_index(claims)
    with closing(sqlite3.connect(index_path(claims))) as database:
        database.execute("DELETE FROM names")
        database.commit()
    assert answers(claims) == right


@pytest.mark.parametrize("name", ["claims.json", "-"])
def test_only_lines_have_an_index(tmp_path: Path, name: str) -> None:
    """An array and a stream have none: exit status 2."""
    path = tmp_path / "claims.json"
    path.write_text("[]", encoding="utf-8")
    result = runner.invoke(app, ["index", "-i", str(path) if name != "-" else "-"], input="")
    assert result.exit_code == 2
    assert "only a file with a claim on each line can have an index" in result.stderr


def test_a_folder_that_cannot_be_written(claims: Path) -> None:
    """One sentence, exit status 3, and the index as it was."""
    before = index_path(claims).read_bytes()
    with patch("tempfile.mkstemp", side_effect=PermissionError(13, "Permission denied")):
        result = run("index", claims, "--rebuild")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "cannot be written (Permission denied)" in result.stderr
    assert index_path(claims).read_bytes() == before


def test_a_file_that_changes_while_its_index_is_made(tmp_path: Path) -> None:
    """No index of what nobody has."""
    path = write(tmp_path / "claims.jsonl")
    states: list[Callable[[], str]] = [lambda: "one", lambda: "other"]
    with patch("claimex.index.build.state_of", lambda _: states.pop()()):
        result = run("index", path)
    assert result.exit_code == 3
    assert "changed while its index was made" in result.stderr
    assert not index_path(path).exists()


def test_no_claims_file(tmp_path: Path) -> None:
    """Exit status 3."""
    assert run("index", tmp_path / "none.jsonl").exit_code == 3


def test_without_an_index_nothing_of_it_is_imported(tmp_path: Path) -> None:
    """SQLite is for those who have one."""
    path = write(tmp_path / "claims.jsonl")
    code = (
        "import sys; from claimex.cli.filters import Filters; from claimex.cli.show_cmd import show; "
        f"show({str(path)!r}, Filters()); sys.exit('sqlite3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_showing_with_an_index_is_light(tmp_path: Path) -> None:
    """NumPy counts; looking up needs none of it."""
    path = write(tmp_path / "claims.jsonl")
    assert run("index", path).exit_code == 0
    code = (
        "import sys; from claimex.cli.filters import Filters; from claimex.cli.show_cmd import show; "
        f"show({str(path)!r}, Filters.of(entity=['Chad'])); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_counts_of_one_kind_are_ready(tmp_path: Path) -> None:
    """As those of all claims are: nothing is counted, NumPy is not imported."""
    path = write(tmp_path / "claims.jsonl")
    assert run("index", path).exit_code == 0
    code = (
        "import sys; from claimex.cli.filters import Filters; from claimex.cli.stats_cmd import stats_of_file; "
        f"stats_of_file({str(path)!r}, Filters.of(kind=['troop_count'])); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_extract_brings_an_index_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the claims file has one, or is large enough; the claims stand whether or not it can be written."""
    (tmp_path / "a.txt").write_text("About 300 Chadian soldiers were deployed to Gao.", encoding="utf-8")
    path = tmp_path / "claims.jsonl"
    command = ["extract", str(tmp_path / "a.txt"), "-o", str(path)]
    assert runner.invoke(app, command).exit_code == 0
    assert not index_path(path).exists()
    monkeypatch.setattr("claimex.cli.extract_run.WORTH_IT", 1)
    assert runner.invoke(app, command).exit_code == 0
    assert Index(path).find(_question(path, "Chad")) is not None
    index_path(path).unlink()
    index_path(path).mkdir()
    done = runner.invoke(app, command)
    assert done.exit_code == 0
    told, _ = done.stderr.splitlines()
    assert told.endswith("; the claims are written, and are read without an index")
    assert "claims.jsonl.index" in told
