"""What the engines give: steady scaling from one worker to two, beside what the machine gives; the driver's cost.

    python benchmarks/engines.py [--rounds N] [--articles N] [--actors N]

Scaling: articles a second while all workers read, without the time that they take to start. The ratio of CPU seconds
for an article, one worker to two, says what scaling two free cores would give: on a machine that others use as well the
clock says less. Control: one process and two that read the same without any driver, with bare spaCy and with claimex:
cores that share memory and caches, or are threads of one core, give no engine more than that. Driver: readers that
sleep in place of reading, so that only what the driver does takes time; then the rest of a run, from finding the files
to the written claims, with an engine that answers at once. Needs claimex[ray].
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from claimex.cli.extract_run import Effort, Options, extract
from claimex.engine.base import Chunk, Engine, Found, ReadChunk, Setup
from claimex.engine.on_ray import OnRay
from claimex.engine.pipeline import PipelineSetup
from claimex.engine.processes import Processes
from claimex.inputs.article import Article, article
from claimex.inputs.reading import reading
from made_articles import seed_like, short_articles
from record import record

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


@dataclass(frozen=True)
class Timed:
    """A setup whose reader says of each chunk which process has read it, what that took, and when it was done."""

    setup: Setup

    def load(self) -> ReadChunk:
        """Load the setup."""
        read = self.setup.load()

        def timed(chunk: Chunk) -> list[Found]:
            began = time.process_time_ns()
            first, *others = read(chunk)
            about = {"process": os.getpid(), "cpu": time.process_time_ns() - began, "ended": time.monotonic_ns()}
            return [replace(first, kinds=about), *others]

        return timed

    def identity(self) -> Mapping[str, str]:
        """That of the setup."""
        return self.setup.identity()


@dataclass(frozen=True)
class Bare:
    """A setup of bare spaCy."""

    def load(self) -> ReadChunk:
        """The model with all its components."""
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from claimex.components.reader import load_model

        model = load_model(None)

        def read(chunk: Chunk) -> list[Found]:
            for _ in model.pipe((item.text for item in chunk), batch_size=CHUNK):
                pass
            return []

        return read

    def identity(self) -> dict[str, str]:
        """The same everywhere."""
        return {}


def chunked(texts: list[str]) -> list[list[Article]]:
    """Texts as chunks of articles."""
    articles = [article(text, id=str(number), path=f"{number}.txt") for number, text in enumerate(texts)]
    return [articles[at : at + CHUNK] for at in range(0, len(articles), CHUNK)]


def undriven(setup: Setup, texts: list[str], processes: int) -> Steady:
    """Processes that read the same quarter of the texts, side by side and each for itself, once all are warm."""
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(processes), context.SimpleQueue()
    some = texts[: len(texts) // 4]
    started = [context.Process(target=_read_alone, args=(setup, some, barrier, answers)) for _ in range(processes)]
    for process in started:
        process.start()
    found = [answers.get() for _ in started]
    for process in started:
        process.join()
    rate = sum(count / seconds for count, seconds, _ in found)
    return Steady(rate, 1000 * sum(cpu / count for count, _, cpu in found) / processes, 0)


def _read_alone(setup: Setup, texts: list[str], barrier: Any, answers: Any) -> None:
    read = setup.load()
    first, *rest = chunked(texts)
    read(first)
    barrier.wait()
    began = time.perf_counter(), time.process_time()
    for chunk in rest:
        read(chunk)
    answers.put((len(rest) * CHUNK, time.perf_counter() - began[0], time.process_time() - began[1]))


def driven(engine: Callable[[Setup], Engine], texts: list[str], workers: int) -> Steady:
    """As many texts for each worker, however many there are: the first ones take longer, since every word is new."""
    return steady(engine(Timed(PipelineSetup())), texts[: len(texts) // 2 * workers])


def steady(engine: Engine, texts: list[str]) -> Steady:
    """Of each worker from the end of its first chunk to that of its last, the workers together.

    So the time in which workers start, or have nothing left to do, is not in it, and that in which they wait is.
    """
    ended: dict[int, list[int]] = {}
    cpu = []
    driver = [0.0]
    for found in engine.read(chunked(texts)):
        driver.append(time.process_time())
        about = found[0].kinds
        ended.setdefault(about["process"], []).append(about["ended"])
        cpu.append(about["cpu"])
    spans = [(len(times) - 1, max(times) - min(times)) for times in ended.values() if len(times) > 1]
    rate = sum(1e9 * CHUNK * count / span for count, span in spans)
    return Steady(rate, sum(cpu) / len(cpu) / CHUNK / 1e6, 1000 * (driver[-1] - driver[1]) / (len(cpu) - 1) / CHUNK)


WAYS: dict[str, Callable[[list[str], int], Steady]] = {
    "bare spaCy, no driver": lambda texts, workers: undriven(Bare(), texts, workers),
    "claimex, no driver": lambda texts, workers: undriven(PipelineSetup(), texts, workers),
    "local engine": lambda texts, workers: driven(partial(Processes, workers=workers), texts, workers),
    "Ray": lambda texts, workers: driven(partial(OnRay, workers=workers, address="local"), texts, workers),
}
WANTED = {"local engine": "1.85", "Ray": "1.7"}


def scaling(texts: list[str], rounds: int) -> None:
    """Print the table of one worker and two."""
    print(f"{'':24}{'workers':>9}{'articles/s':>12}{'worker CPU ms':>15}{'driver CPU ms':>15}")
    found: dict[tuple[str, int], list[Steady]] = {}
    for _ in range(rounds):
        for name, way in WAYS.items():
            for workers in (1, 2):
                seen = way(texts, workers)
                found.setdefault((name, workers), []).append(seen)
                print(f"{name:24}{workers:9}{seen.rate:12.1f}{seen.worker:15.1f}{seen.driver:15.2f}", flush=True)
    for name in WAYS:
        pairs = list(zip(found[name, 1], found[name, 2], strict=True))
        clock = [two.rate / one.rate for one, two in pairs]
        cpu = median(2 * one.worker / two.worker for one, two in pairs)
        spread = f"{min(clock):.2f} to {max(clock):.2f}"
        print(f"{name}: two workers to one {median(clock):.2f} ({spread}) by the clock, {cpu:.2f} by CPU time")
        record(
            f"two workers to one, {name}",
            f"{median(clock):.2f} by the clock, {cpu:.2f} by CPU time",
            spread=f"{spread} by the clock",
            wanted=WANTED.get(name, ""),
        )


def driver(actors: int) -> None:
    """Print what an article costs the driver."""
    texts = seed_like(CHUNK * actors * 30)
    seen = steady(OnRay(Timed(Asleep(0.2)), workers=actors, address="local"), texts)
    print(f"driver, {actors} actors that sleep: {seen.driver:.2f} CPU ms an article, {seen.rate:.0f} articles/s")
    record(f"driver of {actors} actors of Ray that sleep", f"{seen.driver:.2f} ms an article")
    with tempfile.TemporaryDirectory() as name:
        for number, text in enumerate(short_articles(RUN)):
            Path(name, f"{number:04}.txt").write_text(text, encoding="utf-8")
        options = Options(how=reading(format=None, names={}, published=None))
        began = time.process_time()
        extract([name], str(Path(name, "claims.jsonl")), options, Effort(engine=lambda setup: AtOnce(), quiet=True))
        rest = 1000 * (time.process_time() - began) / RUN
        print(f"driver, the rest of a run: {rest:.2f} CPU ms an article")
        record("driver: finding, reading, hashing and writing", f"{rest:.2f} ms an article")


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
