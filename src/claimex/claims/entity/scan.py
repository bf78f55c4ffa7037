"""Where entity claims need a parse: only a parse tells Moscow the city from Moscow the government."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimex.gazetteer import gazetteer
from claimex.layering import from_rules
from claimex.normalize.scanning import first_word, plain_words

NAMES_EVERYWHERE = True
"""Names are sought in every passage, whatever else an article holds."""


@from_rules
def _seats() -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of the names of seats, which are the quicker to look for, and the names."""
    names = sorted(gazetteer().seats(), key=lambda name: (-len(name), name))
    firsts = frozenset(first_word(name) for name in names)
    return firsts, re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


def passages(texts: Sequence[str]) -> set[int]:
    """Indices of the passages that must be parsed: those that name a seat of government."""
    firsts, names = _seats()
    return {i for i, text in enumerate(texts) if not firsts.isdisjoint(plain_words(text)) and names.search(text)}
