"""Agreements of states, of their organisations and of warring parties: every phrase that names one, and which one it names.

A phrase is an agreement when its noun, the words in it, its parties and its sentence together weigh enough
(`rules/treaty.toml`); a phrase that points back ('the deal') also when an agreement has been named before.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from claimex.annotations import TreatyMention
from claimex.components.extensions import register
from claimex.components.treaty_chains import BACK, Chain, chain_for, kind_of
from claimex.components.treaty_parties import entity_lookup, is_party, party_words
from claimex.components.treaty_phrases import Phrase, phrases, pronouns
from claimex.components.treaty_syntax import Link, links
from claimex.components.treaty_words import lowered, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    from claimex.components.treaty_parties import Lookup
    from claimex.model import Entity

STATE_LABELS = {"GPE", "NORP"}
NAME_TOKENS = 14
SHORT = 120
"""A text of fewer tokens says too little about what it is about."""


def find(doc: Doc) -> list[TreatyMention]:
    """Every agreement phrase in text order; empty for a Doc without a parse."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    found: list[tuple[Phrase, Chain, Span | None]] = []
    chains: list[Chain] = []
    look = entity_lookup(doc)
    tone = _Tone(doc)
    latest: dict[int, int] = {}
    known: set[str] = set()
    for phrase in sorted([*phrases(doc), *pronouns(doc)], key=lambda p: p.head):
        if phrase.noun == "it":
            before = max(latest.values(), default=None)
            if before is not None and _is_near(doc, found[before][0].head, phrase.head):
                found.append((phrase, found[before][1], _span(doc, found[before][0])))
            continue
        if _inside_name(doc, phrase) or (phrase.weight < 0 and _has_complement(doc, phrase)):
            continue
        hung = links(doc[phrase.head])
        parties = _named(doc, phrase, hung, look)
        kind = kind_of(phrase)
        weight = _weight(doc, phrase, hung, parties, tone)
        chain = None
        if weight >= words().threshold or _points_back(phrase, weight, known):
            chain = chain_for(chains, phrase, kind, parties)
        if chain is None and (
            weight >= words().threshold or (phrase.noun in known and weight >= words().threshold - 2)
        ):
            chain = Chain(len(chains))
            chains.append(chain)
        if chain is None:
            continue
        chain.add(phrase, kind, parties)
        known.add(phrase.noun)
        _name(doc, phrase, chain)
        before = latest.get(chain.number)
        found.append((phrase, chain, found[before][0] and _span(doc, found[before][0]) if before is not None else None))
        latest[chain.number] = len(found) - 1
    return [_mention(doc, phrase, chain, antecedent) for phrase, chain, antecedent in found]


def _is_near(doc: Doc, before: int, here: int) -> bool:
    """Whether a word stands in the sentence of another or in the one after it."""
    sentence = doc[here].sent
    return before >= sentence.start or (sentence.start > 0 and before >= doc[sentence.start - 1].sent.start)


def _span(doc: Doc, phrase: Phrase) -> Span:
    return doc[phrase.start : phrase.end]


def _mention(doc: Doc, phrase: Phrase, chain: Chain, antecedent: Span | None) -> TreatyMention:
    types = Counter(t for t in chain.types if t not in {"other", "pact"})
    own = kind_of(phrase)
    kind = (
        sorted(types)[0]
        if phrase.noun == "it" and types
        else own
        if own not in {"other", "pact"} or not types
        else sorted(types)[0]
    )
    return TreatyMention(
        span=_span(doc, phrase),
        head=doc[phrase.head],
        name=chain.name,
        type=kind,
        parties=tuple(sorted(chain.parties.values(), key=lambda e: e.name)),
        chain=chain.number,
        antecedent=antecedent,
    )


def _named(doc: Doc, phrase: Phrase, hung: list[Link], look: Lookup) -> tuple[Entity, ...]:
    """The parties that the phrase and its verb name, each once."""
    out: dict[str, Entity] = {}
    for token, place in party_words(doc, phrase.start, doc[phrase.head], hung):
        if place == "proposer" or (place == "place" and phrase.type != "ceasefire"):
            continue
        for entity in look(token):
            out.setdefault(entity.id, entity)
    return tuple(out.values())


def _inside_name(doc: Doc, phrase: Phrase) -> bool:
    """Whether the noun is part of another name: 'North Atlantic Treaty Organization', 'the Convention Center'."""
    for mention in doc._.entity_mentions:
        if mention.span.start <= phrase.head < mention.span.end:
            return phrase.head < mention.span.end - 1 and mention.entity.type in {
                "organisation",
                "place",
                "facility",
                "armed_group",
            }
    head = doc[phrase.head]
    return phrase.modifier and head.head.lower_ in {"organization", "organisation", "center", "centre"}


def _has_complement(doc: Doc, phrase: Phrase) -> bool:
    """Whether a text is that of something else: 'the text of the bill'."""
    return any(c.dep_ == "prep" and c.lower_ == "of" for c in doc[phrase.head].rights)


