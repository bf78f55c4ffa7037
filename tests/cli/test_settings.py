"""Settings: which of several is taken, and how mistakes in them read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.cli.settings import Commands, defaults, options_of, read_settings
from claimex.errors import UsageError
from tests.cli.claims import CLAIMS, write

COMMANDS: Commands = options_of(typer.main.get_command(app))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with claims."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "mine.jsonl")
    return tmp_path


def run(*args: str, **environment: str) -> Result:
    """Run claimex; output apart from errors."""
    return CliRunner().invoke(app, list(args), env=environment)


def merged(folder: Path, **environment: str) -> dict[str, dict[str, Any]]:
    """What the settings of a folder and an environment come to."""
    return defaults(read_settings(folder, environment, COMMANDS), COMMANDS).values


def test_the_stronger_one_decides(folder: Path) -> None:
    """Command line, environment, claimex.toml, pyproject.toml; a command's own before one for all."""
    project, own = folder / "pyproject.toml", folder / "claimex.toml"
    assert merged(folder)["show"] == {}
    project.write_text('[tool.claimex]\nmodel = "1"\n[tool.claimex.explain]\nmodel = "2"\n', encoding="utf-8")
    assert merged(folder)["explain"] == {"model": "2"}
    assert merged(folder)["extract"] == {"model": "1"}
    own.write_text('model = "3"\n', encoding="utf-8")
    assert merged(folder)["explain"] == merged(folder)["extract"] == {"model": "3"}
    own.write_text('model = "3"\n[explain]\nmodel = "4"\n', encoding="utf-8")
    assert merged(folder)["explain"] == {"model": "4"}
    assert merged(folder, CLAIMEX_MODEL="5")["explain"] == {"model": "5"}
    assert merged(folder, CLAIMEX_EXPLAIN_MODEL="6", CLAIMEX_MODEL="5")["explain"] == {"model": "6"}
    assert "model" not in merged(folder)["show"]
    project.unlink()
    (folder / "claimex.toml").write_text('[show]\ninput = "mine.jsonl"\nlimit = 1\n', encoding="utf-8")
    assert len(run("show").stdout.splitlines()) == 1
    assert len(run("show", CLAIMEX_SHOW_LIMIT="2").stdout.splitlines()) == 2
    assert len(run("show", "--limit", "3", CLAIMEX_SHOW_LIMIT="2").stdout.splitlines()) == 3


def test_every_sort_of_option(folder: Path) -> None:
    """Words, numbers, dates, switches, lists; by long names with - or _; a list is not added to a weaker one."""
    (folder / "claimex.toml").write_text(
        """
        [extract]
        published = 2024-11-14
        exhaustive = true
        kind = ["entity", "troop_count"]
        [show]
        min = 10000
        entity = "Chad"
        [evaluate]
        update_floors = true
        """,
        encoding="utf-8",
    )
    values = merged(folder, CLAIMEX_SHOW_ENTITY="Mali; South Korea", CLAIMEX_EXTRACT_EXHAUSTIVE="no")
    assert values["extract"] == {"published": "2024-11-14", "exhaustive": False, "kind": ["entity", "troop_count"]}
    assert values["show"] == {"minimum": "10000", "entity": ["Mali", "South Korea"]}
    assert values["evaluate"] == {"update_floors": True}
    done = run("show", "-i", "mine.jsonl", CLAIMEX_SHOW_MIN="10k", CLAIMEX_SHOW_KIND="troop-count")
    assert {json.loads(line)["kind"] for line in done.stdout.splitlines()} == {"troop_count"}


