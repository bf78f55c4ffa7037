"""Who is bound: what the phrases of an agreement say, read through coreference and shared over its mentions."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimex.claims.treaty_event.counterparts import Context
from claimex.claims.treaty_event.known import known_parties
from claimex.claims.treaty_event.mention_index import MentionIndex
from claimex.components.treaty_parties import entity_lookup, is_party, opponents, party_words, subjects
from claimex.components.treaty_syntax import Link, links
from claimex.components.treaty_words import words
from claimex.model import EntityRef

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimex.annotations import TreatyMention
    from claimex.model import Entity

Named = dict[str, "Entity"]
PAIR = 2


@dataclass(slots=True)
class Bound:
    """Parties by the place in which one mention names them."""

    between: Named = field(default_factory=dict)
    others: Named = field(default_factory=dict)
    """The one side only: 'with Norway and Qatar'."""
    actors: Named = field(default_factory=dict)
    """Those who sign, violate, leave."""
    listed: int = 0
    foes: bool = False
    """True where 'rebel fighters' stand in the place of a party."""
    vague: bool = False
    """True for 'agreements with 14 countries': there is another side, but nobody names it."""

    @property
    def all(self) -> Named:
        """Every party named, in order of places."""
        return {**self.between, **self.actors, **self.others}


class Parties:
    """The parties of every agreement of one article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.plain = entity_lookup(doc)
        self.anaphors = {i: c for c in doc._.coreferences for i in range(c.anaphor.start, c.anaphor.end)}
        self.regions = {
            i: m.entity
            for m in doc._.entity_mentions
            if m.entity.id in words().regions
            for i in range(m.span.start, m.span.end)
        }
        self.context = Context(doc)
        self.names = MentionIndex(doc._.entity_mentions)
        self.phrases = {i for m in doc._.treaties for i in range(m.span.start, m.span.end)}
        """Tokens of the phrases that mean agreements."""
        self.links: dict[int, list[Link]] = {m.head.i: links(m.head) for m in doc._.treaties}
        self.known = {m.head.i: known_parties(m, self.context.entities) for m in doc._.treaties}
        self.own: dict[int, Bound] = {m.head.i: self._read(m) for m in doc._.treaties}
        self.context.brokers = self._brokers()
        self._acting: dict[int, list[TreatyMention]] = {}
        self.base: dict[int, Named] = {}
        """Agreement to the parties of the mention that names most surely, else those of all, else the likeliest."""
        chains: dict[int, list[TreatyMention]] = {}
        for mention in doc._.treaties:
            chains.setdefault(mention.chain, []).append(mention)
        self.named = {
            chain: any(len(self.own[m.head.i].between) >= PAIR for m in mentions) for chain, mentions in chains.items()
        }
        """Whether a mention of an agreement names both sides."""
        for chain, mentions in chains.items():
            base = self._base(mentions)
            known = next((named for m in mentions if (named := self.known[m.head.i])), {})
            if known and not self.named[chain]:
                base = known
            elif len(base) < PAIR and not _is_open(mentions[0]) and not any(self.own[m.head.i].vague for m in mentions):
                base = {**base, **self.context.counterpart(mentions, base)}
            self.base[chain] = base

    def _brokers(self) -> set[str]:
        """Ids of those by whom an agreement of others is brokered."""
        found: set[str] = set()
        verbs = words().context.broker
        for mention in self.doc._.treaties:
            for i in range(mention.span.start, mention.head.i):
                # 'a US-Russian-brokered ceasefire'
                if any(
                    t.lemma_.lower() in verbs and t.tag_ in {"VBN", "VBD", "JJ"}
                    for t in self.doc[i + 1 : min(i + 6, mention.head.i)]
                ):
                    found.update(e.id for e in self.plain(self.doc[i]))
            for link in self.links[mention.head.i]:
                if link.relation in {"obj", "pass"} and link.word.lemma_.lower() in verbs:
                    for token in subjects(link.word, passive=link.relation == "pass"):
                        found.update(e.id for e in self.look(token))
        return found

    def _read(self, mention: TreatyMention) -> Bound:
        hung = self.links[mention.head.i]
        bound = Bound()
        signers: Named = {}
        places = {"with": bound.others, "subject": bound.actors, "proposer": bound.actors, "signer": signers}
        for token, place in party_words(self.doc, mention.span.start, mention.head, hung):
            kept = places.get(place, bound.between)
            if place == "place" and mention.type != "ceasefire":
                continue
            found = self.look(token) or self._role(token, place) or self._region(token)
            bound.foes |= not found and token.lower_ in words().context.opponents
            bound.vague |= place == "with" and not found and token.lemma_.lower() in words().context.unnamed
            for entity in found:
                if place == "proposer" and entity.type != "armed_group":
                    continue  # who proposes may be a mediator
                if place in {"subject", "signer"} and entity.name in words().context.mediators and not _signs(hung):
                    continue
                bound.listed += place == "adjective" and entity.id not in kept
                kept.setdefault(entity.id, entity)
        if len(signers) >= PAIR:
            bound.between |= signers
            bound.actors.clear()  # 'the United States respects the agreements signed by Cuba and Haiti'
        bound.actors |= signers
        states = [e for e in bound.all.values() if e.type == "country"]
        if bound.foes and len(bound.all) == 1 and states:
            bound.between |= {foe.id: foe for foe in opponents(states[0], self.context.said)}
        if bound.listed > PAIR:
            bound.between.clear()  # 'Syria Russia US ceasefire': a row of keywords
        return bound

    def _role(self, token: Token, place: str) -> tuple[Entity, ...]:
        """Whom 'the government' and 'the rebels' mean where an agreement is between them."""
        if place not in {"between", "subject", "signer"} or token.pos_ not in {"NOUN", "PROPN"}:
            return ()
        context = words().context
        said = {t.lower_ for t in self.doc[token.left_edge.i : token.i + 1]}
        if said & context.opponents:
            return tuple(self.context.rebels(surely=place == "between").values())
        home = self.context.home() if said & context.organs else None
        return (home,) if home is not None else ()

    def _region(self, token: Token) -> tuple[Entity, ...]:
        """The states that 'the Central American presidents' act for: those of the region that the article names."""
        span = range(token.left_edge.i if token.tag_ == "NNS" else token.i, token.i + 1)
        regions = (self.regions.get(i) for i in span)
        return next((self.context.of_region(place) for place in regions if place is not None), ())

    def _base(self, mentions: list[TreatyMention]) -> Named:
        bounds = [self.own[m.head.i] for m in mentions]
        if mentions[0].type == "ceasefire":
            bounds = [b for b in bounds if not self.context.is_foreign(b.all)]
        for bound in bounds:
            if len(bound.between) >= PAIR:
                return bound.between
        for bound in bounds:
            if len(bound.all) >= PAIR:
                return bound.all if bound.between or bound.actors else self._anchored(bound.all, {})
        union: Named = {}
        for bound in bounds:
            union.update(bound.all)
        return union

    def look(self, token: Token) -> tuple[Entity, ...]:
        """Whom a party word means, through coreference where it names nobody."""
        named = self.plain(token)
        if named:
            return named
        anaphor = self.anaphors.get(token.i)
        if anaphor is None and token.lower_ == "it":
            return self._it(token)
        if anaphor is None or token.i != anaphor.anaphor.root.i:
            return ()
        parties = tuple(e for e in anaphor.entities if is_party(e))
        return parties or self.plain(anaphor.antecedent.root)

    def _it(self, token: Token) -> tuple[Entity, ...]:
        """The state that 'it' is when it signs: the last one in the sentence, else the subject of the one before."""
        start = token.sent.start
        before = self.doc[start - 1].sent.start if start else start
        last: tuple[Entity, ...] = ()
        for m in self.names.between(before, token.i):
            root = m.span.root
            modifies = root.dep_ in {"amod", "compound", "nmod", "poss"}
            if modifies or not is_party(m.entity):
                continue
            if m.span.start >= start or root.dep_ in {"nsubj", "nsubjpass"}:
                last = (m.entity,)
        return last

    def of(self, mention: TreatyMention) -> list[Entity]:
        """The parties of one mention by name: its own, those of its agreement, a counterpart where one is named."""
        named = self.context.without_members(self._of(mention), mention)
        if len(self.own[mention.head.i].between) < PAIR:
            named = self.context.at_home(named)
        if _is_joining(mention):
            return sorted(named.values(), key=lambda e: e.name)
        mediators = words().context.mediators
        bound = [e for e in named.values() if e.name not in mediators]
        return sorted(bound if len(bound) >= PAIR else named.values(), key=lambda e: e.name)

    def _of(self, mention: TreatyMention) -> Named:
        bound, base = self.own[mention.head.i], self.base[mention.chain]
        if len(bound.between) < PAIR and (known := self.known[mention.head.i]):
            return known
        own = bound.all
        if _is_open(mention) and len(bound.between) < PAIR:
            return self._of_open(mention, own, base)
        if mention.type == "ceasefire" and self.context.is_foreign(own):
            own = {}
        if not own or own.keys() <= base.keys():
            own = base
        elif len(base) >= PAIR and not bound.between and not bound.others and self.named[mention.chain]:
            own = base  # 'the Dutch rejected the treaty between the EU and Ukraine'
        elif not bound.between and not bound.actors:
            own = self._anchored(own, base)
        if len(own) < PAIR and not bound.vague:
            own = {**own, **self.context.counterpart([mention], own)}
        return own

    def _anchored(self, others: Named, base: Named) -> Named:
        """'The deals with Norway and Qatar': with whom? With the one that the article is about."""
        return {**others, **self.context.anchor(others, base)}

    def _of_open(self, mention: TreatyMention, own: Named, base: Named) -> Named:
        """Of an agreement open to all: who acts here, else elsewhere in the sentence, else who acted last."""
        if own:
            # 'the UN convention': who keeps it is not who is bound
            return {i: e for i, e in own.items() if e.name not in words().context.mediators} or own
        if mention.chain not in self._acting:
            self._acting[mention.chain] = [
                m for m in self.doc._.treaties if m.chain == mention.chain and self.own[m.head.i].all
            ]
        acting, start = self._acting[mention.chain], mention.span.sent.start
        place = bisect_left(acting, start, key=lambda m: m.span.sent.start)
        if place < len(acting) and acting[place].span.sent.start == start:
            return self.own[acting[place].head.i].all
        return self.own[acting[place - 1].head.i].all if place else self.context.accused(mention)

    def refs(self, mention: TreatyMention) -> tuple[EntityRef, ...]:
        """The parties as references, with their words where the sentence of the mention names them."""
        sentence = mention.span.sent
        here: dict[str, EntityRef] = {}
        for m in self.names.between(sentence.start, sentence.end):
            if m.entity.id not in here:
                here[m.entity.id] = EntityRef(
                    **m.entity.model_dump(), text=m.span.text, start=m.span.start_char, end=m.span.end_char
                )
        return tuple(here.get(e.id) or EntityRef(**e.model_dump()) for e in self.of(mention))


def _signs(hung: list[Link]) -> bool:
    return any(link.word.lemma_ in {"sign", "initial", "ink", "conclude"} for link in hung)


def _is_joining(mention: TreatyMention) -> bool:
    return mention.head.lower_ in words().context.joining


def _is_open(mention: TreatyMention) -> bool:
    """Whether an agreement is open to all states, by its noun or a word of its name."""
    said = {part for token in mention.span for part in token.lower_.split("-")}
    said |= {part.lower() for word in mention.name.split() for part in (word, *word.split("-"))}
    return mention.type == "convention" or (bool(said & words().context.open) and mention.type != "ceasefire")
