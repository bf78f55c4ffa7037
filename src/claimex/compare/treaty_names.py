"""When two names can be names of one agreement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from claimex.compare.rules import rules
from claimex.gazetteer import gazetteer
from claimex.normalize.names import fold

QUOTES = str.maketrans(dict.fromkeys('"“”„«»'))
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class TreatyName:
    """What the words of a name tell."""

    text: str
    proper: frozenset[str]
    """Capitalised words that are neither common nor parties: 'Strategic', 'Partnership'."""
    own: frozenset[str]
    """Those of them that no other agreement has in its name: 'START', 'Minsk'."""
    subjects: frozenset[str]
    years: frozenset[str]
    words: frozenset[str]


def read_name(text: str, parties: Iterable[str] = ()) -> TreatyName:
    """What a name tells; the names of its parties tell nothing."""
    base = re.split(r"\s(?:between|with)\s", text.translate(QUOTES), maxsplit=1)[0]
    treaties = rules().treaties
    ignored = set(treaties.words.common)
    for party in parties:
        ignored |= _forms(party)
    written = [word for word in re.findall(r"[\w'’-]+", base) if fold(word) not in ignored]
    # In a text of capitals alone they tell nothing, but for a name of one word: 'START'.
    telling = not base.isupper() or len(written) == 1
    proper = frozenset(fold(word) for word in written if telling and word[:1].isupper())
    words = frozenset(part for word in written for part in fold(word).split())
    subjects = frozenset(name for name, known in treaties.subjects.items() if words & known)
    own = proper.difference(*treaties.subjects.values())
    return TreatyName(base, proper, own, subjects, frozenset(YEAR.findall(base)), words)


@cache
def _forms(party: str) -> frozenset[str]:
    """Every single word that a party is written with: 'russian', 'russia', 'russo', 'moscow'."""
    forms = set(fold(party).split()) | {fold(party)}
    for entry in gazetteer().lookup(party)[:1]:
        for form in (*entry.demonyms, *entry.combining, *entry.aliases):
            forms.update(fold(form).split())
    return frozenset(forms)


def can_be_one(one: TreatyName, other: TreatyName) -> bool:
    """Whether nothing in two names keeps the agreements apart: other years, subjects, or names of their own."""
    if one.years and other.years and not one.years & other.years:
        return False
    if one.own and other.own:
        return one.own <= other.own or other.own <= one.own
    return not (one.subjects and other.subjects and not one.subjects & other.subjects)


def are_alike(one: TreatyName, other: TreatyName) -> bool:
    """Whether two names have something in common that few names have: a name of their own, a subject, all words."""
    return bool(one.own & other.own or one.subjects & other.subjects or one.text.casefold() == other.text.casefold())


def compatible_types(one: str, other: str) -> bool:
    """Whether two types can be words for one agreement."""
    return "other" in (one, other) or kindred_types(one, other)


def kindred_types(one: str, other: str) -> bool:
    """Whether two types are words for the same thing; 'other' is a word for nothing."""
    if one == other:
        return one != "other"
    return any(one in group and other in group for group in rules().treaties.compatible)


def fullness(text: str) -> tuple[int, int, int, str]:
    """A key by which the fullest name comes last: names of their own, then long ones, then the alphabet."""
    name = read_name(text)
    return len(name.proper), len(name.words), len(name.text), name.text
