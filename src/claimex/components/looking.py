"""Which passages of an article the model has to read, by a look at their characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from spacy.lang.en.stop_words import STOP_WORDS

from claimex.components.passages import ends_paragraph, rules
from claimex.gazetteer import gazetteer
from claimex.layering import from_rules

if TYPE_CHECKING:
    from claimex.claims.base import ClaimKind

NEAR = 6
"""Passages of a quotation, and those that a pronoun looks back over for whoever spoke."""
GOES_ON = re.compile(r"\W*(?:he|she|it|they|this|these)\b", re.IGNORECASE)
"""What begins so says more of those in the passage before."""
QUOTATION_MARK = re.compile('["“”]')
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]*[^\W_]")
INTRODUCED = re.compile(r"\b[A-Z][\w'’.-]{0,40}+\s+(?:(?:[a-z]{2,3}|[A-Z]\.)\s+){0,2}(?=([A-Z][\w'’-]*[^\W_]))")
"""A capitalised word that another one follows: 'Anna', in front of 'Zabrinski'."""


@from_rules
def _speech() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says that somebody spoke, and what stands for somebody who did or was spoken of."""
    said = rf"\b(?:{'|'.join(sorted(rules().speech))})\b"
    return re.compile(said, re.IGNORECASE), re.compile(rf"\b(?:he|she|they)\b|\bit\s+(?:also\s+)?{said}", re.IGNORECASE)


def needed_passages(texts: Sequence[str], kinds: Iterable[ClaimKind]) -> set[int]:
    """Indices of the passages that may hold a claim of these kinds, or say who says so and of whom."""
    found = set(range(len(texts))) & set[int]().union(*(kind.scan(texts) for kind in kinds))
    if not found:
        return found
    begins = [True, *(ends_paragraph(text) for text in texts[:-1]), True]
    quoted = _quoted(texts, begins)
    goes_on = {i + 1 for i in found if not begins[i + 1] and GOES_ON.match(texts[i + 1])}
    found = found.union(goes_on, *(_quotation(texts, begins, quoted, i) for i in found))
    found |= {i - 1 for i in found if not begins[i]}
    return found.union(*(_back_to_speaker(texts, i) for i in sorted(found, reverse=True)))


def _quoted(texts: Sequence[str], begins: Sequence[bool]) -> list[bool]:
    """Whether each passage begins within a quotation of its paragraph."""
    quoted, inside = [], False
    for text, new in zip(texts, begins, strict=False):
        inside = inside and not new
        quoted.append(inside)
        inside ^= len(QUOTATION_MARK.findall(text)) % 2 == 1
    return [*quoted, False]


def _quotation(texts: Sequence[str], begins: Sequence[bool], quoted: Sequence[bool], i: int) -> Iterator[int]:
    """The passages around one of the same quotation, and the one behind it: there it may say whose words these are."""
    for k in range(i, max(i - NEAR, 0), -1):
        if not quoted[k]:
            break
        yield k - 1
    if not quoted[i + 1] and not QUOTATION_MARK.search(texts[i]):
        return
    for k in range(i + 1, i + 1 + NEAR):
        if begins[k]:
            return
        yield k
        if not quoted[k]:
            return


def _back_to_speaker(texts: Sequence[str], i: int) -> Iterator[int]:
    """Where a pronoun stands, the passages before it as far as one in which somebody who is named speaks."""
    said, pronoun = _speech()
    if not pronoun.search(texts[i]):
        return
    for k in range(i - 1, max(i - 1 - NEAR, -1), -1):
        yield k
        if said.search(texts[k]) and not pronoun.search(texts[k]):
            return


def introducing_passages(texts: Sequence[str], parsed: Set[int]) -> set[int]:
    """Indices of the other passages that may give the full name of those whom the parsed ones call by the surname.

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
