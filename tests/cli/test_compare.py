"""`claimex compare`, `diff`, `stats` and `schema --of`: output, filters, exit codes, and bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from claimex.cli.app import app
from claimex.compare.model import Comparison
from claimex.model import text_sha256
from claimex.schema import SCHEMAS
from tests.cli.claims import CLAIMS, write
from tests.made_claims import also, treaty, troops

runner = CliRunner()
MADE = [
    troops(">10,000", place="Kursk", source="United States", article="000_a_rather_long_name"),
    troops("~2,000", place="Russia", unit="soldiers", source="South Korean intelligence", article="001"),
    troops("~12,000", place="Ukraine", source="reports", article="003"),
    troops("10,000", when="by December", source="South Korean officials", factuality="predicted", article="001"),
    treaty("ratified", "Comprehensive Strategic Partnership Treaty", type="treaty", article="000_a_rather_long_name"),
    treaty("ratified", "mutual defense pact", factuality="planned", when="soon", article="001"),
    treaty("submitted", "mutual defense pact", actor="Vladimir Putin", body="State Duma", article="001"),
]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Claims made by hand whose articles are gone."""
    return write(tmp_path / "made.jsonl", MADE)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """The claims of the tests of `show`."""
    return write(tmp_path / "lake.jsonl")


def run(*args: object, width: int = 80, stdin: str | None = None) -> Result:
    """Run the program in a terminal so wide."""
    return runner.invoke(app, [str(arg) for arg in args], env={"COLUMNS": str(width)}, input=stdin)


# --- compare -----------------------------------------------------------------------------------------------------


def test_compare_prints_json_in_a_pipe(made: Path) -> None:
    """The whole comparison, as its schema describes it, and the gone texts on stderr."""
    result = run("compare", "-i", made)
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMAS["comparison"]()).validate(data)
    assert Comparison.model_validate(data).claims == len(MADE)
    assert result.stderr.splitlines() == [
        "claimex: the text of 3 articles is not there now (000_a_rather_long_name, 001, 003): "
        "copies of it are told by the sentences in its claims alone; see --texts"
    ]


@pytest.mark.parametrize(
    ("activity", "rows"),
    [
        ("training", {("~2,000", "Russia", "training")}),
        ("deployed", {("~2,000", "border of Ukraine", "in the field"), (">10,000", "Kursk", "in the field")}),
        ("killed", set()),
    ],
)
def test_an_activity_is_asked_of_all_that_claims_say(tmp_path: Path, activity: str, rows: set[tuple[str, ...]]) -> None:
    """'have completed training and are being deployed' answers either question, each with its own place."""
    both = troops(
        "~2,000", place="Russia", activity="training", article="1",
        further=(also("deployed", place="border of Ukraine"),),
    )  # fmt: skip
    claims = [both, troops(">10,000", place="Kursk", article="2"), treaty("signed", "pact", article="2")]
    path = write(tmp_path / "both.jsonl", claims)
    result = run("compare", "-i", path, "--activity", activity)
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    found = [(row, topic["activity"]) for topic in data["topics"] for q in topic["questions"] for row in q["rows"]]
    assert {(row["figure"], row["place"], name) for row, name in found} == rows
    assert data["claims"] == len(rows)
    assert data["treaties"] == []


@pytest.mark.parametrize("width", [80, 100, 160])
def test_compare_tables_fit_and_break_no_word(made: Path, width: int) -> None:
    """No line is wider than the terminal, and every number, name and id stands whole."""
    result = run("compare", "-i", made, "--format", "table", width=width)
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= width
    words = {word.strip(",;:()") for word in result.stdout.split()}
    for claim in MADE:
        assert claim["id"][:8] in words
    whole = {">10,000", "~2,000", "~12,000", "intelligence", "Comprehensive", "Partnership", "predicted", "undated"}
    assert whole <= words
    assert "North Korea, in the field" in result.stdout
    assert "apart: not said as fact" in result.stdout
    assert "contradicts" not in result.stdout.split("Comprehensive")[0]


def test_compare_all_prints_every_relation(tmp_path: Path) -> None:
    """Long lists are cut and say so; --all does not cut."""
    many = [troops(f"{n}00", place="Mali", when="2013-02-04", article=f"a{n}") for n in range(1, 9)]
    many += [treaty("signed", f"Lake Accord {n}", article=f"t{n}", parties=("Chad", "Niger")) for n in "ABCDEFGHIJKL"]
    path = write(tmp_path / "many.jsonl", many)
    short, long = (run("compare", "-i", path, "--format", "table", *more).stdout for more in ((), ("--all",)))
    assert "16 more; --all prints them" in short
    assert "2 more agreements; --all prints them" in short
    assert "--all" not in long
    assert long.count("cannot both hold") == 28


