"""Whose people a count is about: the words of its own phrase first, then what governs it, then the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.claims.context import entity_ref
from claimex.claims.troop_count.frames import SUBJECTS, is_passive
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.sides import is_follower, left_edge
from claimex.model import EntityRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from claimex.annotations import EntityMention
    from claimex.claims.troop_count.activity import Reading
    from claimex.claims.troop_count.frames import Frame
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.sides import Sides
    from claimex.model import Entity

MAX_STEPS = 6


@dataclass(frozen=True, slots=True)
class Force:
    """Whose people; `entity` None where that is unclear, joint, or only described ("foreign fighters")."""

    entity: EntityRef | None
    certain: bool = True
    """False where nothing was said, so that another source may fill it in."""


UNSAID = Force(None, certain=False)
JOINT = Force(None)


def understood(entity: Entity | None) -> EntityRef | None:
    """A reference without words: nobody names it here."""
    return EntityRef(**entity.model_dump()) if entity is not None else None


def is_side(mention: EntityMention) -> bool:
    """Whether an entity can have troops."""
    entity = mention.entity
    if entity.type in ("country", "armed_group"):
        return True
    return entity.type == "organisation" and entity.name.lower() in rules().sides.missions


class ForceFinder:
    """Finds the force of counts in one article."""

    def __init__(self, scene: Scene, sides: Sides) -> None:
        self.scene, self.sides, self.words = scene, sides, rules().sides
        self.anaphors = {i: c for c in scene.doc._.coreferences for i in range(c.anaphor.start, c.anaphor.end)}

    def of(
        self, span: Span, head: Token, frames: Sequence[Frame], reading: Reading | None, earlier: Force | None = None
    ) -> Force:
        """The force of one count; `earlier` is that of the count whose noun is understood here."""
        found = self.phrase(head, span.start, span)
        if not found.certain:
            found = self._containers(span, head)
        if not found.certain:
            found = self._governor(frames)
        if not found.certain and earlier is not None:
            return earlier
        if not found.certain:
            found = self._article(head, frames, reading)
        return found

    def phrase(self, head: Token, start: int, span: Span | None = None) -> Force:
        """The force that a noun phrase names by itself: adjective, possessor, compound, 'from X', 'of X', a role word."""
        scene = self.scene
        named = self.scene.mentions.get(head.i)
        irregular = scene.is_in(head, rules().heads.irregular)
        if named is not None and is_side(named) and not is_follower(scene, named):
            return Force(entity_ref(named))
        edge = left_edge(scene, head, start)
        window = scene.doc[edge : head.i]
        mentions = [m for m in scene.mentions_in(window) if is_side(m) and not is_follower(scene, m)]
        if mentions:
            return self._of_mentions(mentions, window, irregular=irregular)
        after = self._complement(head, span)
        if after.certain:
            return after
        return self._role(head, window, irregular=irregular)

    def _of_mentions(self, mentions: list[EntityMention], window: Span, *, irregular: bool) -> Force:
        groups = [m for m in mentions if m.entity.type != "country"]
        if groups:
            names = {m.entity.id for m in groups}
            return Force(entity_ref(groups[-1])) if len(names) == 1 or len(groups) == 2 else JOINT
        if irregular or self.scene.any_in(window, self.words.rebel):
            # "Colombian guerrillas" are not Colombia's; which group they are is for the article to say.
            return Force(understood(self.sides.rebels()))
        if len({m.entity.id for m in mentions}) > 1:
            between = self.scene.words[mentions[0].span.end : mentions[-1].span.start]
            return JOINT if {"and", "or", "-", ",", "/"} & set(between) else Force(entity_ref(mentions[-1]))
        return Force(entity_ref(mentions[-1]))

    def _complement(self, head: Token, span: Span | None) -> Force:
        """'troops from Chad', 'members of Hezbollah', 'soldiers of the Iraqi army', 'fighters loyal to Haftar'."""
        heads = [head] if span is None or span.root is head else [head, span.root]
        for noun in heads:
            for child in noun.children:
                if child.i < noun.i or child.dep_ not in ("prep", "acl", "amod"):
                    continue
                word = self.scene.word(child)
                if child.dep_ == "prep" and word not in ("from", "of"):
                    continue
                if child.dep_ != "prep" and word not in ("belonging", "loyal"):
                    continue
                for inner in child.subtree:
                    if inner.dep_ == "pobj" and inner.i != head.i and inner.i > child.i:
                        found = self.phrase(inner, inner.i)
                        if found.certain and (word != "from" or not self._is_place(inner)):
                            return found
                        break
        return UNSAID

    def _is_place(self, token: Token) -> bool:
        mention = self.scene.mentions.get(token.i)
        return mention is not None and mention.entity.type == "place"

    def _role(self, head: Token, window: Span, *, irregular: bool) -> Force:
        """Pronouns, 'the regime', 'government', 'rebel', and words for nobody's own ('coalition', 'foreign')."""
        scene = self.scene
        for token in window:
            link = self.anaphors.get(token.i)
            if token.dep_ == "poss" or (link is not None and token.dep_ in ("compound", "amod", "nmod")):
                found = self._anaphor(token)
                if found.certain:
                    return found
        if scene.any_in(window, self.words.joint):
            return JOINT
        if irregular or scene.any_in(window, self.words.rebel):
            return Force(understood(self.sides.rebels()))
        if scene.any_in(window, self.words.state):
            state = self.sides.state()
            return Force(understood(state)) if state is not None else JOINT
        return UNSAID

    def _anaphor(self, token: Token) -> Force:
        """Whom 'its', 'their', 'the group' stand for, when that is one side."""
        link = self.anaphors.get(token.i)
        if link is None:
            return UNSAID
        sides = [
            e for e in link.entities if e.type in ("country", "armed_group") or e.name.lower() in self.words.missions
        ]
        if len(sides) == 1:
            return Force(
                EntityRef(**sides[0].model_dump(), text=token.text, start=token.idx, end=token.idx + len(token))
            )
        return UNSAID

    def _containers(self, span: Span, head: Token) -> Force:
        """'a Libyan force of some 3,000 men', 'the British withdrawal of 500 troops', 'the brigade (3,000 men)'."""
        current = span.root
        for _ in range(MAX_STEPS):
            above = current.head
            if above is current:
                break
            if (
                current.dep_ == "pobj"
                and above.dep_ == "prep"
                and self.scene.word(above) in ("of", "including", "with")
            ):
                current = above.head
            elif current.dep_ in ("appos", "nmod"):
                current = above
            else:
                break
            if current.pos_ not in ("NOUN", "PROPN"):
                break
            found = self.phrase(current, current.i)
            if found.certain and current.i != head.i:
                return found
        return UNSAID

    def _governor(self, frames: Sequence[Frame]) -> Force:
        """The subject of a verb whose object are its own people ('Moscow sent 3,000'), or of 'attacked with 500 men'."""
        for frame in frames:
            verb = frame.word
            if verb.pos_ not in ("VERB", "AUX", "NOUN"):
                continue
            own = self.scene.is_in(verb, self.words.own_object)
            if frame.relation == "with" or (frame.relation == "object" and own):
                found = self.subject(verb)
                if found.certain:
                    return found
        return UNSAID

    def subject(self, verb: Token) -> Force:
        """The side that a verb's subject (or passive agent, or controller) names."""
        for _ in range(MAX_STEPS):
            wanted = (
                ("agent",)
                if is_passive(verb) and any(c.dep_ in ("auxpass", "agent") for c in verb.children)
                else SUBJECTS
            )
            for child in verb.children:
                if child.dep_ in wanted:
                    noun = (
                        next((c for c in child.children if c.dep_ == "pobj"), child) if child.dep_ == "agent" else child
                    )
                    return self._noun(noun, verb)
            if verb.dep_ in ("xcomp", "conj", "advcl", "pcomp", "acl", "aux"):
                above = verb.head
                if above.pos_ in ("NOUN", "PROPN"):
                    return self.phrase(above, above.i)
                if above.pos_ == "ADP":
                    above = above.head
                verb = above
                continue
            break
        return UNSAID

    def _noun(self, noun: Token, verb: Token) -> Force:
        if noun.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return self.phrase(verb.head, verb.head.i)
        if noun.pos_ == "PRON":
            return self._anaphor(noun)
        found = self.phrase(noun, noun.i)
        if not found.certain and self.scene.is_in(noun, self.words.organ):
            return Force(understood(self.sides.state()))
        return found

    def _article(self, head: Token, frames: Sequence[Frame], reading: Reading | None) -> Force:
        """Nothing near says whose: the article's own army, unless that is the one that did this to them."""
        enemy = UNSAID
        for frame in frames:
            if frame.relation == "object" and self.scene.is_in(frame.word, self.words.enemy_subject):
                enemy = self.subject(frame.word)
                break
        hostile = enemy.entity.id if enemy.entity is not None else None
        sentence = [
            m
            for m in self.scene.mentions_in(head.sent)
            if m.entity.type == "country" and m.entity.id != hostile and not is_follower(self.scene, m)
        ]
        own = self.sides.own_army()
        if own is not None and own.id != hostile:
            return Force(understood(own))
        if len({m.entity.id for m in sentence}) == 1 and reading is not None:
            return Force(understood(sentence[0].entity))
        return JOINT
