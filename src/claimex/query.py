"""Questions to a claims file: predicates over claims as plain dicts, and names to the entities they stand for.

Values of one question are alternatives ('--kind a --kind b' is either), different questions all have to hold.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from claimex.normalize.names import fold
from claimex.wording import Claim

Predicate = Callable[[Claim], bool]


key = lru_cache(maxsize=1 << 16)(fold)
"""A name as it is compared; the same few names come in claim after claim."""


def every(predicates: Iterable[Predicate]) -> Predicate:
    """Holds where all of them hold."""
    tests = tuple(predicates)
    return lambda claim: all(test(claim) for test in tests)


def one_of(field: str, values: Iterable[str]) -> Predicate:
    """The field has one of the values."""
    wanted = frozenset(values)
    return lambda claim: claim.get(field) in wanted


@dataclass(frozen=True, slots=True)
class EntityNames:
    """An entity to look for: the ids it has, and the folded words that name it where it has no id of its own."""

    ids: frozenset[str]
    words: frozenset[str]

    def __call__(self, claim: Claim) -> bool:
        """Whether the claim has this entity in any role."""
        return any(self.names(reference) for reference in claim["entities"])

    def names(self, reference: Mapping[str, Any]) -> bool:
        """Whether an entity reference is this entity."""
        if reference["id"] in self.ids:
            return True
        return bool(self.words) and (
            key(reference["name"]) in self.words or key(reference.get("text") or "") in self.words
        )


def any_entity(wanted: Iterable[EntityNames]) -> Predicate:
    """The claim has one of the entities."""
    alternatives = tuple(wanted)
    return lambda claim: any(test(claim) for test in alternatives)


def from_source(sources: Iterable[str]) -> Predicate:
    """The words of one of `sources` stand, as whole words and in order, in who says so (canonical or as written)."""
    patterns = [re.compile(rf"(?<!\w){re.escape(fold(source))}(?!\w)") for source in sources]

    def test(claim: Claim) -> bool:
        attribution = claim["attribution"]
        if attribution is None:
            return False
        said_by = [key(str(attribution.get(name) or "")) for name in ("source", "text", "via")]
        return any(pattern.search(words) for pattern in patterns for words in said_by)

    return test


def in_article(names: Iterable[str]) -> Predicate:
    """The article's id, path or file name is one of `names`, or its id begins with one."""
    wanted = tuple(names)

    def test(claim: Claim) -> bool:
        article_id, path = claim["article"]["id"], claim["article"]["path"]
        file_name = path.replace("\\", "/").rpartition("/")[2]
        return any(name in (path, file_name) or article_id.startswith(name) for name in wanted)

    return test


def says(text: str) -> Predicate:
    """The sentence or the quote has the text in it, in any case."""
    wanted = " ".join(text.casefold().split())

    def test(claim: Claim) -> bool:
        evidence = claim["evidence"]
        return any(
            wanted in " ".join(words.casefold().split()) for words in (evidence["sentence"]["text"], evidence["quote"])
        )

    return test


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true number lies, as far as the words say. An open end does not belong to it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


def interval(quantity: Mapping[str, Any] | None) -> Interval | None:
    """The numbers that a quantity allows; approximate ones stand for their value. None where nothing is known."""
    if not quantity:
        return None
    bound, value = quantity.get("bound"), quantity.get("value")
    low, high = quantity.get("low"), quantity.get("high")
    if bound in ("exact", "approx"):
        return None if value is None else Interval(value, value)
    if low is None and high is None:
        return None
    return Interval(
        -math.inf if low is None else low,
        math.inf if high is None else high,
        low_open=bound == "more_than",
        high_open=bound == "less_than",
    )


def can_reach(minimum: float) -> Predicate:
    """The count can be `minimum` or more: '>10,000' can reach 50,000, '≤3,000' cannot, '<500' cannot reach 500."""

    def test(claim: Claim) -> bool:
        span = interval(claim.get("quantity"))
        return span is not None and (span.high > minimum or (span.high == minimum and not span.high_open))

    return test


def can_stay_within(maximum: float) -> Predicate:
    """The count can be `maximum` or less: '≤3,000' can be 400, '≥400' cannot be 300, '>500' cannot be 500."""

    def test(claim: Claim) -> bool:
        span = interval(claim.get("quantity"))
        return span is not None and (span.low < maximum or (span.low == maximum and not span.low_open))

    return test


def closest(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The known names most like a misspelt one, best first; none where nothing is near."""
    from difflib import get_close_matches

    by_fold = {fold(candidate): candidate for candidate in known}
    wanted = fold(name)
    # A name that has the word in it is nearer than one that merely shares letters: Korea, North Korea.
    parts = [c for folded, c in by_fold.items() if wanted and re.search(rf"\b{re.escape(wanted)}\b", folded)]
    similar = [by_fold[hit] for hit in get_close_matches(wanted, by_fold, n=limit, cutoff=0.75)]
    return list(dict.fromkeys([*similar, *sorted(parts, key=len)]))[:limit]
