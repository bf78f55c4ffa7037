"""The program as a process: real pipes, real signals, what it imports."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

import claimex
from claimex.cli.app import app
from claimex.schema import SCHEMAS
from tests.cli.claims import CLAIMS, write
from tests.conftest import ROOT

PROGRAM = [sys.executable, "-m", "claimex"]
COMMANDS = [str(command.name) for command in app.registered_commands]


def run(*args: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run claimex in a process of its own."""
    return subprocess.run([*PROGRAM, *args], capture_output=True, text=True, encoding="utf-8", timeout=120, **options)  # type: ignore[call-overload,no-any-return]


def test_version_and_help() -> None:
    """On stdout, status 0; help has an example for each command."""
    assert run("--version").stdout == f"claimex {claimex.__version__}\n"
    for command in COMMANDS:
        result = CliRunner().invoke(app, [command, "--help"])
        assert result.exit_code == 0
        assert "Example:\n    claimex " in result.stdout
        assert f"\n    claimex {command}" in result.stdout
    overview = CliRunner().invoke(app, ["--help"]).stdout
    assert all(f"\n  {command} " in overview for command in COMMANDS)
    assert "Exit status: 0 done" in overview


def test_the_readme_names_every_command() -> None:
    """Whoever reads it knows what there is."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`claimex {command}" in text for command in COMMANDS)


def test_the_readme_names_every_schema() -> None:
    """In the row of the command that prints them."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (row,) = (line for line in text.splitlines() if line.startswith("| `claimex schema`"))
    assert all(name in row for name in SCHEMAS)


def test_the_first_page_leads_to_every_other() -> None:
    """Of docs/."""
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    first = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert {page for page in pages if f"({page})" not in first} == set()


