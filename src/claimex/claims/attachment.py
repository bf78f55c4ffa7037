"""Where and when: the place and the date that a sentence attaches to an event word, for every kind of claim.

Only what the parse attaches to the event (or to the noun that takes part in it) counts; a place or date in another
clause is left out, since no place is better than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from claimex.annotations import mentions_by_token
from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from claimex.annotations import DateMention, EntityMention

PLACE_TYPES = ("place", "country", "facility")
CLAUSES = ("VERB", "AUX")
MAX_DEPTH = 6
MAX_NOUNS = 4


class Words(Model):
    """The word lists of rules/attachment.toml."""

    at: frozenset[str]
    to: frozenset[str]
    from_: frozenset[str] = Field(alias="from")
    direction: frozenset[str]
    place_object: frozenset[str]
    border: frozenset[str]
    border_of: frozenset[str]
    there: frozenset[str]


@from_rules
def words() -> Words:
    """Words that attach places."""
    return read_toml(Words, "attachment.toml")


@dataclass(frozen=True, slots=True)
class Places:
    """Where an event is or goes to, and where it comes from."""

    location: EntityMention | None = None
    origin: EntityMention | None = None
    border: EntityMention | None = None
    """At whose border an event without a location is."""


def places(doc: Doc, event: Token, *others: Token) -> Places:
    """Location and origin of an event word; `others` (a counted noun) are asked when the event says nothing."""
    mentions = mentions_by_token(doc)
    if not mentions:
        return Places()
    found: dict[str, EntityMention] = {}
    for word in _with_shared(event, others):
        for group, mention in _complements(word, mentions):
            found.setdefault(group, mention)
    location = found.get("to") or found.get("at")
    return Places(location, found.get("from"), border=None if location else found.get("border"))


def _with_shared(event: Token, others: Sequence[Token]) -> Iterator[Token]:
    """The event, the words that take part in it, and the clause whose place a coordinated or reduced clause shares."""
    yield event
    yield from others
    if (
        (event.dep_ == "conj" and event.head.pos_ == event.pos_)
        or event.dep_ == "acl"
        or (event.dep_ == "relcl" and event.pos_ in CLAUSES)
    ):
        yield event.head
    for child in event.children:
        # "a raid on the town of X left 12 dead": the subject is the event, and has the place.
        if child.dep_ == "nsubj" and child.pos_ == "NOUN" and child.i < event.i:
            yield child


def _complements(word: Token, mentions: dict[int, EntityMention]) -> Iterator[tuple[str, EntityMention]]:
    """Places in the prepositional phrases and objects of one word, in text order."""
    for child in word.children:
        if child.dep_ == "dobj" and word.lemma_.lower() in words().place_object:
            mention = _named(child, mentions)
            if mention is not None:
                yield "at", mention
        else:
            # "sent to Gao" has its preposition as a dative.
            group = _group(child.lower_) if child.dep_ in ("prep", "dative") else None
            if child.dep_ == "advmod" and child.lower_ in words().direction:
                group = "at"
            found = _below(child, mentions, 0) if group else None
            if group and found:
                yield "border" if found[0] else group, found[1]


def _group(preposition: str) -> str | None:
    if preposition in words().at:
        return "at"
    if preposition in words().to:
        return "to"
    return "from" if preposition in words().from_ else None


def _below(preposition: Token, mentions: dict[int, EntityMention], depth: int) -> tuple[bool, EntityMention] | None:
    """The place that a prepositional phrase names, through 'the province of X' and 'bases in X'.

    True before it where the phrase names its border.
    """
    if depth > MAX_DEPTH:
        return None
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            border = child.lower_ in words().border
            mention = _bordering(child, mentions) if border else _named(child, mentions)
            if mention is not None:
                return border, mention
            inner = (c for c in child.children if c.dep_ == "prep" and (c.lower_ == "of" or _group(c.lower_)))
            for deeper in inner:
                found = _below(deeper, mentions, depth + 1)
                if found is not None:
                    return found
        elif child.dep_ == "prep":
            found = _below(child, mentions, depth + 1)
            if found is not None:
                return found
    return None


def _named(token: Token, mentions: dict[int, EntityMention]) -> EntityMention | None:
    """The place that a noun or its apposition names: 'the capital Kabul', 'Kursk region'; no adjectives or metonyms."""
    candidates = [token, *(c for c in token.children if c.dep_ in ("appos", "compound", "nmod"))]
    for candidate in candidates:
        mention = mentions.get(candidate.i)
        if mention is None or mention.reading != "literal" or mention.entity.type not in PLACE_TYPES:
            continue
        if candidate == token or mention.entity.type == "place" or candidate.dep_ == "appos":
            return mention
    return None


def _bordering(border: Token, mentions: dict[int, EntityMention]) -> EntityMention | None:
    """Whose border it is: 'the Chadian border', 'the border with Chad'; the first where two are named."""
    near = [c for c in border.children if c.dep_ in ("amod", "compound", "nmod", "poss")]
    behind = (c for c in border.children if c.dep_ == "prep" and c.lower_ in words().border_of)
    for token in (*near, *(c for preposition in behind for c in preposition.children if c.dep_ == "pobj")):
        mention = mentions.get(token.i)
        if mention is not None and mention.entity.type in PLACE_TYPES:
            return mention
    return None


def date_of(doc: Doc, event: Token, *others: Token) -> DateMention | None:
    """The date that modifies an event word, its subject or object noun, or the clause it is coordinated with."""
    best: tuple[int, int, DateMention] | None = None
    sentence = event.sent
    for mention in doc._.dates:
        if mention.span.start < sentence.start:
            continue
        if mention.span.start >= sentence.end:
            break
        rank = _rank(mention.span.root, event, others)
        if rank is None:
            continue
        key = (rank, abs(mention.span.start - event.i))
        if best is None or key < best[:2]:
            best = (*key, mention)
    return best[2] if best is not None else None


def _rank(token: Token, event: Token, others: Sequence[Token]) -> int | None:
    """How close a date is to the event: 0 directly, 1 by a noun of it, 2 by a shared clause; None for elsewhere."""
    if token.dep_ in ("compound", "amod", "nummod"):
        # "the 1953 treaty", "the August accord": the name's date, not the event's.
        return None
    shared = (
        event.head
        if event.dep_ in ("conj", "acl", "relcl", "oprd", "xcomp", "acomp", "attr", "nsubj", "pobj", "dobj")
        else None
    )
    nouns = 0
    current = token
    for _ in range(MAX_DEPTH * 2):
        if current.i == event.i:
            return min(nouns, 1)
        if any(current.i == other.i for other in others):
            return 1
        if shared is not None and current.i == shared.i:
            return 2
        if current.pos_ in CLAUSES and current.i != token.i:
            auxiliary = event.head.i == current.i and event.dep_ in ("pobj", "dobj", "xcomp", "acl")
            return 2 if auxiliary else None
        if current.head == current:
            return None
        if current.pos_ in ("NOUN", "PROPN") and current.i != token.i:
            nouns += 1
            if nouns > MAX_NOUNS:
                return None
        current = current.head
    return None
