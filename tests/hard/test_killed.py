"""Writers that are killed leave what was there, and what they leave beside it goes away in time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from claimex.atomic import DAY, replacing
from tests.conftest import ROOT


def test_killed_at_random_moments() -> None:
    """Index, exports and review: a few rounds of `python scripts/kill_writers.py`, which has 200."""
    command = [sys.executable, "scripts/kill_writers.py", "--rounds", "8", "--claims", "500"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 rounds, " in done.stdout
    assert ": 0 with something wrong" in done.stdout


def test_what_a_killed_writer_left_goes_away(tmp_path: Path) -> None:
    """Once it is so old that nobody can be writing it; what others write is left alone."""
    old, new, other = (tmp_path / name for name in (".c.csv.abc.part", ".c.csv.def.part", ".d.csv.abc.part"))
    for path in (old, new, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (path.stat().st_mtime - 2 * DAY,) * 2)
    with replacing(tmp_path / "c.csv") as handle:
        handle.write(b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, other.name, "c.csv"]
