"""Word lists as one regular expression over raw text: what a cheap look for possible claims is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable

LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
CLOSING = ".!?\"'”’:"


def raw_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, cut where the reader cuts its words: not at a break inside a sentence."""
    found, start = [], 0
    for match in LINE_BREAK.finditer(text):
        wrapped = match.group().count("\n") == 1 and text[match.end() : match.end() + 1].islower()
        if not (wrapped and match.start() and text[match.start() - 1] not in CLOSING):
            found.append(text[start : match.end()])
            start = match.end()
    return [*found, text[start:]]


def noun_forms(lemmas: Iterable[str]) -> re.Pattern[str]:
    """Matches the singular and plural of nouns, and nothing longer."""
    stems = sorted({_noun(lemma) for lemma in lemmas}, key=lambda stem: (-len(stem), stem))
    return re.compile(rf"\b(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)


def _noun(lemma: str) -> str:
    """Singular and plural of one noun, as a pattern."""
    if lemma.endswith("man"):
        return re.escape(lemma[:-3]) + "m[ae]n"
    if lemma.endswith("y"):
        return re.escape(lemma[:-1]) + "(?:y|ies)"
    if lemma.endswith("fe"):
        return re.escape(lemma[:-2]) + "(?:fe|ves)"
    return re.escape(lemma).replace(r"\ ", r"\s+") + "(?:s|es)?"


def noun_words(lemmas: Iterable[str]) -> frozenset[str]:
    """The words that `noun_forms` matches, each word of a phrase by itself."""
    found: set[str] = set()
    for lemma in (word for phrase in lemmas for word in phrase.split()):
        found |= {lemma, f"{lemma}s", f"{lemma}es"}
        if lemma.endswith("man"):
            found.add(f"{lemma[:-2]}en")
        elif lemma.endswith("y"):
            found.add(f"{lemma[:-1]}ies")
        elif lemma.endswith("fe"):
            found.add(f"{lemma[:-2]}ves")
    return frozenset(found)
