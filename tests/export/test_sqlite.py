"""The SQLite export: every flat value is in its view, references lead somewhere, and real tools read it."""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from claimex.claims import kinds
from claimex.export.columns import own_columns, shared_columns
from claimex.flat import column_name, listed, value_at
from tests.cli.claims import CLAIMS
from tests.export.claims import exported, seed_claims
from tests.made_claims import troops
from tests.report.pages import hostile


@pytest.fixture
def seeds_db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The claims of the seeds."""
    database = sqlite3.connect(exported("sqlite", seed_claims(), tmp_path / "claims.db"))
    database.row_factory = sqlite3.Row
    yield database
    database.close()


def test_views_have_every_flat_value(tmp_path: Path) -> None:
    """A view called as the kind, with the columns of the CSV and what the claims say, hostile words too."""
    claims = [*seed_claims(), *hostile(tmp_path), *CLAIMS]
    database = sqlite3.connect(exported("sqlite", claims, tmp_path / "claims.db"))
    database.row_factory = sqlite3.Row
    for kind in kinds().values():
        rows = database.execute(f"SELECT * FROM {kind.name} ORDER BY key").fetchall()
        of_kind = [claim for claim in claims if claim["kind"] == kind.name]
        columns = [c for c in (*own_columns(kind), *shared_columns()) if c.path != "entities"]
        assert {column_name(c.path) for c in columns} | {"key"} == set(rows[0].keys())
        for claim, row in zip(of_kind, rows, strict=True):
            for column in columns:
                value = value_at(claim, column.path)
                wanted = ("; ".join(listed(value)) or None) if column.type == "list" else value
                assert row[column_name(column.path)] == wanted, (claim["id"], column)
    database.close()


def test_references_lead_somewhere(seeds_db: sqlite3.Connection) -> None:
    """No foreign key without its row; every reference of a claim is among its entities."""
    assert seeds_db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert seeds_db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    claims = seed_claims()
    count = seeds_db.execute("SELECT count(*) FROM claim_entities").fetchone()[0]
    assert count == sum(len(claim["entities"]) for claim in claims)
    mentions = seeds_db.execute("SELECT count(*) FROM entity_mentions").fetchone()[0]
    assert mentions == sum(len(claim.get("mentions", ())) for claim in claims)


def test_offsets_of_references_are_those_of_the_claims(seeds_db: sqlite3.Connection) -> None:
    """Words and places of entities stand with their roles."""
    row = seeds_db.execute(
        "SELECT text, start, end, name FROM claim_entities JOIN entities ON id = entity WHERE role = 'body'"
    ).fetchone()
    text = Path("seeds/002_b78932a0b927be8b.txt").read_text(encoding="utf-8")
    assert tuple(row) == ("Russian State Duma", text.index("Russian State Duma"), row["end"], "State Duma")
    assert text[row["start"] : row["end"]] == row["text"]


def test_search(seeds_db: sqlite3.Connection) -> None:
    """Sentences, quotes and sources can be searched."""
    found = seeds_db.execute("SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'duma AND ratification'")
    assert found.fetchone()[0] > 0


def test_sqlite_utils_reads_it(tmp_path: Path) -> None:
    """Its tables, views, keys and search."""
    database = sqlite_utils.Database(exported("sqlite", CLAIMS, tmp_path / "claims.db"))
    assert {"articles", "entities", "claims", "claim_entities"} <= set(database.table_names())
    assert set(kinds()) <= set(database.view_names())
    keys = {(key.column, key.other_table) for key in database["troop_count_fields"].foreign_keys}
    assert keys == {("claim", "claims"), ("force", "entities"), ("location", "entities"), ("origin", "entities")}
    assert [row["evidence_quote"] for row in database["claims"].search("Gao")] == [
        "Mali",
        CLAIMS[1]["evidence"]["quote"],
    ]
    database.close()


def test_copies_of_an_article_stay_apart(tmp_path: Path) -> None:
    """Two articles of one text share the ids of their claims; both are there."""
    one = troops("300", force="Chad")
    other = copy.deepcopy(one)
    other["article"]["id"] = "copy"
    database = sqlite3.connect(exported("sqlite", [one, other], tmp_path / "claims.db"))
    rows = database.execute("SELECT a.id FROM claims AS c JOIN articles AS a ON a.key = c.article").fetchall()
    assert rows == [("a1",), ("copy",)]
    database.close()


@pytest.mark.parametrize(("said", "held"), [(10**12, 10**12), (1.5, 1.5), (10**30, 1e30), (10**400, None)])
def test_numbers(tmp_path: Path, said: Any, held: Any) -> None:
    """Whole numbers stay whole; one that fits no column is null, its words are there."""
    one = copy.deepcopy(CLAIMS[3])
    one["quantity"]["value"] = said
    database = sqlite3.connect(exported("sqlite", [one], tmp_path / "claims.db"))
    value = database.execute("SELECT quantity_value FROM troop_count").fetchone()[0]
    assert (value, type(value)) == (held, type(held))
    database.close()


def test_no_claims(tmp_path: Path) -> None:
    """All tables and views, and nothing in them."""
    database = sqlite3.connect(exported("sqlite", [], tmp_path / "claims.db"))
    assert database.execute("SELECT count(*) FROM troop_count").fetchone() == (0,)
    database.close()
