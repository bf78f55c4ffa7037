"""What the engines give: steady scaling from one worker to two, and what an article costs the driver.

    python benchmarks/engines.py [--rounds N] [--articles N] [--actors N]

Scaling: articles a second while all workers read, without the time that they take to start. The ratio of CPU seconds
for an article, one worker to two, says what scaling two free cores would give: on a machine that others use as well the
clock says less. Driver: readers that sleep in place of reading, so that only what the driver does takes time; then the
rest of a run, from finding the files to the written claims, with an engine that answers at once. Needs claimex[ray].
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median

import psutil

from claimex.cli.extract_run import Effort, Options, extract
from claimex.engine.base import Chunk, Engine, Found, ReadChunk, Setup
from claimex.engine.jobs import AHEAD
from claimex.engine.on_ray import OnRay
from claimex.engine.pipeline import PipelineSetup
from claimex.engine.processes import Processes
from claimex.inputs.article import article
from claimex.inputs.reading import reading
from made_articles import seed_like, short_articles

CHUNK = 16
RUN = 2_000
"""Articles of a run without readers."""
LINE = b'{"id":"0123456789abcdef","kind":"entity","schema":1,"quote":"%s"}' % (b"word " * 140)
FOUND = Found((LINE,) * 13, {"entity": 13})
"""As much as an article of the seeds gives."""


@dataclass(frozen=True)
class Asleep:
    """A setup of readers that sleep, and find as much as in an article of the seeds."""

    seconds: float

    def load(self) -> ReadChunk:
        """Ready at once."""
        return self.read

    def read(self, chunk: Chunk) -> list[Found]:
        """Sleep."""
        time.sleep(self.seconds)
        return [FOUND for _ in chunk]

    def identity(self) -> dict[str, str]:
        """The same everywhere."""
        return {}


class AtOnce:
    """An engine that takes no time."""

    def read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        """A list for each chunk."""
        for chunk in chunks:
            yield [FOUND for _ in chunk]


@dataclass(frozen=True)
class Steady:
    """Articles a second, CPU milliseconds of workers and of this process for an article."""

    rate: float
    worker: float
    driver: float


def workers_cpu() -> float:
    """CPU seconds of all processes that read: those of Ray are called after the actor, those of Python after spawn."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            words = " ".join(process.cmdline())
            if "ray::Reader" in words or "spawn_main" in words:
                total += sum(process.cpu_times()[:2])
        except psutil.NoSuchProcess:
            continue
    return total


def steady(engine: Engine, texts: list[str], workers: int) -> Steady:
    """Between the first chunks, which wait for workers to start, and the last, when some have nothing left to do."""
    articles = [article(text, id=str(number), path=f"{number}.txt") for number, text in enumerate(texts)]
    chunks = [articles[at : at + CHUNK] for at in range(0, len(articles), CHUNK)]
    skipped = 2 * workers
    measured = len(chunks) - skipped - AHEAD * workers
    read = engine.read(chunks)
    for _ in islice(read, skipped):
        pass
    began = time.perf_counter(), workers_cpu(), time.process_time()
    for _ in islice(read, measured):
        pass
    seconds, worker, driver = time.perf_counter() - began[0], workers_cpu() - began[1], time.process_time() - began[2]
    read.close()
    # Whatever is under way has been paid for and is not counted: the more workers, the more of it.
    return Steady(measured * CHUNK / seconds, 1000 * worker / measured / CHUNK, 1000 * driver / measured / CHUNK)


def engines(setup: Setup, workers: int) -> Iterator[tuple[str, Engine]]:
    """Both, by name."""
    yield "local", Processes(setup, workers=workers)
    yield "ray", OnRay(setup, workers=workers, address="local")


def scaling(texts: list[str], rounds: int) -> None:
    """Print the table of one worker and two."""
    print(f"{'':8}{'workers':>9}{'articles/s':>12}{'worker CPU ms':>15}{'driver CPU ms':>15}")
    found: dict[tuple[str, int], list[Steady]] = {}
    for _ in range(rounds):
        for workers in (1, 2):
            for name, engine in engines(PipelineSetup(), workers):
                seen = steady(engine, texts, workers)
                found.setdefault((name, workers), []).append(seen)
                print(f"{name:8}{workers:9}{seen.rate:12.1f}{seen.worker:15.1f}{seen.driver:15.2f}", flush=True)
    for name in ("local", "ray"):
        pairs = list(zip(found[name, 1], found[name, 2], strict=True))
        clock = [two.rate / one.rate for one, two in pairs]
        cpu = [2 * one.worker / two.worker for one, two in pairs]
        spread = f"{min(clock):.2f} to {max(clock):.2f}"
        print(f"{name}: two workers to one {median(clock):.2f} ({spread}) by the clock, {median(cpu):.2f} by CPU time")


def driver(actors: int) -> None:
    """Print what an article costs the driver."""
    texts = seed_like(CHUNK * actors * 30)
    seen = steady(OnRay(Asleep(0.2), workers=actors, address="local"), texts, actors)
    print(f"driver, {actors} actors that sleep: {seen.driver:.2f} CPU ms an article, {seen.rate:.0f} articles/s")
    with tempfile.TemporaryDirectory() as name:
        for number, text in enumerate(short_articles(RUN)):
            Path(name, f"{number:04}.txt").write_text(text, encoding="utf-8")
        options = Options(how=reading(format=None, names={}, published=None))
        began = time.process_time()
        extract([name], str(Path(name, "claims.jsonl")), options, Effort(engine=lambda setup: AtOnce(), quiet=True))
        print(f"driver, the rest of a run: {1000 * (time.process_time() - began) / RUN:.2f} CPU ms an article")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("rounds", 3), ("articles", 480), ("actors", 16)):
        parser.add_argument(f"--{name}", type=int, default=number, help=f"{number} unless told")
    wanted = parser.parse_args()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"Python {platform.python_version()}, Ray {version('ray')}, {os.cpu_count()} cores, load {load}")
    driver(wanted.actors)
    scaling(seed_like(wanted.articles), wanted.rounds)


if __name__ == "__main__":
    # By its name, so that workers can import it as well.
    import engines

    engines.main()
