"""What is done with counted arms, and who does it: up from the noun to what governs it, and down into its phrases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimex.annotations import entity_at
from claimex.gazetteer import gazetteer
from claimex.model import Entity
from claimex_materiel.lexicon import Handling, Place, Relation, handlings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from claimex.annotations import EntityMention

OWNERS = ("country", "organisation", "armed_group", "person")
NOUNS = ("NOUN", "PROPN", "PRON", "NUM")
VERBS = ("VERB", "AUX")
SUBJECTS = ("nsubj", "csubj")
MODIFIERS = ("compound", "amod", "poss", "nmod")
SHARING = ("xcomp", "conj", "advcl", "ccomp")
"""Clauses without a subject of their own that have the one of the clause above."""
PREPOSITIONS = {"to": ("to", "for"), "from": ("from",), "by": ("by",)}
MAX_CLIMB = 6


@dataclass(frozen=True, slots=True)
class Handled:
    """The rule that fired and the word it fired on; None and the governing verb, or the noun, where none did."""

    rule: Handling | None
    event: Token
    head: Token


def handled(head: Token) -> Handled:
    """What is done with what a noun counts: the nearest word that a rule has."""
    event = None
    for relation, word in _governors(head):
        event = event or word
        rule = handlings().get((relation, word.lemma_.lower()))
        if rule is not None:
            return Handled(rule, word, head)
    return Handled(None, event or head, head)


def _governors(head: Token) -> Iterator[tuple[Relation, Token]]:
    """The words above and below a noun that can tell what is done with it, nearest first."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
            yield "object", child  # "40 drones supplied by Iran"
        elif child.dep_ == "relcl":
            own = any(c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP") for c in child.lefts)
            yield "object" if own or _is_passive(child) else "subject", child
    node = head
    for _ in range(MAX_CLIMB):
        above = node.head
        if node.dep_ in ("conj", "appos", "nmod", "compound", "dative") and above.pos_ in NOUNS:
            node = above
        elif node.dep_ in ("dobj", "nsubjpass", "obj", "attr", "oprd"):
            yield "object", above
            return
        elif node.dep_ in SUBJECTS:
            yield "object" if _is_passive(above) else "subject", above
            return
        elif node.dep_ == "pobj":
            preposition, above = above.lower_, above.head
            if preposition == "including" and above.pos_ in VERBS:
                yield "object", above  # "has supplied arms to Russia, including 8 million rounds"
                return
            if preposition in ("with", "for"):
                if above.pos_ in NOUNS and above.dep_ == "dobj":
                    above = above.head  # the parser hangs "with 40 drones" on the noun before it
                yield "with" if preposition == "with" else "for", above
                return
            if preposition not in ("of", "including") or above.pos_ not in NOUNS:
                return
            if preposition == "of":
                yield "nominal", above
            node = above  # "an arsenal of 170 warheads": what is done with the arsenal
        else:
            return


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.lefts)


def owner(doc: Doc, found: Handled, places: Iterable[Place]) -> EntityMention | None:
    """Who stands in the first of these places that names somebody who can own arms."""
    for place in places:
        for token in _in_place(found, place):
            named = _named(doc, token)
            if named is not None:
                return named
    return None


def _in_place(found: Handled, place: Place) -> Iterator[Token]:
    """The nouns in a place around the event: its subject, its object, behind a preposition."""
    event = found.event
    if place == "subject":
        yield from _subjects(event)
    elif place == "object":
        yield from (c for c in event.children if c.dep_ in ("dobj", "nsubjpass", "dative") and c != found.head)
    else:
        for word in (event, found.head):
            for child in word.children:
                if place == "to" and child.dep_ == "dative" and child.pos_ in NOUNS:
                    yield child
                elif child.lower_ in PREPOSITIONS[place] and child.dep_ in ("prep", "agent", "dative"):
                    yield from (c for c in child.children if c.dep_ == "pobj")
        if place == "to":
            yield from _read_as_possessor(found)


def _read_as_possessor(found: Handled) -> Iterator[Token]:
    """'sent Russia 8 million rounds': the taker before the number, which the parser reads as part of the phrase."""
    for child in found.head.lefts:
        numbered = any(c.like_num and c.i > child.i for c in found.head.lefts)
        if child.pos_ == "PROPN" and child.i > found.event.i and child.dep_ in MODIFIERS and numbered:
            yield child


def _subjects(event: Token) -> Iterator[Token]:
    """Who does it: the subject of the verb or of the clause it shares one with; the possessor of an event noun."""
    verb = event
    for _ in range(MAX_CLIMB):
        subjects = [c for c in verb.lefts if c.dep_ in (*SUBJECTS, "poss")]
        if subjects:
            for subject in subjects:
                # "Iran, which supplied 40 drones"
                yield verb.head if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else subject
            return
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            yield verb.head
            return
        if verb.dep_ not in SHARING or verb.head == verb or _is_passive(verb):
            return
        verb = verb.head


def _named(doc: Doc, token: Token) -> EntityMention | None:
    """The owner that a noun names, stands for, or has as its modifier: 'Iran', 'it', 'the Iranian army'."""
    mention = entity_at(doc, token.i)
    if mention is not None:
        return mention if mention.entity.type in OWNERS else _government(mention)
    for link in doc._.coreferences:
        if link.anaphor.start <= token.i < link.anaphor.end and len(link.entities) == 1:
            meant = entity_at(doc, link.antecedent.root.i)
            if meant is not None and meant.entity == link.entities[0]:
                return meant
    return next((m for c in token.children if c.dep_ in MODIFIERS and (m := _owner_at(doc, c))), None)


def _government(mention: EntityMention) -> EntityMention | None:
    """The state that a seat of government stands for: shells that go to Kyiv go to Ukraine."""
    seat = gazetteer().entry(mention.entity.id)
    state = gazetteer().entry(seat.governs) if seat is not None else None
    if state is None:
        return None
    return replace(mention, entity=Entity(id=state.id, name=state.name, type="country"), reading="metonym")


def _owner_at(doc: Doc, token: Token) -> EntityMention | None:
    mention = entity_at(doc, token.i)
    return mention if mention is not None and mention.entity.type in OWNERS else None


def whose(doc: Doc, found: Handled, start: int) -> EntityMention | None:
    """Whose arms the phrase itself says they are: '12 Libyan tanks', 'Hezbollah's rockets'."""
    return next((m for i in range(start, found.head.i) if (m := _owner_at(doc, doc[i])) is not None), None)
