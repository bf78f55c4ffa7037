"""A run goes on from where an earlier one stopped, however that was: nothing is lost, nothing read twice."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.engine import local
from claimex.engine.base import Chunk, Found
from claimex.engine.processes import Processes
from claimex.errors import EngineError
from claimex.run import journal
from claimex.run.finished import Places
from claimex.store_check import store_checks
from tests.conftest import ROOT
from tests.engine.fakes import FakeSetup
from tests.engine.run_fake import KILLED_AFTER

runner = CliRunner()
FILES = ("claims.jsonl", "claims.run.json")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with forty articles in it, to work in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "marks").mkdir()
    for number in range(40):
        write(number)
    yield tmp_path
    litter = [path.name for path in tmp_path.rglob("*.part")]
    assert litter == [], "a temporary file was left behind"


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake reader, in this process."""
    monkeypatch.setattr(local, "Local", lambda setup, workers: Here(Path("marks")))


class Here:
    """An engine that reads in this process, and stops where it is told to."""

    def __init__(self, marks: Path, *, stop_after: int | None = None, error: BaseException | None = None) -> None:
        self.marks, self.stop_after, self.error = marks, stop_after, error

    def read(self, chunks: Iterator[Chunk]) -> Iterator[list[Found]]:
        """A list for each chunk."""
        read = FakeSetup(str(self.marks)).load()
        for number, chunk in enumerate(chunks):
            if number == self.stop_after and self.error is not None:
                raise self.error
            yield read(chunk)


def write(number: int, words: str = "") -> None:
    """An article of some words, each a claim or none."""
    path = Path("in") / f"{number:02}.txt"
    path.write_text(f"plain {words or 'word ' * (number % 5)}{number}\n", encoding="utf-8")


def extract(*args: str) -> Result:
    """Run the command on the folder."""
    return runner.invoke(app, ["extract", "in", "-o", "claims.jsonl", *args])


def content(folder: Path = Path()) -> list[bytes]:
    """The claims and the record."""
    return [(folder / name).read_bytes() for name in FILES]


def undisturbed(*args: str) -> list[bytes]:
    """What a run into an empty folder gives."""
    Path("other").mkdir()
    result = runner.invoke(app, ["extract", "in", "-o", "other/claims.jsonl", *args])
    assert result.exit_code == 0, result.output
    return content(Path("other"))


def articles_read() -> list[str]:
    """The articles that were read since this was asked last."""
    log = Path("marks/read")
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line.split()[0] for line in lines]


def test_a_second_run_reads_nothing(folder: Path) -> None:
    """It says so, and leaves the claims file as it is, its time included."""
    first = extract()
    assert first.exit_code == 0, first.output
    assert len(articles_read()) == 40
    before, time_before = content(), Path("claims.jsonl").stat().st_mtime_ns
    second = extract()
    assert second.exit_code == 0, second.output
    assert articles_read() == []
    assert content() == before
    assert Path("claims.jsonl").stat().st_mtime_ns == time_before
    assert first.stderr.replace("40 articles", "40 articles (40 unchanged)") == second.stderr
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "claims.jsonl",
        "claims.jsonl.articles.sqlite",
        "claims.run.json",
    ]


def test_what_has_changed_is_read(folder: Path) -> None:
    """Text changed, article new, article gone, article of another name: those alone, and the rest is kept."""
    extract()
    articles_read()
    write(7, "other words now ")
    write(99)
    (folder / "in" / "20.txt").unlink()
    (folder / "in" / "30.txt").rename(folder / "in" / "00a.txt")
    result = extract()
    assert articles_read() == ["00a", "07", "99"]
    assert "40 articles (37 unchanged)" in result.stderr
    assert content() == undisturbed()


@pytest.mark.parametrize("options", ["--kind entity", "--published 2024-05-01", "--exhaustive", "--fresh"])
def test_other_options_read_again(folder: Path, options: str) -> None:
    """Whatever could change a claim."""
    extract()
    articles_read()
    assert "unchanged" not in extract(*options.split()).stderr
    assert len(articles_read()) == 40


def test_an_array_is_kept_too(folder: Path) -> None:
    """Its claims are found between their commas."""
    for unchanged in ("", " (40 unchanged)"):
        result = runner.invoke(app, ["extract", "in", "-o", "claims.json"])
        assert f"40 articles{unchanged}," in result.stderr
    write(7, "other words now ")
    result = runner.invoke(app, ["extract", "in", "-o", "claims.json"])
    assert "40 articles (39 unchanged)," in result.stderr
    Path("other").mkdir()
    assert runner.invoke(app, ["extract", "in", "-o", "other/claims.json"]).exit_code == 0
    assert (folder / "claims.json").read_bytes() == (folder / "other" / "claims.json").read_bytes()