@pytest.mark.parametrize(
    ("args", "claims"),
    [
        (["--kind", "treaty_event"], 3),
        (["--source", "South Korean"], 2),
        (["--article", "001"], 4),
        (["--factuality", "predicted", "--factuality", "planned"], 2),
        (["--min", "11k"], 2),
        (["--stage", "submitted"], 1),
        (["--activity", "training"], 0),
        (["--search", "~12,000"], 1),
        (["--entity", "Russia"], 1),
    ],
)
def test_compare_filters_as_show(made: Path, args: list[str], claims: int) -> None:
    """The same filters."""
    result = run("compare", "-i", made, *args)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["claims"] == claims


def test_compare_without_claims(tmp_path: Path) -> None:
    """Nothing to compare is an answer: exit 0, an empty comparison, a sentence."""
    path = write(tmp_path / "entities.jsonl", CLAIMS[:1])
    result = run("compare", "-i", path)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["topics"] == []
    assert "no troop count and no treaty event" in result.stderr
    assert run("compare", "-i", path, "--format", "table").stdout == ""


def test_compare_says_when_a_text_has_changed(tmp_path: Path) -> None:
    """Another text under the same name: a sentence and exit status 1; the right text: neither."""
    text = "In a1 they write of 500 troops."
    article = tmp_path / "a1.txt"
    claim = troops("500", place="Mali", path=str(article))
    claim["article"]["sha256"] = text_sha256(text)
    path = write(tmp_path / "claims.jsonl", [claim])
    article.write_text(text, encoding="utf-8")
    assert (run("compare", "-i", path).exit_code, run("compare", "-i", path).stderr) == (0, "")
    article.write_text("Something else stands here now.", encoding="utf-8")
    result = run("compare", "-i", path)
    assert result.exit_code == 1
    assert "the text of 1 article is another one now (a1)" in result.stderr


def test_compare_reads_round_damage(tmp_path: Path, made: Path) -> None:
    """A line that is no claim, one of a newer schema and one with a broken field: named, the rest compared."""
    newer = json.dumps({**MADE[0], "schema": 2})
    broken = json.dumps({**MADE[1], "activity": "dancing"})
    lines = [*made.read_text(encoding="utf-8").splitlines(), '{"id": 1', newer, broken]
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("compare", "-i", path)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["claims"] == len(MADE)
    assert "line 8: not JSON" in result.stderr
    assert "line 9: schema 2 is newer than 1" in result.stderr
    assert "line 10: troop_count.activity:" in result.stderr


@pytest.mark.parametrize("command", [["compare", "-i"], ["stats", "-i"], ["diff", "nowhere.jsonl"]])
def test_a_missing_file_is_one_sentence(tmp_path: Path, command: list[str]) -> None:
    """Exit status 3."""
    result = run(*command, tmp_path / "nowhere.jsonl")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "no such claims file" in result.stderr


