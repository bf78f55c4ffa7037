"""Where entity claims need a parse: only a parse tells Moscow the city from Moscow the government."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimex.gazetteer import gazetteer
from claimex.layering import from_rules

NAMES_EVERYWHERE = True
"""Names are sought in every paragraph, whatever else an article holds."""


WORD = re.compile(r"\w+")


@from_rules
def _seats() -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of the names of seats, which are the quicker to look for, and the names."""
    names = sorted(gazetteer().seats(), key=lambda name: (-len(name), name))
    firsts = frozenset(WORD.findall(name.lower())[0] for name in names)
    return firsts, re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


def paragraphs(texts: Sequence[str]) -> set[int]:
    """Indices of the paragraphs that must be parsed: those that name a seat of government."""
    firsts, names = _seats()
    return {
        i for i, text in enumerate(texts) if not firsts.isdisjoint(WORD.findall(text.lower())) and names.search(text)
    }