def edit(data: bytes) -> bytes:
    """A claims file after somebody has changed a word in the middle."""
    return data.replace(b"word", b"ward", 3)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("claims.jsonl", edit),
        ("claims.jsonl", lambda data: data[: len(data) // 2]),
        ("claims.jsonl", lambda data: data[7:]),
        ("claims.jsonl", lambda data: b""),
        ("claims.jsonl.articles.sqlite", lambda data: data[:5000]),
        ("claims.jsonl.articles.sqlite", lambda data: b"not a table"),
        ("claims.jsonl.articles.sqlite", lambda data: bytes(byte ^ (at % 97 == 0) for at, byte in enumerate(data))),
        ("claims.run.json", lambda data: b""),
    ],
)
def test_nothing_kept_is_believed(folder: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    """What no longer fits is read again, and the result is that of a first run."""
    extract()
    before = content()
    path = folder / name
    path.write_bytes(damage(path.read_bytes()))
    assert extract().exit_code == 0
    assert content() == before


@pytest.mark.parametrize("column", ["start", "length"])
@pytest.mark.parametrize("value", [2**62, 2**63 - 1, -1, -(2**63), 1.5, "many", b"\0"])
def test_a_table_that_leads_nowhere(folder: Path, column: str, value: object) -> None:
    """Whatever number a flipped bit may make of a place: what does not stand there is read again."""
    extract()
    articles_read()
    before = content()
    with closing(sqlite3.connect("claims.jsonl.articles.sqlite")) as connection, connection:
        connection.execute(f"update article set {column} = ?", (value,))
    result = extract()
    assert (result.exit_code, len(articles_read())) == (0, 40), result.output
    assert content() == before


def test_a_table_that_cannot_be_opened(tmp_path: Path) -> None:
    """SQLite takes no path of this length: the articles are read again."""
    table = tmp_path.joinpath(*["d" * 200] * 4, "claims.jsonl.articles.sqlite")
    table.parent.mkdir(parents=True)
    table.touch()
    assert Places.existing(table) is None


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EngineError("the workers went away")])
def test_an_interrupted_run(folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Says how to go on; the next run takes over what was finished and ends as if nothing had happened."""
    monkeypatch.setattr(local, "Local", lambda setup, workers: Here(Path("marks"), stop_after=2, error=error))
    result = extract()
    assert result.exit_code == (130 if isinstance(error, KeyboardInterrupt) else 3), result.output
    assert "32 finished articles kept in " in result.stderr
    assert "claims.jsonl.journal: the same command goes on from there" in result.stderr
    assert not Path("claims.jsonl").exists()
    monkeypatch.setattr(local, "Local", lambda setup, workers: Here(Path("marks")))
    result = extract()
    assert "40 articles (32 finished before)" in result.stderr
    assert sorted(articles_read()) == [f"{number:02}" for number in range(40)]
    assert not Path("claims.jsonl.journal").exists()
    assert content() == undisturbed()


@pytest.mark.parametrize(
    ("damage", "again"),
    [
        (lambda data: data[:-9], 1),
        (lambda data: data + b"half an entr", 0),
        (lambda data: data + b"\0" * 4096, 0),
        (lambda data: data.replace(b"word", b"ward", 1), 1),
        (lambda data: b"claimex journal 2\n" + data.partition(b"\n")[2], 16),
        (lambda data: b"", 16),
    ],
)
def test_a_damaged_journal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes], again: int
) -> None:
    """Costs what is damaged, and never a wrong claim."""
    monkeypatch.setattr(
        local, "Local", lambda setup, workers: Here(Path("marks"), stop_after=1, error=KeyboardInterrupt())
    )
    extract()
    articles_read()
    path = folder / "claims.jsonl.journal"
    path.write_bytes(damage(path.read_bytes()))
    monkeypatch.setattr(local, "Local", lambda setup, workers: Here(Path("marks")))
    assert extract().exit_code == 0
    assert len(articles_read()) == 24 + again
    assert content() == undisturbed()


@pytest.mark.parametrize("output", ["trip.jsonl", "trip.json", "trip.journal", "trip.run.json"])
def test_files_of_others_stay(folder: Path, output: str) -> None:
    """Whatever the claims are called: what a run writes beside them has names of its own."""
    for name in ("trip.journal", "trip.articles.sqlite", "trip.json", "trip", "trip.txt.journal"):
        (folder / name).write_text("Dear diary", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != output}
    result = runner.invoke(app, ["extract", "in", "-o", output])
    assert result.exit_code == 0, result.output
    assert '"id":' in (folder / output).read_text(encoding="utf-8")
    assert {name: (folder / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("trip.jsonl.journal", "this is no journal of claimex; move it, or name another file with -o"),
        ("trip.run.json", "this is no record of a run; move it, or name another file with -o"),
    ],
)
def test_a_file_of_others_where_one_of_the_run_belongs(folder: Path, name: str, sentence: str) -> None:
    """Is told and left alone, whether it has line ends or not."""
    for content in ("Dear diary\n", "x" * 5000):
        (folder / name).write_text(content, encoding="utf-8")
        result = runner.invoke(app, ["extract", "in", "-o", "trip.jsonl"])
        assert (result.exit_code, result.stderr) == (3, f"claimex: {name}: {sentence}\n")
        assert (folder / name).read_text(encoding="utf-8") == content
        assert not (folder / "trip.jsonl").exists()


def test_claims_files_of_nearly_one_name(folder: Path) -> None:
    """Share nothing; where two would have the same record, the second is refused."""
    for output in ("trip.jsonl", "trip.json", "trip.jsonl", "trip.json"):
        result = runner.invoke(app, ["extract", "in", "-o", output])
        assert result.exit_code == 0, result.output
    assert "40 articles (40 unchanged)" in result.stderr
    assert {check.name: check.state for check in store_checks("trip.jsonl")}["record"] == "fine"
    result = runner.invoke(app, ["extract", "in", "-o", "trip"])
    sentence = "claimex: trip: its record trip.run.json is that of trip.jsonl; name another file with -o\n"
    assert (result.exit_code, result.stderr) == (3, sentence)
    assert not Path("trip").exists()


def test_two_runs_at_once(folder: Path) -> None:
    """The second is refused in one sentence; the first goes on."""
    extract()
    before = content()
    first = journal.Journal(folder / "claims.jsonl")
    result = extract()
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        "claimex: claims.jsonl: another claimex is writing this file; wait for it, or name another file with -o"
    ]
    first.close(done=False)
    assert content() == before
    assert extract().exit_code == 0


def test_a_store_of_a_newer_schema(folder: Path) -> None:
    """Is not replaced by one that holds less."""
    newer = b'{"id":"0123456789abcdef","kind":"entity","schema":2,"article":{}}\n'
    for name in ("claims.jsonl", "claims.json"):
        data = newer if name.endswith("l") else b"[\n" + newer.strip() + b"\n]\n"
        (folder / name).write_bytes(data)
        result = runner.invoke(app, ["extract", "in", "-o", name])
        assert result.exit_code == 3, result.output
        assert f"{name}: this file is of schema 2, newer than 1" in result.stderr
        assert (folder / name).read_bytes() == data


@pytest.mark.parametrize(
    ("mishap", "sentence"),
    [
        ("no model", "model 'fake' is not installed"),
        ("broken", "no worker can get ready (ValueError: no such layer)"),
        ("killed", "3 workers in a row were killed while they loaded the model"),
    ],
)
def test_workers_that_cannot_load_the_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch, mishap: str, sentence: str
) -> None:
    """One sentence, exit status 3, and the earlier files to the byte, nothing beside them."""
    extract()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    broken = FakeSetup(str(folder / "marks"), mishap=mishap)
    monkeypatch.setattr(local, "Local", lambda setup, workers: Processes(broken, workers=2))
    result = extract("--fresh")
    assert (result.exit_code, result.stdout) == (3, "")
    (said,) = result.stderr.splitlines()
    assert said.startswith(f"claimex: {sentence}")
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("full", ["journal", "claims"])
def test_no_space_left_in_mid_run(folder: Path, monkeypatch: pytest.MonkeyPatch, full: str) -> None:
    """One sentence, the earlier store as it was, and what was read is not lost."""
    extract("--kind", "entity")
    before = content()
    articles_read()
    room, write = 1500, os.write

    def fill(descriptor: int, data: bytes) -> int:
        nonlocal room
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = write(descriptor, data[:room])
        room -= written
        return written

    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        if full == "journal":
            patch.setattr(os, "write", fill)
        else:
            patch.setattr(os, "fsync", fail)
        result = extract()
    assert result.exit_code == 3, result.output
    (sentence,) = result.stderr.splitlines()
    assert "No space left on device" in sentence
    assert "finished articles kept in" in sentence
    assert content() == before
    articles_read()
    result = extract()
    assert result.exit_code == 0, result.output
    assert 0 < 40 - len(articles_read()) == int(result.stderr.partition("(")[2].partition(" finished")[0])
    assert content() == undisturbed()


def test_a_file_that_may_grow_no_more(folder: Path) -> None:
    """The system itself refuses to write: one sentence, the earlier store as it was, and the next run goes on."""
    extract("--kind", "entity")
    before = content()
    articles_read()
    for number in range(40, 120):
        write(number)
    limit = 8_192
    process = start(folder, limit=limit)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3, said
    (sentence,) = said.decode().splitlines()
    assert ": cannot be written (File too large); " in sentence
    assert "finished articles kept in" in sentence
    assert content() == before
    assert (folder / "claims.jsonl.journal").stat().st_size <= limit
    read = len(articles_read())
    result = extract()
    assert result.exit_code == 0, result.output
    assert 0 < 120 - len(articles_read()) <= read
    assert content() == undisturbed()


@pytest.mark.parametrize("puts", [0, 1, 2, 3])
@pytest.mark.parametrize("again", [(), ("--fresh",)])
def test_killed_while_its_files_take_their_places(folder: Path, puts: int, again: tuple[str, ...]) -> None:
    """What is there is sound at any moment, and the next run has nothing to read: not even what had not changed."""
    extract()
    earlier = content()[0]
    for number in range(5):
        write(number, f"other words {number} ")
    process = start(folder, puts=puts)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    articles_read()
    claims = Path("claims.jsonl").read_bytes()
    assert (claims == earlier) == (puts == 0)
    checked = {check.name: check for check in store_checks("claims.jsonl")}
    assert checked["record"].state == "optional"
    assert "was killed at its end" in checked["record"].found
    result = extract(*again)
    assert result.exit_code == 0, result.output
    assert len(articles_read()) == (40 if again else 0)
    assert content() == undisturbed()
    assert {check.name: check for check in store_checks("claims.jsonl")}["record"].state == "fine"
    assert not Path("claims.jsonl.journal").exists()


def test_a_file_that_cannot_be_put_in_its_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where another program has it open: one sentence, and the next run puts it there."""
    extract("--kind", "entity")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", Mock(side_effect=PermissionError(13, "Permission denied")))
        result = extract()
    assert result.exit_code == 3, result.output
    (sentence,) = result.stderr.splitlines()
    assert "claims.jsonl: is whole, but cannot be put in its place (Permission denied)" in sentence
    articles_read()
    assert extract().exit_code == 0
    assert articles_read() == []
    assert content() == undisturbed()


def start(
    folder: Path, *, seconds: float = 0.005, workers: int = 2, limit: int = 0, puts: int | None = None
) -> subprocess.Popen[bytes]:
    """The command in a process of its own, with workers.

    `limit` is the size that a file may have; after `puts` files have taken their places the process is killed.
    """
    words = [sys.executable, "-m", "tests.engine.run_fake", str(folder / "marks"), str(seconds)]
    words += ["extract", "in", "-o", "claims.jsonl", "--workers", str(workers), "-q"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **({} if puts is None else {KILLED_AFTER: str(puts)})}

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell has it ignored by what it runs in the background
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(words, cwd=folder, env=env, stderr=subprocess.PIPE, preexec_fn=prepare)


def wait_for(condition: Callable[[], object]) -> None:
    """Until something holds, a minute at most."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_the_parent_is_killed(folder: Path, ending: int) -> None:
    """Its workers end too; what is in the journal is not read again, and the result is that of an undisturbed run."""
    for number in range(40, 200):
        write(number)
    right = undisturbed()
    articles_read()
    process = start(folder, seconds=0.03)
    kept = folder / "claims.jsonl.journal"
    wait_for(lambda: kept.exists() and kept.stat().st_size > 5000)  # more than the articles of a chunk
    workers = psutil.Process(process.pid).children()
    process.send_signal(ending)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (-ending, 128 + ending)
    wait_for(lambda: not any(worker.is_running() for worker in workers))
    if ending != signal.SIGKILL:
        assert b"finished articles kept in" in said
    before = len(articles_read())
    assert 16 <= before < 200
    result = extract()
    assert result.exit_code == 0, result.output
    assert len(articles_read()) <= 200 - 16
    assert content() == right


def test_killed_at_random_moments(folder: Path) -> None:
    """Parent or worker, again and again, until a run comes through."""
    right = undisturbed()
    chance = random.Random(6)
    for _ in range(4):
        process = start(folder)
        time.sleep(chance.uniform(0.3, 1.5))
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children()]
        chance.choice(family).send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    result = extract()
    assert result.exit_code == 0, result.output
    assert content() == right
