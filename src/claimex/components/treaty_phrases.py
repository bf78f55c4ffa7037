"""Noun phrases that may name an agreement, with what stands in and around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimex.annotations import entity_at
from claimex.components.columns import lowered
from claimex.components.treaty_words import DEFINITE, DEMONSTRATIVE, Noun, Words, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimex.vocabulary import TreatyType

FIRST = 4
"""How near the start of its sentence a pronoun takes up the subject of the one before."""
ONES = {"nsubj", "nsubjpass", "dobj", "pobj"}
OPENERS = {"since", "before", "after", "until"}
NOMINAL = {"NOUN", "PROPN", "ADJ", "X", "VERB"}
LEFT_LIMIT = 16
RIGHT_LIMIT = 14
PRE = {
    "det",
    "amod",
    "compound",
    "nmod",
    "poss",
    "nummod",
    "quantmod",
    "predet",
    "npadvmod",
    "advmod",
    "punct",
    "case",
    "conj",
    "cc",
}
BETWEEN = {"between", "among", "amongst"}
WITH = {"with"}
TOPIC = {"on", "for", "of", "to", "against", "concerning", "regarding", "over", "about", "banning", "in"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One candidate: the tokens [start, end), its head noun, and the words that decide about it."""

    start: int
    end: int
    head: int
    noun: str
    type: TreatyType
    weight: int
    draft: bool
    before: tuple[str, ...]
    topic: tuple[str, ...]
    determiner: str | None
    proper: bool
    names: frozenset[str]
    """Capitalised words before the noun that name no party and no date."""
    modifier: bool
    """True where the noun only modifies another one: 'ceasefire talks'."""
    generic: bool = False
    """True for a bare plural: 'negotiates fisheries treaties' speaks of none that was named before.

    'Agreements' and 'deals' often do: 'under deals signed in Istanbul'.
    """


def phrases(doc: Doc) -> Iterator[Phrase]:
    """Candidates in text order; of nested agreement nouns ('a ceasefire agreement') the last is the head."""
    w, low = words(), lowered(doc)
    last: Phrase | None = None
    for start, head, noun, kind in _heads(doc, low, w):
        phrase = _phrase(doc, low, start, head, noun, kind)
        if phrase is None or (last is not None and last.noun == "memorandum" and low[phrase.start - 1] == "of"):
            continue  # 'memorandum of understanding'
        if last is not None and phrase.start <= last.head and phrase.head > last.head:
            # 'a truce deal': one agreement, of the kind that the first noun says
            specific = last.type if last.type not in {"other", "pact"} else phrase.type
            phrase = replace(phrase, type=specific, weight=max(phrase.weight, last.weight))
            last = None
        if last is not None:
            yield last
        last = phrase
    if last is not None:
        yield last


def pronouns(doc: Doc) -> Iterator[Phrase]:
    """Each 'it' of which a verb is said that is said of agreements only: 'since it came into force'; 'the new one'."""
    low = lowered(doc)
    if not {"it", "they", "one"} & set(low):
        return
    chains = words().chains
    for i, word in enumerate(low):
        if word == "one" and i and low[i - 1] in chains.ones and doc[i].dep_ in ONES:
            # 'the current one', whatever is said of it
            yield Phrase(i - 1, i + 1, i, "it", "other", 1, False, (), (), None, False, frozenset(), False)
        if word not in {"it", "they"} or doc[i].dep_ not in {"nsubj", "nsubjpass", "dobj"}:
            continue
        verb = doc[i].head
        if word == "they" and verb.lemma_ not in chains.provides:
            continue
        near = set(low[verb.i : verb.i + 4])
        said = (
            (verb.lemma_ in chains.pronoun and (doc[i].dep_ != "nsubj" or verb.lemma_ in chains.intransitive))
            or (near & chains.in_force and verb.lemma_ in chains.entering)
            or (verb.lemma_ in chains.beginning and any(c.lower_ in OPENERS for c in verb.lefts))
        )
        first = doc[i].dep_ == "nsubj" and i <= doc[i].sent.start + FIRST and verb.lemma_ in chains.provides
        if said or first:
            # what only takes up a subject weighs less: the agreement must have been the subject before
            yield Phrase(i, i + 1, i, "it", "other", int(said), False, (), (), None, False, frozenset(), False)


