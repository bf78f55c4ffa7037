"""Claims as rows of one flat table: the same columns whatever claims there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimex.claims import kinds
from claimex.wording import Claim

SHARED = (
    "id",
    "kind",
    "article.id",
    "article.path",
    "article.title",
    "article.published",
    "article.publisher",
    "article.url",
    "factuality",
    "attribution.source",
    "attribution.type",
    "attribution.cue",
    "attribution.via",
    "evidence.quote",
    "evidence.start",
    "evidence.end",
    "evidence.sentence.text",
    "evidence.rule",
    "entities",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a cell as a formula."""


def header() -> tuple[str, ...]:
    """Paths of all columns: those of every claim, then each kind's own."""
    own = (path for kind in kinds().values() for path in kind.flat)
    return tuple(dict.fromkeys((*SHARED, *own)))


def row(claim: Claim, columns: Sequence[str]) -> list[str | int | float]:
    """The claim's cells; empty where it has no such field, lists of references as their names."""
    return [cell(_value(claim, path.split("."))) for path in columns]


def _value(claim: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        claim = claim.get(key) if isinstance(claim, Mapping) else None
    return claim


def cell(value: Any) -> str | int | float:
    """A value as a spreadsheet takes it: no list, no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        words = (str(v.get("name") or v.get("text") or "") if isinstance(v, Mapping) else str(v) for v in value)
        value = "; ".join(dict.fromkeys(words))
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text
