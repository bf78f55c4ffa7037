"""Disks that are full or may only be read: one sentence, status 3, and what stood on them stands there still.

Real ones: a tmpfs of two megabytes in a mount namespace of the command's own, which Linux gives root and, on most
systems, everybody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.claims import CLAIMS, write
from tests.conftest import ROOT

UNSHARE = ["unshare", "--map-root-user", "--mount"]
MOUNT = "mount -t tmpfs -o size=2m tmpfs disk"
FULL = "head -c 9999999 /dev/zero > disk/filler 2>/dev/null; truncate -s -8192 disk/filler"
READ_ONLY = "mount -o remount,ro disk"
EARLIER = b"of an earlier run\n"
OUTPUTS = ("out.sqlite", "out.csv", "out.html", "out.json", "claims.jsonl")
FAKE = ("-m", "tests.engine.run_fake", "marks", "0")


def can_mount() -> bool:
    """Whether this machine lets a test mount a disk of its own."""
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True)
    return done.returncode == 0


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with articles, claims and the place of a disk."""
    for name in ("disk", "in", "marks", "after"):
        (tmp_path / name).mkdir()
    for number in range(40):
        (tmp_path / "in" / f"{number:02}.txt").write_text(f"plain {'word ' * 300}{number}\n", encoding="utf-8")
    write(tmp_path / "claims.jsonl", CLAIMS * 50)
    return tmp_path


@pytest.mark.skipif(not can_mount(), reason="no mount namespaces here")
@pytest.mark.parametrize(("state", "said"), [(FULL, "No space left on device"), (READ_ONLY, "Read-only file system")])
@pytest.mark.parametrize(
    "command",
    [
        (*FAKE, "extract", "in", "-o", "disk/claims.jsonl"),
        (*FAKE, "extract", "in", "-o", "disk/new.jsonl"),
        (*FAKE, "extract", "in", "-o", "new.jsonl", "--keep-text", "disk/texts"),
        ("-m", "claimex", "index", "-i", "disk/claims.jsonl"),
        ("-m", "claimex", "export", "-i", "claims.jsonl", "--to", "sqlite", "-o", "disk/out.sqlite"),
        ("-m", "claimex", "export", "-i", "claims.jsonl", "--to", "csv", "-o", "disk/out.csv"),
        ("-m", "claimex", "export", "-i", "claims.jsonl", "--to", "w3c", "-o", "disk/out.json"),
        ("-m", "claimex", "report", "-i", "claims.jsonl", "-o", "disk/out.html"),
    ],
    ids=lambda command: " ".join(word for word in command if not word.startswith("-")),
)
def test_a_disk_that_takes_nothing(here: Path, command: tuple[str, ...], state: str, said: str) -> None:
    """Whatever writes there; nothing but what was there is left behind, but for the journal of a run, which is told."""
    for name in OUTPUTS:
        (here / "after" / name).write_bytes(EARLIER)
    if "index" in command:
        shutil.copy(here / "claims.jsonl", here / "after")
    before = {path.name: path.read_bytes() for path in (here / "after").iterdir()}
    script = (
        f'{MOUNT} && cp after/* disk && {{ {state}; }} && "$@"; status=$?; rm after/*; cp disk/*.* after; exit $status'
    )
    done = subprocess.run(
        [*UNSHARE, "sh", "-c", script, "sh", sys.executable, *command],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    after = {path.name: path.read_bytes() for path in (here / "after").iterdir()}
    journal = next((name for name in after if name.endswith(".journal")), None)
    assert (journal is not None) == (" kept in disk" in done.stderr)
    assert {name: data for name, data in after.items() if name != journal} == before
