"""The side that a clause names: by the subject, the passive agent, the controller of an infinitive, the speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.phrases import JOINT, UNSAID, Force, Phrases, named, understood
from claimex.claims.troop_count.sides import side
from claimex.claims.troop_count.verbs import SUBJECTS, is_passive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.annotations import AttributionMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.sides import Sides
    from claimex.claims.troop_count.verbs import Frame

MAX_STEPS = 6


def _suffering(verb: Token) -> list[Token]:
    """On whom losses are inflicted."""
    return [
        noun
        for preposition in verb.subtree
        if preposition.dep_ == "prep" and preposition.lower_ in ("on", "upon", "among", "to") and preposition.i > verb.i
        for noun in preposition.children
        if noun.dep_ == "pobj"
    ]


class Clauses:
    """Reads the clauses of one article. `said` is the attribution that the count at hand stands in."""

    def __init__(self, scene: Scene, sides: Sides) -> None:
        self.scene, self.sides, self.words = scene, sides, rules().sides
        self.phrases = Phrases(scene, sides, self.subject)
        self.said: AttributionMention | None = None

    def governor(self, frames: Sequence[Frame]) -> Force:
        """The subject of a verb whose object are its own people ('Rabat sent 3,000'); of 'attacked with 500 men'."""
        for frame in frames:
            verb = frame.word
            if verb.pos_ not in ("VERB", "AUX"):
                continue
            if verb.lemma_.lower() == "inflict":
                found = next((self._noun(t, verb) for t in _suffering(verb)), UNSAID)
                if found.certain:
                    return found
            own = self.scene.is_in(verb, self.words.own_object) and not self._is_left_hurt(frame, frames)
            if frame.relation == "with" or (frame.relation == "object" and own):
                found = self.subject(verb)
                if found.certain:
                    return found
        return UNSAID

    def _is_left_hurt(self, frame: Frame, frames: Sequence[Frame]) -> bool:
        """'The raid left 40 wounded': whose raid it was does not say whose they are."""
        hurt = any(f.relation == "predicate" and f.word.i > frame.word.i and f.word.tag_ == "VBN" for f in frames)
        return frame.word.lemma_.lower() == "leave" and hurt

    def subject(self, verb: Token) -> Force:
        """The side that a verb's subject (or passive agent, or controller) names."""
        start = verb
        for _ in range(MAX_STEPS):
            agent = verb == start and is_passive(verb)
            if (
                agent
                and any(c.dep_ == "nsubj" for c in verb.children)
                and not any(c.dep_ == "auxpass" for c in verb.children)
            ):
                agent = False  # an active form that the tagger took for a participle
            for child in verb.children:
                if agent and child.dep_ == "agent":
                    noun = next((c for c in child.children if c.dep_ == "pobj"), None)
                    return self._noun(noun, verb) if noun is not None else UNSAID
                if not agent and child.dep_ in SUBJECTS:
                    return self._noun(child, verb)
            for child in verb.children:
                name = self.scene.mentions.get(child.i)
                if name is not None and child.i < verb.i and child.dep_ in ("aux", "auxpass", "dep"):
                    return named(name)  # a name that the parser took for an auxiliary: "The IS lost"
            if agent:
                return UNSAID  # nobody says by whom
            above = verb.head
            if verb.dep_ == "pcomp" and self.scene.is_in(above.head, self.words.blaming):
                accused = next((c for c in above.head.children if c.dep_ == "dobj"), None)
                return self._noun(accused, above.head) if accused is not None else UNSAID
            if above == verb or verb.dep_ not in ("xcomp", "conj", "advcl", "pcomp", "acl", "aux", "prep"):
                break
            if above.pos_ in ("NOUN", "PROPN"):
                found = self.phrases.of(above, above.i)
                if found.certain or above.dep_ != "dobj":
                    return found
                above = above.head  # "Spain announced plans to withdraw"
            verb = above.head if above.pos_ == "ADP" else above
        return UNSAID

    def _noun(self, noun: Token, verb: Token) -> Force:
        if noun.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return self.phrases.of(verb.head, verb.head.i)
        if noun.lower_ in ("we", "us"):
            return self.speaker() or JOINT
        if noun.pos_ == "PRON":
            found = self.phrases.anaphor(noun)
            source = self.said.source if self.said is not None else None
            if not found.certain and source is not None and noun.i > source.root.i and source.root.pos_ != "PRON":
                found = self._noun(source.root, verb)  # "the movement said it had lost four men"
            return found if found.certain else JOINT
        found = self.phrases.of(noun, noun.i)
        for other in noun.conjuncts:
            also = self.phrases.of(other, other.i) if other.i in self.scene.mentions else UNSAID
            if found.entity is not None and also.entity is not None and also.entity.id != found.entity.id:
                return JOINT  # "Uganda and Burundi have sent 5,000"
        if not found.certain and self.scene.is_in(noun, self.words.organ):
            return self._organ(noun)
        return found

    def _organ(self, noun: Token) -> Force:
        """Whose government or army: 'the junta in Myanmar', else the article's."""
        for preposition in noun.children:
            if preposition.dep_ == "prep" and preposition.lower_ == "in":
                for place in preposition.children:
                    name = self.scene.mentions.get(place.i)
                    if name is not None and name.entity.type == "country":
                        return named(name)
        return Force(understood(self.sides.state()))

    def enemy(self, frames: Sequence[Frame]) -> str | None:
        """The id of the side that did this to them."""
        for frame in frames:
            if frame.relation == "object" and self.scene.is_in(frame.word, self.words.enemy_subject):
                if frame.word.tag_ == "VBN" and not any(c.dep_ in ("dobj", "agent") for c in frame.word.children):
                    return None  # 'two policemen were killed, and 24 soldiers injured': nobody says by whom
                enemy = self.subject(frame.word)
                return enemy.entity.id if enemy.entity is not None else None
        return None

    def speaker(self) -> Force | None:
        """The state whose army, ministry or minister tells of 'soldiers'; None for agencies, rebels and analysts."""
        source = (self.said.resolved or self.said.source) if self.said is not None else None
        if source is None:
            return None
        official = self.scene.any_in(source, self.words.official)
        for mention in self.scene.mentions_in(source):
            entity = side(mention)
            if official and entity is not None and entity.type == "country":
                return Force(understood(entity))
            if mention.entity.type == "person":
                state = self.sides.of_person(mention)
                if state is not None and state.type == "country":
                    return Force(understood(state))
        if not official or not self.scene.any_in(source, self.words.state | self.words.service):
            return None
        return Force(understood(self.sides.state()))
