"""Kill `claimex extract` at moments drawn by lot, again and again, and see that nothing is lost.

    python scripts/kill_rounds.py [--rounds N] [--articles N] [--seed N] [--seconds N]

A round starts the command and kills it with SIGKILL: the whole process group, the parent alone, or a worker. The next
round goes on from there. After each the claims file has to be that of the last whole run or of this one, to the byte,
and sound by what `claimex doctor FILE` looks at; and what was finished has to be still known. Where a run comes to its
end, its claims and its record have to be those of a run that nobody disturbed; then half of the articles change, and
the rounds go on. With fewer articles than 160 too little is in sight for a run to start workers. Exit status 0 where
all of this holds, 1 at the first round where it does not.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from claimex.run.journal import Journal
from claimex.run_files import journal_path
from claimex.store_check import store_checks

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from made_articles import seed_like
from record import record

FILES = ("claims.jsonl", "claims.run.json")
COMMAND = [sys.executable, "-m", "claimex", "extract", "in", "-o", "claims.jsonl", "-q", "--workers"]
VICTIMS = ("all", "parent", "worker")
SECONDS_TO_END = 300.0
"""That anything may take which has to end by itself, on a busy machine."""


class LostError(Exception):
    """Something that must hold does not."""


@dataclass(frozen=True)
class Result:
    """What a run that nobody disturbs makes of some articles."""

    texts: Mapping[str, str]
    files: Mapping[str, bytes]
    seconds: float
    journal_bytes: int


@dataclass
class Rounds:
    """A folder in which runs are killed, and what came of it."""

    folder: Path
    results: list[Result]
    chance: random.Random
    wanted: int = 0
    """Which of the results the articles lead to now."""
    has_store: bool = False
    finished: int = 0
    """Articles that were finished when the last run was killed."""
    counts: Counter[str] = field(default_factory=Counter)

    def round(self) -> None:
        """Start a run, kill it, look at what it leaves. Raises LostError."""
        result, victim = self.results[self.wanted], self.chance.choice(VICTIMS)
        workers = 2 if victim == "worker" else self.chance.choice((1, 2))
        moment = self._moment(result)
        process = subprocess.Popen([*COMMAND, str(workers)], cwd=self.folder, start_new_session=True)
        began = time.monotonic()
        while process.poll() is None and not moment(time.monotonic() - began):
            time.sleep(0.002)
        self._kill(process, victim)
        self._look(ended=process.returncode == 0)

    def _moment(self, result: Result) -> Callable[[float], bool]:
        """Whether it has come: at any time of a run, or when the journal has grown to any size."""
        if self.chance.random() < 0.4:
            seconds = self.chance.uniform(0, result.seconds)
            return lambda passed: passed >= seconds
        # Of an earlier store half of the articles are taken over.
        size = self.chance.uniform(0, 0.5 if self.has_store else 1) * result.journal_bytes
        return lambda passed: 0 < journal_size(self.folder) >= size

    def _kill(self, process: subprocess.Popen[bytes], victim: str) -> None:
        """Kill, and wait for the end of all."""
        if process.poll() is not None:
            self.counts["ended before"] += 1
            return
        children = psutil.Process(process.pid).children(recursive=True)
        if victim == "worker" and children:
            self.chance.choice(children).kill()
        elif victim == "all":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            victim = "parent"
            process.kill()
        self.counts[f"{victim} killed"] += 1
        process.wait(SECONDS_TO_END)
        if psutil.wait_procs(children, SECONDS_TO_END)[1]:
            raise LostError("workers outlive their parent")

    def _look(self, *, ended: bool) -> None:
        """Raises LostError where something is not as it has to be."""
        path, result = self.folder / FILES[0], self.results[self.wanted]
        found = {name: (self.folder / name).read_bytes() for name in FILES if (self.folder / name).exists()}
        if ended and found != result.files:
            raise LostError("a run that came to its end has other claims or another record than an undisturbed one")
        before = self.results[1 - self.wanted].files if self.has_store else {}
        if found.get(FILES[0]) not in (before.get(FILES[0]), result.files[FILES[0]]):
            raise LostError("the claims file is neither the earlier one nor the new one")
        if path.exists():
            wrong = [check for check in store_checks(str(path)) if check.state == "wrong"]
            if wrong:
                raise LostError(f"claimex doctor: {wrong[0].found}")
        self._look_at_journal(ended=ended or found == result.files)
        if ended:
            self.counts["compared with an undisturbed run"] += 1
            self.has_store, self.wanted = True, 1 - self.wanted
            write(self.folder, self.results[self.wanted].texts)

    def _look_at_journal(self, *, ended: bool) -> None:
        path = journal_path(self.folder / FILES[0])
        if ended and not path.exists():
            self.finished = 0
            return
        journal = Journal(self.folder / FILES[0])
        entries = journal.entries
        journal.close(done=False)
        if entries < self.finished:
            raise LostError(f"{self.finished} articles were finished, and {entries} are known")
        self.counts["articles kept for the next run"] += entries - self.finished
        self.finished = entries


def journal_size(folder: Path) -> int:
    """In bytes; the run whose journal it is may delete it at any time."""
    try:
        return journal_path(folder / FILES[0]).stat().st_size
    except FileNotFoundError:
        return 0


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the articles that are not there yet as they are to be."""
    (folder / "in").mkdir(exist_ok=True)
    for name, text in texts.items():
        path = folder / "in" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def undisturbed(folder: Path, texts: Mapping[str, str]) -> Result:
    """Run once, without a kill."""
    folder.mkdir()
    write(folder, texts)
    began, size = time.monotonic(), 0
    with subprocess.Popen([*COMMAND, "1"], cwd=folder) as process:
        while process.poll() is None:
            time.sleep(0.01)
            size = max(size, journal_size(folder))
    if process.returncode:
        raise SystemExit("the first run failed")
    return Result(texts, {name: (folder / name).read_bytes() for name in FILES}, time.monotonic() - began, size)


def main() -> int:
    """Go through the rounds, and print what happened in them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("rounds", 200), ("articles", 160), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=number, help=f"{number} unless told")
    parser.add_argument("--seconds", type=float, default=math.inf, help="after which no other round begins")
    wanted = parser.parse_args()
    began, done = time.monotonic(), 0
    made = seed_like(wanted.articles * 2)
    first = {f"{number:04}.txt": text for number, text in enumerate(made[: wanted.articles])}
    second = first | {f"{number:04}.txt": made[-number - 1] for number in range(0, wanted.articles, 2)}
    with tempfile.TemporaryDirectory() as name:
        results = [undisturbed(Path(name, f"right{number}"), texts) for number, texts in enumerate((first, second))]
        folder = Path(name, "killed")
        folder.mkdir()
        write(folder, first)
        rounds = Rounds(folder, results, random.Random(wanted.seed))
        while done < wanted.rounds and time.monotonic() - began < wanted.seconds:
            done += 1
            try:
                rounds.round()
            except LostError as error:
                print(f"round {done} of seed {wanted.seed}: {error}")
                return 1
            if done % 10 == 0:
                print(f"{done} rounds: {dict(rounds.counts)}", file=sys.stderr, flush=True)
    killed = sum(count for what, count in rounds.counts.items() if what.endswith(" killed"))
    record(f"extract killed {killed} times", "nothing lost, nothing twice", wanted="nothing lost")
    print(f"{done} rounds on {wanted.articles} articles, seed {wanted.seed}: nothing lost, nothing twice")
    for what, count in sorted(rounds.counts.items()):
        print(f"{count:6} {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
