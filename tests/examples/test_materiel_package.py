"""The example package, installed beside claimex as anyone would: its own tests, and every command on its claims."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "claimex-materiel"
TEXT = "North Korea has sent Russia more than 8 million rounds of artillery ammunition.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the package is installed; no other test sees it."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    pip += ["--no-build-isolation", "--target", str(folder), str(EXAMPLE)]
    done = subprocess.run(pip, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def python(site: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python module with the package installed."""
    env = {**os.environ, "PYTHONPATH": str(site), "COLUMNS": "120"}
    return subprocess.run([sys.executable, "-m", *args], cwd=cwd, env=env, capture_output=True, text=True)


@pytest.fixture(scope="module")
def work(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article and its claims of the kind."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    done = python(site, "claimex", "extract", "a.txt", "-o", "claims.jsonl", "--kind", "materiel_count", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "claimex: 1 article, 1 claim (materiel_count 1): claims.jsonl\n")
    return folder


def run(site: Path, work: Path, command: str, *args: str) -> str:
    """What a command says of the claims."""
    done = python(site, "claimex", command, "-i", "claims.jsonl", *args, cwd=work)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_its_own_tests_pass(site: Path) -> None:
    """Cases, sentences of rules, the layer by itself; run from the folder that somebody else would have."""
    done = python(site, "pytest", "-p", "no:cacheprovider", "tests", cwd=EXAMPLE)
    assert done.returncode == 0, done.stdout


def test_show(site: Path, work: Path) -> None:
    """JSON Lines, a table, flat files; by entity, kind and activity."""
    claim: dict[str, Any] = json.loads(run(site, work, "show", "--entity", "DPRK", "--activity", "supplied"))
    assert claim["kind"] == "materiel_count"
    assert (claim["supplier"]["name"], claim["recipient"]["name"]) == ("North Korea", "Russia")
    table = run(site, work, "show", "--kind", "materiel_count", "--format", "table")
    assert table.startswith("materiel count: 1")
    assert ">8,000,000 rounds" in table
    head, row = run(site, work, "show", "--format", "csv").splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["supplier_name"] == "North Korea"


def test_stats_and_report(site: Path, work: Path) -> None:
    """Counted by its own fields; told on the page in the words of its columns."""
    assert (
        json.loads(run(site, work, "stats", "--by", "family"))["breakdowns"][0]["tallies"][0]["value"] == "ammunition"
    )
    run(site, work, "report", "-o", "report.html")
    page = (work / "report.html").read_text(encoding="utf-8")
    assert "&gt;8,000,000 rounds" in page
    assert "from: North Korea" in page


def test_compare_and_diff(site: Path, work: Path) -> None:
    """Comparison is of troops and treaties, and says so; differences are told of any kind."""
    done = python(site, "claimex", "compare", "-i", "claims.jsonl", cwd=work)
    assert done.returncode == 0
    assert "there is no troop count and no treaty event to compare" in done.stderr
    assert python(site, "claimex", "diff", "claims.jsonl", "claims.jsonl", cwd=work).returncode == 0


def test_rules_explain_and_schema(site: Path, work: Path, tmp_path: Path) -> None:
    """Its rules are listed, explained and laid over like those of claimex."""
    rules = json.loads(python(site, "claimex", "rules", "materiel.supply", cwd=work).stdout)
    assert {rule["layer"] for rule in rules} == {"materiel_count"}
    (tmp_path / "materiel_count.toml").write_text(
        '[[nouns]]\nfamily = "explosive"\nsure = ["firecracker"]\n', encoding="utf-8"
    )
    text = "Iran sent Yemen 40 firecrackers and 300 goats."
    args = ("explain", text, "--kind", "materiel_count", "--rules", str(tmp_path))
    (row,) = json.loads(python(site, "claimex", *args, cwd=work).stdout)
    (sentence,) = row["sentences"]
    assert [claim["text"] for claim in sentence["claims"]] == ["40 firecrackers"]
    assert [(item["text"], item["code"]) for item in sentence["passed_over"]] == [("300 goats", "unit")]
    schema = json.loads(python(site, "claimex", "schema", cwd=work).stdout)
    assert "MaterielCount" in schema["$defs"]


def test_claims_are_shown_without_the_package(work: Path, tmp_path: Path) -> None:
    """By whoever does not have it: in the columns that every claim has."""
    done = python(tmp_path, "claimex", "show", "-i", "claims.jsonl", "--format", "table", cwd=work)
    assert done.returncode == 0
    assert "more than 8 million rounds" in done.stdout


def broken(site: Path, group: str, value: str) -> None:
    """A package that names something which is not there."""
    info = site / "broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{group}]\nbroken_kind = {value}\n", encoding="utf-8")


@pytest.mark.parametrize("value", ["no_such_package", "json"])
def test_a_kind_that_cannot_be_loaded(tmp_path: Path, work: Path, value: str) -> None:
    """Said by every command that needs it, with the package's name; whoever only shows claims goes on."""
    broken(tmp_path, "claimex_kinds", value)
    shown = python(tmp_path, "claimex", "show", "-i", "claims.jsonl", cwd=work)
    assert shown.returncode == 0
    assert len(shown.stdout.splitlines()) == 1
    done = python(tmp_path, "claimex", "extract", "a.txt", "-o", "-", cwd=work)
    assert "the kind 'broken_kind' of the package broken cannot be loaded (ModuleNotFoundError:" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_component_that_cannot_be_loaded(tmp_path: Path, work: Path) -> None:
    """Ends the run before it begins, with status 3."""
    broken(tmp_path, "claimex_components", "no_such_package")
    done = python(tmp_path, "claimex", "extract", "a.txt", "-o", "-", cwd=work)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("claimex: the component 'broken_kind' of the package broken cannot be loaded (Module")
