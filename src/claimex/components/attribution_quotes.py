"""Quotations: whose they are, and how far one speaker goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index
from claimex.components.attribution_sources import lemma
from claimex.components.attribution_text import MARKS, Draft

if TYPE_CHECKING:
    from claimex.components.attribution_text import Range, Reading
    from claimex.components.attribution_verbs import VerbCue

MAX_GAP = 30
"""Words between a quotation and its verb: 'said X, the long-serving head of ...'."""
MAX_DATELINE = 14
DASHES = frozenset({"-", "--", "—", "–", "―"})
MAX_SCARE = 6
STOPS = frozenset({".", "?", "!", ";"})
END_MARKS = frozenset({",", ".", "?", "!", "-", "--", "—", "–", "…", "...", "'"})


def claim_quotes(reading: Reading, cue: VerbCue, claimed: dict[int, int], n: int) -> Range | None:
    """The quotations that stand right before or after the verb as one range; they are marked as number `n`'s."""
    if cue.quote_frame() is None:
        return None
    before = _before(reading, cue)
    after = _after(reading, cue)
    found = [k for k in (before, after) if k is not None and k not in claimed]
    if not found:
        return None
    for k in found:
        claimed[k] = n
    return reading.quotes[found[0]][0], reading.quotes[found[-1]][1]


def _before(reading: Reading, cue: VerbCue) -> int | None:
    """The quotation that closes just before 'X said' or 'said X'."""
    start = reading.paragraph(cue.verb.i)[0]
    i = cue.first() - 1
    source = cue.source if cue.source is not None and cue.source[1] <= cue.verb.i else None
    while i >= start and cue.first() - i < MAX_GAP:
        k = reading.quote_of[i]
        if k >= 0:
            return k if _is_speech(reading, k, i, named=source is not None) else None
        word = reading.words[i]
        inside = source is not None and source[0] <= i < source[1]
        if word in STOPS and not inside:
            return None
        if not inside and reading.doc[i].tag_ in ("VBD", "VBZ", "VBP", "IN") and reading.doc[i].pos_ != "AUX":
            return None
        i -= 1
    return None


def _is_speech(reading: Reading, k: int, last: int, *, named: bool) -> bool:
    """Whether a quotation before a verb is what it says: it ends like a sentence or at a comma, no scare quote.

    After a full stop inside the marks, a source with its verb begins a sentence of its own.
    """
    start, end = reading.quotes[k]
    if _is_title(reading, start, end):
        return False
    inner = reading.words[end - 2] if end - 2 > start else ""
    follows = reading.words[end] if end < len(reading.words) else ""
    ahead = reading.ahead(end)
    if inner == "." and named and ahead < len(reading.words):
        return reading.sentence_of[ahead] == reading.sentence_of[start] or not reading.words[ahead][:1].isupper()
    return inner in END_MARKS or follows in (",", "-", "—", "--") or last - start > MAX_SCARE


def _is_title(reading: Reading, start: int, end: int) -> bool:
    """Whether a quotation is the name of a book or a programme: every long word with a capital, no sentence."""
    words = [w for w in reading.words[start + 1 : end - 1] if len(w) > 3]
    return len(words) > 1 and all(w[0].isupper() for w in words) and not any(w.isupper() for w in words)


def _after(reading: Reading, cue: VerbCue) -> int | None:
    """The quotation that opens just after 'X said:' or 'X told reporters,'."""
    end = reading.paragraph(cue.verb.i)[1]
    i = max(cue.end, cue.source[1] if cue.source is not None and cue.source[0] >= cue.end else 0)
    while i < end and i - cue.verb.i < MAX_GAP:
        k = reading.quote_of[i]
        if k >= 0:
            before = reading.words[reading.back(i)] if reading.back(i) >= 0 else ""
            return k if i <= cue.end or before in (",", ":", "that", "-", "—", "--") else None
        if reading.words[i] in STOPS or (reading.doc[i].pos_ == "VERB" and _speaks(reading, i)):
            return None
        i += 1
    last = reading.back(end)
    if i >= end and last > cue.verb.i and reading.words[last] == ":":
        follow = reading.ahead(end)
        return reading.quote_of[follow] if follow < len(reading.words) and reading.quote_of[follow] >= 0 else None
    return None


