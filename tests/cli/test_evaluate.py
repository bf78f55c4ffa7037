"""`claimex evaluate` and `claimex schema`: output, missing articles, floors that hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

import claimex.pipeline
from claimex.claims import kinds
from claimex.cli.app import app
from tests.cli.claims import CLAIMS, SHA256, TEXT, write

runner = CliRunner()


def annotated(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A gold claim that agrees with a claim, apart from the changes."""
    evidence, attribution = row["evidence"], row["attribution"]
    gold = {
        "kind": row["kind"],
        "start": evidence["start"],
        "end": evidence["end"],
        "text": evidence["quote"],
        "sentence": evidence["sentence"]["text"],
        "source": attribution["text"] if attribution else None,
        "factuality": row["factuality"],
        "optional": False,
    }
    if row["kind"] == "troop_count":
        force = row["force"]
        gold |= {"quantity": row["quantity"], "unit": row["unit"], "activity": row["activity"]}
        gold |= {"force": force["name"] if force else None}
    else:
        treaty = row["treaty"]
        gold |= {"mention": treaty["text"], "mention_start": treaty["start"], "mention_end": treaty["end"]}
        gold |= {"stage": row["stage"], "parties": [party["name"] for party in row["parties"]], "actor": None}
    return {**gold, **changes}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold that the claims made by hand all agree with."""
    claims = [annotated(row) for row in CLAIMS if row["kind"] != "entity"]
    return write_gold(tmp_path / "lake.jsonl", claims)


def write_gold(path: Path, claims: list[dict[str, Any]]) -> Path:
    path.write_bytes(gold_line(*claims))
    return path


def gold_line(*claims: dict[str, Any]) -> bytes:
    article = {"doc": "lake_01.txt", "sha256": SHA256, "published": "2013-02-04", "caps": False, "claims": claims}
    return json.dumps(article).encode() + b"\n"


def evaluate(*args: str | Path) -> Result:
    """Run the command; output apart from errors."""
    return runner.invoke(app, ["evaluate", *map(str, args)])


def test_perfect_claims(gold: Path) -> None:
    """Every figure is one; JSON off a terminal."""
    result = evaluate(gold, "-i", write(gold.parent / "claims.jsonl"))
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)["lake"]
    assert figures["troop_count"]["gold"] == 5
    assert figures["treaty_event"]["gold"] == 2
    assert all(row[name] == 1.0 for row in figures.values() for name in row if name not in ("gold", "predicted"))


def test_gold_files_of_one_name_stay_apart(gold: Path) -> None:
    """Their paths tell them; a file that is named twice is scored once."""
    other = gold.parent / "other" / "lake.jsonl"
    other.parent.mkdir()
    write_gold(other, [annotated(CLAIMS[1])])
    result = evaluate(gold, other, gold, "-i", write(gold.parent / "claims.jsonl"))
    figures = json.loads(result.stdout)
    assert list(figures) == [str(gold.with_suffix("")), str(other.with_suffix(""))]
    assert [row["troop_count"]["gold"] for row in figures.values()] == [5, 1]


def test_table_and_differences(gold: Path) -> None:
    """--show lists what is missed, wrong or wrong in a field."""
    claims = [annotated(row) for row in CLAIMS if row["kind"] != "entity"]
    claims[0] |= {"activity": "sent"}
    write_gold(gold, claims[:-1])
    written = write(gold.parent / "claims.jsonl", [row for row in CLAIMS if row["id"][0] != "3"])
    result = evaluate(gold, "-i", written, "--format", "table", "--show")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "lake: 1 article"
    assert any("right in troop_count found: " in line for line in lines)
    assert max(len(line) for line in lines if not line.startswith(("missed", "wrong", "field"))) <= 80
    shown = [line.split()[0] for line in lines if line.startswith(("missed", "wrong", "field"))]
    assert sorted(shown) == ["field", "missed", "wrong"]


def test_the_articles_are_read_where_no_claims_are_given(gold: Path, nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """From articles/ beside the gold, or from --articles; a changed or missing text is told."""
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda model=None, **options: nlp)
    folder = gold.parent / "articles"
    folder.mkdir()
    missing = evaluate(gold)
    assert missing.exit_code == 1
    assert "lake_01.txt is not in" in missing.stderr
    (folder / "lake_01.txt").write_text(TEXT + "\n", encoding="utf-8")
    changed = evaluate(gold)
    assert changed.exit_code == 1
    assert "is not the text that was annotated" in changed.stderr
    (folder / "lake_01.txt").write_text(TEXT, encoding="utf-8")
    for args in ((), ("--articles", str(folder))):
        found = evaluate(gold, *args)
        assert found.exit_code == 0, found.output
        assert json.loads(found.stdout)["lake"]["troop_count"]["predicted"] > 0


def test_claims_of_another_text_are_told(gold: Path) -> None:
    """Offsets into another version mean nothing."""
    other = {**CLAIMS[1], "article": {**CLAIMS[1]["article"], "sha256": "0" * 64}}
    result = evaluate(gold, "-i", write(gold.parent / "claims.jsonl", [other]))
    assert result.exit_code == 1
    assert "made from another text" in result.stderr


def test_floors(gold: Path) -> None:
    """They are pinned, hold, are missed, and fall only when that is allowed."""
    good = write(gold.parent / "claims.jsonl")
    bad = write(gold.parent / "fewer.jsonl", CLAIMS[:3])
    floors = gold.parent / "floors.json"

    unpinned = evaluate(gold, "-i", good, "--floors", floors)
    assert unpinned.exit_code == 1
    assert "no floors are pinned" in unpinned.stderr
    assert evaluate(gold, "-i", good, "--floors", floors, "--update-floors").exit_code == 0
    pinned = floors.read_bytes()
    assert json.loads(pinned)["lake"]["floors"]["troop_count"] == {"F1": 1.0, "core_F1": 1.0, "full_F1": 1.0}
    assert evaluate(gold, "-i", good, "--floors", floors).exit_code == 0

    below = evaluate(gold, "-i", bad, "--floors", floors)
    assert below.exit_code == 1
    assert "F1 of treaty_event is 0.000, below its floor 1.000" in below.stderr
    refused = evaluate(gold, "-i", bad, "--floors", floors, "--update-floors")
    assert refused.exit_code == 1
    assert floors.read_bytes() == pinned
    allowed = evaluate(gold, "-i", bad, "--floors", floors, "--update-floors", "--allow-regression")
    assert allowed.exit_code == 0
    assert floors.read_bytes() != pinned

    write_gold(gold, [annotated(CLAIMS[1])])
    changed = evaluate(gold, "-i", good, "--floors", floors)
    assert changed.exit_code == 1
    assert "the gold has changed" in changed.stderr


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "line 1: not a gold article"),
        (b'{"doc": "a.txt"}', "missing required field"),
        (b"\xff", "line 1: not a gold article"),
        (b"", "there is no gold article in this file"),
        (gold_line({"kind": "troop_count"}), "missing required field"),
        (gold_line({**annotated(CLAIMS[1]), "quantity": None}), "quantity"),
        (gold_line({**annotated(CLAIMS[6]), "parties": None}), "parties"),
    ],
)
def test_damaged_gold(tmp_path: Path, content: bytes, sentence: str) -> None:
    """Status 3: without gold nothing can start."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    result = evaluate(path, "-i", write(tmp_path / "claims.jsonl"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert sentence in result.stderr


def test_missing_files_and_options(gold: Path) -> None:
    """One sentence each."""
    assert evaluate(gold.parent / "none.jsonl").exit_code == 3
    assert evaluate(gold, "-i", gold.parent / "none.jsonl").exit_code == 3
    (gold.parent / "floors.json").write_text("[]", encoding="utf-8")
    bad_floors = evaluate(gold, "-i", write(gold.parent / "c.jsonl"), "--floors", gold.parent / "floors.json")
    assert bad_floors.exit_code == 3
    assert "not a file of floors" in bad_floors.stderr
    assert evaluate(gold, "--update-floors").exit_code == 2


def test_the_schema_fits_the_claims() -> None:
    """Draft 2020-12, one branch a kind, and no room for unknown fields."""
    result = runner.invoke(app, ["schema"])
    assert result.exit_code == 0, result.output
    schema = json.loads(result.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f":{schema['version']}")
    assert set(schema["discriminator"]["mapping"]) == set(kinds())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for row in CLAIMS:
        validator.validate(row)
        assert not validator.is_valid({**row, "colour": "red"})
        assert not validator.is_valid({**row, "factuality": "sure"})
