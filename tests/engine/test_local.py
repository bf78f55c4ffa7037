"""The local engine: the same output for any number of workers, whichever of them dies."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from claimex.engine import local
from claimex.engine.base import Found
from claimex.engine.local import Local
from claimex.engine.processes import Processes
from claimex.errors import EngineError, ModelError
from tests.engine.fakes import FakeSetup, articles, chunks, times_read

PLAIN = [f"plain {'word ' * (n % 5)}" for n in range(40)]


def read(folder: Path, texts: list[str], *, workers: int = 2, **setup: object) -> list[Found]:
    """What processes find in these texts."""
    folder.mkdir(exist_ok=True)
    engine = Processes(FakeSetup(str(folder), **setup), workers=workers)  # type: ignore[arg-type]
    return [found for chunk in engine.read(chunks(articles(*texts))) for found in chunk]


def expected(folder: Path, texts: list[str]) -> list[Found]:
    """What one reader in this process finds."""
    folder.mkdir()
    return FakeSetup(str(folder)).load()(articles(*texts))


def test_any_number_of_workers(tmp_path: Path) -> None:
    """In order, nothing lost, nothing twice."""
    right = expected(tmp_path / "here", PLAIN)
    for workers in (1, 2, 3):
        folder = tmp_path / str(workers)
        assert read(folder, PLAIN, workers=workers) == right
        assert times_read(folder) == {str(n): 1 for n in range(len(PLAIN))}


@pytest.mark.parametrize("mishap", ["kill-once", "half-once"])
def test_a_worker_that_is_killed(tmp_path: Path, mishap: str) -> None:
    """While it reads, or while it answers: its chunk is read again, by another worker, and no other chunk is."""
    texts = [*PLAIN[:17], f"{mishap} {PLAIN[17].partition(' ')[2]}", *PLAIN[18:]]
    assert read(tmp_path / "out", texts) == expected(tmp_path / "here", PLAIN)
    again = {id for id, times in times_read(tmp_path / "out").items() if times > 1}
    assert again <= {"16", "17", "18", "19"}


@pytest.mark.parametrize("mishap", ["kill", "deaf"])
def test_an_article_that_kills_every_worker(tmp_path: Path, mishap: str) -> None:
    """Or has the system kill it, deaf as it is to its time being over: a problem of its own; the rest is read."""
    texts = [*PLAIN[:17], mishap, *PLAIN[18:]]
    found = read(tmp_path / "out", texts)
    right = expected(tmp_path / "here", PLAIN)
    assert found[:17] + found[18:] == right[:17] + right[18:]
    assert found[17].lines == ()
    (problem,) = found[17].problems
    assert problem.startswith("17.txt: whatever reads this article is killed")


def test_a_worker_that_dies_before_it_is_ready(tmp_path: Path) -> None:
    """Another one is started; the articles are not to blame."""
    assert read(tmp_path / "out", PLAIN, mishap="killed once") == expected(tmp_path / "here", PLAIN)


@pytest.mark.parametrize(
    ("mishap", "error", "sentence"),
    [
        ("no model", ModelError, "model 'fake' is not installed"),
        ("broken", EngineError, r"no worker can get ready \(ValueError: no such layer\)"),
        ("killed", EngineError, "3 workers in a row were killed while they loaded the model"),
    ],
)
def test_no_worker_gets_ready(tmp_path: Path, mishap: str, error: type[Exception], sentence: str) -> None:
    """One error that says why, and no process is left."""
    with pytest.raises(error, match=sentence):
        read(tmp_path / "out", PLAIN, mishap=mishap)
    assert workers_of(os.getpid()) == []


def workers_of(pid: int) -> list[psutil.Process]:
    """The worker processes of a process."""
    return [
        child
        for child in psutil.Process(pid).children()
        if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline())
    ]


def test_workers_killed_from_outside(tmp_path: Path) -> None:
    """Again and again, all of them: the run completes and is right."""
    found: list[Found] = []
    engine = Processes(FakeSetup(str(tmp_path), seconds=0.02), workers=2)
    for number, chunk in enumerate(engine.read(chunks(articles(*PLAIN)))):
        found += chunk
        if number in (2, 9):
            for worker in workers_of(os.getpid()):
                worker.send_signal(signal.SIGKILL)
    assert found == expected(tmp_path / "here", PLAIN)


def test_closing_ends_the_workers(tmp_path: Path) -> None:
    """Whatever they are doing."""
    engine = Processes(FakeSetup(str(tmp_path), seconds=0.01), workers=2)
    with closing(engine.read(chunks(articles(*PLAIN)))) as read:
        next(read)
        assert len(workers_of(os.getpid())) == 2
    assert workers_of(os.getpid()) == []


def test_few_chunks_are_taken_ahead(tmp_path: Path) -> None:
    """However long the stream is, and however slow the first chunk."""
    taken = 0

    def stream():  # type: ignore[no-untyped-def]
        nonlocal taken
        for item in articles(*PLAIN * 10):
            taken += 1
            yield [item]

    with closing(Processes(FakeSetup(str(tmp_path), seconds=0.01), workers=2).read(stream())) as read:
        next(read)
        time.sleep(0.2)
        assert taken <= 9
        next(read)


def test_little_is_read_in_this_process(tmp_path: Path) -> None:
    """Starting workers would take longer."""
    found = [
        found for chunk in Local(FakeSetup(str(tmp_path)), workers=2).read(chunks(articles(*PLAIN))) for found in chunk
    ]
    assert found == expected(tmp_path / "here", PLAIN)
    assert {line.split()[1] for line in (tmp_path / "read").read_text().splitlines()} == {str(os.getpid())}


@pytest.mark.parametrize("workers", [1, 2])
def test_much_after_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    """Workers read from where there is much in sight; with --workers 1 none does."""
    monkeypatch.setattr(local, "MUCH", 5000)
    monkeypatch.setattr(local, "LOOK_AHEAD", 3)
    texts = [*PLAIN[:20], *(f"plain {'long ' * 100}{n}" for n in range(20))]
    found = [
        found
        for chunk in Local(FakeSetup(str(tmp_path)), workers=workers).read(chunks(articles(*texts)))
        for found in chunk
    ]
    readers = {line.split()[1] for line in (tmp_path / "read").read_text().splitlines()}
    assert found == expected(tmp_path / "here", texts)
    assert str(os.getpid()) in readers
    assert len(readers) > 1 or workers == 1
    assert readers == {str(os.getpid())} or workers > 1