def test_the_first_block_of_the_readme_is_two_commands() -> None:
    """One sets up and shows, one sets up and tests; both are targets of the Makefile."""
    first = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1].splitlines()[1:]
    assert first == ["make demo", "make test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\ndemo: $(READY)" in makefile
    assert "\ntest: $(DEV)" in makefile


def test_unknown_command() -> None:
    """Wrong usage, said on stderr."""
    done = run("extrct")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such command 'extrct'" in done.stderr


def test_json_lines_go_through_another_program(tmp_path: Path) -> None:
    """jq where it is installed, else Python in its place: the same answer."""
    path = write(tmp_path / "claims.jsonl")
    python = "import json, sys; [print(json.loads(line)['id']) for line in sys.stdin]"
    reader = ["jq", "-r", ".id"] if shutil.which("jq") else [sys.executable, "-c", python]
    show = subprocess.Popen([*PROGRAM, "show", "-i", str(path)], stdout=subprocess.PIPE)
    read = subprocess.run(reader, stdin=show.stdout, capture_output=True, text=True, timeout=60, check=True)
    assert show.stdout is not None
    show.stdout.close()
    assert show.wait(timeout=60) == 0
    assert read.stdout.split() == [row["id"] for row in CLAIMS]


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    """`| head -1` ends the program without a word."""
    path = write(tmp_path / "claims.jsonl", CLAIMS * 2000)
    show = subprocess.Popen([*PROGRAM, "show", "-i", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert show.stdout is not None
    assert show.stderr is not None
    assert json.loads(show.stdout.readline()) == CLAIMS[0]
    show.stdout.close()
    errors = show.stderr.read()
    show.stderr.close()
    assert show.wait(timeout=60) in (0, 1)
    assert errors == b""


def test_standard_output_without_room(tmp_path: Path) -> None:
    """A full device is a sentence, not a traceback."""
    path = write(tmp_path / "claims.jsonl", CLAIMS * 100)
    for args in (["show", "-i", str(path)], ["show", "-i", str(path), "--format", "table"], ["--help"], ["--version"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*PROGRAM, *args], stdout=full, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 3
        assert done.stderr.decode().splitlines() == ["claimex: output: No space left on device"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("schema >&-", 3, "standard output: it is closed"),
        ("--help >&-", 3, "standard output: it is closed"),
        ("--version >&-", 3, "standard output: it is closed"),
        ("show -i c.jsonl >&-", 3, "standard output: it is closed"),
        ("show -i c.jsonl --format table >&-", 3, "standard output: it is closed"),
        ("export -i c.jsonl --to csv >&-", 3, "standard output: it is closed"),
        ("extract a.txt -o - --kind troop_count >&-", 3, "standard output: it is closed"),
        ("show -i - <&-", 3, "-: cannot be read (it is closed)"),
        ("extract - -o - <&-", 1, "-: cannot be read (it is closed)"),
        ("extract --files-from - -o - <&-", 1, "-: cannot be read (it is closed)"),
    ],
)
def test_a_standard_stream_that_is_closed(tmp_path: Path, words: str, code: int, sentence: str) -> None:
    """Is told in a sentence where it is needed."""
    done = in_a_shell(tmp_path, words)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.splitlines()[0] == f"claimex: {sentence}"
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr


def test_standard_error_that_is_closed(tmp_path: Path) -> None:
    """Nobody hears what is told: it comes out on no other stream, and the status is as it would be."""
    done = in_a_shell(tmp_path, "show -i missing.jsonl 2>&-")
    assert (done.returncode, done.stdout) == (3, "")
    assert in_a_shell(tmp_path, "schema 2>&-").returncode == 0


def in_a_shell(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    """claimex with words of the shell behind it, in a folder with an article and claims."""
    (folder / "a.txt").write_text("About 300 Chadian soldiers were deployed to Gao.", encoding="utf-8")
    write(folder / "c.jsonl")
    command = ["sh", "-c", f'"$0" -m claimex {words}', sys.executable]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_claims_into_a_pipe_with_a_name(tmp_path: Path) -> None:
    """`-o /dev/stdout`, or `-o >(jq ...)`: written straight, with no record beside it."""
    (tmp_path / "a.txt").write_text("About 300 Chadian soldiers were deployed to Gao.", encoding="utf-8")
    done = run("extract", "a.txt", "-o", "/dev/stdout", "--kind", "troop_count", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["troop_count"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    """Also where the locale says ASCII."""
    row = {**CLAIMS[1], "unit": "légionnaires"}
    path = write(tmp_path / "claims.jsonl", [row])
    done = run("show", "-i", str(path), env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert json.loads(done.stdout)["unit"] == "légionnaires"


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """A bar on stderr where that is a terminal, gone at the end; stdout has claims and nothing else."""
    (tmp_path / "a.txt").write_text("About 300 Chadian soldiers were deployed to Gao.", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [*PROGRAM, "extract", "a.txt", "missing.txt", "-o", "-", "--kind", "troop_count"]
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    said = b""
    # Before the process is waited for: a slow machine redraws the bar until the terminal takes no more.
    with suppress(OSError):  # Linux reports the closed end of a terminal as an error
        while piece := os.read(ours, 4096):
            said += piece
    os.close(ours)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["troop_count"]
    words = said.decode()
    assert "Reading" in words
    assert "missing.txt: no such file or folder" in words
    assert "1 article, 1 claim (troop_count 1), 1 problem: standard output" in words


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGINT, 130, "claimex: interrupted; no file was changed\n"), (signal.SIGTERM, 143, "")],
)
def test_a_signal_while_reading(tmp_path: Path, number: int, code: int, said: str) -> None:
    """Ctrl-C says one sentence; either leaves an earlier result as it was, and nothing half-written."""
    (tmp_path / "article.txt").write_text("About 300 soldiers were deployed to Gao. " * 20_000, encoding="utf-8")
    (tmp_path / "claims.jsonl").write_bytes(b"earlier\n")
    command = [*PROGRAM, "extract", "article.txt", "-o", "claims.jsonl"]
    # A shell has Ctrl-C ignored by what it runs in the background.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, preexec_fn=heed)
    while not list(tmp_path.glob(".*.part")):
        assert process.poll() is None
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert errors.decode() == said
    assert {path.name for path in tmp_path.iterdir()} == {"article.txt", "claims.jsonl"}
    assert (tmp_path / "claims.jsonl").read_bytes() == b"earlier\n"


@pytest.mark.parametrize("command", [["--help"], ["show", "--help"], ["show", "-i", "CLAIMS", "--entity", "Chad"]])
def test_what_only_reads_claims_is_light(tmp_path: Path, command: list[str]) -> None:
    """Neither spaCy nor numpy is imported, nor pydantic."""
    path = write(tmp_path / "claims.jsonl")
    code = (
        "import sys\n"
        "from claimex.cli.app import main\n"
        "try: main()\n"
        "finally: print(*{'spacy', 'thinc', 'numpy', 'pydantic'} & set(sys.modules), file=sys.stderr)"
    )
    args = [str(path) if word == "CLAIMS" else word for word in command]
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.strip()) == (0, "")
