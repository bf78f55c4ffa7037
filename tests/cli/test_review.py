"""`claimex review`: questions and answers without a terminal, and the program at a real one."""

from __future__ import annotations

import copy
import fcntl
import io
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from claimex.cli.app import app
from claimex.cli.review_questions import Enough, ask_about
from claimex.evaluate.gold import read_gold
from claimex.review.decisions import DecisionFile
from claimex.review.session import Session
from tests.cli.claims import CLAIMS, write

WAIT = 60


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A claims file."""
    return write(tmp_path / "claims.jsonl")


def answered(path: Path, claims: list[dict[str, Any]], keys: str, *said: str) -> tuple[Session, str]:
    """A session after some keys, with lines for the questions they lead to; and what was shown."""
    pressed, lines, shown = iter(keys), iter(said), io.StringIO()

    def ask(question: str) -> str:
        shown.write(f"{question}\n")
        return next(lines)

    session = Session(claims, DecisionFile(path))
    try:
        while session.current is not None:
            ask_about(session, lambda: next(pressed), ask, shown)
    except (Enough, StopIteration):
        pass
    assert list(lines) == []
    return session, shown.getvalue()


def decided(path: Path) -> list[tuple[str, str, list[str]]]:
    """What was written down."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(record["decision"], record["claim"]["text"], record["corrected"]) for record in records]


def test_keys(tmp_path: Path) -> None:
    """Right, a key that means nothing, wrong in capitals, skip, back, quit."""
    path = tmp_path / "r.jsonl"
    session, shown = answered(path, CLAIMS[1:6], "rxWsbq")
    assert decided(path) == [
        ("right", "more than 1,200 Chadian soldiers", []), ("wrong", "About 300 fighters", []),
    ]  # fmt: skip
    assert session.place == 2
    assert "1 of 5" in shown
    assert "»About 300 fighters« were captured" in shown
    assert "r right  w wrong  f a field is wrong  m missed one here  s skip  b back  q quit" in shown


def test_a_field_is_wrong(tmp_path: Path) -> None:
    """By its number; a value that cannot be is asked for again, and then the rest is right."""
    path = tmp_path / "r.jsonl"
    session, shown = answered(path, CLAIMS[1:3], "fffrq", "4", "dancing", "present", "9", "", "1", "~1,500")
    assert decided(path) == [
        ("corrected", "more than 1,200 Chadian soldiers", ["activity"]),
        ("corrected", "more than 1,200 Chadian soldiers", ["activity", "quantity"]),
    ]
    assert session.place == 1
    assert "  3 force: Chad\n" in shown
    assert "no activity 'dancing'; choose from deployed, training" in shown
    assert "a number from 1 to 6" in shown


def test_a_missed_claim(tmp_path: Path) -> None:
    """Its kind, its words, its fields; words that are not there are asked for again."""
    path = tmp_path / "r.jsonl"
    session, shown = answered(
        path, CLAIMS[1:3], "mrq", "1", "a platoon", "Chadian soldiers", "vague", "soldiers", "", "sent", "asserted", ""
    )  # fmt: skip
    assert decided(path)[0][:2] == ("missed", "Chadian soldiers")
    assert decided(path)[1][0] == "right"
    assert session.place == 1
    assert "the sentence has no such words" in shown


def test_a_missed_claim_that_is_none_after_all(tmp_path: Path) -> None:
    """Enter at the first or the second question: nothing is written."""
    path = tmp_path / "r.jsonl"
    answered(path, CLAIMS[1:2], "mmfq", "", "2", "", "")
    assert not path.exists()


def test_a_kind_without_fields(tmp_path: Path) -> None:
    """It is right or wrong as a whole."""
    _, shown = answered(tmp_path / "r.jsonl", CLAIMS[:1], "fq")
    assert "claims of this kind have no fields that are scored" in shown


def test_hostile_words_do_not_steer_the_terminal(tmp_path: Path) -> None:
    """No escape, control or direction mark of an article, a name or an answer is shown raw."""
    one = copy.deepcopy(CLAIMS[1])
    one["force"]["name"] = one["evidence"]["sentence"]["text"] = "\x1b]0;evil\x07 \u202eback \x9b31m"
    _, shown = answered(tmp_path / "r.jsonl", [one], "ffq", "3", "\x1b[2Jgone", "1", "\x1b[31m", "5")
    assert not [ch for ch in shown if not ch.isprintable() and ch != "\n"]


