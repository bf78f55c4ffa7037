"""`claimex doctor FILE`: what is wrong with a claims file, and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.store_check import FAULTS
from tests.cli.claims import CLAIMS, write
from tests.conftest import ROOT

runner = CliRunner()


def doctor(path: Path) -> Result:
    """Run the command; output apart from errors."""
    return runner.invoke(app, ["doctor", str(path), "--format", "json"])


def wrong(done: Result) -> dict[str, dict[str, str]]:
    """What it finds to be wrong, by name."""
    assert done.exit_code == 1, done.output
    return {check["name"]: check for check in json.loads(done.stdout) if check["state"] == "wrong"}


def changed(number: int, **fields: Any) -> dict[str, Any]:
    """One of the claims with other fields."""
    return {**json.loads(json.dumps(CLAIMS[number])), **fields}


def test_the_claims_of_the_seeds_are_sound() -> None:
    """Every claim, and the record of the run; no index is no fault."""
    done = doctor(ROOT / "data" / "claims.jsonl")
    assert done.exit_code == 0, done.output
    states = {check["name"]: check["state"] for check in json.loads(done.stdout)}
    assert states == {"claims": "fine", "record": "fine", "index": "optional"}


ARTICLE = {**CLAIMS[2]["article"], "sha256": "0" * 64}
EVIDENCE = {
    **CLAIMS[2]["evidence"],
    "start": CLAIMS[2]["evidence"]["start"] + 1,
    "end": CLAIMS[2]["evidence"]["end"] + 1,
}


@pytest.mark.parametrize(
    ("line", "fault", "words"),
    [
        (json.dumps(CLAIMS[1])[:300], "lines", "line 3: not JSON: the line is cut off"),
        (json.dumps(changed(1, id="a" * 16, schema=2)), "lines", "schema 2 is newer than 1"),
        (json.dumps(changed(1, id="a" * 16, activity="dancing")), "claims", "line 3: troop_count.activity"),
        (json.dumps(changed(2, id="a" * 16, evidence=EVIDENCE)), "quotes", "line 3: 'About 300 fighters'"),
        (json.dumps(CLAIMS[0]), "twice", "line 3: 1111111111111111 of lake_01"),
        (json.dumps(changed(2, id="a" * 16, article=ARTICLE)), "texts", "line 3: lake_01"),
        (json.dumps(changed(2, id="a" * 16, part_of="b" * 16)), "parts", "line 3: bbbbbbbbbbbbbbbb"),
    ],
)
def test_faults(tmp_path: Path, line: str, fault: str, words: str) -> None:
    """Where it is, what it is, what to do; everything else is sound."""
    path = write(tmp_path / "claims.jsonl", CLAIMS[:2])
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    found = wrong(doctor(path))
    assert set(found) == {fault}
    assert words in found[fault]["found"]
    assert found[fault]["advice"] == FAULTS[fault][1]


def test_many_faults_are_counted(tmp_path: Path) -> None:
    """Three are named."""
    path = tmp_path / "claims.jsonl"
    path.write_bytes(b"{\n" * 50)
    assert "and 47 more" in wrong(doctor(path))["lines"]["found"]


def test_a_file_that_is_not_what_its_record_tells(tmp_path: Path) -> None:
    """A changed digit makes no line invalid: only the record knows."""
    data = (ROOT / "data" / "claims.jsonl").read_bytes()
    path, record = tmp_path / "claims.jsonl", tmp_path / "claims.run.json"
    path.write_bytes(data.replace(b"10,000", b"10,001"))
    record.write_bytes((ROOT / "data" / "claims.run.json").read_bytes())
    assert "tells of a file with other content" in wrong(doctor(path))["record"]["found"]
    path.write_bytes(data.splitlines(keepends=True)[0])
    assert "with 65 claims and other content" in wrong(doctor(path))["record"]["found"]


@pytest.mark.parametrize(
    "told",
    ["{", "", "[]", "{}", '{"claims": {}}', '{"claims": {"sha256": "a", "count": null}}', "[" * 100_000]
    + [f'{{"claims": {{"sha256": "a", "count": {count}}}}}' for count in ('"many"', "1.5", "1e999", "true")]
    + ['{"claims": {"sha256": 1, "count": 1}}'],
)
def test_a_record_that_is_damaged(tmp_path: Path, told: str) -> None:
    """However that may be."""
    path = write(tmp_path / "claims.jsonl")
    (tmp_path / "claims.run.json").write_text(told, encoding="utf-8")
    assert "claims.run.json cannot be read (" in wrong(doctor(path))["record"]["found"]


def test_an_index_that_does_not_fit(tmp_path: Path) -> None:
    """And how to mend it."""
    path = write(tmp_path / "claims.jsonl")
    runner.invoke(app, ["index", "-i", str(path)])
    states = {check["name"]: check["state"] for check in json.loads(doctor(path).stdout)}
    assert states["index"] == "fine"
    path.write_bytes(path.read_bytes().replace(b"Gao", b"gao"))
    found = wrong(doctor(path))["index"]
    assert "made from another state of" in found["found"]
    assert found["advice"].startswith(f"claimex index -i {path} --rebuild")


def test_an_array_is_checked_too(tmp_path: Path) -> None:
    """It has neither index nor lines."""
    path = tmp_path / "claims.json"
    path.write_text(json.dumps(CLAIMS), encoding="utf-8")
    assert doctor(path).exit_code == 0


def test_no_file(tmp_path: Path) -> None:
    """Exit status 3."""
    assert doctor(tmp_path / "none.jsonl").exit_code == 3
