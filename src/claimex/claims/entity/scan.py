"""Where entity claims need a parse: only a parse tells Moscow the city from Moscow the government."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimex.gazetteer import gazetteer
from claimex.layering import from_rules

NAMES_EVERYWHERE = True
"""Names are sought in every paragraph, whatever else an article holds."""


@from_rules
def _seats() -> re.Pattern[str]:
    names = sorted(gazetteer().seats(), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


def paragraphs(texts: Sequence[str]) -> set[int]:
    """Indices of the paragraphs that must be parsed: those that name a seat of government."""
    return {i for i, text in enumerate(texts) if _seats().search(text)}
