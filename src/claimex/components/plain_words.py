"""A Doc as lower-case words and tags without its white space: what the number and date grammars read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, starmap
from typing import TYPE_CHECKING

from claimex.components.columns import flags, kept, strings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

BREAK = "\n"
"""Stands between paragraphs, so that no phrase runs from a headline into the text below it."""
GLUED_MARKS = "_*•·\x95\x96\x97"
PRONOUN_TAGS = {"WP", "PRP"}


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Parallel lists, one entry a word: lower-case form, form as read, tag ('' in an untagged Doc), token index."""

    doc: Doc
    low: list[str]
    words: list[str]
    tags: list[str]
    tokens: list[int]

    def span(self, start: int, end: int) -> Span:
        """The Doc's span for words start to end."""
        return self.doc[self.tokens[start] : self.tokens[end - 1] + 1]

    def at(self, i: int) -> str:
        """The lower-case word at i; '' outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def tag(self, i: int) -> str:
        """The tag at i; '' outside the text and in an untagged Doc."""
        return self.tags[i] if 0 <= i < len(self.tags) else ""

    def ends_with(self, end: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words before `end` are the phrase."""
        start = end - len(phrase)
        return start >= 0 and tuple(self.low[start:end]) == phrase

    def starts_with(self, start: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words from `start` on are the phrase."""
        return tuple(self.low[start : start + len(phrase)]) == phrase


def read_words(doc: Doc) -> PlainWords:
    """The words of a Doc; a white-space token is left out, or a BREAK where a paragraph ends.

    Words of passages that nobody parsed are left out, too: no claim stands there.
    """
    return kept(doc, "plain words", _read_words)


def _read_words(doc: Doc) -> PlainWords:
    has_sents = doc.has_annotation("SENT_START")
    low: list[str] = []
    words: list[str] = []
    tags: list[str] = []
    tokens: list[int] = []
    read, tagged, blank = doc._.words, strings(doc, "TAG"), flags(doc, "IS_SPACE")
    parsed = doc._.context.parsed
    for i in chain.from_iterable(starmap(range, [(0, len(doc))] if parsed is None else parsed)):
        word, tag = read[i], tagged[i]
        if blank[i]:
            text = doc[i].text
            if "\n" not in text or not low:
                continue
            if not (text.count("\n") > 1 or (has_sents and _starts_sentence(doc, i))):
                continue
            word = BREAK
        # "_28 dead": a dash or bullet that a web page left glued to the word.
        low.append(word.lower().lstrip(GLUED_MARKS).replace("’", "'") or word)
        words.append(word)
        # "five WHO experts", "two US soldiers": an acronym that spells a pronoun.
        tags.append("NNP" if tag in PRONOUN_TAGS and len(word) > 1 and word.isupper() else tag)
        tokens.append(i)
    return PlainWords(doc, low, words, tags, tokens)


def _starts_sentence(doc: Doc, i: int) -> bool:
    return i + 1 < len(doc) and bool(doc[i + 1].is_sent_start)
