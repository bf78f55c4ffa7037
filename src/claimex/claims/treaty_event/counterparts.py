"""The other side of an agreement that names one party or none: by the article's states, groups and their opponents."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from claimex.components.treaty_parties import is_party, stands_for
from claimex.components.treaty_words import lowered, words
from claimex.gazetteer import gazetteer
from claimex.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.annotations import EntityMention, TreatyMention

Named = dict[str, Entity]
NEAR = 8
"""How much more a mention in the agreement's own sentence counts than one elsewhere."""


class Context:
    """The parties of one article, counted."""

    def __init__(self, doc: Doc, brokers: set[str]) -> None:
        self.doc = doc
        self.brokers = brokers
        named = ((m, stands_for(m.entity)) for m in doc._.entity_mentions if m.entity.type != "person" and is_party(m.entity))
        self.mentions: list[EntityMention] = [replace(m, entity=entity) for m, entity in named if entity is not None]
        self.entities: Named = {m.entity.id: m.entity for m in self.mentions}
        self.count = Counter(m.entity.id for m in self.mentions)
        low = lowered(doc)
        context = words().context
        self.opposition = "opposition" in low
        self.opposed = any(word in context.opponents for word in low)
        self.torn = {
            m.entity.id
            for m in self.mentions
            if m.entity.type == "country" and low[m.span.end : m.span.end + 1] and low[m.span.end] in context.rivals
        }
        """States whose opponents the article names by them: 'Syrian rebels'."""

    def anchor(self, own: Named, base: Named) -> Named:
        """The party that the article's agreement has beside those named: its most frequent one."""
        known = [e for e in (*base.values(), *self.entities.values()) if e.id not in own and e.type != "armed_group"]
        best = max(known, key=lambda e: (e.id in base, self.count[e.id], e.name), default=None)
        return {best.id: best} if best is not None else {}

    def counterpart(self, agreement: list[TreatyMention], own: Named) -> Named:
        """As many parties as an agreement's mentions miss to two; fewer where the article has no more."""
        ranked = self._ranked(agreement)
        found: Named = {}
        if not own and ranked:
            first = self._torn_state(agreement, ranked) or ranked[0]
            found[first.id] = first
        known = {**own, **found}
        if any(_of_members(e) for e in known.values()):
            return found
        if agreement[0].type in {"ceasefire", "peace_deal"} or any(e.type != "country" for e in known.values()):
            found.update(self._of_conflict(agreement, known, ranked))
        while len(own) + len(found) < 2:
            best = next((e for e in ranked if e.id not in own and e.id not in found), None)
            if best is None:
                break
            found[best.id] = best
        return found

    def _torn_state(self, agreement: list[TreatyMention], ranked: list[Entity]) -> Entity | None:
        """The state in whose war a truce with no party named is: one with opponents, the most frequent."""
        if agreement[0].type != "ceasefire":
            return None
        return max((e for e in ranked if e.id in self.torn), key=lambda e: (self.count[e.id], e.name), default=None)

    def _ranked(self, agreement: list[TreatyMention]) -> list[Entity]:
        """Who can be a party, the likeliest first: named often in the article and in the agreement's own sentences."""
        context = words().context
        near: Counter[str] = Counter()
        for start, end in {(m.span.sent.start, m.span.sent.end) for m in agreement}:
            near.update({m.entity.id for m in self.mentions if start <= m.span.start < end})
        joining = any({t.lower_ for t in m.span} & context.joining for m in agreement)
        able = [
            e
            for e in self.entities.values()
            if (joining or e.name not in context.mediators) and e.name not in context.outlaws and not self._brokers(e)
        ]
        weight = NEAR / len(agreement)
        able.sort(key=lambda e: (-(self.count[e.id] + weight * near[e.id]), e.name))
        if joining:
            able.sort(key=lambda e: e.type != "organisation" or e.name not in context.partners)
        return able

    def _brokers(self, entity: Entity) -> bool:
        """Whether an entity brokers: 'brokered by the United States', 'US-brokered'."""
        if entity.id in self.brokers:
            return True
        broker = words().context.broker
        for m in self.mentions:
            if m.entity.id != entity.id:
                continue
            after = self.doc[m.span.end : m.span.end + 3]
            if any(t.lemma_.lower() in broker and t.tag_ in {"VBN", "VBD", "JJ"} for t in after):
                return True
        return False

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
        inside = [range(m.span.start, m.span.end) for m in agreement]
        named_after = any(m.entity.id == state.id and any(m.span.start in r for r in inside) for m in self.mentions)
        foreign = max((e for e in ranked if e.type == "armed_group"), key=lambda e: (self.count[e.id], e.name), default=None)
        if best is None and foreign is not None and self.count[foreign.id] > 1:
            return {foreign.id: foreign}
        if state.id in self.torn or (agreement[0].type == "ceasefire" and (named_after or (alone and self.opposed))):
            rebels = opposition(state)
            return {rebels.id: rebels} if rebels is not None else {}
        return {}


def _of_members(entity: Entity) -> bool:
    """Whether an agreement of this organisation is that of its members: the WTO's, not the European Union's."""
    return entity.type == "organisation" and entity.name not in words().context.partners and not entity.id.startswith("group:")


def _state_of(entity: Entity) -> str | None:
    entry = gazetteer().entry(entity.id)
    return entry.country if entry is not None else None


def opposition(state: Entity) -> Entity | None:
    """The opponents of a government that the article only describes: 'Syrian opposition'."""
    entry = gazetteer().entry(state.id)
    if entry is None or not entry.demonyms:
        return None
    name = f"{entry.demonyms[0]} opposition"
    return Entity(id=f"group:{name.lower().replace(' ', '-')}", name=name, type="armed_group")
