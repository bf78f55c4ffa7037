"""Where materiel counts can stand, by a look at the raw text: arms, and a number in the same passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimex.layering import from_rules
from claimex.normalize.numbers import lexicon
from claimex.normalize.scanning import noun_forms
from claimex_materiel.lexicon import families

DIGIT = re.compile(r"\d")


@from_rules
def _arms() -> re.Pattern[str]:
    return noun_forms(families())


@from_rules
def _numbers() -> re.Pattern[str]:
    words = lexicon()
    return noun_forms({*words.words, *words.scales, *words.plurals, *words.pairs})


def passages(texts: Sequence[str]) -> set[int]:
    """Indices of the passages that must be parsed."""
    arms = (i for i, text in enumerate(texts) if _arms().search(text))
    return {i for i in arms if DIGIT.search(texts[i]) or _numbers().search(texts[i])}
