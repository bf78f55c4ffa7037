"""Which paragraphs of an article the model has to read, by a look at their characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from spacy.lang.en.stop_words import STOP_WORDS

from claimex.gazetteer import gazetteer
from claimex.layering import from_rules

if TYPE_CHECKING:
    from claimex.claims.base import ClaimKind

PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
BACK = 2
"""Paragraphs that a pronoun looks back over."""
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]*[^\W_]")
INTRODUCED = re.compile(r"\b[A-Z][\w'’.-]*\s+(?:(?:[a-z]{2,3}|[A-Z]\.)\s+){0,2}(?=([A-Z][\w'’-]*[^\W_]))")
"""A capitalised word that another one follows: 'Anna', in front of 'Zabrinski'."""


def needed_paragraphs(texts: Sequence[str], kinds: Iterable[ClaimKind]) -> set[int]:
    """Indices of the paragraphs that may hold a claim of these kinds, or name whom one of them speaks of."""
    parsed = set(range(len(texts))) & set[int]().union(*(kind.scan(texts) for kind in kinds))
    for _ in range(BACK):
        # Whoever a pronoun stands for is mostly named in the paragraph before, or by a pronoun there.
        parsed |= {i - 1 for i in parsed if i and PRONOUN.search(texts[i])}
    return parsed


def introducing_paragraphs(texts: Sequence[str], parsed: Set[int]) -> set[int]:
    """Indices of the other paragraphs that may give the full name of those whom the parsed ones call by the surname.

    Whatever else they name is found without the model: it is in the gazetteer, or nothing that a claim is made of.
    """
    surnames = {_plain(word) for i in parsed for word in CAPITALISED.findall(texts[i])} - _no_surnames()
    surnames = {name for name in surnames if name.lower() not in STOP_WORDS}
    return {
        i
        for i, text in enumerate(texts)
        if i not in parsed and not surnames.isdisjoint(map(_plain, INTRODUCED.findall(text)))
    }


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


@from_rules
def _no_surnames() -> frozenset[str]:
    """Words that end the names of states, bodies and groups: 'Nations' is nobody's surname."""
    entries = (gazetteer().entry(id_) for id_ in gazetteer().ids())
    names = (
        name
        for entry in entries
        if entry is not None and not entry.id.startswith(("person:", "geonames:"))
        for name in (entry.name, *entry.aliases, *entry.short, *entry.demonyms)
    )
    return frozenset(name.split()[-1] for name in names)
