"""Agreements of states, of their organisations and of warring parties: every phrase that names one, and which one.

A phrase is an agreement when its noun, the words in it, its parties and its sentence together weigh enough
(`rules/treaty.toml`); a phrase that points back ('the deal') also when an agreement has been named before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.annotations import TreatyMention, mentions_by_token
from claimex.components.columns import lowered
from claimex.components.layer import Layer
from claimex.components.treaty_chains import UNSPECIFIC, Chain, chain_for, kind_of
from claimex.components.treaty_parties import entity_lookup, is_party, party_words
from claimex.components.treaty_phrases import Phrase, phrases, pronouns
from claimex.components.treaty_syntax import Link, links
from claimex.components.treaty_words import DEMONSTRATIVE, squeezed, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    from claimex.annotations import EntityMention
    from claimex.components.treaty_parties import Lookup
    from claimex.model import Entity

STATE_LABELS = {"GPE", "NORP"}
SPECIFIC = ("ceasefire", "peace_deal", "trade_deal", "convention", "memorandum", "treaty", "pact", "other")
"""What an unspecific noun takes from other mentions of its agreement, the first that there is."""
NAMED = {"organisation", "place", "facility", "armed_group"}
TAKEN_UP = {"nsubj", "nsubjpass", "dobj"}
"""What a sentence's first pronoun can take up."""
NAME_TOKENS = 14
NAME_WORDS = 5
"""Words and marks in front of the noun of a name that everybody knows."""
SHORT = 120
"""A text of fewer tokens says too little about what it is about."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A noun phrase that could name an agreement and does not; `weight` is what spoke for it where that was asked."""

    span: Span
    weight: int | None = None


