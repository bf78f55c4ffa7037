"""`--keep-text`: the text that offsets count in, by its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from claimex.errors import StoreError
from claimex.inputs.article import Problem, article
from claimex.inputs.keeping import keep_texts


def test_texts_are_kept_by_their_hash(tmp_path: Path) -> None:
    """Whatever their ids are called; a text that is there already is left alone, half of one is not."""
    folder = tmp_path / "new" / "texts"
    items = [article("One\r\n\ufeff", id="../../x"), Problem("b", "b: none"), article("Two", id="/etc/passwd")]
    (tmp_path / "new").mkdir()
    assert list(keep_texts(items, folder)) == items
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert kept == {hashlib.sha256(data).hexdigest() + ".txt": data for data in ("One\r\n\ufeff".encode(), b"Two")}
    half = folder / (hashlib.sha256(b"Two").hexdigest() + ".txt")
    half.write_bytes(b"T")
    list(keep_texts(items, folder))
    assert half.read_bytes() == b"Two"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """One sentence."""
    (tmp_path / "taken").touch()
    with pytest.raises(StoreError, match="texts cannot be kept here"):
        list(keep_texts([], tmp_path / "taken"))
