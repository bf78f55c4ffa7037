"""The other side of an agreement that names one party or none: by the article's states, groups and their opponents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claimex.claims.treaty_event.known import states_of_region
from claimex.claims.treaty_event.mention_index import MentionIndex
from claimex.components.columns import lowered
from claimex.components.treaty_parties import is_party, opponents, stands_for
from claimex.components.treaty_words import words
from claimex.gazetteer import gazetteer
from claimex.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from claimex.annotations import EntityMention, TreatyMention

Named = dict[str, Entity]
REBELLION = 3
"""So many rebels in an article, and a truce of a state is with them rather than with another state."""
THEATRE = 3
"""So many places and mentions of a state make it the one where an article's war is."""
WHERE = {"in", "at", "near"}
OFTEN = 3
"""So many mentions in an article make a state one that its agreements can be between."""
NEAR = 8
"""How much more a mention in the agreement's own sentence counts than one elsewhere."""


class Context:
    """The parties of one article, counted."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.brokers: set[str] = set()
        """Ids of those by whom an agreement of others is brokered."""
        named = (
            (m, stands_for(m.entity)) for m in doc._.entity_mentions if m.entity.type != "person" and is_party(m.entity)
        )
        context = words().context
        # 'the London-based monitor', '200 Malaysian cents' say nothing about the states
        self.mentions: list[EntityMention] = [
            replace(m, entity=entity)
            for m, entity in named
            if entity is not None
            and not context.passing_names & {t.lower_.lstrip("-") for t in doc[m.span.end : m.span.end + 2]}
        ]
        self.entities: Named = {m.entity.id: m.entity for m in self.mentions}
        self.count = Counter(m.entity.id for m in self.mentions)
        self.parties = MentionIndex(self.mentions)
        self._home: tuple[Entity | None] | None = None
        low = self.low = lowered(doc)
        self.said = set(low)
        self.named = {i for m in self.mentions for i in range(m.span.start, m.span.end)}
        self.acting = {m.entity.id for m in self.mentions if not self._only_where(m)}
        """Ids of those that are more than the place where something is."""
        self.opposition = "opposition" in low
        self.opposed = any(word in context.opponents for word in low)
        rebels = sum(word in context.rebels for word in low)
        self.rebellion = rebels >= REBELLION or (rebels > 0 and low.count("opposition") > 1)
        self.theatre = self._theatre()
        self.torn = {
            m.entity.id
            for m in self.mentions
            if m.entity.type == "country"
            and low[m.span.end : m.span.end + 1]
            and low[m.span.end] in context.rivals
            and (not m.span.start or low[m.span.start - 1] not in context.followers)
        }
        """States whose opponents the article names by them: 'Syrian rebels'."""

    def _only_where(self, mention: EntityMention) -> bool:
        """'In Geneva, Switzerland': a name behind a preposition of place or the comma of an address."""
        start = mention.span.start
        before = self.low[start - 1] if start else ""
        if before != "," or start < 2:
            return before in WHERE
        return self.doc[start - 2].pos_ == "PROPN" and start - 2 not in self.named

    def _theatre(self) -> Entity | None:
        """The state in which the article's places lie; None where it names too few."""
        places = Counter(_state_of(m.entity) for m in self.doc._.entity_mentions if m.entity.type == "place")
        places.pop(None, None)
        best = max(places, key=lambda i: (places[i] + self.count[i or ""], i or ""), default=None)
        entry = gazetteer().entry(best)
        if entry is None or entry.type != "country" or places[best] + self.count[entry.id] < THEATRE:
            return None
        if self.entities and entry.id not in self.entities:
            return None
        return Entity(id=entry.id, name=entry.name, type="country")

    def _near(self, agreement: list[TreatyMention]) -> Iterator[set[str]]:
        """The ids of those named in each sentence of an agreement."""
        for start, end in {(m.span.sent.start, m.span.sent.end) for m in agreement}:
            yield {m.entity.id for m in self.parties.between(start, end)}

    def home(self) -> Entity | None:
        """The state that "the government" is: the one torn by a war, else the one with a group of its own."""
        if self._home is None:
            self._home = (self._find_home(),)
        return self._home[0]

    def _find_home(self) -> Entity | None:
        """What `home` is, found once."""
        torn = [e for e in self.entities.values() if e.id in self.torn]
        if torn and (self.theatre is None or self.theatre.id not in self.torn | words().foes_by_state.keys()):
            return max(torn, key=lambda e: (self.count[e.id], e.name))
        if torn:
            return self.theatre
        groups = [e for e in self.entities.values() if e.type == "armed_group" and self.count[e.id] > 1]
        best = max(groups, key=lambda e: (self.count[e.id], e.name), default=None)
        entry = gazetteer().entry(_state_of(best)) if best is not None else None
        if entry is None or entry.type != "country":
            return self.theatre
        return Entity(id=entry.id, name=entry.name, type="country")

    def rebels(self, *, surely: bool) -> Named:
        """Those who fight the article's government: its one group that is named often, else those described.

        Without `surely` only where the article tells of a war in that state.
        """
        state = self.home()
        if state is None:
            return {}
        at_war = surely or state.id in self.torn or self.rebellion or state.id in words().foes_by_state
        groups = [
            e
            for e in self.entities.values()
            if e.type == "armed_group" and _state_of(e) == state.id and e.name not in words().context.outlaws
        ]
        if len(groups) == 1 and self.count[groups[0].id] > 1:
            return {groups[0].id: groups[0]}
        return {foe.id: foe for foe in opponents(state, self.said)} if at_war else {}

    def is_foreign(self, named: Named) -> bool:
        """Whether powers sign a truce for a war that is not theirs: in a state torn by one, and none of them is it."""
        state = self.theatre
        fought = state is not None and (state.id in self.torn or self.rebellion)
        return fought and state is not None and not any(e.id == state.id or e.type != "country" for e in named.values())

    def at_home(self, named: Named) -> Named:
        """Parties with a group's own state in the place of one that only lends the table for the talks."""
        group = next((e for e in named.values() if e.type == "armed_group"), None)
        home = self.entities.get(_state_of(group) or "") if group is not None else None
        if len(named) != 2 or group is None or home is None or home.id in named:
            return named
        return {group.id: group, home.id: home}

    def without_members(self, named: Named, mention: TreatyMention) -> Named:
        """Parties without the member states of an organisation among them: Denmark rejects the Union's pact."""
        if any(t.lower_ in words().context.joining for t in mention.span):
            return named
        members = {f"iso3166:{code}" for i in named for code in words().members.get(i, ())}
        return {i: e for i, e in named.items() if i not in members}

    def anchor(self, own: Named, base: Named) -> Named:
        """The party that the article's agreement has beside those named: its most frequent one."""
        known = [e for e in (*base.values(), *self.entities.values()) if e.id not in own and e.type != "armed_group"]
        best = max(known, key=lambda e: (e.id in base, self.count[e.id], e.name), default=None)
        return {best.id: best} if best is not None else {}

    def counterpart(self, agreement: list[TreatyMention], own: Named) -> Named:
        """As many parties as an agreement's mentions miss to two; fewer where the article has no more."""
        ranked = self._ranked(agreement)
        found: Named = {}
        if not own:
            first = self._torn_state(agreement, ranked)
            if first is None:
                return self._nearby(agreement, ranked)
            found[first.id] = first
        so_far = {**own, **found}
        if any(_of_members(e) for e in so_far.values()):
            return found
        if _is(agreement, "ceasefire", "peace_deal") or any(e.type != "country" for e in so_far.values()):
            found.update(self._of_conflict(agreement, so_far, ranked))
        while len(own) + len(found) < 2:
            best = next((e for e in ranked if e.id not in own and e.id not in found), None)
            if best is None:
                break
            found[best.id] = best
        return found

    def _nearby(self, agreement: list[TreatyMention], ranked: list[Entity]) -> Named:
        """The only two parties near an agreement that names none; a world-wide one is its organisation's."""
        near = set().union(*self._near(agreement))
        named = {e.id: e for e in ranked if e.id in near}
        if len(named) == 2:
            return named
        if not named:
            often = [e for e in ranked if e.type != "organisation" and self.count[e.id] >= OFTEN]
            if len(often) >= 2 and all(self.count[e.id] < self.count[often[1].id] for e in often[2:]):
                return {e.id: e for e in often[:2]}
        hosts = [e for e in ranked if _of_members(e)]
        worldwide = {t.lower_ for m in agreement for t in m.span} & words().context.worldwide
        if hosts and (worldwide or (ranked[0] == hosts[0] and self.count[hosts[0].id] > 1)):
            return {hosts[0].id: hosts[0]}
        return {}

    def of_region(self, place: Entity) -> tuple[Entity, ...]:
        """The states of a region that the article names, not only as a place; none where it names but one."""
        return states_of_region(place, [e for i, e in self.entities.items() if i in self.acting])

    def accused(self, mention: TreatyMention) -> Named:
        """Who keeps or breaks an agreement open to all where nobody is said to: the states of its sentence."""
        start, end = mention.span.sent.start, mention.span.sent.end
        return {m.entity.id: m.entity for m in self.parties.between(start, end) if m.entity.type == "country"}

    def _torn_state(self, agreement: list[TreatyMention], ranked: list[Entity]) -> Entity | None:
        """The state in whose war a truce with no party named is: one with opponents, the most frequent."""
        if not _is(agreement, "ceasefire", "peace_deal"):
            return self._warring_group(ranked)
        torn = max((e for e in ranked if e.id in self.torn), key=lambda e: (self.count[e.id], e.name), default=None)
        group = next((e for e in ranked if e.type == "armed_group" and self.count[e.id] > 1), None)
        state = next((e for e in ranked if e.type == "country"), None)
        likely = self.opposed and _is(agreement, "ceasefire")
        return torn or self.theatre or group or (state if likely else None)

    def _warring_group(self, ranked: list[Entity]) -> Entity | None:
        """The group whose war with its state an article is about: the two are among the three named most."""
        first = ranked[:3]
        group = next((e for e in first if e.type == "armed_group" and self.count[e.id] > 1), None)
        return group if group is not None and any(e.id == _state_of(group) for e in first) else None

    def _ranked(self, agreement: list[TreatyMention]) -> list[Entity]:
        """Who can be a party, the likeliest first: named often in the article and in the agreement's own sentences."""
        context = words().context
        near: Counter[str] = Counter()
        for ids in self._near(agreement):
            near.update(ids)
        joining = any({t.lower_ for t in m.span} & context.joining for m in agreement)
        able = [
            e
            for e in self.entities.values()
            if (joining or e.name not in context.mediators)
            and e.name not in context.outlaws
            and e.id not in self.brokers
        ]
        weight = NEAR / len(agreement)
        able.sort(key=lambda e: (-(self.count[e.id] + weight * near[e.id]), e.name))
        if joining:
            able.sort(key=lambda e: e.type != "organisation" or e.name not in context.partners)
        return able

    def _of_conflict(self, agreement: list[TreatyMention], own: Named, ranked: list[Entity]) -> Named:
        """Beside a government those who fight it, beside a group its government: a group by name, or the opposition."""
        state = next((e for e in own.values() if e.type == "country"), None)
        group = next((e for e in own.values() if e.type != "country"), None)
        if group is not None and state is None:
            home = gazetteer().entry(_state_of(group))
            known = home is not None and home.type == "country"
            return {home.id: Entity(id=home.id, name=home.name, type="country")} if home is not None and known else {}
        if state is None or group is not None:
            return {}
        rivals = [e for e in ranked if e.type == "armed_group" and _state_of(e) == state.id]
        best = max(rivals, key=lambda e: (self.count[e.id], e.name), default=None)
        other = next((e for e in ranked if e.type == "country" and e.id != state.id), None)
        rank = self.count[other.id] if other is not None else 0
        alone = rank * 2 <= self.count[state.id]
        described = self.opposition and (alone or state.id in self.torn) and self.count[best.id] < 3 if best else False
        if best is not None and not described and (alone or self.count[best.id] * 2 >= rank):
            return {best.id: best}
        named_after = any(
            m.entity.id == state.id and _names(m.span, a)
            for a in agreement
            for m in self.parties.between(a.span.start, a.span.end)
        )
        foreign = max(
            (e for e in ranked if e.type == "armed_group"), key=lambda e: (self.count[e.id], e.name), default=None
        )
        if best is None and foreign is not None and self.count[foreign.id] > 1:
            return {foreign.id: foreign}
        own_war = self.theatre is None or self.theatre.id == state.id
        rebels = any(t.lower_ in words().context.rebels for m in agreement for t in m.span.sent)
        likely = named_after or self.rebellion or (alone and (self.opposed or other is None))
        if state.id in self.torn or (_is(agreement, "ceasefire") and (rebels or (own_war and likely))):
            return {foe.id: foe for foe in opponents(state, self.said)}
        return {}


def _is(agreement: list[TreatyMention], *types: str) -> bool:
    """Whether a mention of an agreement has one of the types."""
    return any(m.type in types for m in agreement)


def _names(name: Span, agreement: TreatyMention) -> bool:
    """Whether a name tells whose war a truce is for: 'the Syrian truce', 'a truce in Syria'."""
    if agreement.span.start <= name.start < agreement.head.i:
        return True
    return agreement.head.i < name.start < agreement.span.end and name.root.head.lower_ == "in"


def _of_members(entity: Entity) -> bool:
    """Whether an agreement of this organisation is that of its members: the WTO's, not the European Union's."""
    return (
        entity.type == "organisation"
        and entity.name not in words().context.partners
        and not entity.id.startswith("group:")
    )


def _state_of(entity: Entity) -> str | None:
    entry = gazetteer().entry(entity.id)
    return entry.country if entry is not None else None
