"""Every rule's own sentences: it fires on those under `yes` and on none of those under `no`."""

from __future__ import annotations

from typing import Any

import pytest

from claimex.rule_listing import ListedRule, can_be_checked, failures, listed_rules

RULES = listed_rules()


@pytest.mark.parametrize("rule", [rule for rule in RULES if can_be_checked(rule)], ids=lambda rule: rule.id)
def test_rule_sentences(nlp: Any, rule: ListedRule) -> None:
    assert list(failures(nlp, [rule])) == []


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_which_rules_have_sentences() -> None:
    """All but the frames of attribution, whose file gives words alone."""
    checked = {rule.layer for rule in RULES if can_be_checked(rule)}
    assert checked == {"factuality", "troop_count", "treaty_event"}
    assert {rule.layer for rule in RULES if not can_be_checked(rule)} == {"attribution"}
