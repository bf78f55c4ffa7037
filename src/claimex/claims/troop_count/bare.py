"""Bare numbers that count soldiers by the word that governs them: 'an army of 45,000', 'to pull 2,500 out of Iraq'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.count import TROOPS, Count
from claimex.claims.troop_count.frames import frames
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.military import army_suffers
from claimex.claims.troop_count.scene import top

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

MANY = 100
"""Fewer may be tanks, points or people of any kind."""


def bare_count(scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame]) -> Count | None:
    """The count that a number without a noun makes by itself; None where it may count anything."""
    if quantity.value is not None and quantity.value < MANY:
        return None
    body = _body(scene, quantity)
    if body is not None:
        return Count(quantity, quantity.span, body, TROOPS, "strength", tuple(found))
    if _is_fielded(scene, found) and scene.any_in(scene.doc, rules().heads.inherent | rules().heads.army):
        return Count(quantity, quantity.span, head, TROOPS, "ellipsis", tuple(found))
    return None


def _body(scene: Scene, quantity: QuantityMention) -> Token | None:
    """The army whose strength it is: 'an army of 45,000', 'the brigade, 3,500 strong'."""
    heads, generic = rules().heads, rules().levels.generic
    bodies = heads.military_body - generic
    number = top(quantity.span, quantity.number.root)
    if number.dep_ == "pobj" and scene.word(number.head) == "of":
        noun = number.head.head
        return noun if noun.pos_ in ("NOUN", "PROPN") and scene.is_in(noun, bodies & heads.body) else None
    if scene.words[quantity.number.end : quantity.number.end + 1] == ["strong"]:
        before = scene.doc[max(quantity.span.sent.start, quantity.span.start - 3) : quantity.span.start]
        return next((t for t in reversed(list(before)) if scene.is_in(t, bodies & heads.body)), None)
    return None


def _is_fielded(scene: Scene, found: Sequence[Frame]) -> bool:
    """'The U.S. is sending 1,000 more to Syria': the object of a verb of those who have armies."""
    heads = rules().heads
    for frame in found:
        word = frame.word
        if frame.relation != "object" or not frame.main or word.lemma_.lower() not in heads.fielding | {"pull"}:
            continue
        chain = [word, *list(word.ancestors)[:2]]
        for child in (c for verb in chain for c in verb.children if c.dep_ == "nsubj"):
            mention = scene.mentions.get(child.i)
            if mention is not None and mention.entity.type in ("country", "armed_group"):
                return True
    return False


def fate_count(scene: Scene, quantity: QuantityMention, people: Sequence[tuple[int, Count | None]]) -> Count | None:
    """'The army sustained 20 killed and 10 wounded': a participle in the place of the noun, and the next one."""
    i = quantity.span.end
    if i >= len(scene.words) or scene.words[i] not in rules().heads.fate or scene.doc[i].tag_ not in ("VBN", "VBD"):
        return None
    before = people[-1][1] if people else None
    goes_on = before is not None and scene.words[before.span.end : quantity.span.start] in (["and"], [","])
    number = quantity.number.root
    if not (goes_on and before is not None and scene.words[before.head.i] in rules().heads.fate):
        suffering = number.dep_ == "dobj" and number.head.lemma_.lower() in rules().heads.suffering
        if not suffering or not army_suffers(scene, number.head):
            return None
    span = scene.doc[quantity.span.start : i + 1]
    return Count(quantity, span, scene.doc[i], scene.words[i], "context", tuple(frames(scene, span, scene.doc[i])))
