"""Headlines and transcripts: a speaker's name beside a colon or a dash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index
from claimex.components.attribution_text import MARKS, Draft

if TYPE_CHECKING:
    from claimex.components.attribution_text import Range, Reading

NAMED = "attribution.colon"
"""The rule where a name and no common noun stands beside the colon."""
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
            rule = _rule(reading, first, i)
            if last - i >= MIN_SAID and rule is not None:
                return _colon_draft(reading, rule, (i, i + 1), (first, i), (i + 1, last + 1))
            break
    for i in range(last - 1, max(last - MAX_SPEAKER - 1, first + MIN_SAID), -1):
        if words[i] in DASHES or words[i] == ":":
            said = reading.quote(reading.back(i))
            rule = _rule(reading, i + 1, last + 1)
            if rule is None:
                break
            if said is not None:
                return _colon_draft(reading, rule, (i, i + 1), (i + 1, last + 1), (said[0], i))
            if _is_headline(reading, start, end) and _answers_for(reading, i + 1, last + 1):
                return _colon_draft(reading, rule, (i, i + 1), (i + 1, last + 1), (first, i))
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


def _colon_draft(reading: Reading, rule: str, cue: Range, source: Range, content: Range) -> Draft | None:
    named, said = reading.trim(*source), reading.trim(*content)
    if named is None or said is None:
        return None
    return Draft(cue=cue, source=named, content=said, frame=None, rule=rule, root=named[1] - 1)


def _rule(reading: Reading, start: int, end: int) -> str | None:
    """The rule by which the words are a speaker: a person's or an institution's name, or a common source noun."""
    tokens = [t for t in reading.doc[start:end] if not t.is_space]
    if not tokens or len(tokens) > MAX_SPEAKER or any(t.pos_ in ("VERB", "AUX") for t in tokens):
        return None
    nouns = index().headline_sources
    cue = nouns.get(tokens[-1].lemma_.lower()) or nouns.get(tokens[-1].lower_)
    if cue is not None:
        return cue.id
    if all(t.pos_ == "PROPN" or t.lower_ in ("'s", "’s", ".") for t in tokens):
        return NAMED
    # A headline's lone name may be read as a common word; the text below has it as a name.
    return NAMED if len(tokens) == 1 and tokens[0].lower_ in reading.names else None
