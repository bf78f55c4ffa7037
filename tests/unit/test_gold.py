"""The gold articles: offsets hold, and the files are what their sources say."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from tests.conftest import ROOT

GOLD = ROOT / "data" / "gold"
FILES = ("invented_dev.jsonl", "invented_check.jsonl")


def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FILES)
def test_every_span_slices_back_to_its_words(name: str) -> None:
    for record in records(name):
        text = (GOLD / "articles" / record["doc"]).read_text(encoding="utf-8")
        assert record["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        for claim in record["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["text"]
            assert claim["text"] in claim["sentence"]
            assert claim["sentence"] in text
            if claim["kind"] == "treaty_event":
                assert text[claim["mention_start"] : claim["mention_end"]] == claim["mention"]


def test_the_two_sets_share_no_article() -> None:
    docs = [record["doc"] for name in FILES for record in records(name)]
    assert len(docs) == len(set(docs)) == 48
