"""Which mentions of an article are the same agreement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimex.components.treaty_words import TreatyType, words

if TYPE_CHECKING:
    from claimex.components.treaty_phrases import Phrase
    from claimex.model import Entity

UNSPECIFIC = {"other", "pact"}
TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"treaty", "pact", "other", "peace_deal", "trade_deal"}),
    frozenset({"ceasefire", "other", "peace_deal"}),
    frozenset({"convention", "treaty", "other"}),
    frozenset({"memorandum", "other", "pact"}),
)
BACK = {"the", "this", "that", "these", "those", "such"}


def kind_of(phrase: Phrase) -> TreatyType:
    """The type of an agreement: its noun's, or where the noun is unspecific what its subject matter makes it."""
    chains, said = words().chains, {*phrase.before, *phrase.topic}
    if phrase.type not in UNSPECIFIC:
        return phrase.type
    if said & chains.peace_deal:
        return "peace_deal"
    if said & chains.trade_deal:
        return "trade_deal"
    return phrase.type


@dataclass(slots=True)
class Chain:
    """One agreement of the article."""

    number: int
    types: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    proper: set[str] = field(default_factory=set)
    parties: dict[str, Entity] = field(default_factory=dict)
    last: int = -1
    name: str = ""
    rank: tuple[int, int] = (-1, -1)
    drafts: bool = False

    def takes(self, phrase: Phrase, kind: str, parties: tuple[Entity, ...]) -> bool:
        """Whether a phrase can name this agreement."""
        w = words()
        said = {*phrase.before, *phrase.topic}
        if not all(any({kind, known} <= group for group in TOGETHER) or kind == known for known in self.types):
            return False
        if phrase.draft and not self.drafts and not (phrase.weight < 0 and phrase.determiner in BACK):
            return False  # a plan is an agreement where one was named so; 'the text', 'the draft' may be of any
        places, marks = said & w.hints.places, said & w.hints.matter
        if (places and self.places and not places & self.places) or (places and not self.places and self.marks and not phrase.determiner):
            return False
        if phrase.names and self.proper and not phrase.names & self.proper:
            return False
        named = {p.id for p in parties}
        if named and self.parties and len(named) > 1 and not named <= self.parties.keys() and not self.parties.keys() <= named:
            return False
        if len(named) == 1 and len(self.parties) > 1 and not named <= self.parties.keys():
            return False
        if phrase.determiner in BACK:
            return not (marks and self.marks and not marks & self.marks) or bool(named and named == self.parties.keys())
        if set(phrase.before) & w.chains.other:
            return bool(marks & self.marks) and bool(named) and named <= self.parties.keys()
        return not marks or not self.marks or bool(marks & self.marks)

    def add(self, phrase: Phrase, kind: str, parties: tuple[Entity, ...]) -> None:
        """Take a phrase in."""
        w = words()
        said = {*phrase.before, *phrase.topic}
        self.types.add(kind)
        self.marks |= said & w.hints.matter
        self.proper |= phrase.names
        self.places |= said & w.hints.places
        self.parties.update({p.id: p for p in parties})
        self.last = phrase.head
        self.drafts = self.drafts or phrase.draft


def chain_for(chains: list[Chain], phrase: Phrase, kind: str, parties: tuple[Entity, ...]) -> Chain | None:
    """The agreement that a phrase names, the last mentioned first; None for a new one."""
    recent = sorted(chains, key=lambda c: c.last, reverse=True)[:12]
    return next((chain for chain in recent if chain.takes(phrase, kind, parties)), None)
