"""Kill claimex at random moments while it makes an index, exports and takes decisions; print whether anything is lost.

    python scripts/kill_writers.py [--rounds 200] [--claims 20000] [--seconds N]

Each round starts one writer on the same claims file, kills it (SIGKILL) after a random part of the time that it takes,
and looks at what is there: the claims file is as it was, what is written to is what it was before or whole, questions
are answered as without an index, and every decision that was taken down is there. What is printed is how many rounds
hit a writer before its end, and what was wrong; exit status 1 where anything was.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from claimex.review.decisions import DecisionFile  # noqa: E402
from claimex.store import ClaimFile  # noqa: E402
from made_store import RARE, claims  # noqa: E402 (benchmarks/ is no package)
from record import record  # noqa: E402

CLAIMEX = [sys.executable, "-m", "claimex"]
DECIDE = """
import sys
from pathlib import Path
from claimex.evaluate.decisions import decision_on
from claimex.review.decisions import DecisionFile
from claimex.store import ClaimFile
decisions = DecisionFile(Path(sys.argv[2]))
for claim in ClaimFile(sys.argv[1]):
    if claim.data["kind"] in ("troop_count", "treaty_event"):
        decisions.add(decision_on(claim.data, "right"))
        print(len(decisions.standing), flush=True)
"""
"""What `claimex review` does with the keys of somebody who types without end; a decision that is taken down is told."""


class Writers:
    """The writers on one claims file, and what has to hold after each of them."""

    def __init__(self, folder: Path, count: int) -> None:
        self.claims = folder / "claims.jsonl"
        self.claims.write_bytes(b"".join(line + b"\n" for line in claims(count)))
        self.digest = _digest(self.claims)
        self.index, self.decisions = Path(f"{self.claims}.index"), folder / "review.jsonl"
        self.count = count
        self.commands = {
            "index": [*CLAIMEX, "index", "-i", str(self.claims), "--rebuild"],
            "export csv": [*CLAIMEX, "export", "-i", str(self.claims), "--to", "csv", "-o", str(folder / "c.csv")],
            "export sqlite": [*CLAIMEX, "export", "-i", str(self.claims), "--to", "sqlite", "-o", str(folder / "c.db")],
            "review": [sys.executable, "-c", DECIDE, str(self.claims), str(self.decisions)],
        }
        self.outputs = {"export csv": folder / "c.csv", "export sqlite": folder / "c.db"}
        self.whole: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        self.answer = self._asked()
        for name, command in self.commands.items():
            begin = time.monotonic()
            subprocess.run(command, check=True, capture_output=True)
            self.seconds[name] = time.monotonic() - begin
            if name in self.outputs:
                self.whole[name] = _digest(self.outputs[name])

    def killed(self, name: str, chance: random.Random) -> tuple[bool, list[str]]:
        """Start a writer and kill it: whether it was still at work, and what is wrong now."""
        if name == "review":
            self.decisions.unlink(missing_ok=True)
        elif chance.random() < 0.5:
            self.outputs.get(name, self.index).unlink(missing_ok=True)
        process = subprocess.Popen(self.commands[name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, self.seconds[name]))
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
        return process.returncode == -signal.SIGKILL, list(self._faults(name, said))

    def _faults(self, name: str, said: bytes) -> Iterator[str]:
        if _digest(self.claims) != self.digest:
            yield "the claims file is another"
        if name in self.outputs and self.outputs[name].exists() and _digest(self.outputs[name]) != self.whole[name]:
            yield f"{self.outputs[name].name} is neither what it was nor whole"
        if name == "export sqlite" and self.outputs[name].exists():
            with closing(sqlite3.connect(self.outputs[name])) as database:
                if database.execute("SELECT count(*) FROM claims").fetchone() != (self.count,):
                    yield "claims are missing in the database"
        if name == "index" and self._asked() != self.answer:
            yield "a question is answered otherwise than without an index"
        if name == "review":
            told = int(said.split()[-1]) if said.split() else 0
            kept = len(DecisionFile(self.decisions).standing)
            if kept < told:
                yield f"{told} decisions were taken down, {kept} are there"

    def _asked(self) -> bytes:
        command = [*CLAIMEX, "show", "-i", str(self.claims), "--entity", RARE, "--format", "jsonl"]
        return subprocess.run(command, check=True, capture_output=True).stdout


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=math.inf, help="after which no other round begins")
    options = parser.parse_args()
    chance, hit, wrong, number, began = random.Random(options.seed), Counter[str](), 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        writers = Writers(Path(folder), options.claims)
        while number < options.rounds and time.monotonic() - began < options.seconds:
            name = list(writers.commands)[number % len(writers.commands)]
            at_work, faults = writers.killed(name, chance)
            hit[name] += at_work
            wrong += bool(faults)
            for fault in faults:
                print(f"round {number}, {name}: {fault}", flush=True)
            number += 1
        left = len(list(Path(folder).glob(".*.part")))
        damaged = sum(1 for item in ClaimFile(str(writers.claims)) if not hasattr(item, "data"))
    at_work_in = ", ".join(f"{name} {count}" for name, count in hit.items())
    record(f"index, exports and review killed {hit.total()} times", f"{wrong} with something wrong", wanted="0")
    print(f"{number} rounds, killed at work in {hit.total()} ({at_work_in}): {wrong} with something wrong")
    print(f"{damaged} damaged lines; {left} unfinished files (.NAME.*.part) left beside those they were to replace")
    raise SystemExit(1 if wrong or damaged else 0)


if __name__ == "__main__":
    main()
