"""Datasette over an exported database: its metadata fits, its queries run, and the words of strangers stay words."""

from __future__ import annotations

import asyncio
import gc
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimex.export.formats import FORMATS
from tests.export.claims import exported, seed_claims
from tests.report.pages import hostile

METADATA = yaml.safe_load(FORMATS["sqlite"].setup_text)
ABOUT = METADATA["databases"]["claims"]


def pages(path: Path, *addresses: str) -> list[Any]:
    """What Datasette answers. It leaves databases in memory open, from its import on: Python 3.13 warns of them."""

    async def get() -> list[Any]:
        from datasette.app import Datasette

        datasette = Datasette(files=[], immutables=[str(path)], metadata=METADATA)
        await datasette.invoke_startup()
        answers = [await datasette.client.get(address) for address in addresses]
        datasette.executor.shutdown()
        return answers

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        answers = asyncio.run(get())
        gc.collect()
    return answers


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The claims of the seeds."""
    return exported("sqlite", seed_claims(), tmp_path / "claims.db")


def test_metadata_names_what_is_there(database: Path) -> None:
    """Every table and view it tells of is there, with the columns it tells of, and has the facets it promises."""
    names = list(ABOUT["tables"])
    answers = pages(database, *(f"/claims/{name}.json?_shape=objects&_size=1" for name in names))
    for name, answer in zip(names, answers, strict=True):
        assert answer.status_code == 200, name
        about, found = ABOUT["tables"][name], answer.json()
        assert {*about.get("facets", ()), *about.get("sortable_columns", ())} <= set(found["columns"]), name
        assert set(found["facet_results"]) >= set(about.get("facets", ())), name


@pytest.mark.parametrize("query", list(ABOUT["queries"]))
def test_queries_find_something(database: Path, query: str) -> None:
    """Each canned query runs and has rows on the seeds."""
    (answer,) = pages(database, f"/claims/{query}.json?_shape=array")
    assert answer.status_code == 200
    assert len(answer.json()) > 0


def test_a_query_with_a_name(database: Path) -> None:
    """Only the figures of this force."""
    (answer,) = pages(database, "/claims/figures_for_a_force.json?_shape=array&force=Russia")
    assert [row["quantity_value"] for row in answer.json()] == [50_000]


def test_search_in_a_view(database: Path) -> None:
    """The search box looks through the sentences."""
    every, found = pages(
        database, "/claims/troop_count.json?_size=max", "/claims/troop_count.json?_size=max&_search=kursk"
    )
    assert 0 < len(found.json()["rows"]) < len(every.json()["rows"])


def test_hostile_words_are_escaped(tmp_path: Path) -> None:
    """Markup of articles, names and paths is text on every page, and in no address that runs."""
    claims = hostile(tmp_path)
    claims[0]["article"]["url"] = "javascript:window.hacked=4"
    path = exported("sqlite", claims, tmp_path / "claims.db")
    answers = pages(path, "/claims", *(f"/claims/{name}" for name in ABOUT["tables"]), "/claims/claims/1")
    assert any("&lt;script&gt;window.hacked" in answer.text for answer in answers)
    for answer in answers:
        assert answer.status_code == 200
        for markup in ("<script>window.hacked", "<img src=http://evil", "<b>more than", "<i>Chad", 'href="javascript'):
            assert markup not in answer.text
