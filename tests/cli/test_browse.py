"""`claimex browse`: Datasette as its users start it, asked over HTTP on this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from claimex.cli.app import app
from tests.cli.claims import write
from tests.export.claims import exported, seed_claims

WAIT = 120


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def heed_ctrl_c() -> None:
    """A shell has Ctrl-C ignored by what it runs in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def browsing(path: Path, port: int, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program, once it answers."""
    command = [sys.executable, "-m", "claimex", "browse", str(path), "--port", str(port)]
    env = {**os.environ, "TMPDIR": str(folder)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, env=env, preexec_fn=heed_ctrl_c) as process:
        try:
            for _ in range(WAIT * 10):
                try:
                    with urlopen(f"http://127.0.0.1:{port}/-/versions.json"):
                        break
                except URLError:
                    assert process.poll() is None, process.communicate()
                    time.sleep(0.1)
            yield process
        finally:
            # Not killed: it ends Datasette, too.
            process.terminate()


def asked(port: int, address: str) -> Any:
    """What it answers."""
    with urlopen(f"http://127.0.0.1:{port}{address}") as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize("kind", ["claims", "database"])
def test_browse(kind: str, port: int, tmp_path: Path) -> None:
    """Claims or a database of them, with facets and queries; Ctrl-C ends it with 130 and leaves nothing behind."""
    path = write(tmp_path / "some.jsonl", seed_claims())
    if kind == "database":
        path = exported("sqlite", seed_claims(), tmp_path / "other.db")
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    with browsing(path, port, folder) as process:
        found = asked(port, "/claims.json")
        assert {"troop_count", "treaty_event", "entity"} == {view["name"] for view in found["views"]}
        assert "highest_and_lowest" in {query["name"] for query in found["queries"]}
        assert "force_name" in asked(port, "/claims/troop_count.json?_size=1")["facet_results"]
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=WAIT)
    assert process.returncode == 130
    assert out == ""
    assert f"claimex: {path} is at http://127.0.0.1:{port}/claims; Ctrl-C ends it" in said.splitlines()
    assert list(folder.iterdir()) == []
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/")


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """What Datasette says, a sentence, exit status 3."""
    path = write(tmp_path / "c.jsonl")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        command = [sys.executable, "-m", "claimex", "browse", path, "--port", str(one.getsockname()[1])]
        result = subprocess.run(command, capture_output=True, text=True, timeout=WAIT)
    assert result.returncode == 3
    assert "address already in use" in result.stderr
    assert result.stderr.splitlines()[-1] == "claimex: Datasette ended with status 3; what it said stands above"


def test_without_datasette(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what to install."""
    monkeypatch.setattr("claimex.cli.browse_cmd.find_spec", lambda _: None)
    result = CliRunner().invoke(app, ["browse", str(write(tmp_path / "c.jsonl"))])
    assert result.exit_code == 3
    assert result.stderr == (
        "claimex: browsing needs Datasette, which is not installed; install it with: pip install 'claimex[datasette]'\n"
    )


def test_no_such_file(tmp_path: Path) -> None:
    """One sentence, exit status 3."""
    result = CliRunner().invoke(app, ["browse", str(tmp_path / "none.jsonl")])
    assert result.exit_code == 3
    assert "no such claims file" in result.stderr
