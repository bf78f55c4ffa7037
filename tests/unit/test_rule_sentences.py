"""Every rule's own sentences: it fires on those under `yes` and on none of those under `no`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claimex.rule_listing import Failure, ListedRule, can_be_checked, failures, listed_rules

RULES = listed_rules()


@pytest.mark.parametrize("rule", [rule for rule in RULES if can_be_checked(rule)], ids=lambda rule: rule.id)
def test_rule_sentences(nlp: Any, rule: ListedRule) -> None:
    assert list(failures(nlp, [rule])) == []


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_rule_has_sentences() -> None:
    """Of every layer whose rules have ids."""
    assert [rule.id for rule in RULES if not can_be_checked(rule)] == []
    assert {rule.layer for rule in RULES} == {"attribution", "factuality", "troop_count", "treaty_event"}


@pytest.mark.parametrize(
    ("rule", "sentence", "fires"),
    [
        ("attribution.clause.speech", "The mayor waited.", False),
        ("attribution.hedge.adverb", "The mayor reportedly left.", True),
        ("factuality.governor.implicative", "The mayor [left] the town.", False),
        ("factuality.governor.fact", "Oslo does not regret that the mayor [left].", True),
        ("factuality.not", "The mayor did not [leave].", True),
    ],
)
def test_a_wrong_sentence_is_told(nlp: Any, rule: str, sentence: str, fires: bool) -> None:
    """As a `no` sentence where the rule fires, as a `yes` sentence where it does not."""
    (listed,) = (item for item in RULES if item.id == rule)
    wrong = replace(listed, yes=() if fires else (sentence,), no=(sentence,) if fires else ())
    right = replace(listed, yes=wrong.no, no=wrong.yes)
    assert list(failures(nlp, [wrong, right])) == [Failure(rule, sentence, fires)]
