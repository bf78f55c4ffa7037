"""Where a text is cut before it is read: in paragraphs, and these in passages that are read by themselves.

A passage ends where a paragraph does, or behind what is surely the end of a sentence: a word that is no abbreviation, a
stop, and a capital. What a passage says is read alike whether or not its neighbours are read, so one that can hold no
claim need not be.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from pydantic import Field

from claimex.components.columns import kept, text_of
from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

if TYPE_CHECKING:
    from spacy.tokens import Doc

Range = tuple[int, int]
LINE_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*")
"""A run of blanks is looked at once, not from each of its blanks: a page can have a million of them."""
CLOSING = ".!?\"'”’:"
SENTENCE_BREAK = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(\[]*[A-Z])")
LAST_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{3,}\Z")
"""What can end a sentence in front of its stop; shorter words are mostly abbreviated."""
LONGEST_WORD = 30
MAX_TOKENS = 600
"""A passage longer than this is cut: parse cost and memory of one stay bounded whatever the input is."""


class PassageRules(Model):
    """rules/passages.toml."""

    abbreviated: frozenset[str] = Field(description="Their full stop ends no sentence; in lower case.")
    speech: frozenset[str] = Field(description="Forms of verbs of saying, in lower case: they name a speaker.")


@from_rules
def rules() -> PassageRules:
    """The words that cut a text."""
    return read_toml(PassageRules, "passages.toml")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, all its characters; a line break inside a sentence does not end one."""
    found, start = [], 0
    for match in LINE_BREAK.finditer(text):
        # A wrapped line goes on in lower case with no stop before the break; a headline is not followed by lower case.
        wrapped = match.group().count("\n") == 1 and text[match.end() : match.end() + 1].islower()
        if not (wrapped and match.start() and text[match.start() - 1] not in CLOSING):
            found.append(text[start : match.end()])
            start = match.end()
    return [*found, text[start:]] if start < len(text) else found


def passages(text: str) -> list[str]:
    """The passages of a text, all its characters."""
    return [passage for paragraph in paragraphs(text) for passage in _cut(paragraph)]


def ends_paragraph(passage: str) -> bool:
    """Whether a passage is the last one of its paragraph."""
    return "\n" in passage[len(passage.rstrip()) :]


def _cut(paragraph: str) -> Iterator[str]:
    start = 0
    for match in SENTENCE_BREAK.finditer(paragraph):
        word = LAST_WORD.search(paragraph, max(start, match.start() - LONGEST_WORD), match.start())
        if word and word.group().lower() not in rules().abbreviated:
            yield paragraph[start : match.end()]
            start = match.end()
    yield paragraph[start:]


def paragraph_bounds(doc: Doc) -> list[Range]:
    """Token ranges of the paragraphs, in order and without gaps."""
    return _bounds(_token_ends(doc), paragraphs(text_of(doc)))


def passages_of(doc: Doc) -> list[tuple[Range, str]]:
    """Token ranges of the passages, in order and without gaps, and the characters of each."""
    text, ends, pieces = text_of(doc), _token_ends(doc), doc._.context.passages
    bounds = _bounds(ends, passages(text) if pieces is None else pieces)
    return [((a, b), text[ends[a - 1] if a else 0 : ends[b - 1]]) for a, b in bounds]


def _token_ends(doc: Doc) -> list[int]:
    """Where every token ends, the space behind it included; kept with the Doc."""
    return kept(doc, "token ends", lambda doc: (doc.to_array("LENGTH") + doc.to_array("SPACY")).cumsum().tolist())


def _bounds(ends: Sequence[int], pieces: Iterable[str]) -> list[Range]:
    """Token ranges of pieces of a text, none longer than MAX_TOKENS; each ends behind white space, as a token does."""
    found: list[Range] = []
    start = 0
    for end in (bisect_left(ends, at) + 1 for at in accumulate(map(len, pieces))):
        found += [(cut, min(cut + MAX_TOKENS, end)) for cut in range(start, min(end, len(ends)), MAX_TOKENS)]
        start = end
    return found
