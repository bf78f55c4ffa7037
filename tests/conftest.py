"""Fixtures and the loader of case tables."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from pydantic import BaseModel, ConfigDict

import claimex

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).parent / "cases"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


# A machine that is busy with something else fails no test: time is measured in benchmarks/.
settings.register_profile("claimex", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("claimex")


class Case(BaseModel):
    """A row of a case table: subclasses add what is expected. Unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    why: str
    xfail: str | None = None


C = TypeVar("C", bound=Case)


def load_cases(name: str, model: type[C]) -> list[Any]:
    """The rows of tests/cases/<name>.toml as pytest parameters; ids are unique, known failures are strict."""
    rows = [model.model_validate(row) for row in tomllib.loads((CASES / f"{name}.toml").read_text())["case"]]
    ids = [row.id for row in rows]
    assert len(set(ids)) == len(ids), f"{name}.toml repeats an id"
    return [
        pytest.param(row, id=row.id, marks=[pytest.mark.xfail(strict=True, reason=row.xfail)] if row.xfail else [])
        for row in rows
    ]


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The whole pipeline, loaded once."""
    return claimex.load()


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The seed articles."""
    return sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, once: looked for where CHROMIUM says, else in the PATH. Only `make test-report` asks for it."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.fail("there is no Chromium; install it (apt-get install chromium) or name it in CHROMIUM")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
