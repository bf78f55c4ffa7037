"""A claim as the page shows it: a headline, what else it says, the words, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from claimex.claims import kinds
from claimex.report.highlight import Span
from claimex.wording import SAID, TRACE, Claim, figure, name, names, place, source, when

SHARED = (*SAID, *TRACE)
"""Columns that a card has anyway."""
LAYERS = {"troop_count": "count", "treaty_event": "treaty", "entity": "entity"}
"""Kind of claim to the look of its words; other kinds look like counts."""


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the page."""

    number: int
    anchor: str
    """Id of the card."""
    words: str
    """Id of its words in the article; empty where they cannot be shown there."""
    kind: str
    factuality: str
    headline: str
    facts: tuple[str, ...]
    source: str
    """Who says so; empty in the writer's own voice."""
    cue: str
    quote: str
    before: str
    """The sentence up to the quote."""
    after: str
    id: str
    rule: str
    mentions: int = 0


def card(claim: Claim, number: int, anchor: str, *, in_text: bool) -> Card:
    """The card of a claim; `in_text` tells whether its article can be shown with its words marked."""
    evidence = claim["evidence"]
    sentence, attribution = evidence["sentence"], claim["attribution"]
    start = evidence["start"] - sentence["start"]
    inside = sentence["text"][max(start, 0) :].startswith(evidence["quote"])
    return Card(
        number=number,
        anchor=f"c-{anchor}",
        words=f"w-{anchor}" if in_text else "",
        kind=claim["kind"],
        factuality=claim["factuality"],
        headline=_headline(claim),
        facts=tuple(filter(None, _facts(claim))),
        source=source(claim),
        cue=attribution["cue"] if attribution else "",
        quote=evidence["quote"],
        before=sentence["text"][: max(start, 0)] if inside else "",
        after=sentence["text"][max(start, 0) + len(evidence["quote"]) :] if inside else "",
        id=claim["id"],
        rule=evidence["rule"],
        mentions=len(claim.get("mentions") or ()),
    )


def _headline(claim: Claim) -> str:
    if claim["kind"] == "troop_count":
        said, unit = figure(claim["quantity"]), claim.get("unit") or ""
        return said if unit.casefold() in said.casefold() else f"{said} {unit}"
    if claim["kind"] == "treaty_event":
        provision = claim.get("provision")
        kind = provision["kind"] if provision and provision["kind"] != "other" else ""
        return _words(f"{claim['stage']}: {kind}" if kind else claim["stage"])
    if claim["kind"] == "entity":
        return str(claim["entity"]["name"])
    return next((words for _, words in _told(claim)), _words(claim["kind"]))


def _facts(claim: Claim) -> Iterator[str]:
    if claim["kind"] == "troop_count":
        yield f"{name(claim.get('force')) or 'force not said'}, {_words(claim['activity'])}"
    if claim["kind"] == "treaty_event":
        yield str(claim["treaty"]["name"])
        yield names(claim["parties"])
        yield f"by {name(claim['actor'])}" if claim.get("actor") else ""
        yield f"before {name(claim['body'])}" if claim.get("body") else ""
        provision = claim.get("provision")
        yield str(provision["obligation"]) if provision else ""
    if claim["kind"] not in LAYERS:
        yield from (f"{title.lower()}: {words}" for title, words in islice(_told(claim), 1, None))
        return
    yield from _scene(claim)
    for other in claim.get("further") or ():
        yield " ".join(filter(None, (f"also {other['factuality']}: {_words(other['activity'])}", *_scene(other))))
    yield "part of a larger count" if claim.get("part_of") else ""


def _scene(said: Mapping[str, Any]) -> Iterator[str]:
    """Where and when it happens."""
    location = said.get("location")
    yield f"{'at the' if location.get('border') else 'in'} {place(location)}" if location else ""
    yield f"from {name(said['origin'])}" if said.get("origin") else ""
    yield when(said)


def _told(claim: Claim) -> Iterator[tuple[str, str]]:
    """What a kind of another package tells of itself, by its columns; the first of them is the headline."""
    kind = kinds().get(claim["kind"])
    for column in kind.columns if kind is not None else ():
        words = column.words(claim)
        if words and column not in SHARED:
            yield column.title, words


def _words(value: str) -> str:
    return value.replace("_", " ")


def spans(claim: Claim, shown: Card, text: str) -> Iterator[Span]:
    """Where the claim and its parts stand in its article; nothing for offsets that do not fit the text."""
    evidence = claim["evidence"]
    layer = LAYERS.get(claim["kind"], "count")
    if claim["kind"] == "entity":
        anchor = shown.words
        for mention in claim.get("mentions") or ():
            if _stands(text, mention):
                yield Span(mention["start"], mention["end"], layer, shown.number, anchor or f"{shown.words}-more")
                anchor = ""
        return
    yield Span(evidence["start"], evidence["end"], layer, shown.number, shown.words)
    attribution = claim["attribution"]
    if attribution and _stands(text, attribution):
        yield Span(attribution["start"], attribution["end"], "source", shown.number)
    if attribution and (found := _cue(claim, text)):
        yield Span(*found, "cue", shown.number)
    for field in ("treaty", "date"):
        part = claim.get(field)
        if isinstance(part, Mapping) and _stands(text, part):
            yield Span(part["start"], part["end"], "name" if field == "treaty" else "date", shown.number)


def _stands(text: str, part: Mapping[str, Any]) -> bool:
    start, end = part.get("start"), part.get("end")
    return start is not None and end is not None and 0 <= start < end and text[start:end] == part.get("text")


def _cue(claim: Claim, text: str) -> tuple[int, int] | None:
    """Where the words that attribute stand: those nearest to the source in its sentence, else in the claim's."""
    attribution, sentence = claim["attribution"], claim["evidence"]["sentence"]
    words = attribution["cue"]
    if not words or text[sentence["start"] : sentence["end"]] != sentence["text"]:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    found = [match.span() for match in pattern.finditer(sentence["text"])]
    if not found:
        return None
    near = attribution["start"] - sentence["start"]
    start, end = min(found, key=lambda span: abs(span[0] - near))
    return sentence["start"] + start, sentence["start"] + end
