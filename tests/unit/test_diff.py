"""What two claims files differ in."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from claimex.diff import Difference, diff
from tests.made_claims import treaty, troops

DAY_ONE = [
    troops("~2,000", place="Russia", source="reports", sentence="Reports say ~2,000 troops are in Russia by now."),
    troops(">10,000", place="Kursk", sentence="More than >10,000 troops stand near Kursk this week.", article="a2"),
    treaty("signed", sentence="The two signed a defense pact in June."),
]


def changes(result: Difference) -> list[tuple[str, str, list[tuple[str, Any, Any]]]]:
    """How each changed claim was matched, and what differs in it."""
    return [(c.kind, c.matched_by, [(f.field, f.before, f.after) for f in c.fields]) for c in result.changed]


def edited(claim: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy of a claim with other fields, given as paths with '__' for dots."""
    made = copy.deepcopy(claim)
    for path, value in changes.items():
        *way, last = path.split("__")
        target = made
        for key in way:
            target = target[key]
        target[last] = value
    return made


def test_the_same_claims_do_not_differ() -> None:
    """In any order."""
    result = diff(DAY_ONE, reversed(DAY_ONE))
    assert result.is_empty
    assert result.same == 3


def test_new_and_gone() -> None:
    """Claims of one file alone come as they are stored."""
    result = diff(DAY_ONE[:2], DAY_ONE[1:])
    assert (list(result.new), list(result.gone), result.same) == ([DAY_ONE[2]], [DAY_ONE[0]], 1)


def test_a_field_of_the_same_claim() -> None:
    """Same id, another factuality and a new force."""
    after = [edited(DAY_ONE[0], factuality="possible", force=None), *DAY_ONE[1:]]
    result = diff(DAY_ONE, after)
    assert [(c.before, c.after) for c in result.changed] == [(DAY_ONE[0]["id"], DAY_ONE[0]["id"])]
    kind, matched_by, fields = changes(result)[0]
    assert (kind, matched_by) == ("troop_count", "id")
    assert ("factuality", "reported", "possible") in fields
    assert ("force.name", "North Korea", None) in fields


def test_another_value_of_the_same_words() -> None:
    """The value is a part of the id: the best match is the claim of the same characters."""
    after = [edited(DAY_ONE[0], id="f" * 16, quantity__value=2500), *DAY_ONE[1:]]
    assert changes(diff(DAY_ONE, after)) == [("troop_count", "words", [("quantity.value", 2000, 2500)])]


def test_an_article_that_grew_changes_nothing() -> None:
    """A paragraph in front: another hash, other ids and offsets, the same claims."""
    after = []
    for claim in DAY_ONE:
        moved = edited(claim, id=claim["id"][::-1], article__sha256="e" * 64)
        for part in (moved["evidence"], moved["evidence"]["sentence"]):
            part["start"] += 120
            part["end"] += 120
        after.append(moved)
    result = diff(DAY_ONE, after)
    assert result.is_empty
    assert result.same == 3


def test_an_edited_sentence_is_the_best_match() -> None:
    """The article was edited: most words of the sentence stay."""
    after = edited(
        DAY_ONE[0],
        id="f" * 16,
        article__sha256="e" * 64,
        evidence__sentence__text="Reports say ~3,000 troops are in Russia by now.",
        evidence__quote="~3,000 troops",
        quantity__text="~3,000",
        quantity__value=3000,
    )
    result = diff(DAY_ONE, [after, *DAY_ONE[1:]])
    assert [(kind, by) for kind, by, _ in changes(result)] == [("troop_count", "words")]
    assert ("quantity.value", 2000, 3000) in changes(result)[0][2]


def test_another_sentence_is_another_claim() -> None:
    """Words in common are not enough."""
    other = troops("~2,000", place="Russia", sentence="A third convoy brought ~2,000 troops to the northern coast.")
    result = diff(DAY_ONE[:1], [other])
    assert (len(result.new), len(result.gone), len(result.changed)) == (1, 1, 0)


def test_copies_of_one_article_keep_their_own() -> None:
    """Copies share their ids: one of two copies gone is one claim gone."""
    copied = edited(DAY_ONE[0], article__id="copy")
    result = diff([DAY_ONE[0], copied], [copied])
    assert [claim["article"]["id"] for claim in result.gone] == ["a1"]
    assert result.same == 1


@pytest.mark.parametrize(("one", "other"), [([], []), ([], DAY_ONE), (DAY_ONE, [])])
def test_empty_files(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    """Nothing against something is all new or all gone."""
    result = diff(one, other)
    assert (len(result.new), len(result.gone), result.same) == (len(other), len(one), 0)


def test_the_other_way_round() -> None:
    """What is new in one direction is gone in the other, and changes are turned."""
    after = [edited(DAY_ONE[0], factuality="possible"), DAY_ONE[1]]
    there, back = diff(DAY_ONE, after), diff(after, DAY_ONE)
    assert (there.new, there.gone) == (back.gone, back.new)
    turned = [(k, m, [(f, b, a) for f, a, b in fields]) for k, m, fields in changes(back)]
    assert changes(there) == turned
