"""A Doc as the attribution layer reads it: sentence and paragraph bounds, quotations, spans that are trimmed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from claimex.components.passages import paragraph_bounds

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.components.attribution_lexicon import Frame

Range = tuple[int, int]

OPENING = frozenset("“„«") | {"``"}
CLOSING = frozenset("”»")
EITHER = frozenset({'"', "''"})
BACK_TICKS = ("`", "'")
"""A lone back tick, and what a reader that straightens marks makes of it."""
MARKS = OPENING | CLOSING | EITHER
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
LOOSE = frozenset(",;:.-–—―") | {"--", "---"}
"""Punctuation that belongs to the sentence around a content, not to the content."""


@dataclass(slots=True)
class Draft:
    """An attribution in token ranges, before it is written."""

    cue: Range
    source: Range | None
    content: Range | None
    frame: Frame | None
    rule: str
    reporting: bool = True
    """Whether the source is said to say so: 'would demand that' only imagines it."""
    root: int = -1
    """The token that heads the source, -1 without one."""
    via: Range | None = None
    """What carries the source's words: 'Reports' in 'Reports from X', the paper that quotes X."""


class Reading:
    """Bounds of sentences, paragraphs and quotations by token, each computed in one pass."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words: list[str] = doc._.words
        n = len(doc)
        self.sentences: list[Range] = []
        self.paragraphs = paragraph_bounds(doc)
        if doc.has_annotation("SENT_START"):
            self.sentences = [(s.start, s.end) for s in doc.sents]
        else:
            self.sentences = self.paragraphs
        self.sentence_of = _index(self.sentences, n)
        self.paragraph_of = _index(self.paragraphs, n)
        self.quotes: list[Range] = []
        marks: dict[int, list[int]] = {}
        for i, word in enumerate(self.words):
            if word in MARKS or (word in BACK_TICKS and doc[i].text == "`"):
                marks.setdefault(self.paragraph_of[i], []).append(i)
        for k, places in marks.items():
            self.quotes.extend(_quotes(doc, places, *self.paragraphs[k]))
        self.quote_of = [-1] * n
        for k, (start, end) in enumerate(self.quotes):
            self.quote_of[start:end] = [k] * (end - start)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word that stands as a name somewhere in the text, in lower case."""
        return frozenset(token.lower_ for token in self.doc if token.pos_ == "PROPN")

    def sentence(self, i: int) -> Range:
        """The sentence that holds token i."""
        return self.sentences[self.sentence_of[i]]

    def paragraph(self, i: int) -> Range:
        """The paragraph that holds token i."""
        return self.paragraphs[self.paragraph_of[i]]

    def quote(self, i: int) -> Range | None:
        """The quotation that holds token i, marks included."""
        k = self.quote_of[i] if 0 <= i < len(self.quote_of) else -1
        return self.quotes[k] if k >= 0 else None

    def trim(self, start: int, end: int) -> Range | None:
        """The range without white space and the sentence's punctuation at its ends; None when nothing is left."""
        while start < end and (self._blank(start) or self.words[start] in LOOSE):
            start += 1
        while start < end and (self._blank(end - 1) or self.words[end - 1] in LOOSE):
            end -= 1
        return (start, end) if start < end else None

    def _blank(self, i: int) -> bool:
        return self.doc[i].is_space

    def back(self, i: int) -> int:
        """The last token before i that is no white space, or -1."""
        i -= 1
        while i >= 0 and self._blank(i):
            i -= 1
        return i

    def ahead(self, i: int) -> int:
        """The first token at or after i that is no white space, or the length of the text."""
        while i < len(self.words) and self._blank(i):
            i += 1
        return i


def _index(bounds: list[Range], n: int) -> list[int]:
    where = [0] * n
    for k, (start, end) in enumerate(bounds):
        where[start:end] = [k] * (end - start)
    return where


def _quotes(doc: Doc, places: list[int], start: int, end: int) -> list[Range]:
    """Quotations in a paragraph, marks included; one that never closes runs to the next one or the paragraph's end.

    A straight mark opens after white space and closes before it, so a lost partner never turns the rest inside out.
    """
    quotes, opened = [], -1
    for i in places:
        mark = doc[i].text
        if mark == "`" and i + 1 < end and doc[i + 1].text == "`":
            mark = "``"
        if mark not in MARKS:
            continue
        if _opens(doc, i, mark, start, is_open=opened >= 0):
            if opened >= 0:
                quotes.append((opened, _without_space(doc, opened, i)))
            opened = i
        elif opened >= 0:
            quotes.append((opened, i + 1))
            opened = -1
    if opened >= 0:
        quotes.append((opened, _without_space(doc, opened, end)))
    return quotes


def _opens(doc: Doc, i: int, mark: str, start: int, *, is_open: bool) -> bool:
    if mark in OPENING:
        return True
    if mark not in EITHER:
        return not is_open and _stands_before_word(doc, i, start)
    before, behind = _stands_before_word(doc, i, start), _stands_behind_word(doc, i, start)
    return before if before != behind else not is_open


def _stands_before_word(doc: Doc, i: int, start: int) -> bool:
    """Whether white space or an opening bracket stands before the mark, and a word right behind it."""
    free = i == start or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space or doc[i - 1].text in "([—–-"
    return free and not doc[i].whitespace_ and i + 1 < len(doc) and not doc[i + 1].is_space


def _stands_behind_word(doc: Doc, i: int, start: int) -> bool:
    return i > start and not doc[i - 1].whitespace_ and not doc[i - 1].is_space


def _without_space(doc: Doc, start: int, end: int) -> int:
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    return end