def find(doc: Doc, passed: list[Passed] | None = None) -> list[TreatyMention]:
    """Every agreement phrase in text order; empty for a Doc without a parse. Other phrases go into `passed`."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    candidates = sorted([*phrases(doc), *pronouns(doc)], key=lambda p: p.head)
    if not candidates:
        return []
    article = _Article(doc)
    found: list[tuple[Phrase, Chain, Span | None]] = []
    chains: list[Chain] = []
    latest: dict[int, Phrase] = {}
    known: set[str] = set()
    for phrase in candidates:
        if phrase.noun == "it":
            before = max(latest.items(), key=lambda item: item[1].head, default=None)
            fits = before is not None and (phrase.weight or doc[before[1].head].dep_ in TAKEN_UP)
            if before is not None and fits and _is_near(doc, before[1].head, phrase.head):
                found.append((phrase, chains[before[0]], _span(doc, before[1])))
            continue
        if (
            _inside_name(doc, phrase, article.at)
            or (phrase.weight < 0 and _has_complement(doc, phrase))
            or _is_proviso(article.low, phrase)
        ):
            if passed is not None:
                passed.append(Passed(_span(doc, phrase)))
            continue
        hung = links(doc[phrase.head])
        parties = _named(doc, phrase, hung, article.look)
        weight = _weight(doc, phrase, hung, parties, article)
        chain = _chain(chains, phrase, parties, weight, known)
        if chain is None:
            if passed is not None:
                passed.append(Passed(_span(doc, phrase), weight))
            continue
        chain.add(phrase, kind_of(phrase), parties)
        known.add(phrase.noun)
        _name(doc, phrase, chain)
        earlier = latest.get(chain.number)
        found.append((phrase, chain, _span(doc, earlier) if earlier is not None else None))
        latest[chain.number] = phrase
    return [_mention(doc, phrase, chain, antecedent) for phrase, chain, antecedent in found]


def _chain(
    chains: list[Chain], phrase: Phrase, parties: tuple[Entity, ...], weight: int, known: set[str]
) -> Chain | None:
    """The agreement that a phrase names, a new one added to `chains` where need be; None for no agreement of states."""
    enough = weight >= words().threshold
    if not enough and not _points_back(phrase, weight, known):
        return None
    chain = chain_for(chains, phrase, kind_of(phrase), parties)
    # the same noun again, of other parties: nearly enough is enough
    if chain is None and (enough or (phrase.noun in known and weight >= words().threshold - 2)):
        chain = Chain(len(chains))
        chains.append(chain)
    return chain


def _span(doc: Doc, phrase: Phrase) -> Span:
    return doc[phrase.start : phrase.end]


def _is_near(doc: Doc, before: int, here: int) -> bool:
    """Whether a word stands in the sentence of another or in the one after it."""
    sentence = doc[here].sent
    return before >= sentence.start or (sentence.start > 0 and before >= doc[sentence.start - 1].sent.start)


def _mention(doc: Doc, phrase: Phrase, chain: Chain, antecedent: Span | None) -> TreatyMention:
    own = kind_of(phrase)
    kind = own if own not in UNSPECIFIC and phrase.noun != "it" else min(chain.types, key=SPECIFIC.index)
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


def _inside_name(doc: Doc, phrase: Phrase, at: dict[int, EntityMention]) -> bool:
    """Whether the noun is part of another name: 'North Atlantic Treaty Organization', 'the Convention Center'."""
    mention = at.get(phrase.head)
    if mention is not None:
        return phrase.head < mention.span.end - 1 and mention.entity.type in NAMED
    head = doc[phrase.head]
    return phrase.modifier and head.head.lower_ in {"organization", "organisation", "center", "centre"}


def _has_complement(doc: Doc, phrase: Phrase) -> bool:
    """Whether a text is that of something else: 'the text of the bill'."""
    return any(c.dep_ == "prep" and c.lower_ == "of" for c in doc[phrase.head].rights)


def _is_proviso(low: list[str], phrase: Phrase) -> bool:
    """'On the understanding that ...': a condition, and no agreement."""
    return phrase.noun in words().context.provisos and low[phrase.head + 1 : phrase.head + 2] == ["that"]


def _points_back(phrase: Phrase, weight: int, known: set[str]) -> bool:
    """Whether a phrase too weak alone may name an agreement of before: by its determiner, or by the same noun again."""
    return (phrase.determiner in DEMONSTRATIVE and weight >= -1) or (phrase.noun in known and weight >= 1)


class _Article:
    """The names of an article, and how much it and its sentences speak of states and of business."""

    def __init__(self, doc: Doc) -> None:
        self.at = mentions_by_token(doc)
        self.look = entity_lookup(doc)
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


def _weight(doc: Doc, phrase: Phrase, hung: list[Link], parties: tuple[Entity, ...], article: _Article) -> int:
    """How much speaks for an agreement of states."""
    hints = words().hints
    before, said = set(phrase.before), {*phrase.before, *phrase.topic}
    said |= {word.removesuffix("s") for word in said}
    weight = phrase.weight
    if _is_known(article.low, phrase.head):
        return max(weight, words().threshold)
    if before & hints.places:
        weight += 3  # a place that lends its name says it almost alone
    elif said & (hints.draft_matter if phrase.draft else hints.matter):
        weight += 2
    if before & hints.weak:
        weight += 1
    if phrase.proper:
        weight += 1
    if (before & hints.private and not before & hints.relief) or set(phrase.topic) & hints.business:
        weight -= 4
    states = len(parties)
    others = 0
    if not doc._.entity_mentions:
        states, others = _plain_parties(doc, phrase, hung)
    else:
        others = sum(1 for t, _ in party_words(doc, phrase.start, doc[phrase.head], hung) if _is_company(t, article.at))
    if states and not phrase.draft:
        weight += 2 + (states > 1)
    if others and states < 2 and not (phrase.weight > 2 or said & hints.matter):
        weight -= 3
    sentence = doc[phrase.head].sent
    if phrase.weight < 3 and states < 2:
        around = article.weight(sentence.start, sentence.end)
        weight += min(around, 1) if phrase.draft or not phrase.weight else around
    if article.war < 3 and article.size > SHORT and phrase.type == "ceasefire":
        weight -= 2
    bare = not phrase.proper and not states and not said & hints.matter and not before & hints.places
    if article.war < 3 and article.parties < 2 and bare and (phrase.weight < 3 or article.size > SHORT):
        weight -= 2  # one country and no war: its own politics
    return weight


def _is_known(low: list[str], head: int) -> bool:
    """Whether the words up to the noun are the name of an agreement that everybody knows."""
    names = words().known_names
    return any(squeezed("".join(low[k : head + 1])) in names for k in range(max(head - NAME_WORDS, 0), head))


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


def _is_company(token: Token, at: dict[int, EntityMention]) -> bool:
    if token.ent_type_ == "MONEY":
        return True
    mention = at.get(token.i)
    return mention is not None and mention.entity.type == "organisation" and not is_party(mention.entity)


def _name(doc: Doc, phrase: Phrase, chain: Chain) -> None:
    """Keep the fullest name: a proper one before a description, then the longer one."""
    start = phrase.start
    passing = words().hints.passing
    while start < phrase.head and (doc[start].tag_ in {"DT", "PRP$", "PDT"} or doc[start].lower_ in passing):
        start += 1
    end = min(phrase.end, start + NAME_TOKENS)
    length = sum(not t.is_space and not t.is_punct for t in doc[start:end])
    # "Arrangement" by itself names none, whatever its capital.
    rank = (int(not phrase.draft), int(phrase.proper and length > 1), length)
    if rank > chain.rank:
        chain.rank = rank
        chain.name = " ".join(doc[start:end].text.split())


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_treaties`."""
    return Layer(name, "treaties", find)
