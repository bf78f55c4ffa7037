"""The events of an article: which mention of an agreement is governed by which trigger, each stage once a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.claims.treaty_event.lexicon import rules
from claimex.claims.treaty_event.triggers import Hit, match
from claimex.components.columns import strings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.annotations import TreatyMention
    from claimex.claims.treaty_event.parties import Parties
    from claimex.components.treaty_syntax import Link

COARSE = {"acceded": "signed", "adopted": "signed", "concluded": "negotiated", "amended": "other"}


@dataclass(frozen=True, slots=True)
class Event:
    """One agreement at one stage."""

    mention: TreatyMention
    hit: Hit
    link: Link | None


def events(doc: Doc, parties: Parties) -> list[Event]:
    """Events in text order, each stage of an agreement once a sentence: the most specific trigger, then the first."""
    best: dict[tuple[int, str, int], tuple[tuple[int, ...], Event]] = {}
    for event in _candidates(doc, parties):
        stage = event.hit.rule.stage
        key = (event.mention.chain, COARSE.get(stage, stage), event.hit.word.sent.start)
        rank: tuple[int, ...] = (_rank(event), event.hit.span.start)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, event)
    taken: dict[tuple[int, int], tuple[tuple[int, ...], Event]] = {}
    for rank, event in best.values():
        # one word tells one stage of an agreement
        at = (event.mention.chain, event.hit.span.start)
        if at not in taken or rank < taken[at][0]:
            taken[at] = (rank, event)
    says = {e.hit.word.i for _, e in taken.values() if _is_subject(e)}
    # 'the plan calls for a ceasefire' is one claim, on the plan
    kept = [e for _, e in taken.values() if e.hit.word.i not in says or _is_subject(e)]
    told = {e.mention.head.i for e in kept if e.hit.rule.stage == "rejected"}
    # 'rejected the proposal for a truce': the proposal is told of already
    others = _by_sentence(kept)
    kept = [e for e in kept if e.hit.word.i not in told and not _is_told_by(e, others[e.hit.word.sent.start])]
    others = _by_sentence(kept)
    kept = [e for e in kept if not _is_within(e, others[e.hit.word.sent.start])]
    return sorted(kept, key=lambda e: (e.hit.span.start, e.mention.head.i, e.hit.rule.id))


def _by_sentence(events: list[Event]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for event in events:
        found.setdefault(event.hit.word.sent.start, []).append(event)
    return found


def _is_told_by(event: Event, others: list[Event]) -> bool:
    return _is_answered(event, others) or _is_nested(event, others)


def _is_nested(event: Event, others: list[Event]) -> bool:
    """Whether the same word tells the same of a phrase around this one: 'dismissed the proposal for a truce'."""
    head = event.mention.head.i
    return any(
        o.hit.word == event.hit.word
        and o.hit.rule.stage == event.hit.rule.stage
        and o.mention.head.i < head < o.mention.span.end
        for o in others
    )


def _is_within(event: Event, others: list[Event]) -> bool:
    """Whether the word is part of a phrase that tells something else: 'halted its participation'."""
    a = event.hit.span
    return any(
        o.mention.head.i == event.mention.head.i
        and o.hit.span.start <= a.start
        and a.end <= o.hit.span.end
        and len(o.hit.span) > len(a)
        for o in others
    )


def _is_answered(event: Event, others: list[Event]) -> bool:
    """Whether an offer is told of by its answer: 'accepted the offer of a truce'."""
    noun = event.hit.word
    if event.hit.rule.id != "treaty.propose.noun" or noun.dep_ != "dobj":
        return False
    return any(o.hit.word == noun.head and o.mention.head.i == event.mention.head.i for o in others)


def _is_subject(event: Event) -> bool:
    return event.link is not None and event.link.relation == "subj"


def _rank(event: Event) -> int:
    generic = event.hit.rule.words == ("*",)
    indirect = event.link is not None and not event.link.direct
    loose = event.link is not None and event.link.relation == "subj" and event.hit.rule.stage == "negotiated"
    return 4 * generic + 2 * indirect + loose


def _candidates(doc: Doc, parties: Parties) -> Iterator[Event]:
    for mention in doc._.treaties:
        for link in parties.links[mention.head.i]:
            hit = next((hit for hit in match(link) if stands(hit, link)), None)
            if hit is not None:
                yield Event(mention, _failed(_urged(hit)), link)
    yield from _implicit(doc)


def _urged(hit: Hit) -> Hit:
    """'Urged both to call a truce' proposes one; other hits as they are."""
    word = hit.word
    if not hit.rule.urgeable or word.dep_ not in {"xcomp", "ccomp"} or word.head.i >= word.i:
        return hit
    urge = rules().urge
    if word.head.lemma_.lower() not in urge.words or not any(c.tag_ == "TO" for c in word.lefts):
        return hit
    return Hit(urge, word.head, word.doc[word.head.i : word.head.i + 1])


def _failed(hit: Hit) -> Hit:
    """'The failure to honour the pact' violates it; other hits as they are."""
    word, failure = hit.word, rules().failure
    head = word.head
    if not hit.rule.keeping or word.dep_ not in {"xcomp", "acl"} or head.i >= word.i:
        return hit
    if head.lemma_.lower() not in failure.words or not any(c.tag_ == "TO" for c in word.lefts):
        return hit
    return Hit(failure, head, word.doc[head.i : word.i + 1] if word.i - head.i < 4 else hit.span)


def stands(hit: Hit, link: Link) -> bool:
    """Whether what the rule found makes sense beyond the word itself."""
    if hit.rule.starting and any(c.lower_ in rules().over for c in hit.word.rights):
        return False  # 'declared the truce over'
    if link.relation == "inf":
        return link.word.lemma_.lower() not in rules().provision.not_infinitive
    if hit.rule.pos == "noun" and link.word.pos_ == "VERB" and link.relation == "prep:about":
        return False  # a dialogue about a truce may lead to one, talking about it does not
    if link.word.lemma_ in hit.rule.modal:
        return any(c.tag_ == "MD" for c in link.word.lefts)  # 'a deal that will see them leave'
    if hit.rule.participle and link.relation.startswith("prep:"):
        return link.word.tag_ == "VBN"  # 'covered under the treaty', but 'the ship set sail under the treaty'
    if link.relation in {"under", "prep:under"} and hit.rule.words == ("*",):
        return link.word.pos_ in {"VERB", "AUX"}
    return True


def _implicit(doc: Doc) -> Iterator[Event]:
    """'The termination takes effect in May': a definite noun of a stage without its agreement, just named."""
    by_noun = rules().implicit
    governed = {}
    last: TreatyMention | None = None
    mentions = {m.head.i: m for m in doc._.treaties}
    order = -1
    starts = {sentence.start for sentence in doc.sents}
    for i, lemma in enumerate(strings(doc, "LEMMA")):
        order += i in starts
        if i in mentions:
            last = mentions[i]
            governed[last.chain] = order
            continue
        rule = by_noun.get(lemma.lower())
        if rule is None or last is None or order - governed[last.chain] > 1:
            continue
        token = doc[i]
        if token.pos_ != "NOUN":
            continue
        if any(
            (c.dep_ == "prep" and c.lower_ == "of")
            or (c.dep_ in {"compound", "amod", "poss"} and c.lower_ not in rules().describing)
            for c in token.children
        ):
            continue
        pointed = any(c.dep_ == "det" and c.lower_ in {"the", "this", "these", "such"} for c in token.lefts)
        bare = (
            order == governed[last.chain]
            and not any(c.dep_ == "det" for c in token.lefts)
            and token.dep_ in {"nsubj", "nsubjpass", "dobj"}
        )
        if pointed or bare:
            yield Event(last, Hit(rule, token, doc[token.i : token.i + 1]), None)
