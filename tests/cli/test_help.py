"""Help of every command, its examples run as they stand, completion, and where colours go."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import claimex.pipeline
from claimex.cli.app import app
from claimex.rule_files import use_rules
from tests.cli.claims import CLAIMS, write
from tests.conftest import ROOT

COMMANDS = [str(command.name) for command in app.registered_commands]
ATTENDED = {"browse", "review"}
"""Commands that go on until somebody ends them: their own tests start them."""
BELOW = "Example:\n"


def help_of(command: str) -> str:
    """The help of a command, as wide as it likes."""
    done = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "500"}, terminal_width=500)
    assert done.exit_code == 0
    return done.stdout


def examples(command: str) -> list[str]:
    """The lines of the example."""
    block = help_of(command).split(BELOW)[1].split("\n\n")[0]
    return [line.strip() for line in block.splitlines()]


@pytest.fixture
def work(tmp_path: Path, nlp: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder as the examples find it: the seeds, their claims, the gold."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.jsonl").write_bytes((ROOT / "data" / "claims.jsonl").read_bytes())
    for shared in ("seeds", "data/gold"):
        (tmp_path / shared).symlink_to(ROOT / shared, target_is_directory=True)
    yield tmp_path
    use_rules(())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_manual_says(command: str) -> None:
    """An order in the first line, an example of this command, defaults, and what the exit status means."""
    text = help_of(command)
    usage, first, *_ = (line.strip() for line in text.splitlines() if line.strip())
    assert usage.startswith(f"Usage: claimex {command}")
    verb = first.split()[0]
    assert verb[0].isupper()
    assert not verb.endswith("s"), f"{verb!r} is no order"
    assert any(f"claimex {command}" in line for line in examples(command))
    assert "Exit status: 0 done" in text
    if "auto is a table" in text:
        assert "[default: auto]" in text


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ATTENDED])
def test_examples_run(work: Path, command: str) -> None:
    """As they stand, but for what a shell does with `>`."""
    for line in examples(command):
        program, *args = shlex.split(line.partition(" > ")[0])
        done = CliRunner().invoke(app, args)
        assert program == "claimex"
        assert done.exit_code == 0, f"{line}\n{done.output}"


def completions(words: str, tmp_path: Path) -> set[str]:
    """What bash is offered behind these words."""
    env = {
        **os.environ,
        "_CLAIMEX_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    code = "import sys; sys.argv[0] = 'claimex'; from claimex.cli.app import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("claimex ex", {"extract", "explain", "export"}),
        ("claimex show --fact", {"--factuality"}),
        ("claimex show --kind tr", {"troop_count", "treaty_event"}),
        ("claimex show --stage with", {"withdrawn"}),
        ("claimex stats --by art", {"article"}),
        ("claimex compare --format ", {"auto", "table", "json"}),
        ("claimex explain --color n", {"never"}),
        ("claimex schema --of exp", {"explanation"}),
    ],
)
def test_completion(tmp_path: Path, words: str, offered: set[str]) -> None:
    """Commands, options and the values of closed lists; whatever is wrong with the settings."""
    (tmp_path / "claimex.toml").write_text("nonsense = 1\n", encoding="utf-8")
    assert completions(words, tmp_path) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    """To be put where somebody keeps such things."""
    env = {**os.environ, "_CLAIMEX_COMPLETE": f"source_{shell}"}
    code = "import sys; sys.argv[0] = 'claimex'; from claimex.cli.app import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.returncode == 0
    assert "_CLAIMEX_COMPLETE=complete_" in done.stdout


COLOURED = [
    ("show", "--format", "table"),
    ("show", CLAIMS[1]["id"], "--format", "table"),
    ("compare", "--format", "table"),
    ("stats", "--format", "table"),
    ("diff", "other.jsonl", "mine.jsonl", "--format", "table"),
    ("rules", "treaty.ratify", "--format", "table"),
    ("rules", "treaty.ratify.object", "--format", "table"),
    ("explain", "Chad sent 300 soldiers to Gao.", "--format", "table"),
    ("doctor", "--format", "table"),
]


@pytest.mark.parametrize("args", COLOURED, ids=[" ".join(args[:2]) for args in COLOURED])
def test_colours(work: Path, args: tuple[str, ...]) -> None:
    """On a terminal alone, never under NO_COLOR unless asked for; `never` is never, `always` always."""
    write(work / "mine.jsonl")
    (work / "other.jsonl").write_text("", encoding="utf-8")
    given = [*args, *(["-i", "mine.jsonl"] if args[0] in ("show", "compare", "stats") else [])]

    def escapes(*more: str, **env: str) -> bool:
        done = CliRunner().invoke(app, [*given, *more], env={"TERM": "xterm-256color", **env})
        assert done.exit_code in (0, 1), done.output
        assert done.stdout
        return "\x1b[" in done.stdout

    assert not escapes()
    assert not escapes("--color", "never", FORCE_COLOR="1")
    assert escapes("--color", "always")
    assert escapes("--color", "always", NO_COLOR="1")
    assert not escapes("--color", "auto", NO_COLOR="1")
