"""The sides of the war that an article tells of: its state, its armed groups, who is called rebel."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimex.claims.troop_count.lexicon import rules
from claimex.gazetteer import Entry, lookup
from claimex.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.annotations import EntityMention
    from claimex.claims.troop_count.scene import Scene

NEAR = 4
"""Words between a name and the noun that says what it is: 'guerrillas of the leftist Farabundo Marti Front'."""
TITLE = 6
"""Words around a person's name in which the office stands: 'Ukraine's defence minister, Oleksii Reznikov'."""
DOMINANT = 2


@dataclass(slots=True)
class Sides:
    """Who can be meant by 'the army' and 'the rebels' in one article."""

    scene: Scene
    states: Counter[str] = field(default_factory=Counter)
    organs: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    called_rebels: Counter[str] = field(default_factory=Counter)
    called_militants: Counter[str] = field(default_factory=Counter)
    """Groups by what the article calls them: an army of militants is not "the rebels" that it kills."""
    places: Counter[str] = field(default_factory=Counter)
    """Countries by the places in them."""
    entities: dict[str, Entity] = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene) -> Sides:
        """Count names, and what stands next to them, over the whole article."""
        sides = cls(scene)
        words, length = rules().sides, len(scene.words)
        for mention in scene.doc._.entity_mentions:
            entity = side(mention)
            if mention.entity.type == "place":
                identifier = country_of(mention)
                if identifier is not None:
                    sides.places[identifier] += 1
            if entity is None or entity.type not in ("country", "armed_group") or _is_press(mention):
                continue
            sides.entities.setdefault(entity.id, entity)
            start, end = mention.span.start, mention.span.end
            after = [scene.doc[i] for i in range(end, min(length, end + 2))]
            if entity.type == "country":
                sides.states[entity.id] += 1
                if scene.any_in(after, words.organ) or mention.entity.type == "organisation":
                    sides.organs[entity.id] += 1
            elif not is_follower(scene, mention):
                sides.groups[entity.id] += 1
                called = after[0] if scene.any_in(after[:1], words.rebel) else _called(scene, start)
                if called is not None and not scene.is_in(called, words.militant):
                    sides.called_rebels[entity.id] += 1
                if called is not None and not scene.is_in(called, words.rebellious):
                    sides.called_militants[entity.id] += 1
        return sides

    def state(self) -> Entity | None:
        """The state whose organs 'the government', 'the regime' and 'the army' are, if the article leaves no doubt."""
        return self._clear(self.organs, least=2) or self.own_army()

    def own_army(self) -> Entity | None:
        """The state whose unmarked 'soldiers' an article speaks of: one that dominates, by name or by places."""
        total = self.states + self.organs
        top = total.most_common(1)
        found = self._clear(total, least=2)
        if found is None:
            where = self._clear(total + self.places, least=2)
            if where is not None and (not top or top[0][0] == where.id or top[0][1] == 1):
                found = where
        return found or self._only_country() or self._home_of_group()

    def _only_country(self) -> Entity | None:
        """The one country that an article speaks of at all, by name, by a place in it or by its rebels."""
        homes = (known.country for group in self.groups if (known := known_as(group)) is not None)
        found = {*self.states, *self.places, *(home for home in homes if home is not None)}
        return country(found.pop()) if len(found) == 1 else None

    def _home_of_group(self) -> Entity | None:
        """The state that an article's main armed group fights, where no other is spoken of more."""
        group = self._clear(self.groups, least=2)
        known = known_as(group.id) if group is not None else None
        if group is None or known is None or known.country is None:
            return None
        home, spoken = known.country, self.states + self.organs
        most = max(spoken.values(), default=0)
        at_home = home in spoken or home in self.places
        often = spoken[home] >= 2 or spoken[home] == most or most < self.groups[group.id]
        return country(home) if at_home and often else None

    def foe_of(self, identifier: str | None) -> Entity | None:
        """Who fights one side of a civil war: a group its state, a state the one group of its own in the article."""
        known = known_as(identifier) if identifier is not None else None
        if known is None:
            return None
        if known.type == "armed_group":
            return country(known.country) if known.country is not None else None
        own = [g for g in self.groups if (k := known_as(g)) is not None and k.country == identifier]
        return self.entities[own[0]] if len(own) == 1 else None

    def other_belligerent(self, identifier: str) -> Entity | None:
        """The state at war with one of the two that an article speaks of most; None for any other."""
        spoken = self.states + self.organs
        first = [key for key, _ in spoken.most_common(2)]
        if identifier not in first or len(first) < 2:
            return None
        return self.entities.get(first[1 - first.index(identifier)])

    def mission(self) -> Entity | None:
        """The one alliance or mission with troops that an article names: 'the alliance', 'peacekeepers'."""
        named = (m for m in self.scene.doc._.entity_mentions if m.entity.name.lower() in rules().sides.missions)
        found = {mention.entity.id: mention.entity for mention in named}
        return next(iter(found.values())) if len(found) == 1 else None

    def rebels(self, *said: Token) -> Entity | None:
        """The group that unnamed rebels belong to: the one that the article calls so, or the country's only one."""
        words, told = rules().sides, self.called_rebels + self.called_militants
        if self.scene.any_in(said, words.rebellious):
            told = self.called_rebels
        elif self.scene.any_in(said, words.militant):
            told = self.called_militants
        called = self._clear(told)
        if called is not None or len(self.groups) != 1:
            return called
        only = next(iter(self.groups))
        known, where = known_as(only), self.states + self.organs + self.places
        rebellious = self.scene.any_in(said, words.rebellious)
        foreign = known is None or known.country is None or known.name.lower() in words.jihadists
        if rebellious and foreign and self.called_militants[only] > self.called_rebels[only]:
            return None  # the article calls them something else
        if known is None or known.country is None:
            return self.entities[only]
        # A group from next door is not the rebels of this war.
        local = where[known.country] * DOMINANT >= max(where.values(), default=0)
        return self.entities[only] if local else None

    def main_group(self) -> Entity | None:
        """The armed group that an article names three times and more, and at least twice as often as any other."""
        return self._clear(self.groups, least=3)

    def is_of_one_group(self) -> bool:
        """Whether the only armed group is that of a civil war: the extremists and terrorists are this group."""
        known = known_as(next(iter(self.groups))) if len(self.groups) == 1 else None
        return known is not None and known.country is not None and known.name.lower() not in rules().sides.jihadists

    def last_group(self, before: int) -> Entity | None:
        """The armed group named last before a token: 'the group'."""
        found = None
        for mention in self.scene.doc._.entity_mentions:
            if mention.span.start >= before:
                break
            entity = side(mention)
            if entity is not None and entity.type != "country" and not is_follower(self.scene, mention):
                found = entity
        return found

    def of_person(self, person: EntityMention) -> Entity | None:
        """The side that somebody speaks for: known for the office, or by the words next to a mention of the name."""
        known = known_as(person.entity.id)
        if known is not None and known.country is not None:
            return country(known.country)
        for mention in self.scene.doc._.entity_mentions:
            if mention.entity.id != person.entity.id:
                continue
            head = mention.span.root
            near = [t for t in (*head.children, *head.head.children, head.head) if abs(t.i - head.i) <= TITLE]
            phrase = self.scene.doc[max(head.sent.start, mention.span.start - TITLE) : mention.span.end + TITLE]
            if not self.scene.any_in(near, rules().sides.official):
                continue
            states = {e.id: e for m in self.scene.mentions_in(phrase) if (e := side(m)) is not None}
            if not states:
                states = {
                    e.id: e
                    for m in self.scene.mentions_in(head.sent)
                    if (e := side(m)) is not None
                    and e.type == "country"
                    and m.span.root.dep_ in ("poss", "amod", "compound", "nmod")
                }
            if len(states) == 1:
                return next(iter(states.values()))
        return None

    def _clear(self, counts: Counter[str], least: int = 1) -> Entity | None:
        """The entry with at least twice the count of the next and `least` mentions, or None."""
        ranked = [(key, n) for key, n in counts.most_common(2) if n >= least]
        if not ranked or (len(ranked) > 1 and ranked[0][1] < DOMINANT * ranked[1][1]):
            return None
        return self.entities.get(ranked[0][0]) or country(ranked[0][0])


