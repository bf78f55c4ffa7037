"""`claimex show`: filters, formats, one claim in full, and what it says about bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from claimex.claims import claim_adapter, facets, kinds
from claimex.cli.app import app
from claimex.store import read_claims
from tests.cli.claims import CLAIMS, TEXT, claim, write

runner = CliRunner()


@pytest.fixture
def claims_file(tmp_path: Path) -> Path:
    """The claims made by hand, as JSON Lines."""
    return write(tmp_path / "claims.jsonl")


def show(path: Path, *args: str) -> Result:
    """Run the command; output apart from errors."""
    return runner.invoke(app, ["show", "-i", str(path), *args])


def numbers(result: Result) -> str:
    """The first digit of each id that is printed: the claims by their number."""
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return "".join(json.loads(line)["id"][0] for line in result.stdout.splitlines())


def test_the_claims_made_by_hand_are_claims() -> None:
    """They pass the models, and their offsets slice back to their words."""
    for row in CLAIMS:
        claim_adapter().validate_python(row)
        evidence = row["evidence"]
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert evidence["quote"] in evidence["sentence"]["text"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ([], "12345678"),
        (["--kind", "treaty_event"], "78"),
        (["--kind", "entity", "--kind", "treaty_event"], "178"),
        (["--kind", "troop-count"], "23456"),
        (["--entity", "Chad"], "278"),
        (["--entity", "chad"], "278"),
        (["--entity", "Chadian"], "278"),
        (["--entity", "iso3166:TCD"], "278"),
        (["--entity", "ISO3166:tcd"], "278"),
        (["--entity", "River Front"], "3"),
        (["--entity", "group:river-front"], "3"),
        (["--entity", "Niger", "--entity", "Gao"], "278"),
        (["--entity", "Mali", "--kind", "troop_count"], "2"),
        (["--entity", "Nigeria"], ""),
        (["--source", "mali"], "2"),
        (["--source", "AIDE"], "3"),
        (["--source", "aid"], ""),
        (["--stage", "ratified"], "7"),
        (["--stage", "ratified", "--stage", "provision"], "78"),
        (["--activity", "killed"], "6"),
        (["--factuality", "negated"], "7"),
        (["--factuality", "reported", "--activity", "captured"], "3"),
        (["--article", "lake_01"], "12345678"),
        (["--article", "lake"], "12345678"),
        (["--article", "lake_01.txt"], "12345678"),
        (["--article", "news/lake_01.txt", "--limit", "2"], "12"),
        (["--search", "LEAVE kidal"], "4"),
        (["--search", "no such words"], ""),
        (["--min", "1,000"], "25"),
        (["--min", "50k"], "2"),
        (["--min", "500"], "2456"),
        (["--min", "501"], "256"),
        (["--max", "300"], "346"),
        (["--max", "299"], "46"),
        (["--max", "1200"], "346"),
        (["--max", "1201"], "2346"),
        (["--min", "400", "--max", "2000"], "2456"),
        (["--limit", "0"], ""),
        (["--limit", "3"], "123"),
        (["--limit", "9" * 30], "12345678"),
        (["--limit", "9" * 5000], "12345678"),
        (["2222"], "2"),
        (["7777777777777777"], "7"),
    ],
)
def test_filters(claims_file: Path, args: list[str], expected: str) -> None:
    """Values of one filter are alternatives, filters hold together, and numbers are compared by their bounds."""
    assert numbers(show(claims_file, *args)) == expected


def test_jsonl_passes_claims_on_byte_for_byte(claims_file: Path) -> None:
    """What a pipe gets is what the file holds."""
    assert show(claims_file).stdout == claims_file.read_text(encoding="utf-8")
    assert show(claims_file, "--format", "jsonl").stdout == claims_file.read_text(encoding="utf-8")


def test_json_is_one_array(claims_file: Path) -> None:
    """Also where nothing is found."""
    assert json.loads(show(claims_file, "--format", "json").stdout) == CLAIMS
    assert show(claims_file, "--format", "json", "--limit", "0").stdout == "[]\n"


def test_csv_is_flat_and_defused(tmp_path: Path) -> None:
    """One row a claim, the same columns always, and no cell that a spreadsheet would run."""
    hostile = json.loads(json.dumps(CLAIMS[1]))
    hostile["attribution"]["source"] = "=cmd()"
    path = write(tmp_path / "claims.jsonl", [hostile, CLAIMS[6]])
    rows = list(csv.DictReader(io.StringIO(show(path, "--format", "csv").stdout)))
    assert [row["kind"] for row in rows] == ["troop_count", "treaty_event"]
    assert rows[0]["attribution_source"] == "'=cmd()"
    assert (rows[0]["quantity_low"], rows[0]["quantity_high"], rows[0]["force_name"]) == ("1200", "", "Chad")
    assert rows[1]["parties"] == "Chad; Niger"
    empty = list(csv.reader(io.StringIO(show(path, "--format", "csv", "--limit", "0").stdout)))
    assert empty == [list(rows[0])]


def test_table_speaks_as_an_analyst_writes(claims_file: Path) -> None:
    """Bounds as signs, vague numbers in words, a table for each kind."""
    result = runner.invoke(app, ["show", "-i", str(claims_file), "--format", "table"], env={"COLUMNS": "140"})
    assert result.exit_code == 0, result.output
    for words in (
        "troop count: 5",
        "treaty event: 2",
        "entity: 1",
        ">1,200 soldiers",
        "~300 fighters",
        "≤500 troops",
        "2,000–3,000 rebels",
        "Hundreds of militants",
        "provision: consultation",
        "Chad, Niger",
        "Lake Accord",
        "an aide",
        "22222222",
    ):
        assert words in result.stdout


@pytest.mark.parametrize("width", [72, 80, 100, 120, 160])
def test_no_word_and_no_number_is_broken(tmp_path: Path, width: int) -> None:
    """Columns that do not fit beside each other stand one under the other."""
    rows = json.loads(json.dumps(CLAIMS[1:8]))
    rows[0]["quantity"].update(bound="range", value=None, low=100_000, high=120_000)
    rows[0]["unit"] = "peacekeepers"
    rows[0]["force"]["name"], rows[0]["location"]["name"] = "Liechtenstein", "Blagoveshchensk"
    rows[0]["attribution"]["source"] = "International Peacekeeping Secretariat"
    rows[0]["date"] = {"text": "x", "precision": "day", "earliest": "2013-02-04", "latest": "2013-02-04"}
    path = write(tmp_path / "claims.jsonl", rows)
    result = runner.invoke(app, ["show", "-i", str(path), "--format", "table"], env={"COLUMNS": str(width)})
    assert result.exit_code == 0, result.output
    words = result.stdout.split()
    for word in (
        *("100,000–120,000", "peacekeepers", "Liechtenstein", "Blagoveshchensk", "2013-02-04", "deployed", "captured"),
        *("Factuality", "International", "Peacekeeping", "Secretariat", "reported", "22222222", "provision:"),
    ):
        assert word in words, f"{word} is broken:\n{result.stdout}"
    assert max(map(len, result.stdout.splitlines())) <= width


@pytest.mark.parametrize(
    ("args", "env", "styled"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_styles_are_written_where_they_are_wanted(
    claims_file: Path, args: list[str], env: dict[str, str], styled: bool
) -> None:
    """On a terminal without NO_COLOR, or as asked; without styles marks show the evidence."""
    command = ["show", "-i", str(claims_file), "--format", "table", *args]
    for more in ([], ["222"]):
        result = runner.invoke(app, [*command, *more], env={"TERM": "xterm", "COLUMNS": "100", **env})
        assert result.exit_code == 0, result.output
        assert ("\x1b[" in result.stdout) is styled
    assert ("»more than" in result.stdout) is not styled


@pytest.mark.parametrize("width", [60, 80, 160])
def test_table_fits_the_terminal(claims_file: Path, width: int) -> None:
    """No line is wider than the terminal."""
    result = runner.invoke(app, ["show", "-i", str(claims_file), "--format", "table"], env={"COLUMNS": str(width)})
    assert max(map(len, result.stdout.splitlines())) <= width


def test_table_keeps_hostile_text_as_text(tmp_path: Path) -> None:
    """Markup of rich is text, and escapes never reach the terminal."""
    hostile = json.loads(json.dumps(CLAIMS[1]))
    hostile["attribution"]["source"] = "[/b][sic] \x1b[2J\u202eMali"
    path = write(tmp_path / "claims.jsonl", [hostile])
    for args in ([], ["2222"]):
        result = runner.invoke(app, ["show", "-i", str(path), "--format", "table", *args], env={"COLUMNS": "200"})
        assert result.exit_code == 0, result.output
        assert "[/b][sic]" in result.stdout
        assert not {"\x1b", "\u202e"} & set(result.stdout)


def test_one_claim_in_full(claims_file: Path) -> None:
    """The sentence with the evidence marked, and every field that says something."""
    result = runner.invoke(app, ["show", "-i", str(claims_file), "222", "--format", "table"], env={"COLUMNS": "100"})
    assert result.exit_code == 0, result.output
    assert "»more than 1,200 Chadian soldiers« had reached Gao." in result.stdout
    assert "troop_count 2222222222222222" in result.stdout
    assert "Chad (iso3166:TCD)" in result.stdout
    assert "test.rule" in result.stdout
    assert "lake_01" in result.stdout
    assert "origin" not in result.stdout


def test_nothing_found_prints_nothing(claims_file: Path) -> None:
    """A known entity without claims is no error."""
    result = show(claims_file, "--entity", "Japan", "--format", "table")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_name_of_several_entities_is_told(claims_file: Path) -> None:
    """All that go by it are looked for, and which these are."""
    result = show(claims_file, "--entity", "George Bush")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "can mean person:george-h-w-bush or person:george-w-bush" in result.stderr


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--entity", "Chadd"], "did you mean Chad"),
        (["--entity", "River Frnt"], "did you mean River Front"),
        (["--entity", ""], "no entity is called ''"),
        (["--entity", "xqzzv"], "no entity is called 'xqzzv'"),
        (["--article", ""], "--article '': name what to look for"),
        (["--source", " "], "--source '': name what to look for"),
        (["--search", ""], "--search '': name what to look for"),
        (["--article", "lake_02"], "did you mean lake_01"),
        (["--kind", "troop_counts"], "did you mean 'troop_count'"),
        (["--kind", "weather"], "choose from entity, troop_count, treaty_event"),
        (["--stage", "ratifed"], "did you mean 'ratified'"),
        (["--activity", "dancing"], "choose from deployed"),
        (["--factuality", "sure"], "choose from negated"),
        (["--format", "xml"], "no format 'xml'"),
        (["--color", "blue"], "choose from auto, always, never"),
        (["--min", "many"], "'many' is no number"),
        (["--limit", "-1"], "'-1' is no whole number"),
        (["abcdef"], "no claim has an id that begins with 'abcdef'"),
        (["--no-such-option"], "No such option"),
    ],
)
def test_wrong_usage(claims_file: Path, args: list[str], sentence: str) -> None:
    """Exit status 2, one sentence with what to do, nothing on stdout."""
    result = show(claims_file, *args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert sentence in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_an_ambiguous_id_is_refused(tmp_path: Path) -> None:
    """The beginning of two ids names neither."""
    other = {**CLAIMS[1], "id": "22" + "3" * 14}
    result = show(write(tmp_path / "claims.jsonl", [CLAIMS[1], other]), "22")
    assert result.exit_code == 2
    assert "beginning of 2 ids" in result.stderr


def test_copies_of_an_article_share_an_id(tmp_path: Path) -> None:
    """The same text in two files makes the same claim twice; both are shown."""
    copy = {**CLAIMS[1], "article": {**CLAIMS[1]["article"], "id": "copy", "path": "copy.txt"}}
    path = write(tmp_path / "claims.jsonl", [CLAIMS[1], copy])
    assert numbers(show(path, "2222")) == "22"


def test_no_claims_file(tmp_path: Path) -> None:
    """Exit status 3 and what to do."""
    result = show(tmp_path / "none.jsonl")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no such claims file; make one with `claimex extract`" in result.stderr


def test_a_folder_is_no_claims_file(tmp_path: Path) -> None:
    """Exit status 3."""
    result = show(tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "cannot be read" in result.stderr


def test_an_empty_file_holds_no_claims(tmp_path: Path) -> None:
    """Nothing on stdout, status 0."""
    path = tmp_path / "claims.jsonl"
    path.touch()
    result = show(path)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def without(row: dict[str, Any], key: str) -> str:
    return json.dumps({name: value for name, value in row.items() if name != key})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (json.dumps(CLAIMS[1])[:200].encode(), "the line is cut off"),
        (b"{nonsense}", "not JSON"),
        (b"[1, 2]", "not a claim"),
        (b'"words"', "not a claim"),
        (b"\xff\xfe\x00", "not JSON"),
        (without(CLAIMS[1], "evidence").encode(), "missing required field `evidence`"),
        (without(CLAIMS[1], "id").encode(), "missing required field `id`"),
        (
            json.dumps({**CLAIMS[1], "quantity": {"text": "x", "bound": "exact", "value": "ten"}}).encode(),
            "quantity.value",
        ),
        (json.dumps({**CLAIMS[1], "schema": 2}).encode(), "schema 2 is newer than 1"),
        (b"[" * 100_000, "not a claim"),
    ],
)
def test_a_damaged_line_is_told_and_passed_over(tmp_path: Path, line: bytes, reason: str) -> None:
    """Which line, what is wrong with it, status 1; all other claims are shown."""
    path = write(tmp_path / "claims.jsonl")
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([*lines[:2], line, *lines[2:]]) + b"\n")
    result = show(path)
    assert result.exit_code == 1, result.output
    assert [json.loads(text) for text in result.stdout.splitlines()] == CLAIMS
    assert "claims.jsonl, line 3: " in result.stderr
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_damage_is_told_once_where_the_file_is_read_twice(tmp_path: Path) -> None:
    """Looking a name up in the claims reads them too."""
    path = write(tmp_path / "claims.jsonl")
    path.write_bytes(path.read_bytes() + b"{")
    result = show(path, "--entity", "River Front")
    assert result.exit_code == 1
    assert result.stderr.count("line 9") == 1


def test_many_damaged_lines_are_counted(tmp_path: Path) -> None:
    """Twenty are told, the rest is a number."""
    path = tmp_path / "claims.jsonl"
    path.write_bytes(b"{\n" * 50)
    result = show(path)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 21
    assert "and 30 more" in result.stderr


@pytest.mark.parametrize("name", ["claims.jsonl", "claims.json"])
def test_a_byte_order_mark_is_no_damage(tmp_path: Path, name: str) -> None:
    """Editors of some systems put one in front."""
    path = tmp_path / name
    text = json.dumps(CLAIMS) if path.suffix == ".json" else "\r\n".join(map(json.dumps, CLAIMS))
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert numbers(show(path)) == "12345678"


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read_too(tmp_path: Path, indent: int | None) -> None:
    """However it is laid out."""
    path = tmp_path / "claims.json"
    path.write_text(json.dumps(CLAIMS, indent=indent), encoding="utf-8")
    assert numbers(show(path)) == "12345678"
    assert [row.id[0] for row in read_claims(path)] == list("12345678")


def test_a_damaged_array_gives_what_can_be_read(tmp_path: Path) -> None:
    """An array with a claim a line, as claimex writes it, cut off in its last one."""
    path = tmp_path / "claims.json"
    text = "[\n" + ",\n".join(json.dumps(row) for row in CLAIMS)
    path.write_text(text[:-100], encoding="utf-8")
    result = show(path)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == len(CLAIMS) - 1
    assert "line 9: not JSON: the line is cut off" in result.stderr


def test_claims_from_standard_input(claims_file: Path) -> None:
    """'-i -' reads them, and reads them once."""
    result = runner.invoke(app, ["show", "-i", "-", "--entity", "River Front"], input=claims_file.read_bytes())
    assert numbers(result) == "3"


def test_a_kind_that_is_not_installed_is_shown(tmp_path: Path) -> None:
    """Claims of another package's kind have the columns of every claim and their words."""
    foreign = claim("weather", "Hundreds of militants", 9)
    path = write(tmp_path / "claims.jsonl", [foreign])
    result = show(path, "--format", "table")
    assert result.exit_code == 0, result.output
    assert "weather: 1" in result.stdout
    assert "Hundreds of militants" in result.stdout


def test_choices_come_from_the_table_of_kinds() -> None:
    """The help lists every kind, and every value of a facet that the models know."""
    words = " ".join(runner.invoke(app, ["show", "--help"], env={"COLUMNS": "300"}).stdout.split())
    assert ", ".join(kinds()) in words
    assert set(facets()) == {"stage", "activity"}
    for values in facets().values():
        assert ", ".join(values) in words
