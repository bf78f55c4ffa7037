"""What a terminal gets: no word of a stranger, in a text or in a name, can steer it."""

from __future__ import annotations

import io
import json
import logging
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from claimex.cli.messages import LogLine
from claimex.cli.terminal import Guarded, GuardedBytes
from tests.cli.claims import CLAIMS, write
from tests.inputs.made import lines, made

HOSTILE = "\x1b]0;owned\x07\x9b31m\u202e\x7f"
TEXT = f"Chad sent 1,200 {HOSTILE} soldiers to Gao{HOSTILE}, General {HOSTILE} Deby said."
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What rich writes: colours, and the lines of its progress bar."""


FREE = {"name", "source", "unit", "title", "publisher", "obligation", "via", "cue", "path", "id"}
"""Fields of claims that hold anybody's words, in references too."""


def in_names(value: Any, *, key: str = "") -> Any:
    """A claim as valid as it was, with harm in the fields that hold anybody's words."""
    if isinstance(value, dict):
        return {inner: in_names(one, key=inner) for inner, one in value.items()}
    if isinstance(value, list):
        return [in_names(one) for one in value]
    return f"{value}{HOSTILE}" if isinstance(value, str) and key in FREE else value


def everywhere(value: Any, *, key: str = "") -> Any:
    """What is still read as a claim, with harm in every word, and in the name of a field."""
    if isinstance(value, dict):
        known = {inner: everywhere(one, key=inner) for inner, one in value.items()}
        return {**known, HOSTILE: {HOSTILE: HOSTILE}} if "kind" in value and "schema" in value else known
    if isinstance(value, list):
        return [everywhere(one) for one in value]
    return f"{value}{HOSTILE}" if isinstance(value, str) else value


def on_terminal(folder: Path, *args: str) -> str:
    """All that the program writes to a terminal that is its standard output and its standard error."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    command = [sys.executable, "-m", "claimex", *args]
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    with suppress(OSError):  # Linux reports the closed end of a terminal as an error
        while piece := os.read(ours, 4096):
            said += piece
    os.close(ours)
    process.wait()
    return said.decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles and claims of somebody who means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    record = {"text": TEXT, "id": HOSTILE, "title": HOSTILE, "publisher": HOSTILE, "published": HOSTILE}
    made(folder, "a.jsonl", lines(record, {HOSTILE: 1}))
    made(folder, f"{HOSTILE}\n.txt", TEXT)
    made(folder, "list", f"../{HOSTILE}.txt\n")
    made(folder, "other.jsonl", lines({"id": HOSTILE, "kind": HOSTILE, "schema": 1, "article": {HOSTILE: HOSTILE}}))
    write(folder / "names.jsonl", [{**in_names(claim), "id": claim["id"]} for claim in CLAIMS])
    write(folder / "words.jsonl", map(everywhere, CLAIMS))
    made(folder, "gold.jsonl", lines({"doc": HOSTILE, "claims": [{"kind": HOSTILE}]}))
    return folder


@pytest.mark.parametrize(
    "args",
    [
        ("extract", "a.jsonl", f"{HOSTILE}\n.txt", f"missing{HOSTILE}", "--files-from", "list", "-vv"),
        ("extract", "a.jsonl", "-o", "-", "--kind", "troop_count"),
        ("extract", "a.jsonl", f"--{HOSTILE}"),
        ("extract", "a.jsonl", "--format", HOSTILE),
        ("show", "--format", "table"),
        ("show", "--format", "json"),
        ("show", "--format", "csv"),
        ("show", "--entity", HOSTILE),
        ("explain", TEXT, "--format", "json"),
        ("explain", TEXT, "--format", "table"),
        ("compare", "--format", "table"),
        ("compare", "--format", "json"),
        ("stats", "--format", "table", "--by", "article", "--by", "publisher", "--by", "source"),
        ("diff", "data/claims.jsonl", "other.jsonl", "--format", "table"),
        ("doctor", "other.jsonl", "--format", "table"),
        ("export", "--to", "csv"),
        ("export", "--to", "w3c"),
        ("evaluate", "gold.jsonl", "--format", "table"),
        *(
            (command, *options, "-i", file)
            for file in ("names.jsonl", "words.jsonl")
            for command, *options in (
                ("show", "--format", "table"),
                ("show", "22222222", "--format", "table"),
                ("show", "77777777", "--format", "table"),
                ("compare", "--format", "table"),
                ("stats", "--format", "table", "--by", "kind", "--by", "entity", "--by", "source"),
                ("report", "-o", "-"),
                ("export", "--to", "w3c"),
            )
        ),
        ("doctor", "words.jsonl", "--format", "table"),
        ("diff", "names.jsonl", "words.jsonl", "--format", "table"),
    ],
    ids=lambda args: " ".join(args[:4]).replace(HOSTILE, "HOSTILE").strip(),
)
def test_nothing_steers_the_terminal(folder: Path, args: tuple[str, ...]) -> None:
    """Neither text nor names, in tables, JSON, CSV, the log, problems and usage errors."""
    if args[0] not in ("extract", "explain") and not (folder / "data" / "claims.jsonl").exists():
        on_terminal(folder, "extract", "a.jsonl")
    said = on_terminal(folder, *args)
    assert said.strip()
    assert "Traceback" not in said
    plain = STYLE.sub("", said).replace("\r\n", "\n").replace("\r", "")
    assert set(plain) & set("\x1b\x07\x9b\u202e\x7f") == set()


def test_json_stays_json() -> None:
    """With the same characters in it."""
    out = io.StringIO()
    Guarded(out).writelines([json.dumps({"a": HOSTILE}, ensure_ascii=False), "\n"])
    assert json.loads(out.getvalue()) == {"a": HOSTILE}
    assert "\x7f" not in out.getvalue()
    GuardedBytes(out).write('{"b": "\x9bü"}'.encode())
    assert out.getvalue().endswith('{"b": "\\u009bü"}')


def test_a_line_of_the_log_is_one_line() -> None:
    """Whatever names stand in it."""
    record = logging.LogRecord("claimex", logging.INFO, "", 0, "%s: 3 claims", (f"a\n{HOSTILE}",), None)
    assert LogLine().format(record) == "claimex: a \ufffd]0;owned\ufffd\ufffd31m\ufffd: 3 claims"
