"""What an agreement says: the clause of a provision, its kind and its condition."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from claimex.claims.treaty_event.lexicon import rules
from claimex.claims.treaty_event.model import Provision

if TYPE_CHECKING:
    from spacy.tokens import Span

    from claimex.annotations import AttributionMention
    from claimex.claims.treaty_event.events import Event
    from claimex.claims.treaty_event.parties import Parties
    from claimex.claims.treaty_event.values import ProvisionKind

CLAUSE_TOKENS = 60
CONDITION = re.compile(
    r"\b(?:in the event of|in case of|in case|if|unless|provided that|as long as|on condition that|should)\b"
)


def provision_of(event: Event) -> Provision:
    """Kind, obligation and condition, in the words of the sentence."""
    clause = _clause(event)
    text = " ".join(clause.text.split()).rstrip(" .,;")
    found = CONDITION.search(text)
    obligation, condition = (
        (text[: found.start()].rstrip(" ,"), text[found.start() :]) if found and found.start() else (text, None)
    )
    return Provision(kind=_kind(clause, event.mention.type), obligation=obligation, condition=condition)


def _clause(event: Event) -> Span:
    """From the governing word (with its auxiliaries and, after 'under', its subject) to the end of its clause."""
    word, doc = event.hit.word, event.hit.word.doc
    sentence = word.sent
    start = word.i
    if event.link is not None and event.link.relation in {"under", "prep:under", "agent"}:
        start = min(
            (t.i for c in word.lefts if c.dep_ in {"nsubj", "nsubjpass", "aux"} for t in c.subtree), default=word.i
        )
    end = min(max(word.right_edge.i + 1, word.i + 1), sentence.end, start + CLAUSE_TOKENS)
    return doc[start : max(end, start + 1)]


def _kind(clause: Span, treaty: str) -> ProvisionKind:
    """What a provision is about, by its words, one or two at a time; a truce has terms of its own."""
    words = [t.lower_ for t in clause]
    said = {*words, *map(" ".join, pairwise(words))}
    kind: ProvisionKind = next((kind for kind, words in rules().provision.kinds.items() if said & words), "other")
    return "ceasefire_terms" if treaty == "ceasefire" and kind != "withdrawal" else kind


def is_own_voice(said: AttributionMention, parties: Parties) -> bool:
    """Whether the agreement itself is the source: what it says or stipulates is nobody's report."""
    return said.source is not None and said.source.root.i in parties.phrases