def _heads(doc: Doc, low: list[str], w: Words) -> Iterator[tuple[int, int, Noun, TreatyType]]:
    """First token, head token, entry and type of every agreement noun or treaty name."""
    skip = -1
    acronyms: dict[str, Noun] = {}
    for i, word in enumerate(low):
        if i < skip:
            continue
        if word in acronyms and doc[i].text.isupper():
            if low[i - 1] != "(":
                yield i, i, acronyms[word], acronyms[word].type
            continue
        if word in w.name_starts and (found := _name(doc, low, i, w)) is not None:
            length, kind = found
            skip = i + length
            noun = Noun(words=(" ".join(low[i:skip]),), type=kind, weight=w.threshold)
            behind = next((k for k in range(i + 1, skip) if low[k] in {"of", "to"}), skip)
            yield i, behind - 1, noun, kind
            continue
        entry = w.by_word.get(word)
        if entry is not None and doc[i].pos_ in NOMINAL and not _is_verb(doc, low, i):
            short = _acronym(doc, low, i)
            if short:
                acronyms[short] = Noun(words=entry.words[:1], type=entry.type, weight=w.threshold)
            yield i, i, entry, entry.type


def _acronym(doc: Doc, low: list[str], i: int) -> str:
    """The short name in brackets behind an agreement noun: 'International Rubber Agreement (INRA)'; else empty."""
    if low[i + 1 : i + 2] != ["("] or low[i + 3 : i + 4] != [")"]:
        return ""
    short = doc[i + 2].text
    fits = short.isupper() and short.isalpha() and 1 < len(short) < 8 and low[i][0] in short.lower()
    return low[i + 2] if fits else ""


def _name(doc: Doc, low: list[str], i: int, w: Words) -> tuple[int, TreatyType] | None:
    for length in range(w.longest_name, 0, -1):
        kind = w.by_name.get(tuple(low[i : i + length]))
        if kind is None:
            continue
        # 'START' is a treaty and 'start' is not
        if length == 1 and not doc[i].text.isupper() and len(low[i]) < 6:
            continue
        return length, kind
    return None


def _is_verb(doc: Doc, low: list[str], i: int) -> bool:
    """Whether the tagger's verb is one: 'deal with the crisis', 'to deal a blow', but not 'the deal covers'."""
    token = doc[i]
    if token.tag_ in {"NN", "NNS", "NNP", "NNPS"}:
        return False
    if token.pos_ == "ADJ":
        return False
    return i == 0 or low[i - 1] not in DEMONSTRATIVE | {"a", "an"} | words().syntax.before_noun


def _phrase(doc: Doc, low: list[str], first: int, head: int, noun: Noun, kind: TreatyType) -> Phrase | None:
    token = doc[head]
    start = _left(doc, first, head)
    before = tuple(_joined(low, start, first))
    determiner = low[start] if low[start] in DEFINITE | {"a", "an", "no", "any", "some", "each", "another"} else None
    possessive = next((low[i] for i in range(start, first) if doc[i].tag_ in {"POS", "PRP$"}), None)
    numbered = any(doc[i].tag_ == "CD" for i in range(start, first))
    end, topic = _right(doc, low, head, noun)
    capital = doc._.words[head][:1].isupper() and not low[head].isupper()
    modifier = token.dep_ in {"compound", "nmod", "amod"} and token.head.i > head and token.head.i - head <= 3
    return Phrase(
        start=start,
        end=head + 1 if modifier else end,
        head=head,
        noun=noun.words[0],
        type=kind,
        weight=noun.weight,
        draft=noun.draft,
        before=before,
        topic=() if modifier else topic,
        determiner=determiner or ("the" if possessive else None),
        names=frozenset(low[i] for i in range(start, first) if _is_name(doc, i)),
        proper=bool(capital and head and head != token.sent.start),
        modifier=modifier,
        generic=token.tag_ == "NNS" and noun.weight >= words().threshold and not (determiner or possessive or numbered),
    )


