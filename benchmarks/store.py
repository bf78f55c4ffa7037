"""Questions to a large claims file: with an index, without one, and by jq and DuckDB.

    python benchmarks/store.py [--claims 1000000] [--rounds 5]

Figures are processor seconds and peak memory of processes of their own, medians of rounds in which every way takes its
turn, with their spread. Start-up is the same command on a file with one claim. jq is measured where it is installed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from made_store import RARE, RARE_ID, claims
from record import note, record
from startup import measure

CLAIMEX = [sys.executable, "-m", "claimex"]
DUCKDB = (
    "import duckdb, sys\n"
    "duckdb.sql('SET threads = 1')\n"
    "rows = duckdb.sql('SELECT json FROM read_json_objects(?, format=\\'newline_delimited\\') '\n"
    "    'WHERE list_contains(json_extract_string(json, \\'$.entities[*].name\\'), ?)', params=sys.argv[1:3])\n"
    "print(len(rows.fetchall()))\n"
)
WANTED = {
    "index: made": "12 s",
    "show --entity NAME, index": "0.1 s over start-up, 60 MB",
    "show --entity NAME, no index": "1/12 of jq",
    "stats, index": "0.5 s over start-up",
    "stats --kind, index": "0.5 s over start-up",
}
MOST = ["--by", "kind", "--by", "entity", "--by", "source", "--by", "month"]


def main() -> None:
    """Make the file, ask it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, bare, one = (Path(folder) / name for name in ("large.jsonl", "bare.jsonl", "one.jsonl"))
        with large.open("wb") as handle:
            handle.writelines(line + b"\n" for line in claims(options.claims))
        one.write_bytes(next(claims(1)) + b"\n")
        bare.symlink_to(large)
        index = large.with_name("large.jsonl.index")
        build = [*CLAIMEX, "index", "-i", str(large), "--rebuild"]

        def asked(command: str, *more: str) -> Callable[[Path], list[str]]:
            return lambda path: [*CLAIMEX, command, "-i", str(path), *more]

        show, by_id, stats = asked("show", "--entity", RARE), asked("show", "--entity", RARE_ID), asked("stats", *MOST)
        every = asked("show", "--limit", "1")
        ways: dict[str, list[str]] = {
            "start-up of show": every(one),
            "start-up of stats": stats(one),
            "index: made": build,
            "show --entity NAME, index": show(large),
            "show --entity ID, index": by_id(large),
            "stats, index": stats(large),
            "stats --kind, index": [*stats(large), "--kind", "troop_count"],
            "show --entity NAME, no index": show(bare),
            "show --entity ID, no index": by_id(bare),
            "DuckDB, one thread": [sys.executable, "-c", DUCKDB, str(large), RARE],
        }
        if shutil.which("jq"):
            question = f'select(any(.entities[]; .name == "{RARE}"))'
            ways["jq"] = [str(shutil.which("jq")), "-c", question, str(large)]
        for command in (every(one), stats(one), build):
            measure(command)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, command in ways.items():
                taken[name].append(measure(command))
        size, index_size = large.stat().st_size, index.stat().st_size
    print(f"claimex {version('claimex')}, msgspec {version('msgspec')}, SQLite {sqlite3.sqlite_version}, ", end="")
    print(
        f"DuckDB {version('duckdb')}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    print(f"{options.claims:,} claims, {size / 1e6:,.0f} MB, {size / options.claims:.0f} bytes each; ", end="")
    print(f"index {index_size / 1e6:.1f} MB, {index_size / size:.1%} of the file; medians of {options.rounds}")
    note(
        f"{options.claims:,} claims of {size / options.claims:.0f} bytes; jq and DuckDB are asked for the same entity."
    )
    record("size of the index", f"{index_size / size:.1%} of the file", wanted="10 %")
    middle = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in taken.items()}
    print(f"{'':32}{'CPU s':>8}{'spread':>18}{'MB':>7}{'over start-up':>15}{'of jq':>9}")
    for name, runs in taken.items():
        seconds, memory = zip(*runs, strict=True)
        start = middle["start-up of stats" if name.startswith("stats") else "start-up of show"]
        over = f"{middle[name] - start:15.3f}" if name.startswith(("show", "stats")) else f"{'':15}"
        share = f"{'1/' + format(middle['jq'] / middle[name], '.1f'):>9}" if "jq" in middle and "entity" in name else ""
        spread = f"{min(seconds):.3f} to {max(seconds):.3f}"
        beyond = f", {over.strip()} s over start-up" if over.strip() else ""
        record(
            name,
            f"{middle[name]:.2f} s{beyond}, {statistics.median(memory):.0f} MB",
            spread=f"{min(seconds):.2f} to {max(seconds):.2f}",
            baseline=f"{share.strip()} of jq" if share.strip() else "",
            wanted=WANTED.get(name, ""),
        )
        print(f"{name:32}{middle[name]:8.3f}{spread:>18}", end="")
        print(f"{statistics.median(memory):7.0f}{over}{share}")


if __name__ == "__main__":
    main()
