"""Why an agreement phrase makes an event, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.treaty_event.events import events, stands
from claimex.claims.treaty_event.parties import Parties
from claimex.claims.treaty_event.triggers import match
from claimex.claims.verdict import Verdict
from claimex.components.treaties import Passed, find
from claimex.components.treaty_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from claimex.annotations import TreatyMention
    from claimex.components.treaty_syntax import Link


def explain(doc: Doc) -> Iterator[Verdict]:
    """A verdict on every noun phrase of an annotated Doc that may name an agreement."""
    passed: list[Passed] = []
    find(doc, passed)
    for item in passed:
        yield Verdict(item.span, False, *_no_agreement(item))
    parties = Parties(doc)
    found = events(doc, parties)
    for event in found:
        yield Verdict(event.hit.span, True, "trigger", f"it governs {event.mention.span.text!r}{_as(event.link)}")
    told = {event.mention.head.i for event in found}
    for mention in doc._.treaties:
        if mention.head.i not in told:
            yield Verdict(mention.span, False, *_no_event(mention, parties.links[mention.head.i]))


def _no_agreement(item: Passed) -> tuple[str, str]:
    if item.weight is None:
        return "name", "it is part of another name, or the text of something else"
    needed = words().threshold
    return "weight", f"too little speaks for an agreement of states: weight {item.weight}, and {needed} are needed"


def _no_event(mention: TreatyMention, links: list[Link]) -> tuple[str, str]:
    hits = [(link, hit) for link in links for hit in match(link)]
    if any(stands(hit, link) for link, hit in hits):
        return "told", "what governs it is told already, of another phrase or in more exact words"
    if hits:
        word = hits[0][1].span.text
        return "construction", f"{word!r} governs it, but tells nothing of an agreement in this construction"
    near = ", ".join(dict.fromkeys(f"{link.relation} of {link.word.lemma_!r}" for link in links if link.direct))
    return "no_trigger", f"no rule has a word that governs it here{f': it is {near}' if near else ''}"


def _as(link: Link | None) -> str:
    """The relation, as rules name it."""
    return f" ({link.relation})" if link is not None else ""
