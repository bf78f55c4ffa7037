"""The side that a noun phrase names: by adjective, possessor, compound, 'from X', 'of X', a pronoun or a role word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.scene import top
from claimex.claims.troop_count.sides import is_follower, known_as, left_edge, side, side_of
from claimex.gazetteer import lookup
from claimex.model import Entity, EntityRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

    from claimex.annotations import EntityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.sides import Sides


@dataclass(frozen=True, slots=True)
class Force:
    """Whose people; `entity` None where that is unclear, joint, or only described ("foreign fighters")."""

    entity: EntityRef | None
    certain: bool = True
    """False where nothing was said, so that another source may fill it in."""


UNSAID = Force(None, certain=False)
JOINT = Force(None)
SAID_TO_BE = 3
NAME = 5
"""Tokens of the name of a group that no list knows."""
PREMODIFIERS = ("compound", "amod", "nmod")


def understood(entity: Entity | None) -> EntityRef | None:
    """A reference without words: nobody names it here."""
    return EntityRef(**entity.model_dump()) if entity is not None else None


def named(mention: EntityMention) -> Force:
    """The side that a name stands for, with its words."""
    entity = side(mention)
    if entity is None:
        return UNSAID
    span = mention.span
    return Force(EntityRef(**entity.model_dump(), text=span.text, start=span.start_char, end=span.end_char))


class Phrases:
    """Reads noun phrases of one article; `subject` gives the side of a verb's subject."""

    def __init__(self, scene: Scene, sides: Sides, subject: Callable[[Token], Force]) -> None:
        self.scene, self.sides, self.subject, self.words = scene, sides, subject, rules().sides
        self.anaphors = {i: c for c in scene.doc._.coreferences for i in range(c.anaphor.start, c.anaphor.end)}

    def of(self, head: Token, start: int, span: Span | None = None) -> Force:
        """The side that the phrase around `head` names by itself."""
        scene = self.scene
        if span is not None and not span.start <= head.i < span.end:
            shared = [m for m in scene.mentions_in(span) if side(m) is not None and not is_follower(scene, m)]
            if len(shared) == 1:
                return named(shared[0])  # "10 Saudi and five Bahraini soldiers"
        name = scene.mentions.get(head.i)
        irregular = scene.is_in(head, rules().heads.irregular)
        if name is not None and (entity := side(name)) is not None and not is_follower(scene, name):
            return self._of_owner(head) if known_as(entity.id) is None else named(name)
        edge = left_edge(scene, head, start)
        window = scene.doc[edge : head.i]
        mentions = [m for m in scene.mentions_in(window) if side(m) is not None and not is_follower(scene, m)]
        if mentions:
            return self._of_mentions(mentions, window, irregular=irregular)
        owner = next((t for t in window if t.tag_ == "PRP$" and t.head.i == head.i), None)
        if owner is not None and (whose := self.anaphor(owner)).entity is not None:
            return whose
        fighters = irregular or scene.is_in(head, rules().heads.guerrilla)
        if fighters and (group := self._unlisted(head, window)) is not None:
            return group
        after = self.said_to_be(head)
        after = after if after.certain else self._complement(head, span)
        return after if after.certain else self._role(head, window, irregular=irregular)

    def _of_owner(self, head: Token) -> Force:
        """The side of a body that no list knows: its state's where one owns it, 'Russia's Aerospace Forces'."""
        owners = [self.scene.mentions.get(c.i) for c in head.children if c.dep_ == "poss"]
        state = next((m for m in owners if m is not None and m.entity.type == "country"), None)
        return named(state or self.scene.mentions[head.i])

    def _unlisted(self, head: Token, window: Span, *, own: bool = False) -> Force | None:
        """A group that no list knows, named right before its fighters: 'Harakat al-Nur militants'.

        With `own` the head is the last word of the name: 'members of the Peasant Defence Patrol'.
        """
        start = head.i
        while start > window.start and self._is_group_name(head.doc[start - 1]):
            start -= 1
        if start == head.i:
            return None
        name = head.doc[start : head.i + own]
        if len(name) > NAME or not any(t.pos_ == "PROPN" for t in name):
            return None
        known = next((entry for entry in lookup(name.text) if entry.type == "armed_group"), None)
        slug = "-".join(self.scene.words[t.i] for t in name if t.is_alpha)
        entity = Entity(id=f"group:{slug}", name=name.text, type="armed_group")
        if known is not None:
            entity = side_of(Entity(id=known.id, name=known.name, type="armed_group")) or entity
        return Force(EntityRef(**entity.model_dump(), text=name.text, start=name.start_char, end=name.end_char))

    def _is_group_name(self, token: Token) -> bool:
        mention = self.scene.mentions.get(token.i)
        if mention is not None and (mention.entity.type in ("country", "place") or known_as(mention.entity.id)):
            return False  # the model takes an unlisted group for a person, too
        described = self.words.described | self.words.rebel | self.words.joint | self.words.service | self.words.state
        if self.scene.is_in(token, described | rules().heads.inherent):
            return False
        return token.pos_ == "PROPN" or (token.text == "-" and token.i > 0 and token.nbor(-1).pos_ == "PROPN")

    def _of_mentions(self, mentions: list[EntityMention], window: Span, *, irregular: bool) -> Force:
        found = [(m, side(m)) for m in mentions]
        groups = {e.id: m for m, e in found if e is not None and e.type != "country"}
        if groups:
            return named(list(groups.values())[-1])
        if self.scene.any_in(window, self.words.described):
            return JOINT  # "Syrian opposition fighters"
        if irregular or self.scene.any_in(window, self.words.rebel):
            # "Colombian guerrillas" are not Colombia's; which group they are is for the article to say.
            return Force(understood(self.sides.rebels(*window, window.doc[window.end])))
        if len({e.id for _, e in found if e is not None}) > 1:
            between = self.scene.words[mentions[0].span.end : mentions[-1].span.start]
            if {"and", "or", "-", ",", "/"} & set(between):
                return JOINT
        return named(mentions[-1])

    def _complement(self, head: Token, span: Span | None) -> Force:
        """'troops from Chad', 'members of Hezbollah', 'soldiers of the Iraqi army', 'fighters loyal to Haftar'."""
        for noun in [head] if span is None else {head, top(span, head)}:
            for child in noun.children:
                word = self.scene.word(child)
                phrase = child.dep_ == "prep" and word in ("from", "of")
                if child.i < noun.i or not (phrase or word in ("belonging", "loyal", "allied")):
                    continue
                below = child.children if phrase else child.subtree
                inner = next((t for t in below if t.dep_ == "pobj"), None)
                if inner is None or inner.i == head.i or (word == "from" and self._is_place(inner)):
                    continue
                found = self.of(inner, inner.i)
                if not found.certain and self.scene.is_in(inner, self.words.fighting):
                    found = self._unlisted(inner, head.doc[inner.left_edge.i : inner.i], own=True) or found
                irregular = self.scene.is_in(head, rules().heads.irregular)
                organ = self.scene.is_in(inner, rules().heads.army | self.words.organ)
                if irregular and not organ and found.entity is not None and found.entity.type == "country":
                    continue  # guerrillas of an "Army of ..." that no list knows are not the state's
                if found.certain:
                    return found
                if phrase and self.scene.is_in(inner, self.words.alliance):
                    return JOINT  # of some group or mission, not of the article's own army
        return UNSAID

    def said_to_be(self, head: Token) -> Force:
        """'15 prisoners said to be Iraqi officers'."""
        words, i = self.scene.words, head.i + 1
        if words[i + 1 : i + 3] != ["to", "be"] or words[i] not in ("said", "believed", "thought", "reported"):
            return UNSAID
        for mention in self.scene.mentions_in(head.doc[i + 3 : i + 3 + SAID_TO_BE]):
            if side(mention) is not None:
                return named(mention)
        return UNSAID

    def _is_place(self, token: Token) -> bool:
        mention = self.scene.mentions.get(token.i)
        return mention is not None and mention.entity.type == "place"

    def _role(self, head: Token, window: Span, *, irregular: bool) -> Force:
        """Pronouns, 'the regime', 'government', 'rebel', and words for nobody's own ('coalition', 'foreign')."""
        scene = self.scene
        rebel = irregular or scene.any_in(window, self.words.rebel)
        state = scene.any_in(window, self.words.state)
        service = scene.any_in(window, self.words.service)
        for token in window:
            link = self.anaphors.get(token.i)
            linked = link is not None and link.anaphor.root.i == token.i and token.dep_ in PREMODIFIERS
            if token.dep_ == "poss" or linked:
                found = self.anaphor(token)
                if found.certain:
                    return found
        if any(scene.word(t) in self.words.group and t.i < head.i for t in window):
            return Force(understood(self.sides.last_group(head.i)))
        for mention in scene.mentions_in(window):
            if mention.entity.type == "person" and (leader := self.sides.of_person(mention)) is not None:
                return Force(understood(leader))  # "Gaddafi's troops", "the Bush administration"
        if scene.word(head) in self.words.alone and (mission := self.sides.mission()) is not None:
            return Force(understood(mission))  # "the alliance lost three soldiers"
        if scene.any_in(window, self.words.joint) or (rebel and (state or service) and not irregular):
            return JOINT
        if scene.is_in(head, self.words.described):
            return UNSAID  # which group jihadists belong to is for the verb to say, or nobody
        if rebel:
            return Force(understood(self.sides.rebels(*window, head)))
        if state and (own := self.sides.state()) is not None:
            return Force(understood(own))
        return UNSAID

    def anaphor(self, token: Token) -> Force:
        """Whom 'its', 'their', 'the group' stand for, when that is one side."""
        if token.tag_ == "PRP$" and token.head.dep_ == "dobj":
            # In "X's plan to withdraw its troops" the possessor is whoever withdraws.
            found = self.subject(token.head.head)
            if found.entity is not None:
                return found
        link = self.anaphors.get(token.i)
        if link is None:
            return JOINT if token.lower_ in ("his", "her", "my") else UNSAID
        sides = [
            e for e in link.entities if e.type in ("country", "armed_group") or e.name.lower() in self.words.missions
        ]
        if len(sides) != 1:
            for mention in self.scene.mentions_in(link.antecedent):
                if side(mention) is not None:
                    return named(mention)
                if mention.entity.type == "person":
                    return Force(understood(self.sides.of_person(mention)))
            return UNSAID
        whole = self.scene.mentions_in(link.antecedent)
        entity = next((side(m) for m in whole if m.entity.id == sides[0].id), None) or sides[0]
        return Force(EntityRef(**entity.model_dump(), text=token.text, start=token.idx, end=token.idx + len(token)))
