"""Where troop counts can stand, by a look at the raw text: a number and people who may be military."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from claimex.claims.troop_count.lexicon import rules
from claimex.normalize.numbers import number_words
from claimex.normalize.scanning import any_form

DIGIT = re.compile(r"\d")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads = rules().heads
    people = heads.inherent | heads.conditional | heads.gunmen | heads.military_body | heads.battle_scene
    return any_form(number_words()), any_form(people)


def paragraphs(texts: Sequence[str]) -> set[int]:
    """Indices of the paragraphs that must be parsed.

    A paragraph behind a count may take it up again ("six others", "these soldiers"), whatever else it says.
    """
    numbers, people = _patterns()
    found: set[int] = set()
    for i, text in enumerate(texts):
        counted = DIGIT.search(text) or numbers.search(text)
        if counted and (i - 1 in found or people.search(text)):
            found.add(i)
    last = max(found, default=-1)
    first = min(found, default=len(texts))
    return found | {i for i in range(first, len(texts)) if i - 1 in found or (i > last and people.search(texts[i]))}
