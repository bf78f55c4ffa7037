"""Whose people a count is about: the words of its own phrase first, then what governs it, then the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import CASUALTIES
from claimex.claims.troop_count.frames import SUBJECTS, is_passive
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.phrases import JOINT, UNSAID, Force, Phrases, understood
from claimex.claims.troop_count.scene import top
from claimex.claims.troop_count.sides import country_of, is_follower, side
from claimex.claims.troop_count.understood import sentence_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from claimex.annotations import AttributionMention
    from claimex.claims.attachment import Places
    from claimex.claims.troop_count.activity import Reading
    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.frames import Frame
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.sides import Sides

MAX_STEPS = 6
AWAY = ("sent", "deployed", "withdrawn", "training")
MIXED = ("troop.other.together", "troop.other.head", "troop.other.disabled")


def subtree(token: Token) -> Span:
    """A token with everything below it."""
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def _suffering(verb: Token) -> list[Token]:
    """On whom losses are inflicted."""
    return [
        noun
        for preposition in verb.subtree
        if preposition.dep_ == "prep" and preposition.lower_ in ("on", "upon") and preposition.i > verb.i
        for noun in preposition.children
        if noun.dep_ == "pobj"
    ]


def _is_casualty(reading: Reading | None) -> bool:
    """Dead, wounded, captured, missing, or some of these together."""
    return reading is not None and (reading.activity in CASUALTIES or reading.rule in MIXED)


class ForceFinder:
    """Finds the force of counts in one article, in text order."""

    def __init__(self, scene: Scene, sides: Sides) -> None:
        self.scene, self.sides, self.words = scene, sides, rules().sides
        self.phrases = Phrases(scene, sides, self.subject)
        self.said: AttributionMention | None = None
        self.previous: tuple[Count, Force] | None = None
        self.suffered: list[tuple[Count, Force]] = []
        """Forces of the casualties told of so far."""

    def of(
        self,
        count: Count,
        reading: Reading | None,
        where: Places,
        *,
        said: AttributionMention | None = None,
        earlier: Force | None = None,
    ) -> Force:
        """The force of one count; `earlier` is that of the count whose noun is understood here, `said` who tells it."""
        heads, noun = rules().heads, count.understood or count.head
        irregular = self.scene.is_in(noun, heads.irregular)
        self.said = said
        found = self._near(count, earlier)
        if not found.certain and irregular:
            described = self.scene.is_in(noun, self.words.described)
            found = JOINT if described else Force(understood(self.sides.rebels()))
        if found.entity is not None and found.entity.text is None and found.entity.id == self._enemy(count.frames):
            found = JOINT  # nobody names whose they are, and those are the others
        if self._is_mixed(count):
            found = JOINT
        if not found.certain:
            regular = count.understood is not None or count.how in ("level", "ellipsis", "strength")
            regular = regular or self.scene.is_in(noun, heads.regular)
            regular = regular and not self.scene.is_in(noun, heads.toll)
            found = self._article(count, reading, said) if regular else JOINT
            if regular and found.certain and self._is_taken_by_army(count):
                found = Force(understood(self.sides.rebels()))
            if found.entity is not None and reading is not None and reading.activity in AWAY:
                # Troops are sent to, and leave, somebody else's country.
                if where.location is not None and found.entity.id == country_of(where.location):
                    found = JOINT
        self.previous = (count, found)
        if _is_casualty(reading) and not irregular:
            self.suffered.append((count, found))
        return found

    def _near(self, count: Count, earlier: Force | None) -> Force:
        """What the count's own sentence says."""
        if count.how == "part" and earlier is not None and earlier.entity is not None:
            if earlier.entity.type == "armed_group":
                return earlier  # foreigners in a group's ranks
        found = self.phrases.of(count.head, count.span.start, count.span)
        if not found.certain and self.previous is not None and "their" in self._words(count):
            before, theirs = self.previous
            if before.span.sent.start == count.span.sent.start:
                return theirs  # "rebels held the bridge after 31 of their comrades were slain"
        if not found.certain and count.understood is not None:
            found = self.phrases.of(count.understood, count.understood.i)
        if not found.certain:
            found = self._containers(count)
        if not found.certain and count.theme is not None:
            names = any(side(m) is not None for m in self.scene.mentions_in(subtree(count.theme)))
            found = (
                earlier
                if earlier is not None and earlier.entity is not None and not names
                else self._theme(count.theme)
            )
        if not found.certain and count.how != "level":
            found = self._governor(count.frames)
        if not found.certain and earlier is not None and earlier.entity is not None:
            return earlier
        if not found.certain and count.verb is not None:
            found = self.subject(count.verb)
        if not found.certain and earlier is not None:
            return earlier
        return found

    def _is_mixed(self, count: Count) -> bool:
        """Whether one number counts both sides: '200 soldiers and guerrillas'."""
        heads = rules().heads
        nouns = [t for t in count.span if t.i == count.head.i or t in count.head.conjuncts]
        irregular = [self.scene.is_in(t, heads.irregular) for t in nouns if self.scene.is_in(t, heads.inherent)]
        return len(set(irregular)) > 1

    def _words(self, count: Count) -> list[str]:
        return self.scene.words[count.span.start : count.span.end]

    def _containers(self, count: Count) -> Force:
        """'a Libyan force of some 3,000 men', 'the British withdrawal of 500 troops', 'the brigade (3,000 men)'."""
        current = top(count.span, count.head)
        for _ in range(MAX_STEPS):
            above = current.head
            if above is current:
                break
            if current.dep_ == "pobj" and self.scene.word(above) in ("of", "including", "with"):
                current = above.head
            elif current.dep_ in ("appos", "nmod"):
                current = above
            else:
                break
            if current.pos_ not in ("NOUN", "PROPN"):
                break
            if self.scene.is_in(current, self.words.enemy_noun):
                break
            found = self.phrases.of(current, current.i)
            if found.certain and current.i != count.head.i:
                return found
        for frame in count.frames:
            # "put its losses at 30": the count is not inside the noun's phrase
            if frame.relation == "nominal" and frame.main and not self.scene.is_in(frame.word, self.words.enemy_noun):
                found = self.phrases.of(frame.word, frame.word.i)
                if found.certain:
                    return found
        return UNSAID

    def _theme(self, theme: Token) -> Force:
        """Of whom there will be so many: 'the strength of its battalion to 900'."""
        found = self.phrases.of(theme, theme.i)
        for child in theme.children:
            if found.certain:
                break
            if child.dep_ == "prep" and self.scene.word(child) == "of":
                found = next((self.phrases.of(c, c.i) for c in child.children if c.dep_ == "pobj"), found)
        return found

    def _governor(self, frames: Sequence[Frame]) -> Force:
        """The subject of a verb whose object are its own people ('Moscow sent 3,000'), or of 'attacked with 500 men'."""
        for frame in frames:
            verb = frame.word
            if verb.pos_ not in ("VERB", "AUX"):
                continue
            if verb.lemma_.lower() == "inflict":
                found = next((self._noun(t, verb) for t in _suffering(verb)), UNSAID)
                if found.certain:
                    return found
            own = self.scene.is_in(verb, self.words.own_object)
            if frame.relation == "with" or (frame.relation == "object" and own):
                found = self.subject(verb)
                if found.certain:
                    return found
        return UNSAID

    def subject(self, verb: Token) -> Force:
        """The side that a verb's subject (or passive agent, or controller) names."""
        start = verb
        for _ in range(MAX_STEPS):
            agent = verb is start and is_passive(verb)
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
            above = verb.head
            if above is verb or verb.dep_ not in ("xcomp", "conj", "advcl", "pcomp", "acl", "aux", "prep"):
                break
            if above.pos_ in ("NOUN", "PROPN"):
                return self.phrases.of(above, above.i)
            verb = above.head if above.pos_ == "ADP" else above
        return UNSAID

    def _noun(self, noun: Token, verb: Token) -> Force:
        if noun.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return self.phrases.of(verb.head, verb.head.i)
        if noun.lower_ in ("we", "us"):
            return self._speaker(self.said) or JOINT
        if noun.pos_ == "PRON":
            found = self.phrases.anaphor(noun)
            source = self.said.source if self.said is not None else None
            if not found.certain and source is not None and noun.i > source.root.i and source.root.pos_ != "PRON":
                found = self._noun(source.root, verb)  # "the movement said it had lost four men"
            return found if found.certain else JOINT
        found = self.phrases.of(noun, noun.i)
        if not found.certain and self.scene.is_in(noun, self.words.organ):
            return Force(understood(self.sides.state()))
        return found

    def _article(self, count: Count, reading: Reading | None, said: AttributionMention | None) -> Force:
        """Nothing near says whose: the speaker's own, those of the losses told so far, the article's own army."""
        hostile = self._enemy(count.frames)
        beside = self._losses_before(count, hostile, near_only=True)
        if beside is not None and not _is_casualty(reading) and self.scene.is_in(count.head, rules().heads.regular):
            return beside  # whom the sentence before told of as lost
        own = self._speaker(said) if reading is None or reading.activity != "captured" else None
        if own is not None and own.entity is not None and own.entity.id != hostile:
            return own
        if _is_casualty(reading):
            found = self._losses_before(count, hostile)
            if found is not None:
                return found
        army = self.sides.own_army()
        if army is not None and army.id != hostile:
            return Force(understood(army))
        if not _is_casualty(reading):
            return JOINT
        near = {m.entity.id: m for m in self.scene.mentions_in(count.head.sent) if m.entity.type == "country"}
        near.pop(hostile or "", None)
        for follower in [k for k, m in near.items() if is_follower(self.scene, m)] if len(near) > 1 else []:
            near.pop(follower)
        return Force(understood(next(iter(near.values())).entity)) if len(near) == 1 else JOINT

    def _is_taken_by_army(self, count: Count) -> bool:
        """'paratroopers took 37 prisoners': those whom unnamed soldiers take are not soldiers of their own army."""
        if count.understood is not None or not self.scene.is_in(count.head, rules().heads.prisoner):
            return False
        for frame in count.frames:
            if frame.relation == "object" and frame.main:
                doers = [c for c in frame.word.children if c.dep_ == "nsubj"]
                return any(self.scene.is_in(d, rules().heads.regular | self.words.state) for d in doers)
        return False

    def _losses_before(self, count: Count, hostile: str | None, *, near_only: bool = False) -> Force | None:
        """The side whose losses the article told of, if it was one side, or the one of the sentence before."""
        told = [
            (c, f.entity.id, f)
            for c, f in self.suffered
            if f.entity is not None and f.entity.type == "country" and f.entity.id != hostile
        ]
        if not told:
            return None
        before, _, last = told[-1]
        sentence = count.span.sent.start
        if before.span.start >= sentence:
            # Another noun beside them in one sentence is likely the other side; the same noun is the same side.
            return last if before.unit == count.unit else None
        near = before.span.start >= sentence_before(self.scene, sentence)
        if near_only:
            return last if near else None
        return last if near or len({identifier for _, identifier, _ in told}) == 1 else None

    def _enemy(self, frames: Sequence[Frame]) -> str | None:
        """The id of the side that did this to them."""
        for frame in frames:
            if frame.relation == "object" and self.scene.is_in(frame.word, self.words.enemy_subject):
                enemy = self.subject(frame.word)
                return enemy.entity.id if enemy.entity is not None else None
        return None

    def _speaker(self, said: AttributionMention | None) -> Force | None:
        """The state whose army, ministry or minister tells of 'soldiers'; None for agencies, rebels and analysts."""
        source = (said.resolved or said.source) if said is not None else None
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
        if not official or not self.scene.any_in(source, self.words.state):
            return None
        return Force(understood(self.sides.state()))