BAD = [
    ("claimex.toml", "colour = 1\n", "claimex.toml, key colour: there is no option --colour; did you mean 'color'?"),
    ("claimex.toml", "format = 1\n", "claimex.toml, key format: --format is another option in each command; write it"),
    (
        "claimex.toml",
        "[shw]\nformat = 1\n",
        "claimex.toml, key shw: there is no command 'shw'; did you mean 'show'?",
    ),
    ("claimex.toml", "[show]\nformt = 1\n", "claimex.toml, key show.formt: there is no option --formt of claimex show"),
    ("claimex.toml", "[tables]\n", "claimex.toml, key tables: there is no command 'tables'"),
    ("claimex.toml", "[show]\nlimit = [1]\n", "claimex.toml, key show.limit: write one value, a word or a number"),
    ("claimex.toml", "[show]\nlimit = true\n", "claimex.toml, key show.limit: write one value, a word or a number"),
    ("claimex.toml", '[extract]\nexhaustive = "yes"\n', "claimex.toml, key extract.exhaustive: this is a switch"),
    ("claimex.toml", "[show]\nlimit = -1\n", "claimex.toml, key show.limit: '-1' is no whole number"),
    (
        "claimex.toml",
        '[show]\nformat = "jsn"\n',
        "claimex.toml, key show.format: no format 'jsn'; did you mean 'json'?",
    ),
    (
        "claimex.toml",
        "[show\n",
        "claimex.toml: not valid TOML (Expected ']' at the end of a table declaration (at line 1,",
    ),
    (
        "pyproject.toml",
        "[tool.claimex.show]\nformt = 1\n",
        "pyproject.toml, key tool.claimex.show.formt: there is no option --formt of claimex show",
    ),
    ("pyproject.toml", '[tool]\nclaimex = "tool.claimex"\n', "pyproject.toml, key tool.claimex: this is no table"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_mistakes_name_file_and_key(folder: Path, name: str, content: str, message: str) -> None:
    """Wrong usage, status 2; help and the version are to be had all the same."""
    (folder / name).write_text(content, encoding="utf-8")
    done = run("show", "-i", "mine.jsonl")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"claimex: {message}")
    assert len(done.stderr.splitlines()) == 1
    assert run("show", "--help").exit_code == run("--version").exit_code == 0


def test_mistakes_in_the_environment(folder: Path) -> None:
    """A variable that no option has; a value that its option does not take."""
    done = run("show", "-i", "mine.jsonl", CLAIMEX_SHOW_FORMT="json")
    assert done.exit_code == 2
    where = "claimex: environment, variable CLAIMEX_SHOW_FORMT:"
    assert done.stderr == f"{where} no option has this name; did you mean 'CLAIMEX_SHOW_FORMAT'?\n"
    done = run("show", "-i", "mine.jsonl", CLAIMEX_INPUT="x")
    assert done.exit_code == 2
    assert "variable CLAIMEX_INPUT: --input is another option in each command; name one: CLAIMEX_" in done.stderr
    done = run("show", "-i", "mine.jsonl", CLAIMEX_SHOW_LIMIT="few")
    assert done.stderr == "claimex: environment, variable CLAIMEX_SHOW_LIMIT: 'few' is no whole number\n"
    done = run("show", "-i", "mine.jsonl", "--limit", "few", CLAIMEX_SHOW_LIMIT="1")
    assert "Invalid value for '--limit': 'few' is no whole number" in done.stderr


def test_words_to_look_for_are_no_command(folder: Path) -> None:
    """Settings hold too where a value happens to be the name of a command that runs without them."""
    (folder / "claimex.toml").write_text('[show]\ninput = "mine.jsonl"\nlimit = 1\n', encoding="utf-8")
    assert len(run("show", "--source", "Mali").stdout.splitlines()) == 1
    done = run("show", "--search", "doctor")
    assert (done.exit_code, done.stderr) == (0, "")


def test_other_projects_are_left_alone(folder: Path) -> None:
    """A pyproject.toml that does not speak of claimex, valid or not, and files of other folders."""
    (folder / "pyproject.toml").write_text("[tool.other]\nformat = 1\n[broken", encoding="utf-8")
    inside = folder / "inside"
    inside.mkdir()
    (folder / "claimex.toml").write_text("nonsense = 1\n", encoding="utf-8")
    assert read_settings(inside, {"HOME": "/", "_CLAIMEX_COMPLETE": "x"}, COMMANDS) == []
    (folder / "claimex.toml").unlink()
    assert len(run("show", "-i", "mine.jsonl").stdout.splitlines()) == len(CLAIMS)


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    """Told, not passed over."""
    (folder / "claimex.toml").write_bytes(b"color = '\xff'\n")
    with pytest.raises(UsageError, match=r"^claimex\.toml: not valid TOML"):
        read_settings(folder, {}, COMMANDS)
