"""Whose people a count is about: the words of its own phrase first, then what governs it, then the article."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from claimex.claims.troop_count.allegiance import captors, fought_for
from claimex.claims.troop_count.clauses import MAX_STEPS, Clauses
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.losses import Losses, is_casualty
from claimex.claims.troop_count.phrases import JOINT, UNSAID, Force, understood
from claimex.claims.troop_count.scene import sentence_before, top
from claimex.claims.troop_count.sides import country_of, is_follower, side

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from claimex.annotations import AttributionMention
    from claimex.claims.attachment import Places
    from claimex.claims.troop_count.activity import Reading
    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.sides import Sides

AWAY = ("sent", "deployed", "withdrawn", "training")


def subtree(token: Token) -> Span:
    """A token with everything below it."""
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


class ForceFinder:
    """Finds the force of counts in one article, in text order."""

    def __init__(self, scene: Scene, sides: Sides) -> None:
        self.scene, self.sides, self.words = scene, sides, rules().sides
        self.clauses, self.losses = Clauses(scene, sides), Losses(scene)
        self.phrases = self.clauses.phrases
        self.previous: tuple[Count, Force] | None = None
        self._soldiers: dict[int, Force | None] = {}

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
        self.clauses.said = said
        found = self._near(count, earlier)
        if not found.certain and irregular:
            described = self.scene.is_in(noun, self.words.described) and not self.sides.is_of_one_group()
            group = self.sides.main_group() if described else self.sides.rebels(noun)
            found = Force(understood(group))
        if (
            found.entity is not None
            and found.entity.text is None
            and found.entity.id == self.clauses.enemy(count.frames)
        ):
            found = JOINT  # nobody names whose they are, and those are the others
        if self._is_mixed(count):
            found = JOINT
        if not found.certain:
            regular = count.understood is not None or count.how in ("level", "ellipsis", "strength")
            regular = regular or self.scene.is_in(noun, heads.regular)
            regular = regular or self.scene.any_in(count.span, self.words.service | self.words.state)
            regular = regular and not self.scene.is_in(noun, heads.toll)
            found = self._article(count, reading) if regular else self._of_foe(count, reading)
            if regular and found.certain and self._is_taken_by_army(count):
                found = Force(understood(self.sides.rebels()))
            away = reading is not None and reading.activity in AWAY and where.location is not None
            if away and found.entity is not None and found.entity.id == country_of(where.location):
                found = JOINT  # troops are sent to, and leave, somebody else's country
        self.previous = (count, found)
        if is_casualty(reading) and not irregular:
            self.losses.told.append((count, found))
        return found

    def _near(self, count: Count, earlier: Force | None) -> Force:
        """What the count's own sentence says."""
        whole = earlier.entity if earlier is not None and count.how == "part" else None
        if earlier is not None and whole is not None and whole.type == "armed_group":
            return earlier  # foreigners in a group's ranks
        found = self.phrases.of(count.head, count.span.start, count.span)
        abroad = count.how == "nationality" or self.scene.any_in(count.span, rules().heads.volunteering)
        if abroad and (ally := fought_for(self.scene, count, found.entity)) is not None:
            return Force(understood(ally))
        if not found.certain and (captor := captors(self.scene, count)) is not None:
            return Force(understood(self.sides.other_belligerent(captor)))
        if not found.certain and self.previous is not None and "their" in self._words(count):
            before, theirs = self.previous
            if before.span.sent.start == count.span.sent.start:
                return theirs  # "rebels held the bridge after 31 of their comrades were slain"
        if not found.certain and self.previous is not None and self._is_same_group(count):
            return self.previous[1]  # "three of its fighters ... two of the fighters"
        if not found.certain and count.understood is not None:
            found = self.phrases.of(count.understood, count.understood.i)
        if not found.certain:
            found = self._containers(count)
        if not found.certain and count.verb is not None:
            found = self._setter(count.verb)
        if not found.certain and count.theme is not None:
            names = any(side(m) is not None for m in self.scene.mentions_in(subtree(count.theme)))
            found = (
                earlier
                if earlier is not None and earlier.entity is not None and not names
                else self._theme(count.theme)
            )
        if not found.certain and count.how != "level":
            found = self.clauses.governor(count.frames)
        if not found.certain and earlier is not None and earlier.entity is not None:
            return earlier
        if not found.certain and count.verb is not None:
            found = self.clauses.subject(count.verb)
        if not found.certain and earlier is not None:
            return earlier
        return found

    def _is_same_group(self, count: Count) -> bool:
        """Whether a count is taken from those counted just before: 'two of the fighters'."""
        before, force = self.previous or (count, UNSAID)
        words = self._words(count)
        pointed = any(a == "of" and b in ("the", "these", "those") for a, b in pairwise(words))
        return pointed and force.entity is not None and before.unit == count.unit

    def _is_mixed(self, count: Count) -> bool:
        """Whether one number counts both sides: '200 soldiers and guerrillas'."""
        heads = rules().heads
        nouns = [t for t in count.span if t.i == count.head.i or t in count.head.conjuncts]
        irregular = [self.scene.is_in(t, heads.irregular) for t in nouns if self.scene.is_in(t, heads.inherent)]
        return len(set(irregular)) > 1

    def _words(self, count: Count) -> list[str]:
        return self.scene.words[count.span.start : count.span.end]

    def _containers(self, count: Count) -> Force:
        """'a Libyan force of some 350 men', 'the British withdrawal of 500 troops', 'the brigade (3,000 men)'."""
        current = top(count.span, count.head)
        for _ in range(MAX_STEPS):
            above = current.head
            if above == current:
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
            beside = self.scene.words[count.span.start - 1 : count.span.start] == ["among"]
            if beside or self.scene.is_in(frame.word, self.words.enemy_noun):
                continue  # "an American among 18 fighters"
            if frame.relation == "nominal" and frame.main:
                found = self.phrases.of(frame.word, frame.word.i)
                if found.certain:
                    return found
        return UNSAID

    def _setter(self, verb: Token) -> Force:
        """Who raises or cuts a strength, where the clause names it: 'the UN mission will raise its strength to'."""
        found = self.clauses.subject(verb)
        return found if found.entity is not None and found.entity.text is not None else UNSAID

    def _theme(self, theme: Token) -> Force:
        """Of whom there will be so many: 'the strength of its battalion to 900'."""
        found = self.phrases.of(theme, theme.i)
        for child in theme.children:
            if found.certain:
                break
            if child.dep_ == "prep" and self.scene.word(child) == "of":
                found = next((self.phrases.of(c, c.i) for c in child.children if c.dep_ == "pobj"), found)
        return found

    def _article(self, count: Count, reading: Reading | None) -> Force:
        """Nothing near says whose: the speaker's own, those of the losses told so far, the article's own army."""
        hostile = self.clauses.enemy(count.frames)
        beside = self.losses.before(count, hostile, near_only=True)
        if beside is not None and not is_casualty(reading) and self.scene.is_in(count.head, rules().heads.regular):
            return beside  # whom the sentence before told of as lost
        own = self.clauses.speaker() if reading is None or reading.activity != "captured" else None
        if own is not None and own.entity is not None and own.entity.id != hostile:
            return own
        beside = self._soldiers_before(count, hostile) if reading is None or reading.activity != "captured" else None
        if beside is not None:
            return beside
        if self.scene.is_in(count.head, rules().heads.mission) and (mission := self.sides.mission()) is not None:
            return Force(understood(mission))
        if is_casualty(reading):
            found = self.losses.before(count, hostile)
            if found is not None:
                return found
        if self.scene.is_in(count.head, rules().heads.prisoner):
            return JOINT  # whoever's they are, they are not with their own
        army = self.sides.own_army()
        if army is not None and army.id != hostile:
            return Force(understood(army))
        if not is_casualty(reading):
            return JOINT
        near = {m.entity.id: m for m in self.scene.mentions_in(count.head.sent) if m.entity.type == "country"}
        near.pop(hostile or "", None)
        for follower in [k for k, m in near.items() if is_follower(self.scene, m)] if len(near) > 1 else []:
            near.pop(follower)
        return Force(understood(next(iter(near.values())).entity)) if len(near) == 1 else JOINT

    def _of_foe(self, count: Count, reading: Reading | None) -> Force:
        """Whose losses a side of a civil war inflicts: its foe's; joint where nobody is said to inflict them."""
        foe = self.sides.foe_of(self.clauses.enemy(count.frames)) if is_casualty(reading) else None
        return Force(understood(foe)) if foe is not None else JOINT

    def _soldiers_before(self, count: Count, hostile: str | None) -> Force | None:
        """The side of the soldiers just spoken of without a number: 'French troops left. Six hundred men sailed'."""
        found: dict[str, Force] = {}
        for token in self.scene.doc[sentence_before(self.scene, count.span.sent.start) : count.span.start]:
            force = self._of_soldiers(token)
            if force is not None and force.entity is not None and force.entity.id != hostile:
                found[force.entity.id] = force
        if len(found) != 1:
            return None
        entity = next(iter(found.values())).entity
        return Force(understood(entity)) if entity is not None and entity.type == "country" else None

    def _of_soldiers(self, token: Token) -> Force | None:
        """Whose soldiers a word speaks of, None where of none: asked again for each count behind it in a sentence."""
        if token.i not in self._soldiers:
            heads = rules().heads
            speaks = token.pos_ in ("NOUN", "PROPN") and self.scene.is_in(
                token, heads.regular & heads.inherent | heads.own
            )
            self._soldiers[token.i] = self.phrases.of(token, token.i) if speaks else None
        return self._soldiers[token.i]

    def _is_taken_by_army(self, count: Count) -> bool:
        """'paratroopers took 37 prisoners': those whom unnamed soldiers take are not soldiers of their own army."""
        if count.understood is not None or not self.scene.is_in(count.head, rules().heads.prisoner):
            return False
        for frame in count.frames:
            if frame.relation == "object" and frame.main:
                doers = [c for c in frame.word.children if c.dep_ == "nsubj"]
                return any(
                    self.scene.is_in(d, rules().heads.regular | self.words.state | self.words.service) for d in doers
                )
        return False
