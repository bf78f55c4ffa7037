"""What is told of a text: every layer, every claim with its reason, and a reason for what is none."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from claimex.claims import kinds
from claimex.claims.troop_count.count import How, Passed
from claimex.claims.troop_count.explain import MADE, PASSED
from claimex.explanation.build import explain
from claimex.explanation.model import Explanation

MATCH = (
    "The striker scored. The coach praised two fighters after the match: three fighters for the league title met in "
    "the stadium, where the goal and the final decided the championship."
)
REASONS = [
    ("troop_count", "measure", "Chad paid $5 million to the soldiers."),
    ("troop_count", "unit", "The flood drowned 300 goats."),
    ("troop_count", "nothing_before", "Of the delegates, 12 left early."),
    ("troop_count", "body", "A 40-strong team climbed the hill."),
    ("troop_count", "excluded", "Two former soldiers opened a bakery."),
    ("troop_count", "aircraft", "Four fighters and two bombers flew over the carrier, and the jets returned."),
    ("troop_count", "somebody", "One rebel sang a song."),
    ("troop_count", "novice", "Thirty cadets and the police marched past the school."),
    ("troop_count", "nationality", "Sixty Chadians came to the market to buy bread."),
    ("troop_count", "context", "Thirty people visited the museum."),
    ("troop_count", "sports", MATCH),
    ("treaty_event", "name", "The North Atlantic Treaty Organization met."),
    ("treaty_event", "weight", "The company signed a deal with a supplier."),
    ("treaty_event", "no_trigger", "The treaty with Libya was long."),
    ("treaty_event", "told", "Chad rejected the proposal for a truce with Libya."),
    ("treaty_event", "construction", "They talked about a truce with Libya."),
]


@pytest.mark.parametrize(("kind", "code", "text"), REASONS, ids=[f"{kind}-{code}" for kind, code, _ in REASONS])
def test_why_there_is_no_claim(nlp: Any, kind: str, code: str, text: str) -> None:
    """Each reason, once."""
    passed = [item for sentence in explain(nlp(text)).sentences for item in sentence.passed_over if item.kind == kind]
    assert code in {item.code for item in passed}
    assert all(item.text == text[item.start : item.end] and item.why for item in passed)


def test_every_reason_has_words() -> None:
    """Of troop counts; and the table above has them all."""
    assert set(PASSED) == set(get_args(Passed)) == {code for kind, code, _ in REASONS if kind == "troop_count"}
    assert set(MADE) == set(get_args(How))


def test_every_quantity_is_accounted_for(nlp: Any, seeds: Any) -> None:
    """It counts troops or there is a reason why not; and what is explained is what is extracted."""
    for path in seeds:
        doc = nlp(path.read_text(encoding="utf-8"))
        verdicts = list(kinds()["troop_count"].explain(doc))
        assert {q.span.start for q in doc._.quantities} <= {v.span.start for v in verdicts}
        made = {(v.span.start_char, v.span.end_char) for v in verdicts if v.made}
        claims = {(c.evidence.start, c.evidence.end) for c in doc._.claims if c.kind == "troop_count"}
        assert made == claims


def test_layers(nlp: Any) -> None:
    """Every layer, with the words of the text and the rules that fired."""
    said = "He said on Monday that Chad will not send about 300 soldiers under its treaty with Libya."
    text = f"Some rain fell.\n\n{said}\n"
    (sentence,) = explain(nlp(text), search="about 300").sentences
    assert sentence.text == text.strip().rpartition("\n")[2]
    for name in ("tokens", "quantities", "dates", "entities", "treaties", "attributions", "events", "claims"):
        assert getattr(sentence, name), name
    for items in (sentence.quantities, sentence.entities, sentence.attributions, sentence.events, sentence.claims):
        assert all(item.text == text[item.start : item.end] for item in items)
    (quantity,) = sentence.quantities
    assert (quantity.value, quantity.bound, quantity.unit) == (300, "approx", "soldiers")
    sent = next(event for event in sentence.events if event.text == "send")
    assert sent.value == "negated"
    assert {(mark.cue, mark.rule) for mark in sent.marks} >= {
        ("not", "factuality.not"),
        ("will", "factuality.aux.future"),
    }
    troops = next(claim for claim in sentence.claims if claim.kind == "troop_count")
    assert (troops.rule, troops.why) == ("troop.sent.object", MADE["noun"])
    assert troops.note
    root = next(n for n, token in enumerate(sentence.tokens) if token.head == n)
    assert sentence.tokens[root].text == "said"


def test_what_extract_would_not_parse(nlp: Any) -> None:
    """A passage in which no claim can be seen is told apart."""
    found = explain(nlp("The choir sang.\n\nRain fell.\n\nChad sent 300 soldiers to Gao.\n")).sentences
    assert [sentence.parsed for sentence in found] == [False, True, True]


def test_the_json_reads_back(nlp: Any) -> None:
    found = explain(nlp("Chad sent 300 soldiers and [/b] tanks to Gao."))
    assert Explanation.model_validate_json(found.model_dump_json()) == found