def test_off_a_terminal_nothing_is_asked(claims: Path) -> None:
    """Wrong usage, with the way out."""
    result = CliRunner().invoke(app, ["review", str(claims)])
    assert result.exit_code == 2
    assert result.stderr == (
        "claimex: review asks questions: run it at a terminal; `claimex export` makes files for annotation tools\n"
    )


class AtTerminal:
    """The program at a pseudo-terminal."""

    def __init__(self, *args: object) -> None:
        self.terminal, inner = pty.openpty()
        env = {**os.environ, "TERM": "dumb", "COLUMNS": "200", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "claimex", "review", *map(str, args)],
            stdin=inner, stdout=inner, stderr=subprocess.PIPE, env=env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(inner)
        self.seen = ""

    def wait_for(self, words: str) -> None:
        """Read what it shows until these words come."""
        end = time.monotonic() + WAIT
        while words not in self.seen:
            ready, _, _ = select.select([self.terminal], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{words!r} did not come:\n{self.seen}"
            self.seen += os.read(self.terminal, 4096).decode("utf-8", "replace")
        self.seen = self.seen.partition(words)[2]

    def type(self, keys: str) -> None:
        """Press some keys."""
        os.write(self.terminal, keys.encode())

    def end(self) -> tuple[int, str]:
        """The exit status, and what was said on stderr."""
        _, said = self.process.communicate(timeout=WAIT)
        os.close(self.terminal)
        return self.process.returncode, said.decode()


@pytest.fixture
def killed() -> Iterator[list[AtTerminal]]:
    """Programs that are ended whatever happens."""
    started: list[AtTerminal] = []
    yield started
    for one in started:
        one.process.kill()
        one.process.communicate()


def test_at_a_terminal(claims: Path, killed: list[AtTerminal]) -> None:
    """Keys, some ahead of time, arrows that are none, lines; the decisions are gold; work goes on where it stopped."""
    killed.append(AtTerminal(claims, "--kind", "troop_count"))
    one = killed[0]
    one.wait_for("1 of 5")
    one.wait_for("q quit")
    one.type("\x1b[Bs\x1b[A")
    one.wait_for("2 of 5")
    one.type("b")
    one.wait_for("1 of 5")
    one.type("rf")
    one.wait_for("which one (Enter: none): ")
    one.type("4\n")
    one.wait_for("activity? ")
    one.type("killed\n")
    one.wait_for("r where the rest is right")
    one.type("q")
    code, said = one.end()
    decisions = claims.with_suffix(".review.jsonl")
    assert code == 0
    next_ = f"`claimex evaluate {decisions} -i {claims}` scores them"
    assert said == f"claimex: 2 decisions added to {decisions}; 4 claims left; {next_}\n"
    (article,) = read_gold(decisions).articles
    assert [claim["activity"] for claim in article["claims"]] == ["deployed", "killed"]
    killed.append(AtTerminal(claims, "--kind", "troop_count"))
    killed[1].wait_for("1 of 3")
    killed[1].wait_for("q quit")
    killed[1].type("\x04")
    assert killed[1].end()[0] == 0


@pytest.mark.parametrize("where", ["key", "line"])
def test_ctrl_c(where: str, claims: Path, killed: list[AtTerminal]) -> None:
    """Exit status 130; what was decided is kept, and said."""
    killed.append(AtTerminal(claims, "--kind", "troop_count"))
    one = killed[0]
    one.wait_for("1 of 5")
    one.wait_for("q quit")
    one.type("r")
    one.wait_for("2 of 5")
    one.wait_for("q quit")
    if where == "line":
        one.type("f")
        one.wait_for("which one (Enter: none): ")
    one.type("\x03")
    code, said = one.end()
    assert code == 130
    assert "1 decision added to " in said
    assert "Traceback" not in said
    assert len(claims.with_suffix(".review.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_cut_off_decision_is_told(claims: Path, killed: list[AtTerminal]) -> None:
    """Taken out, said, and asked about again."""
    decisions = claims.with_suffix(".review.jsonl")
    decisions.write_text('{"decision": "ri', encoding="utf-8")
    killed.append(AtTerminal(claims))
    killed[0].wait_for("1 of 7")
    killed[0].wait_for("q quit")
    killed[0].type("q")
    code, said = killed[0].end()
    assert code == 0
    assert f"{decisions}: the last decision was cut off; its claim is asked about again" in said
    assert decisions.read_bytes() == b""
