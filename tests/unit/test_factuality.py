"""The factuality layer: case rows, and Docs that other layers have not seen."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from claimex.components import factuality
from claimex.components.factuality_rules import rules
from claimex.rule_listing import marked_tokens
from tests.conftest import Case, load_cases


class FactualityCase(Case):
    """`text` holds event words in [brackets]; `expected` gives their values in order."""

    expected: tuple[str, ...]


@pytest.mark.parametrize("case", load_cases("factuality", FactualityCase))
def test_case(nlp: Any, case: FactualityCase) -> None:
    tokens = marked_tokens(nlp, case.text)
    got = tuple(t._.factuality for t in tokens)
    assert got == case.expected, (case.why, [factuality.explain(t) for t in tokens])


def test_third_of_the_cases_are_plain() -> None:
    cases = [row.values[0] for row in load_cases("factuality", FactualityCase)]
    plain = [c for c in cases if set(c.expected) <= {"asserted", "reported"}]
    assert len(plain) * 3 >= len(cases) >= 80


def test_no_parse_and_no_tags() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("claimex_factuality")
    assert nlp("")._.claims == []
    assert [t._.factuality for t in nlp("They will not sign.")] == [None] * 5


def test_tags_without_a_parse() -> None:
    nlp = spacy.blank("en")
    words = ["Chad", "will", "not", "sign", "but", "Mali", "signed", "."]
    doc = Doc(nlp.vocab, words=words, pos=["PROPN", "AUX", "PART", "VERB", "CCONJ", "PROPN", "VERB", "PUNCT"])
    found = factuality.find(doc)
    assert (found[3], found[6]) == ("negated", "asserted")


def test_explain_names_rule_and_cue(nlp: Any) -> None:
    (token,) = marked_tokens(nlp, "Chad did not [ratify] the pact.")
    assert factuality.explain(token) == [("factuality.not", "not", "negated")]


def test_every_value_is_known(nlp: Any) -> None:
    doc = nlp("If Mali will not sign, envoys may leave, and talks planned for May would be cancelled, he said.")
    values = {t._.factuality for t in doc} - {None}
    assert values <= {*factuality.ORDER, "reported", "asserted"}


def test_lists_are_lower_case() -> None:
    table = rules()
    assert all(word == word.lower() for word, _ in table.governors)
