"""The folder of rules that the documentation shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from claimex.rule_files import use_rules
from claimex.rule_listing import failures, listed_rules
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def laid_over() -> Iterator[None]:
    """The folder over the package's rules."""
    use_rules(ROOT / "examples" / "rules")
    yield
    use_rules(())


def test_each_file_adds_what_it_says(nlp: Any) -> None:
    """Names, words and rules."""
    doc = nlp("Chad autographed the treaty with Libya. The musicians sent 300 spahis of Africa Corps to Gao.")
    found = {(claim.kind, claim.evidence.quote) for claim in doc._.claims}
    assert {("treaty_event", "autographed"), ("troop_count", "300 spahis")} <= found
    named = {mention.span.text: mention.entity.id for mention in doc._.entity_mentions}
    assert (named["Africa Corps"], named["musicians"]) == ("group:africa-corps", "group:wagner-group")


def test_its_own_rules_do_what_they_say(nlp: Any) -> None:
    own = [rule for rule in listed_rules() if rule.file is not None]
    assert [rule.id for rule in own] == ["treaty.sign.object", "treaty.house.fudge"]
    assert list(failures(nlp, own)) == []
