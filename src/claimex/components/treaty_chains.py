"""Which mentions of an article are the same agreement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimex.components.treaty_words import DEFINITE, DEMONSTRATIVE, words

if TYPE_CHECKING:
    from claimex.components.treaty_phrases import Phrase
    from claimex.model import Entity
    from claimex.vocabulary import TreatyType

UNSPECIFIC = {"other", "pact"}
TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"treaty", "pact", "other", "peace_deal", "trade_deal"}),
    frozenset({"ceasefire", "other", "peace_deal"}),
    frozenset({"convention", "treaty", "other"}),
    frozenset({"memorandum", "other", "pact"}),
)


def _marks(said: set[str]) -> set[str]:
    """What an agreement is about, by the beginnings of its words: fishing is fisheries."""
    return {word[:4] for word in said & words().hints.matter}


def _years(said: set[str]) -> set[str]:
    return {word for word in said if len(word) == 4 and word.isdigit() and word[:2] in {"18", "19", "20"}}


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
    nouns: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    parties: dict[str, Entity] = field(default_factory=dict)
    last: int = -1
    name: str = ""
    rank: tuple[int, int, int] = (-1, -1, -1)
    drafts: bool = False

    def takes(self, phrase: Phrase, kind: str, parties: tuple[Entity, ...]) -> bool:
        """Whether a phrase can name this agreement: nothing it says is against it, and something speaks for it."""
        if not all(any({kind, known} <= group for group in TOGETHER) or kind == known for known in self.types):
            return False
        if phrase.generic:
            return False
        if phrase.draft and not self.drafts and not (phrase.weight < 0 and phrase.determiner in DEMONSTRATIVE):
            return False  # a plan is an agreement where one was named so; 'the text', 'the draft' may be of any
        said = {*phrase.before, *phrase.topic}
        hints = words().hints
        marks = _marks(said)
        for mine, theirs in (
            (said & hints.places, self.places),
            (phrase.names, self.proper),
            (_years(said), self.years),
        ):
            if mine and theirs and not mine & theirs:
                return False
        named = {p.id for p in parties}
        if not self._fits(named):
            return False
        if phrase.determiner in DEMONSTRATIVE:
            described = bool(said - words().hints.weak - DEFINITE)
            if described and phrase.noun not in words().chains.common | self.nouns:
                return False  # 'the understanding of 1976' is not the treaty
            return not (marks and self.marks and not marks & self.marks) or bool(named and named == self.parties.keys())
        if set(phrase.before) & words().chains.other:
            return bool(marks & self.marks) and bool(named) and named <= self.parties.keys()
        if _years(said) and not self.years:
            return False  # 'its 1985 accord' is not the one under way
        again = bool(marks & self.marks) and bool(named & self.parties.keys())
        if phrase.noun not in self.nouns and not again and not (named and named == self.parties.keys()):
            return False
        if (self.places or self.proper) and not (said & self.places or phrase.names & self.proper):
            return bool(named and named == self.parties.keys())
        return not marks or not self.marks or bool(marks & self.marks)

    def _fits(self, named: set[str]) -> bool:
        """Whether parties named are those known: the same, fewer or more of them."""
        known = self.parties.keys()
        if not named or not known:
            return True
        if len(named) == 1 and len(known) == 1:
            return True  # the two sides, one named here and one there
        return named <= known or known <= named

    def add(self, phrase: Phrase, kind: str, parties: tuple[Entity, ...]) -> None:
        """Take a phrase in."""
        w = words()
        said = {*phrase.before, *phrase.topic}
        self.types.add(kind)
        self.marks |= _marks(said)
        self.proper |= phrase.names
        self.nouns.add(phrase.noun)
        self.years |= _years(said)
        self.places |= said & w.hints.places
        self.parties.update({p.id: p for p in parties})
        self.last = phrase.head
        self.drafts = self.drafts or phrase.draft


def chain_for(chains: list[Chain], phrase: Phrase, kind: str, parties: tuple[Entity, ...]) -> Chain | None:
    """The agreement that a phrase names: one of the same noun first, then the last mentioned; None for a new one."""
    recent = sorted(chains, key=lambda c: c.last, reverse=True)[:12]
    recent.sort(key=lambda c: phrase.noun not in c.nouns)
    return next((chain for chain in recent if chain.takes(phrase, kind, parties)), None)
