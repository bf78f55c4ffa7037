"""Articles in, claims out and back: files walked, lines checked, models equal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimex.claim_line import StoredClaim
from claimex.claims import claim_adapter
from claimex.errors import StoreError
from claimex.inputs.article import Problem
from claimex.inputs.finding import find_files
from claimex.inputs.reading import read_file
from claimex.run.claims_writer import ClaimsWriter
from claimex.run_files import record_path
from claimex.store import ClaimFile, encode, read_claims
from tests.cli.claims import CLAIMS, write


def test_claims_come_back_equal(tmp_path: Path) -> None:
    """Model to JSON to model; and plain reading sees the same."""
    claims = [claim_adapter().validate_python(row) for row in CLAIMS]
    for name, array in (("c.jsonl", False), ("c.json", True)):
        path = tmp_path / name
        with path.open("wb") as handle:
            writer = ClaimsWriter(handle, array=array)
            for claim in claims:
                writer.write([encode(claim)])
            writer.finish()
        assert list(read_claims(path)) == claims
        stored = [item.data for item in ClaimFile(str(path)) if isinstance(item, StoredClaim)]
        assert stored == CLAIMS


def test_a_lone_surrogate_is_written_as_its_replacement() -> None:
    """JSON in UTF-8 has no place for one."""
    claim = claim_adapter().validate_python(CLAIMS[2])
    hostile = claim.model_copy(update={"unit": "fight\ud800rs"})
    assert json.loads(encode(hostile))["unit"] == "fight\ufffdrs"


@pytest.mark.parametrize(
    ("changes", "where"),
    [({"factuality": "sure"}, "factuality"), ({"activity": "dancing"}, "activity"), ({"colour": "red"}, "colour")],
)
def test_models_are_checked_in_full(tmp_path: Path, changes: dict[str, str], where: str) -> None:
    """The message names file, line and field."""
    path = write(tmp_path / "c.jsonl", [CLAIMS[1], {**CLAIMS[2], **changes}])
    with pytest.raises(StoreError, match=rf"c\.jsonl, line 2: .*{where}"):
        list(read_claims(path))


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Sorted by the parts of the path, hidden names and other suffixes passed over, each file once."""
    for name in ("b/z.txt", "b.txt", "a.txt", "b/a.TXT", ".git/x.txt", "b/.x.txt", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Text.", encoding="utf-8")
    found = [str(item) for item in find_files([str(tmp_path), str(tmp_path / "b"), str(tmp_path / "notes.md")])]
    names = [Path(item).relative_to(tmp_path).as_posix() for item in found]
    assert names == ["a.txt", "b/a.TXT", "b/z.txt", "b.txt", "notes.md"]


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    """An empty result would look like a finished one."""
    assert [type(item) for item in find_files([str(tmp_path)])] == [Problem]


def test_text_is_read_as_it_stands(tmp_path: Path) -> None:
    """Line ends, byte-order mark and combining marks keep their offsets."""
    path = tmp_path / "a.txt"
    text = "\ufeffChad\r\nsent 30\u00a0soldiers \U0001f600 to Ga\u0308o.\r\n"
    path.write_bytes(text.encode())
    (article,) = read_file(str(path))
    assert article.text == text


def test_the_record_stands_beside_the_claims() -> None:
    """By its name."""
    assert record_path(Path("data/claims.jsonl")) == Path("data/claims.run.json")
    assert record_path(Path("claims.json")) == Path("claims.json.run.json")
