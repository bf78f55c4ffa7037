"""Headlines and transcripts: a speaker's name beside a colon or a dash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index
from claimex.components.attribution_text import MARKS, Draft

if TYPE_CHECKING:
    from claimex.components.attribution_text import Range, Reading

MAX_SPEAKER = 6
"""Words of a name beside a colon."""
MAX_HEADLINE = 30
MIN_SAID = 3
"""A colon or dash attributes only where at least so many words are said."""
DASHES = frozenset({"-", "–", "—", "―", "--", "_"})


def colon(reading: Reading, start: int, end: int) -> Draft | None:
    """'Poll: ...' and 'LEE: ...' at a paragraph's start, '...: minister' and '... - monitor' at its end."""
    words = reading.words
    first = reading.ahead(start)
    if first < end and words[first] in MARKS:
        first += 1
    last = reading.back(end)
    while last > first and words[last] == ".":
        last = reading.back(last)
    for i in range(first + 1, min(first + MAX_SPEAKER + 2, last)):
        if words[i] == ":":
            if last - i >= MIN_SAID and _names_a_speaker(reading, first, i):
                return _colon_draft(reading, (i, i + 1), (first, i), (i + 1, last + 1))
            break
    for i in range(last - 1, max(last - MAX_SPEAKER - 1, first + MIN_SAID), -1):
        if words[i] in DASHES or words[i] == ":":
            said = reading.quote(reading.back(i))
            if not _names_a_speaker(reading, i + 1, last + 1):
                break
            if said is not None:
                return _colon_draft(reading, (i, i + 1), (i + 1, last + 1), (said[0], i))
            if _is_headline(reading, start, end) and _answers_for(reading, i + 1, last + 1):
                return _colon_draft(reading, (i, i + 1), (i + 1, last + 1), (first, i))
            break
    return None


def _is_headline(reading: Reading, start: int, end: int) -> bool:
    """Whether a paragraph is one line without a stop and without another dash."""
    last = reading.back(end)
    return reading.words[last] not in (".", "!", "?") and end - start < MAX_HEADLINE


def _answers_for(reading: Reading, start: int, end: int) -> bool:
    """Whether the name after a headline's dash is a party or a common source, not the paper's own name."""
    tokens = [t for t in reading.doc[start:end] if not t.is_space]
    last = tokens[-1]
    if last.lemma_.lower() in index().headline_sources or last.lower_ in index().headline_sources:
        return index().heads.get(last.lemma_.lower()) != "media"
    return len(tokens) <= 2 and last.ent_type_ in ("GPE", "NORP", "PERSON")


def _colon_draft(reading: Reading, cue: Range, source: Range, content: Range) -> Draft | None:
    named, said = reading.trim(*source), reading.trim(*content)
    if named is None or said is None:
        return None
    return Draft(cue=cue, source=named, content=said, frame=None, rule="attribution.colon", root=named[1] - 1)


def _names_a_speaker(reading: Reading, start: int, end: int) -> bool:
    """Whether the words are a person's or an institution's name, or a common source noun."""
    tokens = [t for t in reading.doc[start:end] if not t.is_space]
    if not tokens or len(tokens) > MAX_SPEAKER or any(t.pos_ in ("VERB", "AUX") for t in tokens):
        return False
    if tokens[-1].lemma_.lower() in index().headline_sources or tokens[-1].lower_ in index().headline_sources:
        return True
    if all(t.pos_ == "PROPN" or t.lower_ in ("'s", "’s", ".") for t in tokens):
        return True
    # A headline's lone name may be read as a common word; the text below has it as a name.
    return len(tokens) == 1 and tokens[0].lower_ in reading.names
