"""Figures of benchmarks: what was measured goes to the table of results, where `bench.py` asks for one."""

from __future__ import annotations

import json
import os
from pathlib import Path

FILE = "BENCHMARK_FIGURES"
"""The environment variable that names the file which figures are added to."""

# Commands are measured as people have them: Python keeps what it compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def record(figure: str, measured: str, *, spread: str = "", baseline: str = "", wanted: str = "") -> None:
    """Add one figure to the table: what it is, its median, from what to what it went, what it is set against."""
    if path := os.environ.get(FILE):
        row = {"figure": figure, "measured": measured, "spread": spread, "baseline": baseline, "wanted": wanted}
        with Path(path).open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(row) + "\n")


def note(text: str) -> None:
    """Say something above the table of this benchmark."""
    if path := os.environ.get(FILE):
        with Path(path).open("a", encoding="utf-8") as handle:
            handle.write(json.dumps({"note": text}) + "\n")
