"""What a run of `claimex extract` costs: workers, memory, a second run, one changed article.

    python benchmarks/runs.py [ARTICLES] [--rounds 3] [--memory 50000]

3,000 short articles unless told otherwise, made of the seeds. Memory is the most that any process of a run had. With
--memory one run of so many articles, with two workers, shows how memory grows with what has been read.
What workers take to start is left out of their speed: it is what two thirds of the articles take, in runs with all of
them less runs with one third. Fewer than a thousand of them start no worker.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from made_articles import short_articles
from record import record

Taken = tuple[float, float, float, float]

MARKS = (1_000, 5_000, 10_000, 25_000)
ENTRY = re.compile(rb"^[0-9a-f]{32} \d+ [0-9a-f]{16} ", re.MULTILINE)
"""How the entry of an article in the journal begins."""
CLAIMEX = [sys.executable, "-m", "claimex", "extract", "in", "-o", "claims.jsonl", "-q"]


def measure(folder: Path, *options: str) -> Taken:
    """Seconds by the clock, CPU seconds of all processes, MB of the parent and of the largest worker, of one run."""
    before, began = os.times(), time.perf_counter()
    process = psutil.Popen([*CLAIMEX, *options], cwd=folder)
    peak = {"parent": 0, "worker": 0}

    def watch() -> None:
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            with suppress(psutil.NoSuchProcess):
                peak["parent"] = max(peak["parent"], process.memory_info().rss)
                for worker in process.children():
                    peak["worker"] = max(peak["worker"], worker.memory_info().rss)
            time.sleep(0.05)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    if process.wait():
        raise SystemExit("the run failed")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, cpu, peak["parent"] / 2**20, peak["worker"] / 2**20


def write(folder: Path, count: int) -> None:
    """A folder of so many short articles."""
    (folder / "in").mkdir(parents=True)
    for number, text in enumerate(short_articles(count)):
        (folder / "in" / f"{number:06}.txt").write_text(text, encoding="utf-8")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, metavar="ARTICLES")
    options = parser.parse_args()
    count, few = options.articles, options.articles // 3
    one, two = ("--workers", "1", "--fresh"), ("--workers", "2", "--fresh")
    with tempfile.TemporaryDirectory() as name:
        many, start = Path(name) / "many", Path(name) / "few"
        write(many, count)
        write(start, few)
        ways: dict[str, Callable[[], Taken]] = {
            f"{few:,} articles, one worker": lambda: measure(start, *one),
            f"{few:,} articles, two workers": lambda: measure(start, *two),
            f"{count:,} articles, one worker": lambda: measure(many, *one),
            f"{count:,} articles, two workers": lambda: measure(many, *two),
            "nothing changed": lambda: measure(many),
            "one article changed": lambda: (change(many), measure(many))[1],
        }
        measure(start, *one)
        taken: dict[str, list[Taken]] = {way: [] for way in ways}
        for _ in range(options.rounds):
            for way, run in ways.items():
                taken[way].append(run())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of {options.rounds}")
    print(f"{'':28}{'seconds':>9}{'CPU s':>9}{'parent MB':>11}{'worker MB':>11}")
    middle = {way: [statistics.median(column) for column in zip(*runs, strict=True)] for way, runs in taken.items()}
    for way, (seconds, cpu, parent, worker) in middle.items():
        print(f"{way:28}{seconds:9.2f}{cpu:9.2f}{parent:11.0f}{worker:11.0f}")
        clock = [run[0] for run in taken[way]]
        memory = f"parent {parent:.0f} MB" + (f", worker {worker:.0f} MB" if worker else "")
        record(
            way,
            f"{seconds:.1f} s by the clock, {cpu:.1f} s, {memory}",
            spread=f"{min(clock):.1f} to {max(clock):.1f} by the clock",
            wanted="parent 120 MB, worker 220 MB" if "workers" in way else "",
        )
    alone, together = ([run[0] for run in middle.values()][i] for i in (2, 3))
    before, beside = ([run[0] for run in middle.values()][i] for i in (0, 1))
    steady = (alone - before) / (together - beside)
    # Not the steady ratio of engines.py: two workers share these articles, and to each every word is new at first.
    print(f"two workers, once they have started: {steady:.2f} times as fast as one")
    record("two workers against one that reads as many, once they have started", f"{steady:.2f} times as fast")
    if options.memory:
        with tempfile.TemporaryDirectory() as name:
            growth(Path(name), options.memory)


def growth(folder: Path, count: int) -> None:
    """Print how much memory parent and workers have when so many articles are finished."""
    write(folder, count)
    process = psutil.Popen([*CLAIMEX, "--workers", "2"], cwd=folder)
    journal, finished, read = folder / "claims.jsonl.journal", 0, 0
    marks = [mark for mark in MARKS if mark < count * 0.98] + [int(count * 0.98)]
    rows: list[tuple[int, float, float]] = []
    print(f"{'articles':>10}{'parent MB':>11}{'worker MB':>11}")
    while process.poll() is None:
        time.sleep(0.02)
        with suppress(OSError), journal.open("rb") as handle:
            handle.seek(read)
            lines = handle.read()
            read += len(lines)
            finished += len(ENTRY.findall(lines))
        if marks and finished >= marks[0]:
            del marks[0]
            sizes = sorted(child.memory_info().rss / 2**20 for child in process.children())
            rows.append((finished, process.memory_info().rss / 2**20, sizes[-1]))
            print(f"{rows[-1][0]:10,}{rows[-1][1]:11.1f}{rows[-1][2]:11.1f}", flush=True)
    if process.returncode:
        raise SystemExit("the run failed")
    for who, column, limit in (("parent", 1, 120), ("largest worker", 2, 220)):
        first, last = rows[0][column], rows[-1][column]
        record(
            f"memory after {rows[0][0]:,} and {rows[-1][0]:,} articles, {who}",
            f"{first:.0f} MB, {last:.0f} MB: {last / first - 1:+.1%}",
            spread="; ".join(f"{row[0]:,}: {row[column]:.0f}" for row in rows[1:-1]),
            wanted=f"+5 %, {limit} MB",
        )


def change(folder: Path) -> None:
    """Another text in the first article, each time."""
    path = folder / "in" / "000000.txt"
    path.write_text(f"About {time.monotonic_ns() % 900 + 100} soldiers of Chad went to Gao.\n", encoding="utf-8")


if __name__ == "__main__":
    main()