def _speaks(reading: Reading, i: int) -> bool:
    """Whether a verb takes quotations itself, so that the one after it is its own."""
    return "quote" in index().verbs.get(lemma(reading.doc[i]), {})


def after_dateline(reading: Reading, start: int) -> int:
    """The start of a content, behind 'CAIRO, May 3 (AP) -' where it begins a paragraph."""
    begin, end = reading.paragraph(start)
    if reading.ahead(begin) != start:
        return start
    for i in range(start + 1, min(start + MAX_DATELINE, end)):
        if reading.words[i] in DASHES:
            return i + 1
        token = reading.doc[i]
        if not (token.is_punct or token.pos_ in ("PROPN", "NUM") or token.is_space):
            return start
    return start


def whole_quotes(reading: Reading, draft: Draft) -> None:
    """Stretch a content that cuts a quotation to the whole quotation, unless the cue stands inside it."""
    if draft.content is None:
        return
    start, end = draft.content
    for i in (start, end - 1):
        quote = reading.quote(i)
        if quote is None or quote[0] <= draft.cue[0] < quote[1]:
            continue
        if draft.source is not None and quote[0] <= draft.source[0] < quote[1]:
            continue
        start, end = min(start, quote[0]), max(end, quote[1])
    draft.content = (start, end)


def go_on(reading: Reading, drafts: list[Draft]) -> None:
    """Give the quotations that nobody claims to the speaker just before, paragraph after paragraph."""
    held: dict[int, Draft] = {}
    for draft in drafts:
        if draft.content is not None:
            for k in {reading.quote_of[draft.content[0]], reading.quote_of[draft.content[1] - 1]}:
                if k >= 0 and not reading.quotes[k][0] < draft.cue[0] < reading.quotes[k][1]:
                    held.setdefault(k, draft)
    quoting = {id(draft) for draft in held.values()}
    speaker: Draft | None = None
    until, at, quoted = -1, 0, False
    for k, (start, end) in enumerate(reading.quotes):
        while at < len(drafts) and drafts[at].cue[0] < start:
            if _is_told(drafts[at]) and id(drafts[at]) not in quoting:
                speaker, until, quoted = drafts[at], _told_until(drafts[at]), False
            at += 1
        owner = held.get(k)
        if owner is not None:
            speaker, until, quoted = owner, max(end, _words_until(owner)), True
        elif speaker is not None and _goes_on(reading, until, start, paragraphs=quoted):
            content = speaker.content or (start, end)
            speaker.content = (min(content[0], start), max(content[1], end))
            until, quoted = end, True
        elif end - start > MAX_SCARE:
            speaker = None


def _is_told(draft: Draft) -> bool:
    """Whether an attribution tells what somebody says in a clause, so that his quotations may follow."""
    return draft.frame is not None and draft.frame.takes == "clause" and draft.frame.nested


def _words_until(draft: Draft) -> int:
    return max(draft.cue[1], draft.source[1] if draft.source is not None else 0)


def _told_until(draft: Draft) -> int:
    return max(_words_until(draft), draft.content[1] if draft.content is not None else 0)


def _goes_on(reading: Reading, until: int, start: int, *, paragraphs: bool) -> bool:
    """Whether a quotation opens right where the last speaker's sentence ended."""
    if start < until or (not paragraphs and reading.paragraph_of[until - 1] != reading.paragraph_of[start]):
        return False
    gap = [w for i, w in enumerate(reading.words[until:start], until) if not reading.doc[i].is_space]
    stops = [n for n, word in enumerate(gap) if word in STOPS or word in MARKS]
    if not gap:
        return True
    return len(stops) == 1 and stops[0] == len(gap) - 1 and len(gap) < MAX_GAP
