"""What a verb of saying says in a clause: behind it, in front of it, around it, in the next paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index
from claimex.components.attribution_sources import child
from claimex.components.attribution_text import FINITE, MARKS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.components.attribution_text import Range
    from claimex.components.attribution_verbs import VerbCue

CLAUSES = ("ccomp", "advcl", "parataxis", "pcomp", "csubj", "xcomp")
BEFORE_INVERSION = MARKS | {",", "?", "!", "-", "--", "–", "—"}
MAX_LISTENER = 25
"""Words of the listener between verb and 'that': 'told the leaders of the nine island states that'."""
MAX_INTRODUCTION = 12
"""Words between a verb and the colon that hands over to the next paragraph."""
MAX_WH = 6
MAX_INSIDE = 6
"""Words between 'he told' and the comma that closes a parenthesis."""


def clause(cue: VerbCue) -> Range | None:
    """The clause that a verb reports, None where there is none."""
    fronted: Token | None = None
    for c in cue.verb.children:
        bare = c.dep_ == "xcomp" and c.tag_ in FINITE
        if not (c.dep_ == "ccomp" or bare or (c.dep_ in CLAUSES and _opens_with_wh(cue, c))):
            continue
        if c.i > cue.verb.i:
            return _behind(cue, c)
        if c.dep_ == "ccomp" and not _is_small(c):
            fronted = c
    if fronted is not None:
        found = _fronted(cue, fronted)
        if found is not None:
            return found
    return _what(cue) or _that_clause(cue) or _as(cue) or _parenthetical(cue) or _after_colon(cue) or _rest(cue)


def _behind(cue: VerbCue, c: Token) -> Range:
    end = max((d.right_edge.i for d in cue.verb.children if d.dep_ == "ccomp"), default=0)
    end = min(max(end, c.right_edge.i) + 1, cue.high)
    if end < cue.high and cue.reading.words[end] == ":":
        # What explains the content behind a colon is said with it.
        end = cue.high
    return _after_day(cue, max(c.left_edge.i, cue.end)), end


def _after_day(cue: VerbCue, start: int) -> int:
    """Behind 'on Thursday' in 'said on Thursday it had signed', which the parser gives to the clause."""
    doc = cue.reading.doc
    if start + 2 >= cue.high or doc[start].pos_ != "ADP" or doc[start + 1].ent_type_ != "DATE" or start != cue.end:
        return start
    after = start + 1
    while after < cue.high and doc[after].ent_type_ == "DATE":
        after += 1
    return after if after + 1 < cue.high and not doc[after].is_punct else start


def _opens_with_wh(cue: VerbCue, c: Token) -> bool:
    return c.i > cue.verb.i and c.left_edge.lower_ in index().openers and c.left_edge.i <= cue.verb.i + MAX_WH


def _is_small(c: Token) -> bool:
    """Whether a clause before the verb is too small to be what is said: an adverbial that was misread."""
    return c.right_edge.i - c.left_edge.i < 2 and child(c, "nsubj") is None


def _fronted(cue: VerbCue, c: Token) -> Range | None:
    """'The bridge fell, he said': from the sentence's start to the comma."""
    first = cue.first()
    if cue.reading.words[cue.reading.back(first)] not in BEFORE_INVERSION and not cue.closes():
        return None
    start = cue.low if cue.verb.dep_ in ("ROOT", "parataxis", "ccomp") else max(c.left_edge.i, cue.low)
    end = min(first, c.right_edge.i + 1)
    return (start, end) if start < end else None


def _what(cue: VerbCue) -> Range | None:
    """'A film of what it claimed were two soldiers', 'a raid which they said cost lives': the rest of the clause."""
    before = cue.reading.back(cue.first())
    if before < cue.low or cue.reading.words[before].lower() not in index().relatives or cue.source is None:
        return None
    stops = (i for i in range(cue.end, cue.high) if cue.reading.words[i] in (",", ";", "."))
    stop = next(stops, cue.high)
    wills = cue.end < cue.high and cue.reading.words[cue.end].lower() == "to"
    return (cue.end, stop) if stop - cue.end > 1 and not wills else None