def _is_press(mention: EntityMention) -> bool:
    """Whether an organisation of a state is none of its armed or governing organs: agencies, parties, papers."""
    if mention.entity.type != "organisation":
        return False
    return not any(word in rules().sides.organ for word in mention.entity.name.lower().split())


def _called(scene: Scene, start: int) -> Token | None:
    """The word before a name that calls its bearers rebels: 'guerrillas of the leftist X'."""
    words = rules().sides
    for i in range(start - 1, max(-1, start - 1 - NEAR), -1):
        if scene.is_in(scene.doc[i], words.rebel):
            return scene.doc[i]
        if scene.words[i] not in words.naming:
            return None
    return None


def side(mention: EntityMention) -> Entity | None:
    """The state, armed group or mission whose troops a name can have; None for places, people and companies.

    A body of a state is the state: the Pentagon, the Iraqi Republican Guard, the Ugandan army.
    """
    return side_of(mention.entity)


def side_of(entity: Entity) -> Entity | None:
    """The same for an entity."""
    if entity.type == "country":
        return entity
    if entity.type not in ("armed_group", "organisation", "nationality_group"):
        return None
    if entity.name.lower() in rules().sides.missions:
        return entity
    known = known_as(entity.id)
    state_army = entity.name.lower() in rules().sides.state_armies
    if entity.type == "armed_group" and known is not None and not state_army:
        return entity
    if known is None and entity.type == "organisation" and rules().sides.fighting & set(entity.name.lower().split()):
        return _by_demonym(entity) or entity
    if known is not None and known.country is not None:
        return country(known.country)
    return _by_demonym(entity) or (entity if entity.type == "armed_group" else None)


