"""The factuality layer: case rows, each rule's own sentences, and Docs that other layers have not seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import Doc

from claimex.components import factuality
from claimex.components.factuality_rules import File, rules
from claimex.lexicon import read_toml
from tests.conftest import Case, load_cases

if TYPE_CHECKING:
    from spacy.tokens import Token

MARKED = re.compile(r"\[([^\]]+)\]")


class FactualityCase(Case):
    """`text` holds event words in [brackets]; `expected` gives their values in order."""

    expected: tuple[str, ...]


def marked_tokens(nlp: Any, marked: str) -> list[Token]:
    """The tokens in brackets, of the text without them."""
    doc = nlp(MARKED.sub(r"\1", marked))
    starts = [m.start() - 2 * n for n, m in enumerate(MARKED.finditer(marked))]
    return [next(t for t in doc if t.idx == start) for start in starts]


@pytest.mark.parametrize("case", load_cases("factuality", FactualityCase))
def test_case(nlp: Any, case: FactualityCase) -> None:
    tokens = marked_tokens(nlp, case.text)
    got = tuple(t._.factuality for t in tokens)
    assert got == case.expected, (case.why, [factuality.explain(t) for t in tokens])


FILE = read_toml(File, "factuality.toml")
RULES = (*FILE.modifier, *FILE.governor)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_sentences(nlp: Any, rule: Any) -> None:
    for sentence in rule.yes:
        tokens = marked_tokens(nlp, sentence)
        fired = [[mark[0] for mark in factuality.explain(t)] for t in tokens]
        if rule.value in ("same", "fact"):
            continue
        assert any(rule.id in marks for marks in fired), (sentence, fired)
    for sentence in rule.no:
        fired = [[mark[0] for mark in factuality.explain(t)] for t in marked_tokens(nlp, sentence)]
        assert not any(rule.id in marks for marks in fired), (sentence, fired)


def test_third_of_the_cases_are_plain() -> None:
    cases = [row.values[0] for row in load_cases("factuality", FactualityCase)]
    plain = [c for c in cases if set(c.expected) <= {"asserted", "reported"}]
    assert len(plain) * 3 >= len(cases) >= 80


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


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