def _points_back(phrase: Phrase, weight: int, known: set[str]) -> bool:
    """Whether a phrase too weak alone may name an agreement of before: by its determiner, or by the same noun again."""
    return (phrase.determiner in BACK and weight >= -1) or (phrase.noun in known and weight >= 1)


class _Tone:
    """How much a sentence, and the article, speaks of states and of business."""

    def __init__(self, doc: Doc) -> None:
        self.low = lowered(doc)
        context = words().context
        self.public = [word in context.public for word in self.low]
        self.company = [word in context.company for word in self.low]
        self.balance = sum(self.public) - sum(self.company)
        self.size = len(self.low)
        self.war = sum(word in context.war for word in self.low)
        named = {m.entity.id for m in doc._.entity_mentions if is_party(m.entity)}
        self.parties = len(named or {ent.text for ent in doc.ents if ent.label_ in STATE_LABELS})

    def weight(self, start: int, end: int) -> int:
        """From -2 (business) to +3 (states, many of them or at war) for a sentence of the article."""
        here = sum(self.public[start:end]) - sum(self.company[start:end])
        whole = self.balance * 100 / max(self.size, 100)
        if here < 0 and whole < 1:
            return -2
        if here < 0 or whole < -1:
            return -1
        # several states, or a war, and no word of business in the sentence: agreements are theirs
        foreign = not any(self.company[start:end]) and self.parties > 1
        return (here > 0 and whole > 0) + foreign + (foreign and (self.parties > 3 or self.war > 5))


def _weight(doc: Doc, phrase: Phrase, hung: list[Link], parties: tuple[Entity, ...], tone: _Tone) -> int:
    """How much speaks for an agreement of states."""
    hints = words().hints
    before, said = set(phrase.before), {*phrase.before, *phrase.topic}
    said |= {word.removesuffix("s") for word in said}
    weight = phrase.weight
    if said & (hints.draft_matter if phrase.draft else hints.matter) or before & hints.places:
        weight += 2
    if before & hints.weak:
        weight += 1
    if phrase.proper:
        weight += 1
    if before & hints.private:
        weight -= 4
    states = len(parties)
    others = 0
    if not doc._.entity_mentions:
        states, others = _plain_parties(doc, phrase, hung)
    else:
        others = sum(1 for t, _ in party_words(doc, phrase.start, doc[phrase.head], hung) if _is_company(doc, t))
    if states and not phrase.draft:
        weight += 2 + (states > 1)
    if others and states < 2 and not (phrase.weight > 2 or said & hints.matter):
        weight -= 3
    sentence = doc[phrase.head].sent
    if phrase.weight < 3 and states < 2:
        around = tone.weight(sentence.start, sentence.end)
        weight += min(around, 1) if phrase.draft or not phrase.weight else around
    if tone.war < 3 and tone.size > SHORT and phrase.type == "ceasefire":
        weight -= 2
    bare = not phrase.proper and not states and not said & hints.matter
    if tone.war < 3 and tone.parties < 2 and bare and (phrase.weight < 3 or tone.size > SHORT):
        weight -= 2  # one country and no war: its own politics
    return weight


def _plain_parties(doc: Doc, phrase: Phrase, hung: list[Link]) -> tuple[int, int]:
    """States and others among the parties of a Doc that no entity layer has seen, by the model's labels."""
    states, others = set(), set()
    for token, _ in party_words(doc, phrase.start, doc[phrase.head], hung):
        label = token.ent_type_
        if label in STATE_LABELS:
            states.add(token.text)
        elif label in {"ORG", "MONEY"}:
            others.add(token.text)
    return len(states), len(others)


def _is_company(doc: Doc, token: Token) -> bool:
    if token.ent_type_ == "MONEY":
        return True
    for mention in doc._.entity_mentions:
        if mention.span.start <= token.i < mention.span.end:
            return mention.entity.type == "organisation" and not is_party(mention.entity)
    return False


def _name(doc: Doc, phrase: Phrase, chain: Chain) -> None:
    """Keep the fullest name: a proper one before a description, then the longer one."""
    start = phrase.start
    while start < phrase.head and doc[start].tag_ in {"DT", "PRP$", "PDT"}:
        start += 1
    end = min(phrase.end, start + NAME_TOKENS)
    rank = (int(phrase.proper), sum(not t.is_space and not t.is_punct for t in doc[start:end]))
    if rank > chain.rank:
        chain.rank = rank
        chain.name = " ".join(doc[start:end].text.split())


class TreatiesLayer:
    """Writes `doc._.treaties`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the agreements of one Doc."""
        doc._.treaties = find(doc)
        return doc


def create(nlp: Language, name: str) -> TreatiesLayer:
    """Factory `claimex_treaties`."""
    register()
    return TreatiesLayer(name)
