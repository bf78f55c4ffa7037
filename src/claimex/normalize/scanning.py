"""Words of raw text, looked up and matched: what a cheap look for possible claims is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = "".join(chr(i) if chr(i).isalpha() else " " for i in range(128))
WORD = re.compile(r"[^\W\d_]+")
OTHER_MARKS = re.compile(r"[^\w\s]")


def first_word(text: str) -> str:
    """The first of the words of a text; '' where it has none."""
    match = WORD.search(text.lower())
    return match.group() if match else ""


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, cut at marks and digits: quicker than to match each of them."""
    low = text.lower()
    if not low.isascii():
        low = OTHER_MARKS.sub(" ", low)
    return low.translate(LETTERS).split()


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