@pytest.mark.parametrize("command", ["compare", "stats", "diff"])
def test_unknown_names_and_formats(made: Path, command: str) -> None:
    """Exit status 2 and a hint."""
    files = [made, made] if command == "diff" else ["-i", made]
    result = run(command, *files, "--entity", "Nort Korea")
    assert result.exit_code == 2
    assert "did you mean North Korea" in result.stderr
    assert run(command, *files, "--format", "jsno").exit_code == 2


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Markup, escapes and directions in news text do not reach the terminal as such."""
    claim = troops("500", place="Mali", source="[/b] Bad \x1b[31m\u202eSource", unit="[red]troops")
    path = write(tmp_path / "claims.jsonl", [claim])
    result = run("compare", "-i", path, "--format", "table", width=160)
    assert result.exit_code == 0, result.output
    assert "[/b] Bad" in result.stdout
    assert "[red]troops" in result.stdout
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


# --- diff --------------------------------------------------------------------------------------------------------


def test_diff_of_the_same_file(made: Path) -> None:
    """Exit status 0."""
    result = run("diff", made, made)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"schema": 1, "same": len(MADE), "new": [], "gone": [], "changed": []}
    assert run("diff", made, made, "--format", "table").stdout == f"0 new, 0 gone, 0 changed, {len(MADE)} the same\n"


def test_diff_of_two_files(tmp_path: Path, made: Path) -> None:
    """New, gone and changed in JSON and in tables; exit status 1."""
    changed = {**MADE[2], "factuality": "possible"}
    new = troops("77", force="Chad", place="Mali", article="004")
    after = write(tmp_path / "after.jsonl", [*MADE[1:2], changed, *MADE[3:], new])
    result = run("diff", made, after)
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMAS["difference"]()).validate(data)
    assert ([c["id"] for c in data["new"]], [c["id"] for c in data["gone"]]) == ([new["id"]], [MADE[0]["id"]])
    assert data["changed"][0]["fields"] == [{"field": "factuality", "before": "reported", "after": "possible"}]
    table = run("diff", made, after, "--format", "table").stdout
    assert table.startswith("1 new, 1 gone, 1 changed, 5 the same\n")
    assert re.search(r"factuality\s+reported\s+possible", table)
    assert max(map(len, table.splitlines())) <= 80


def test_diff_filters_both_files(tmp_path: Path, made: Path) -> None:
    """What the filters leave out differs in nothing; a name that only one file knows is a name."""
    after = write(tmp_path / "after.jsonl", MADE[4:])
    assert run("diff", made, after, "--kind", "treaty_event").exit_code == 0
    assert run("diff", made, after, "--entity", "Ukraine").exit_code == 1


def test_diff_reads_one_file_from_standard_input(made: Path) -> None:
    """One of the two may be '-', not both."""
    text = made.read_text(encoding="utf-8")
    assert run("diff", "-", made, stdin=text).exit_code == 0
    result = run("diff", "-", "-", stdin=text)
    assert result.exit_code == 2
    assert "only one" in result.stderr


def test_diff_with_damage_is_no_agreement(tmp_path: Path, made: Path) -> None:
    """Two files that agree but for a damaged line end with 1."""
    path = tmp_path / "damaged.jsonl"
    path.write_text(made.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    result = run("diff", made, path)
    assert result.exit_code == 1
    assert "line 8" in result.stderr


# --- stats -------------------------------------------------------------------------------------------------------


def test_stats_json_and_csv(lake: Path) -> None:
    """All values, as the schema describes them, and as flat rows."""
    result = run("stats", "-i", lake)
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMAS["statistics"]()).validate(data)
    assert [b["by"] for b in data["breakdowns"]] == ["kind", "entity", "source", "article", "month"]
    flat = list(csv.DictReader(io.StringIO(run("stats", "-i", lake, "--by", "kind", "--format", "csv").stdout)))
    assert [(row["value"], row["claims"]) for row in flat] == [
        ("troop_count", "5"),
        ("treaty_event", "2"),
        ("entity", "1"),
    ]


@pytest.mark.parametrize("width", [80, 160])
def test_stats_table_has_bars(lake: Path, width: int) -> None:
    """A bar for each value, the longest for the most; months by publication."""
    result = run("stats", "-i", lake, "--format", "table", width=width)
    assert result.exit_code == 0, result.output
    assert re.search(r"troop_count\s+5\s+1\s+█{20}", result.stdout)
    assert re.search(r"treaty_event\s+2\s+1\s+█{8}\s", result.stdout)
    assert re.search(r"2013-02\s+8\s+1", result.stdout)
    assert max(map(len, result.stdout.splitlines())) <= width


def test_stats_of_one_claim(lake: Path) -> None:
    """One is one."""
    result = run("stats", "-i", lake, "--search", "an aide wrote", "--format", "table")
    assert result.stdout.startswith("1 claim in 1 article\n")


def test_stats_by_and_limit(lake: Path) -> None:
    """--by in the order asked, each once; --limit counts what it leaves out."""
    result = run("stats", "-i", lake, "--by", "activity", "--by", "force", "--by", "activity", "--limit", "1")
    data = json.loads(result.stdout)
    assert [(b["by"], len(b["tallies"]), b["left_out"]) for b in data["breakdowns"]] == [
        ("activity", 1, 4),
        ("force", 1, 1),
    ]
    assert run("stats", "-i", lake, "--by", "colour").exit_code == 2


def test_stats_of_nothing(lake: Path) -> None:
    """No claim is exit 0 and a sentence."""
    result = run("stats", "-i", lake, "--search", "nobody wrote this")
    assert result.exit_code == 0
    assert "no claim to count" in result.stderr


# --- schema ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", SCHEMAS)
def test_schemas_are_schemas(of: str) -> None:
    """Each is valid, and every field of every model in it has a description."""
    result = run("schema", "--of", of)
    assert result.exit_code == 0, result.output
    schema: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:claimex:{of}:1"
    for name, model in {**schema.get("$defs", {}), of: schema}.items():
        for field, about in model.get("properties", {}).items():
            assert "description" in about or "const" in about or "$ref" in about, f"{name}.{field}"