def _that_clause(cue: VerbCue) -> Range | None:
    """'Told the leaders that ...' where the parser hung the clause on the listener."""
    reading = cue.reading
    for i in range(cue.end + 1, min(cue.end + MAX_LISTENER, cue.high)):
        if reading.words[i] == "that" and reading.doc[i].dep_ in ("mark", "advmod"):
            said = reading.doc[i].head
            held = said.head
            listener = held.head if held.dep_ == "pobj" and held.head.lower_ == "to" else held
            on_verb = listener.dep_ in ("dobj", "dative", "prep") and listener.head.i == cue.verb.i
            return (i, min(said.right_edge.i + 1, cue.high)) if held.i < i and on_verb else None
        if reading.words[i] in (".", ";", ":"):
            return None
    return None


def _as(cue: VerbCue) -> Range | None:
    """'The bridge, as he pointed out, fell' and 'As he pointed out, the bridge fell'."""
    reading = cue.reading
    before = reading.back(cue.first())
    if cue.source is None or before < cue.low or reading.words[before].lower() != "as":
        return None
    if before == reading.ahead(cue.low):
        comma = next((i for i in range(cue.last(), cue.high) if reading.words[i] == ","), cue.high)
        return (comma, cue.high) if comma - cue.last() < MAX_INSIDE else None
    return (cue.low, cue.high) if reading.words[reading.back(before)] == "," else None


def _parenthetical(cue: VerbCue) -> Range | None:
    """'The bridge fell, he said.' and 'The bridge, he said, fell.' where the parser lost the clause."""
    reading, verb = cue.reading, cue.verb
    told = verb.tag_ in FINITE or verb.dep_ == "parataxis"
    first = cue.first()
    before = reading.back(first)
    if not told or "quote" not in cue.frames or cue.source is None or before <= cue.low:
        return None
    spoken = any(t.tag_ in FINITE for t in reading.doc[cue.low : first])
    if reading.words[before] != ",":
        return (cue.low, first) if spoken and cue.key in index().closing and cue.closes() else None
    after = reading.ahead(cue.last())
    while after - cue.last() < MAX_INSIDE and after < cue.high and _is_beside_verb(reading.doc[after]):
        after += 1
    inside = after < cue.high and reading.words[after] == ","
    if not inside and (not spoken or _goes_on_acting(cue)):
        return None
    return cue.low, cue.high if inside and after + 3 < cue.high else first


def _goes_on_acting(cue: VerbCue) -> bool:
    """'When asked, he answered by saying ...': what was said comes behind the verb."""
    by = cue.reading.ahead(cue.last())
    return by + 1 < cue.high and cue.reading.words[by].lower() == "by" and cue.reading.doc[by + 1].tag_ == "VBG"


def _is_beside_verb(token: Token) -> bool:
    """Whether a word may stand between 'he told' and the comma: 'me on Friday'."""
    return token.pos_ in ("PRON", "ADP", "PROPN", "NOUN", "NUM", "DET", "ADV")


def _after_colon(cue: VerbCue) -> Range | None:
    """'He added:' at a paragraph's end: the next paragraph, where it stands without quotation marks."""
    reading = cue.reading
    end = reading.paragraph(cue.verb.i)[1]
    last = reading.back(end)
    if "quote" not in cue.frames or reading.words[last] != ":" or last - cue.verb.i > MAX_INTRODUCTION:
        return None
    follow = reading.ahead(end)
    if follow >= len(reading.words) or reading.quote(follow) is not None:
        return None
    return reading.paragraph(follow)


def _rest(cue: VerbCue) -> Range | None:
    """'Said many of the tanks that they saw were new': a verb that takes no objects but got one from the parser."""
    reading = cue.reading
    if cue.key not in index().objectless or cue.source is None or cue.source[1] > cue.verb.i or not cue.finite:
        return None
    after = reading.ahead(cue.end)
    if after >= cue.high or reading.doc[after].is_punct or reading.doc[after].pos_ in ("ADP", "SCONJ", "CCONJ"):
        return None
    told = any(t.tag_ in FINITE or _is_headline_passive(t, cue.verb) for t in reading.doc[after : cue.high])
    return (after, cue.high) if told else None


def _is_headline_passive(token: Token, verb: Token) -> bool:
    """'Russia says 62 soldiers killed': a participle of what the parser took for the object."""
    return token.tag_ == "VBN" and token.dep_ == "acl" and token.head.dep_ == "dobj" and token.head.head == verb
