"""Which encoding of one byte a character a text is in, by how its words look: a short text tells that in no other way.

What is no letter of the word's language stands in the middle of words where the encoding is wrong, and small letters
turn into capitals: "armyÕs", "Mu–oz", "Dvoøák".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

MOST = 2_000
"""Words and marks beyond ASCII that are looked at."""
LONGEST_WORD = 40
TOLERATED = 0.05
"""Share of them that may look odd in an encoding that is taken all the same: no long text is without."""
MOSTLY = 0.1
"""Share of bytes beyond ASCII up to which a text is one in Latin letters, in one of these encodings, however odd."""
BEYOND_ASCII = re.compile(r"[^\0-\x7f]")
OPENING = frozenset("“‘«¿¡„")
CLOSING = frozenset("”»")
MONEY = frozenset("£€¥¢")
USUAL_MARKS = frozenset("’…•·±×÷°²³½¼¾™®©§†\N{EN DASH}—\N{NO-BREAK SPACE}\N{SOFT HYPHEN}") | OPENING | CLOSING | MONEY
ALONE = frozenset("ÀÁÅÉÜ")
"""Capitals that can be a word; in others a wrong encoding shows dashes and quotation marks."""
SENTENCE_MARKS = frozenset(",.;:!?")
FIRST_NOT_LATIN = "\N{GREEK CAPITAL LETTER HETA}"

Letters = frozenset[str]


@cache
def _candidates() -> dict[str, tuple[Letters, ...]]:
    """Encodings, the usual first, with the letters of each language that they are for, small and capital."""
    data = tomllib.loads(files("claimex.inputs").joinpath("encodings.toml").read_text(encoding="utf-8"))
    languages = {name: frozenset(letters + letters.upper()) for name, letters in data["languages"].items()}
    return {encoding: tuple(languages[name] for name in names.split()) for encoding, names in data["encodings"].items()}


def fitting(data: bytes) -> str | None:
    """The encoding in which the fewest words and marks of the bytes look odd; None where too many do in each."""
    latin = sum(byte > 0x7F for byte in data) <= MOSTLY * len(data)
    best, least = None, 1.0 if latin else TOLERATED
    for encoding, languages in _candidates().items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = _odd(text, languages)
        if odd < least or (best is None and odd == least):
            best, least = encoding, odd
    return best


def _odd(text: str, languages: Sequence[Letters]) -> float:
    """The share of words and marks beyond ASCII that look odd."""
    looked_at = odd = done = 0
    for found in BEYOND_ASCII.finditer(text):
        at = found.start()
        if at < done:
            continue
        start, done = at, at + 1
        if found[0].isalpha():
            while start > 0 and at - start < LONGEST_WORD and text[start - 1].isalpha():
                start -= 1
            while done < len(text) and done - at < LONGEST_WORD and text[done].isalpha():
                done += 1
            looks = _is_word(text[start:done], text[start - 1 : start], languages)
        else:
            looks = _is_mark(found[0], text[at - 1 : at], text[done : done + 1])
        looked_at += 1
        odd += not looks
        if looked_at == MOST:
            break
    return odd / looked_at if looked_at else 0.0


def _is_word(word: str, before: str, languages: Iterable[Letters]) -> bool:
    """Whether a word beyond ASCII is one of the languages, with capitals where words have them."""
    beyond = {letter for letter in word if not letter.isascii()}
    mixed = len(beyond) < len(set(word)) and max(beyond) >= FIRST_NOT_LATIN
    if mixed or not any(beyond <= letters for letters in languages):
        return False
    if not word[0].isascii() and before in SENTENCE_MARKS:
        return False
    if word.isupper():
        return len(word) > 1 or word in ALONE
    return not any(b.isupper() and not (a + b).isascii() for a, b in pairwise(word))


def _is_mark(mark: str, before: str, behind: str) -> bool:
    """Whether a mark stands where such marks do; `before` and `behind` are the characters beside it, if any."""
    if mark not in USUAL_MARKS:
        return False
    if mark in OPENING:
        return not before.isalnum() and not behind.isspace()
    if mark in CLOSING:
        return not before.isspace() and not behind.isalpha()
    if mark == "’":
        return bool(before and not before.isspace()) or behind.isalnum()
    if mark == "\N{EN DASH}":
        return not (before.isalpha() and behind.islower())
    if mark in "…—\N{NO-BREAK SPACE}\N{SOFT HYPHEN}":
        return True
    return not (before.isalpha() and behind.isalpha()) and (mark in MONEY or not behind.islower())