def _is_name(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.tag_ not in {"NNP", "NNPS"} or not doc._.words[i][:1].isupper() or token.ent_type_ in {"DATE", "NORP"}:
        return False
    entity = entity_at(doc, i)
    return entity is None or entity.entity.type not in {"country", "armed_group", "organisation"}


def _left(doc: Doc, first: int, head: int) -> int:
    """Where the phrase begins: premodifiers of the noun as far as they stand without a gap."""
    token, floor = doc[head], max(0, first - LEFT_LIMIT, doc[head].sent.start)
    inside = {head}
    for child in token.lefts:
        if child.dep_ in PRE:
            inside.update(t.i for t in child.subtree)
    if token.dep_ in {
        "compound",
        "nmod",
        "amod",
    }:  # siblings belong to 'ceasefire talks' as a whole, save adjectives before it
        inside.update(c.i for c in token.head.lefts if c.i < head and c.dep_ in {"amod", "compound", "det"})
    start = first
    while start > floor:
        i = start - 1
        tag = doc[i].tag_
        if tag == "VBG" and i > floor and doc[i - 1].dep_ == "prep":
            break  # 'prospects of signing agreements'
        if i in inside and tag not in {"VBD", "VBZ", "VBP", "MD", "IN", "WDT"}:
            start = i
        elif tag in {"DT", "PRP$"} and i == start - 1 and start == first:
            start = i
            break
        else:
            break
    while start < first and (doc[start].is_space or doc[start].tag_ in {",", "CC", "HYPH", ":", "``", "''"}):
        start += 1
    return start


def _right(doc: Doc, low: list[str], head: int, noun: Noun) -> tuple[int, tuple[str, ...]]:
    """Where the phrase ends, with the words of its topic: 'a convention [on landmines]'."""
    end = head + 1
    topic: list[str] = []
    token = doc[head]
    limit = min(len(doc), head + RIGHT_LIMIT, token.sent.end)
    for child in token.rights:
        if child.dep_ == "prep" and low[child.i] in TOPIC | BETWEEN | WITH and child.i < limit:
            right = min(child.right_edge.i + 1, limit)
            stop = next((i for i in range(child.i, right) if _closes(doc, i)), right)
            if child.i <= end + 1 and (low[child.i] != "in" or noun.type == "ceasefire"):
                end = max(end, stop)
            if low[child.i] in TOPIC:
                topic.extend(_joined(low, child.i + 1, min(stop, child.i + 8)))
        elif child.dep_ in {"acl", "relcl"} and child.tag_ == "VB" and child.i < limit:
            topic.extend(low[child.i : min(child.i + 6, limit)])
    if head + 2 < limit and low[head + 1] == "to":
        topic.append(low[head + 2])  # 'a deal to buy', wherever the parser hangs it
    return end, tuple(topic)


def _closes(doc: Doc, i: int) -> bool:
    token: Token = doc[i]
    if token.text == "," and i + 1 < len(doc) and doc[i + 1].tag_ not in {"NNP", "NNPS", "DT", "CC"}:
        return True
    if token.tag_ == "NNS" and token.lemma_ in words().context.never_nouns:
        return True
    return token.tag_ in {"VBD", "VBZ", "VBP", "MD", "WDT", "WP", ":", "-LRB-"} or (
        token.is_space and "\n" in token.text
    )


def _joined(low: list[str], start: int, end: int) -> Iterator[str]:
    """The words of a stretch, and those that a hyphen joins as one more: 'free', 'trade', 'free-trade'."""
    for i in range(start, end):
        yield low[i]
        if low[i] == "-" and start < i < end - 1:
            yield f"{low[i - 1]}-{low[i + 1]}"
        elif "-" in low[i] and len(low[i]) > 1:
            yield from low[i].split("-")
