"""Who speaks: the noun phrase that is a cue's source, its extent, its kind, and what carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimex.components.attribution_text import Range, Reading
    from claimex.model import SourceType

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
MAX_CLIMB = 6
"""Verbs between a cue and the verb whose subject it shares; deeper chains are parse errors."""


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of the dependency labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a participle that modifies a noun."""
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def subject(verb: Token) -> Token | None:
    """The head of the noun phrase that does what the verb says, looked for up the chain of verbs without one."""
    node = verb
    for _ in range(MAX_CLIMB):
        own = child(node, *SUBJECTS)
        if own is not None:
            return _antecedent_free(own)
        if node is not verb and is_passive(node):
            return child(node, *PASSIVE_SUBJECTS)
        dep, head = node.dep_, node.head
        if head.i == node.i:
            return None
        if dep in ("acl", "relcl") and head.pos_ not in ("VERB", "AUX"):
            return head if node.tag_ in ("VBG", "TO", "VB") or dep == "relcl" else None
        if dep == "xcomp":
            held = child(head, "dobj")
            if held is not None and held.i < node.i and held.pos_ in ("NOUN", "PROPN", "PRON"):
                return held if node.tag_ == "VB" else child(head, *SUBJECTS)
        if dep in ("pcomp", "prep", "agent") or dep in ("conj", "advcl", "xcomp", "ccomp", "parataxis", "dep"):
            node = head
            continue
        return None
    return None


def _antecedent_free(token: Token) -> Token:
    return token


def agent(verb: Token) -> Token | None:
    """Who does a passive verb: 'by the army'."""
    by = child(verb, "agent")
    if by is None:
        by = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def owner(noun: Token) -> Token | None:
    """Whose a noun is: 'the ministry's', 'his', 'by the army', 'from Seoul', 'of the inspectors'."""
    held = child(noun, "poss")
    if held is not None:
        return held
    for word in ("by", "from"):
        for c in noun.children:
            if c.dep_ in ("prep", "agent") and c.lower_ == word:
                return child(c, "pobj")
    return None


def phrase(reading: Reading, head: Token, *, low: int, high: int) -> Range:
    """The words of a noun phrase: titles, names and apposition, cut to [low, high)."""
    start, end = max(head.left_edge.i, low), min(head.right_edge.i + 1, high)
    start, end = min(start, head.i), max(end, head.i + 1)
    quote = reading.quote(head.i)
    for i in range(head.i + 1, end):
        # A source never runs into the quotation that it introduces.
        if reading.quote(i) != quote and reading.words[i] not in ("'", "’"):
            end = i
            break
    for i in range(head.i - 1, start - 1, -1):
        if reading.quote(i) != quote and reading.quote(i) is not None and i == reading.quote(i)[1] - 1:  # type: ignore[index]
            start = i + 1
            break
    return reading.trim(start, end) or (head.i, head.i + 1)


def source_type(doc: Doc, head: Token) -> SourceType:
    """Government, military, media ... by the words of the noun phrase, then by the entity that it names."""
    lexicon = index()
    found: SourceType | None = lexicon.heads.get(head.lemma_.lower()) or lexicon.heads.get(head.lower_)
    for token in doc[head.left_edge.i : head.right_edge.i + 1][:30]:
        kind = lexicon.modifiers.get(token.lower_) or lexicon.modifiers.get(token.lemma_.lower())
        if kind is not None:
            return kind
    if found is not None:
        return found
    mention = next((m for m in doc._.entity_mentions if m.span.start <= head.i < m.span.end), None)
    if mention is not None:
        kind_of = {"person": "person", "country": "government", "place": "government"}
        return kind_of.get(mention.entity.type, "organisation")  # type: ignore[return-value]
    label = head.ent_type_
    if label == "PERSON" or head.pos_ == "PRON":
        return "person"
    if label in ("GPE", "NORP"):
        return "government"
    if label == "ORG":
        return "organisation"
    return "unnamed" if head.pos_ == "NOUN" else "person"
