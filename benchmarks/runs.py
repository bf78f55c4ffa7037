"""What a run of `claimex extract` costs: workers, memory, a second run, one changed article.

    python benchmarks/runs.py [ARTICLES]

1,000 short articles unless told otherwise, made of the seeds. Memory is the most that any process of a run had.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from made_articles import short_articles

CLAIMEX = [sys.executable, "-m", "claimex", "extract", "in", "-o", "claims.jsonl", "-q"]


def measure(folder: Path, *options: str) -> tuple[float, float, float, float]:
    """Seconds by the clock, CPU seconds of all processes, MB of the parent and of the largest worker, of one run."""
    before, began = os.times(), time.perf_counter()
    process = psutil.Popen([*CLAIMEX, *options], cwd=folder)
    peak = {"parent": 0, "worker": 0}

    def watch() -> None:
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            for who, members in (("parent", [process]), ("worker", process.children())):
                for member in members:
                    try:
                        peak[who] = max(peak[who], member.memory_info().rss)
                    except psutil.NoSuchProcess:
                        continue
            time.sleep(0.05)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    if process.wait():
        raise SystemExit("the run failed")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, cpu, peak["parent"] / 2**20, peak["worker"] / 2**20


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, text in enumerate(short_articles(count)):
            (folder / "in" / f"{number:06}.txt").write_text(text, encoding="utf-8")
        print(f"{count:,} short articles; Python {platform.python_version()}, {os.cpu_count()} cores")
        print(f"{'':28}{'seconds':>9}{'CPU s':>9}{'parent MB':>11}{'worker MB':>11}")
        for label, options in (
            ("one worker, all new", ("--workers", "1", "--fresh")),
            ("two workers, all new", ("--workers", "2", "--fresh")),
            ("nothing changed", ()),
        ):
            print(f"{label:28}{'{:9.2f}{:9.2f}{:11.0f}{:11.0f}'.format(*measure(folder, *options))}", flush=True)
        (folder / "in" / "000000.txt").write_text("About 300 soldiers of Chad went to Gao.\n", encoding="utf-8")
        print(f"{'one article changed':28}{'{:9.2f}{:9.2f}{:11.0f}{:11.0f}'.format(*measure(folder))}")


if __name__ == "__main__":
    main()