def _by_demonym(entity: Entity) -> Entity | None:
    """The state that a body's own name names: 'Iraqi Brigade'."""
    for word in entity.name.split():
        named = {entry.id for entry in lookup(word) if entry.type == "country"}
        if len(named) == 1:
            return country(named.pop())
    return None


def country_of(place: EntityMention | None) -> str | None:
    """The id of the country that a place is or lies in; None for no place."""
    if place is None:
        return None
    if place.entity.type == "country":
        return place.entity.id
    known = known_as(place.entity.id)
    return known.country if known is not None else None


def known_as(identifier: str) -> Entry | None:
    """The gazetteer's entry with an id; None for an entity that only this article names."""
    return next((entry for entry in lookup(identifier) if entry.id == identifier), None)


def country(identifier: str) -> Entity | None:
    """The country of the gazetteer with an id."""
    entry = known_as(identifier)
    return (
        Entity(id=entry.id, name=entry.name, type="country") if entry is not None and entry.type == "country" else None
    )


def is_follower(scene: Scene, mention: EntityMention) -> bool:
    """Whether a name only says who leads, backs or opposes them: 'U.S.-led', 'pro-Russian', 'Kurdish-held'."""
    words = rules().sides
    i = mention.span.end
    if i < len(scene.words) and scene.words[i] in ("-", "–"):
        i += 1
    if i < len(scene.words) and scene.words[i] in words.led and i <= mention.span.end + 1:
        token = scene.doc[i]
        hyphen = i > mention.span.end
        return hyphen or (token.dep_ in ("amod", "acl") and scene.words[i] not in words.own)
    before = mention.span.start - 1
    if before >= 0 and scene.words[before] in ("-", "–"):
        before -= 1
    return before >= 0 and scene.words[before] in words.opposed


def left_edge(scene: Scene, head: Token, start: int) -> int:
    """Where the noun phrase around a counted noun begins, possessor included."""
    edge = min(start, head.i)
    for child in head.children:
        if child.i < head.i and child.dep_ in ("poss", "amod", "compound", "nmod", "det", "nummod", "quantmod"):
            edge = min(edge, child.left_edge.i)
    return max(edge, head.sent.start)
