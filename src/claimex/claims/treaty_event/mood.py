"""Factuality of an event: the layer's value for its trigger, with what provisions have of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims import context
from claimex.claims.treaty_event.lexicon import rules

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.claims.treaty_event.events import Event
    from claimex.model import Factuality

WILL = {"will", "'ll", "shall"}
WOULD = {"would", "'d"}


def mood_of(event: Event, told: list[Event], *, attributed: bool) -> Factuality:
    """The claim's factuality; `told` are all events of the same mention of an agreement."""
    rule, word, link = event.hit.rule, event.hit.word, event.link
    if link is not None and link.relation == "exists" and any(t.lower_ == "no" for t in event.mention.span):
        return "negated"  # 'there is no agreement'
    value = context.factuality(_carrier(event), attributed=attributed)
    if value in {"asserted", "reported"}:
        value = "reported" if attributed else "asserted"
        if rule.mood is not None:
            return rule.mood
    if rule.stage != "provision":
        return value
    if link is not None and link.relation in {"inf", "ving"}:
        # 'a pact to X' has the mood of its agreement
        agreement = _of_agreement(event, told, attributed=attributed)
        return agreement or ("reported" if attributed else "asserted")
    if value == "predicted":
        return "planned"
    if value in {"asserted", "reported"} and link is not None and link.relation == "subj":
        return _of_content(word) or value
    return value


def _of_content(word: Token) -> Factuality | None:
    """The mood of what the agreement says: 'stipulates that both will withdraw' is planned."""
    clause = next((c for c in word.rights if c.dep_ == "ccomp"), None)
    if clause is None:
        return None
    said = {c.lower_ for c in clause.children if c.dep_ == "aux"}
    return "planned" if said & WILL else "conditional" if said & WOULD else None


def _carrier(event: Event) -> Token:
    """The word that carries tense and negation: for a predicate its verb."""
    word = event.hit.word
    if word.dep_ == "prep" and word.pos_ in {"VERB", "ADP", "SCONJ"}:
        return word.head  # 'according to the treaty, ...': what follows carries the mood
    if word.dep_ == "xcomp" and word.head.lemma_.lower() in rules().deciding and word.head.i < word.i:
        return word.head  # 'voted to ratify it' has done so
    if event.link is not None and event.link.relation == "pred" and word._.factuality is None:
        head = word.head
        while head.pos_ not in {"VERB", "AUX"} and head.head != head:
            head = head.head
        return head
    return word


def _of_agreement(event: Event, told: list[Event], *, attributed: bool) -> Factuality | None:
    for other in told:
        if other is not event and other.hit.rule.stage != "provision":
            return context.factuality(_carrier(other), attributed=attributed)
    return None
