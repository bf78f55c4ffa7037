"""CSV and Parquet, read back by the tools they are for."""

from __future__ import annotations

import copy
import csv
import re
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from claimex.export.columns import flat_columns
from claimex.flat import cell, column_name, header, value_at
from tests.cli.claims import CLAIMS
from tests.export.claims import exported, seed_claims
from tests.report.pages import hostile

COLUMNS = [column_name(path) for path in header()]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("  =1+1", "'  =1+1", id="blanks before it"),
        pytest.param("\t@SUM(A1)", "'\t'@SUM(A1)", id="tab"),
        pytest.param("\r-2", "'\r'-2", id="carriage return"),
        pytest.param("＝1+1", "'＝1+1", id="wide sign"),
        pytest.param("a;=1+1", "a;'=1+1", id="semicolon ends a cell elsewhere"),
        pytest.param('said "x"\n+49', 'said "x"\n\'+49', id="line break ends a row elsewhere"),
        pytest.param("x - y; a", "x - y; a", id="a dash"),
        pytest.param("first\n\nsecond", "first\n\nsecond", id="paragraphs"),
        pytest.param(-5, -5, id="a number"),
        pytest.param(["=A", {"name": "-B"}], "'=A;' -B", id="list"),
    ],
)
def test_no_cell_is_a_formula(words: Any, written: Any) -> None:
    """Whatever a spreadsheet takes for the end of a cell."""
    assert cell(words) == written


def test_csv_has_no_formula_in_it_however_it_is_split(tmp_path: Path) -> None:
    """Not even for a spreadsheet that splits at semicolons or tabs, and knows no quotes."""
    one = copy.deepcopy(CLAIMS[1])
    one["attribution"]["source"] = "=cmd|' /C calc'!A0"
    one["evidence"]["sentence"]["text"] = 'a;=1+1\tb;\n@x ";\t=2\r\n+3'
    text = exported("csv", [one], tmp_path / "c.csv").read_text(encoding="utf-8")
    cells = re.split(r"[;\t\r\n]", text) + [field for line in csv.reader(text.splitlines()) for field in line]
    assert not [part for part in cells if part.lstrip().startswith(("=", "+", "-", "@"))]


def test_csv_in_pandas_and_duckdb(tmp_path: Path) -> None:
    """A row for each claim, the same columns in both, words as they are."""
    claims = seed_claims()
    path = exported("csv", claims, tmp_path / "c.csv")
    frame = pd.read_csv(path, keep_default_na=False)
    assert list(frame.columns) == COLUMNS
    assert list(frame["evidence_quote"]) == [claim["evidence"]["quote"] for claim in claims]
    count, most = duckdb.sql(f"SELECT count(*), max(quantity_low) FROM '{path}'").fetchall()[0]
    assert (count, most) == (len(claims), 50_000)


def test_parquet_has_types(tmp_path: Path) -> None:
    """Numbers are numbers, lists lists, and what is not said is null."""
    path = exported("parquet", CLAIMS, tmp_path / "c.parquet")
    schema = pq.read_schema(path)
    assert schema.names == COLUMNS
    types = {name: str(schema.field(name).type) for name in ("quantity_low", "evidence_start", "coreferent", "kind")}
    assert types == {
        "quantity_low": "double", "evidence_start": "int64", "coreferent": "bool", "kind": "string",
    }  # fmt: skip
    assert str(schema.field("parties").type) == "list<element: string>"
    frame = pd.read_parquet(path)
    assert list(frame["quantity_low"].dropna()) == [1200, 2000, 200]
    rows = duckdb.sql(f"SELECT parties FROM '{path}' WHERE list_contains(parties, 'Niger')").fetchall()
    assert rows == [(["Chad", "Niger"],)] * 2


def test_parquet_holds_every_value_as_it_is(tmp_path: Path) -> None:
    """Nothing is defused or shortened: every flat value comes back."""
    claims = [*seed_claims(), *hostile(tmp_path)]
    rows = pq.read_table(exported("parquet", claims, tmp_path / "c.parquet")).to_pylist()
    for claim, row in zip(claims, rows, strict=True):
        for column in flat_columns():
            if column.type != "list":
                assert row[column_name(column.path)] == value_at(claim, column.path), column


def test_numbers_that_no_column_holds(tmp_path: Path) -> None:
    """Beyond 64 bits a number is a float, beyond floats it is null: the words are there in both cases."""
    huge = [copy.deepcopy(CLAIMS[3]) for _ in range(2)]
    huge[0]["quantity"]["value"], huge[1]["quantity"]["value"] = 10**30, 10**400
    rows = pq.read_table(exported("parquet", huge, tmp_path / "c.parquet")).to_pylist()
    assert [row["quantity_value"] for row in rows] == [1e30, None]
