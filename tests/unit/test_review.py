"""A review without a terminal: its course, the way back, and a file of decisions that survives what happens to it."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest

from claimex.errors import StoreError
from claimex.evaluate.fields import fields_of
from claimex.evaluate.gold import read_gold
from claimex.evaluate.scoring import score
from claimex.review.decisions import DecisionFile
from claimex.review.session import Session
from tests.cli.claims import CLAIMS

COUNTS = CLAIMS[1:6]
FIELD = {field.name: field for field in fields_of("troop_count")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where decisions go."""
    return tmp_path / "claims.review.jsonl"


def session(path: Path, claims: list[dict[str, Any]] = COUNTS) -> Session:
    """A session over the made claims."""
    return Session(claims, DecisionFile(path))


def lines(path: Path) -> list[tuple[str, str]]:
    """What was written down: the decision and the words of its claim."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(record["decision"], record["claim"]["text"]) for record in records]


def quote(one: Session) -> str | None:
    """The words of the claim that is asked about."""
    return one.current["evidence"]["quote"] if one.current else None


def test_a_course_of_decisions(path: Path) -> None:
    """Each is on the disk at once, and the next claim is asked about."""
    one = session(path)
    one.right()
    assert lines(path) == [("right", "more than 1,200 Chadian soldiers")]
    one.wrong()
    one.skip()
    assert quote(one) == "Between 2,000 and 3,000 rebels"
    assert lines(path)[1:] == [("wrong", "About 300 fighters")]
    assert one.made == 2


def test_work_goes_on_where_it_stopped(path: Path) -> None:
    """What has a decision is not asked about again; what was skipped is."""
    one = session(path)
    one.right()
    one.skip()
    one.wrong()
    again = session(path)
    assert (again.before, len(again.claims)) == (2, 3)
    assert quote(again) == "About 300 fighters"


def test_fields_are_corrected(path: Path) -> None:
    """One after the other, the claim stays; the last line has them all, and what is right is gold."""
    one = session(path)
    one.correct(FIELD["force"], "Niger")
    assert quote(one) == "more than 1,200 Chadian soldiers"
    one.correct(FIELD["quantity"], "~1,300")
    one.right()
    assert quote(one) == "About 300 fighters"
    assert [decision for decision, _ in lines(path)] == ["corrected", "corrected"]
    (article,) = read_gold(path).articles
    (claim,) = article["claims"]
    assert (claim["force"], claim["quantity"]["bound"], claim["unit"]) == ("Niger", "approx", "soldiers")
    assert json.loads(path.read_text("utf-8").splitlines()[-1])["corrected"] == ["force", "quantity"]


def test_a_value_that_cannot_be_is_no_decision(path: Path) -> None:
    """It is said why, and nothing is written."""
    one = session(path)
    with pytest.raises(ValueError, match="choose from"):
        one.correct(FIELD["activity"], "dancing")
    assert not path.exists()


def test_a_missed_claim(path: Path) -> None:
    """Its place is worked out from its words; the claim above it is still asked about."""
    one = session(path)
    said = {"quantity": "vague", "unit": "Soldiers", "activity": "present", "factuality": "reported", "source": "Mali"}
    one.missed("troop_count", "Chadian soldiers", said)
    assert quote(one) == "more than 1,200 Chadian soldiers"
    one.wrong()
    missed, rejected = sorted(read_gold(path).articles[0]["claims"], key=lambda claim: bool(claim["rejected"]))
    assert missed["text"] == "Chadian soldiers"
    assert missed["start"] == COUNTS[0]["evidence"]["start"] + len("more than 1,200 ")
    assert (missed["unit"], missed["force"], missed["source"]) == ("soldiers", None, "Mali")
    assert rejected["rejected"]


@pytest.mark.parametrize("words", ["", "not in there"])
def test_words_that_are_not_in_the_sentence(path: Path, words: str) -> None:
    """No place, no claim."""
    with pytest.raises(ValueError, match="does not stand in the sentence"):
        session(path).missed("troop_count", words, {})
    assert not path.exists()


def test_the_way_back(path: Path) -> None:
    """Step by step, skipped claims too; what was decided there is taken back, in the file and in what counts."""
    one = session(path)
    assert not one.back()
    one.right()
    one.skip()
    one.correct(FIELD["force"], "Chad")
    one.right()
    assert one.back()
    assert quote(one) == "Up to 500 troops"
    assert one.back()
    assert quote(one) == "About 300 fighters"
    assert one.back()
    assert quote(one) == "more than 1,200 Chadian soldiers"
    assert not one.back()
    assert [decision for decision, _ in lines(path)] == ["right", "corrected", "taken_back", "taken_back"]
    assert len(session(path).claims) == len(COUNTS)
    with pytest.raises(StoreError, match="there is no gold article"):
        read_gold(path)


def test_a_decision_is_changed(path: Path) -> None:
    """Back and decided otherwise: the last decision holds."""
    one = session(path)
    one.wrong()
    one.back()
    one.right()
    (article,) = read_gold(path).articles
    assert [claim["rejected"] for claim in article["claims"]] == [False]


def test_a_missed_claim_is_taken_back(path: Path) -> None:
    """It is the last step, too."""
    one = session(path)
    said = {"quantity": "5", "unit": "men", "activity": "other", "factuality": "asserted"}
    one.missed("troop_count", "soldiers", said)
    one.back()
    assert quote(one) == "more than 1,200 Chadian soldiers"
    assert DecisionFile(path).standing == {}


def test_copies_of_a_text_are_asked_about_once(path: Path) -> None:
    """Their claims have the same ids over the same words."""
    other = copy.deepcopy(COUNTS[0])
    other["article"]["id"] = "copy"
    assert len(session(path, [COUNTS[0], other]).claims) == 1


def test_the_decisions_are_gold(path: Path) -> None:
    """The claims that were right are found, the one that was wrong is wrong, others do not count."""
    one = session(path)
    one.right()
    one.wrong()
    one.correct(FIELD["activity"], "present")
    gold = read_gold(path)
    scores, differences = score(gold.articles, COUNTS)
    figures = scores["troop_count"].figures()
    assert (figures["gold"], figures["predicted"], figures["P"], figures["R"]) == (2, 3, 0.667, 1.0)
    assert (figures["core_F1"], figures["full_F1"], figures["activity"]) == (0.8, 0.4, 0.5)
    assert [(d.sort, d.words) for d in differences] == [
        ("field", "Up to 500 troops"), ("wrong", "About 300 fighters"),
    ]  # fmt: skip


@pytest.mark.parametrize("cut", [1, 20, 300])
def test_a_last_line_that_is_cut_off(path: Path, cut: int) -> None:
    """A crash in mid-write: the decisions before it hold, for gold too; going on takes the piece out."""
    one = session(path)
    one.right()
    one.wrong()
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    path.write_bytes(whole[: first + cut])
    assert len(read_gold(path).articles[0]["claims"]) == 1
    again = session(path)
    assert again.decisions.mended
    assert quote(again) == "About 300 fighters"
    again.wrong()
    assert path.read_bytes() == whole
    assert not session(path).decisions.mended


def test_a_last_line_without_its_end(path: Path) -> None:
    """All of a decision but the line break: it holds, and the next one gets a line of its own."""
    one = session(path)
    one.right()
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    again = session(path)
    assert not again.decisions.mended
    again.wrong()
    assert [decision for decision, _ in lines(path)] == ["right", "wrong"]


@pytest.mark.parametrize(
    "line", ["not json", "{}", '{"decision": "maybe"}', "[1]", '{"decision":"right","article":{},"claim":{}}']
)
def test_a_line_that_is_no_decision(path: Path, line: str) -> None:
    """Named with its place; nothing is written to the file."""
    one = session(path)
    one.right()
    path.write_text(line + "\n" + path.read_text("utf-8"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="line 1: not a decision"):
        DecisionFile(path)
    assert path.read_bytes() == before


def test_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and the file is as it was: no half of a line."""
    one = session(path)
    one.right()
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        one.wrong()
    assert path.read_bytes() == before
    assert quote(one) == "About 300 fighters"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Said at the first decision."""
    one = session(tmp_path / "no" / "review.jsonl")
    with pytest.raises(StoreError, match="cannot be written"):
        one.right()


def test_the_end(path: Path) -> None:
    """After the last claim nothing is asked, and nothing can be decided."""
    one = session(path, COUNTS[:1])
    one.right()
    assert one.current is None
    with pytest.raises(IndexError):
        one.right()
    assert one.back()
    assert quote(one) == "more than 1,200 Chadian soldiers"


def test_kinds_that_are_not_scored(path: Path) -> None:
    """They can be right or wrong, too; gold takes them along and nobody is graded by them."""
    one = session(path, CLAIMS[:1])
    one.wrong()
    scores, _ = score(read_gold(path).articles, CLAIMS)
    assert scores["troop_count"].figures()["predicted"] == 0
