"""claimex reaches for no network, and runs nothing that stands in what it reads."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src" / "claimex"
SENTENCE = "Chad sent 1,200 soldiers to Gao, the army said. Chad and Mali signed a treaty."
PAGE = f"<html><head><title>Troops</title></head><body><article>{f'<p>{SENTENCE}</p>' * 20}</article></body></html>"
EXPORTS = {
    "csv": "c.csv", "parquet": "c.parquet", "sqlite": "c.db", "w3c": "c.w3c", "ftm": "c.ftm",
    "claimreview": "c.review", "label-studio": "c.ls", "doccano": "c.doccano",
}  # fmt: skip


def test_no_command_reaches_for_the_network(tmp_path: Path) -> None:
    """Nor for pickles or a shell: what a command does is watched from inside Python, its C code too."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "in" / "b.html").write_text(PAGE, encoding="utf-8")
    commands = [
        ["extract", "in", "-o", "c.jsonl", "--keep-text", "texts"],
        ["index", "-i", "c.jsonl"],
        ["show", "-i", "c.jsonl", "--entity", "Chad", "--format", "table"],
        ["compare", "-i", "c.jsonl", "--texts", "texts"],
        ["stats", "-i", "c.jsonl"],
        ["diff", "c.jsonl", "c.jsonl"],
        ["report", "-i", "c.jsonl", "-o", "r.html", "--texts", "texts"],
        *(["export", "-i", "c.jsonl", "--to", to, "-o", name, "--texts", "texts"] for to, name in EXPORTS.items()),
        ["explain", SENTENCE],
        ["rules"],
        ["schema"],
        ["doctor"],
        ["doctor", "c.jsonl"],
    ]
    (tmp_path / "commands.json").write_text(json.dumps(commands), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.hard.run_watched", "commands.json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    watched = json.loads(done.stdout.splitlines()[-1])
    assert watched == {"statuses": [0] * len(commands), "done": []}, done.stderr


def test_the_watch_sees_the_network(tmp_path: Path) -> None:
    """Else the test above would hold of anything."""
    code = "import socket, sys; from tests.hard.run_watched import watch; sys.addaudithook(watch); " + (
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "the network was asked for: socket." in done.stderr


MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "yaml",
    "requests",
    "httpx",
    "urllib.request",
}
CALLS = {"eval", "exec", "compile", "__import__"}
ATTRIBUTES = {("os", "system"), ("os", "popen"), ("subprocess", "getoutput"), ("yaml", "load"), ("pickle", "loads")}


def unsafe(tree: ast.AST) -> Iterator[str]:
    """What a program should not do that reads files of strangers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"import {alias.name}" for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield f"import {node.module}"
        elif isinstance(node, ast.Call):
            name = node.func
            if isinstance(name, ast.Name) and name.id in CALLS:
                yield name.id
            elif isinstance(name, ast.Attribute) and (ast.unparse(name.value), name.attr) in ATTRIBUTES:
                yield ast.unparse(name)
            yield from ("shell=True" for word in node.keywords if word.arg == "shell")


OWN = {"engine/on_ray.py": {"import pickle"}, "engine/ray_reader.py": {"import pickle", "pickle.loads"}}
"""What a run sends to its own actors it has made itself, out of options: no word of an article or a claims file."""


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_no_module_evaluates_unpickles_or_calls_a_shell(path: Path) -> None:
    """Nor opens a web address."""
    found = set(unsafe(ast.parse(path.read_text(encoding="utf-8"))))
    assert found == OWN.get(path.relative_to(SRC).as_posix(), set())


def test_python_is_started_in_one_place() -> None:
    """There the folder that somebody works in is kept out of what is imported; other modules name no Python."""
    naming = {path.name for path in SRC.rglob("*.py") if "sys.executable" in path.read_text(encoding="utf-8")}
    assert naming == {"subprocesses.py"}


@pytest.mark.parametrize("name", ["multiprocessing.py", "runpy.py", "claimex.py", "click.py", "json.py"])
def test_no_module_of_the_working_folder_is_run(tmp_path: Path, name: str) -> None:
    """By none of the processes that claimex starts: an archive of others may hold a file of any name."""
    (tmp_path / name).write_text("import os; open('/proc/self/cwd/ran', 'w').close()\nos._exit(9)\n", encoding="utf-8")
    code = (
        "import os, subprocess, sys; sys.path.remove('')\n"
        "from claimex.subprocesses import python_module\n"
        "from claimex.engine.processes import Processes\n"
        "from tests.engine.fakes import FakeSetup, articles, chunks\n"
        "found = list(Processes(FakeSetup('marks'), workers=1).read(chunks(articles('plain words'))))\n"
        "done = subprocess.run(python_module('datasette', '--version'), stdout=subprocess.DEVNULL)\n"
        "sys.exit(done.returncode or not found[0] or 'PYTHONSAFEPATH' in os.environ)\n"
    )
    (tmp_path / "marks").mkdir()
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
    assert (done.returncode, (tmp_path / "ran").exists()) == (0, False)


def test_the_lint_sees_what_it_looks_for() -> None:
    """Each of these by itself."""
    code = "eval('1')\nimport pickle\nfrom urllib.request import urlopen\nos.system('ls')\nrun('ls', shell=True)\n"
    assert len(list(unsafe(ast.parse(code)))) == 5
