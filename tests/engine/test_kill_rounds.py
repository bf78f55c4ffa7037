"""The script that kills runs of the real pipeline: a few of its rounds."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_a_few_rounds() -> None:
    """Nothing is lost; `python scripts/kill_rounds.py` goes on for two hundred rounds."""
    words = [
        sys.executable,
        str(ROOT / "scripts" / "kill_rounds.py"),
        "--rounds",
        "3",
        "--articles",
        "6",
        "--seed",
        "3",
    ]
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("3 rounds on 6 articles, seed 3: nothing lost, nothing twice")
    assert " killed\n" in done.stdout
