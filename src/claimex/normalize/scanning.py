"""Word lists as one regular expression over raw text: what a cheap look for possible claims is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_form(lemmas: Iterable[str]) -> re.Pattern[str]:
    """Matches any inflected form of any of the lemmas, and more: a scan may find too much, never too little."""
    stems = sorted({_stem(lemma) for lemma in lemmas}, key=lambda stem: (-len(stem), stem))
    return re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE)


def _stem(lemma: str) -> str:
    """The part of a word that all its forms share, as a pattern; white space of any kind between the parts."""
    if lemma.endswith("man"):
        stem = re.escape(lemma[:-3]) + "m[ae]n"
    elif lemma.endswith("y") and len(lemma) > 3:
        stem = re.escape(lemma[:-1]) + "(?:y|ies)"
    elif lemma.endswith("fe"):
        stem = re.escape(lemma[:-2]) + "(?:f|v)e"
    else:
        stem = re.escape(lemma)
    return stem.replace(r"\ ", r"\s*") if len(lemma) > 3 else stem + r"(?:s|es)?\b"
