"""Questions to a claims file: conditions on the parts of a claim.

Values of one condition are alternatives ('--kind a --kind b' is either), different conditions all have to hold. A
condition looks at one part and at nothing else: it can be put to a line that is read in part, and to the values that
an index lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from claimex.claim_line import (
    UNREADABLE,
    ArticleName,
    Damage,
    Figure,
    PartReader,
    Reference,
    Speaker,
    StoredClaim,
    Words,
    read_claim,
)
from claimex.line_sieve import sieve
from claimex.normalize.names import fold
from claimex.normalize.number_intervals import Interval, interval_of

MANY = "entities"
"""The part of which a claim has several; a condition holds where it holds for one of them."""

NAMES_KEPT = 1 << 16
key = lru_cache(maxsize=NAMES_KEPT)(fold)
"""A name as it is compared; the same few names come in claim after claim."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold for a part of a claim."""

    part: str
    holds: Callable[[Any], bool]
    names: Collection[str] = ()
    """What those parts go by for which it can hold, where that is known: folded words, ids, their beginning."""


class Question:
    """Conditions that all have to hold; without any, every claim is an answer."""

    def __init__(self, conditions: Iterable[Condition] = ()) -> None:
        self.conditions = tuple(conditions)
        self._parts = PartReader(condition.part for condition in self.conditions)
        tests = [_on_claim(condition) for condition in self.conditions]
        self._fits = tests[0] if len(tests) == 1 else lambda claim: all(test(claim) for test in tests)
        sieves = (sieve(MANY, condition.names) for condition in self.conditions if condition.part == MANY)
        self._passes_over = next(filter(None, sieves), None)

    def worth_reading(self, lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
        """The lines, with their numbers from 1 on, that may hold an answer or are seen to be damaged."""
        if not self.conditions:
            yield from enumerate(lines, 1)
            return
        decode, fits, passes_over = self._parts.decode, self._fits, self._passes_over
        for number, line in enumerate(lines, 1):
            if passes_over and passes_over(line):
                continue
            try:
                claim = decode(line)
            except UNREADABLE:
                yield number, line
            else:
                if fits(claim):
                    yield number, line

    def fits(self, raw: bytes) -> bool | None:
        """Whether the parts of a line are those of an answer; None where they are seen to be damaged."""
        if self._passes_over and self._passes_over(raw):
            return False
        claim = self._parts.read(raw)
        return None if claim is None else self._fits(claim)

    def answer(self, where: str, raw: bytes) -> StoredClaim | Damage | None:
        """The claim of a line if it is an answer, or what is wrong with the line."""
        item = read_claim(where, raw)
        return item if isinstance(item, Damage) or self._fits(self._parts.of(item)) else None


def _on_claim(condition: Condition) -> Callable[[Any], bool]:
    holds, part = condition.holds, attrgetter(condition.part)
    if condition.part != MANY:
        return lambda claim: holds(part(claim))

    def holds_for_one(claim: Any) -> bool:
        # A plain loop takes half the time of any() with a generator: a million claims go through it.
        for value in claim.entities:  # noqa: SIM110
            if holds(value):
                return True
        return False

    return holds_for_one


def values_of(claim: Any, part: str) -> Sequence[Any]:
    """What a claim has in a part: several entities, one of all else."""
    value = getattr(claim, part)
    return value if part == MANY else (value,)


def one_of(field: str, values: Iterable[str]) -> Condition:
    """The field has one of the values."""
    wanted = frozenset(values)
    return Condition(field, lambda value: isinstance(value, str) and value in wanted, wanted)


@dataclass(frozen=True, slots=True)
class EntityNames:
    """An entity to look for: the ids it has, and the folded words that name it where it has no id of its own."""

    ids: frozenset[str]
    words: frozenset[str]


def any_entity(wanted: Iterable[EntityNames]) -> Condition:
    """The claim has one of the entities, in any role."""
    alternatives = tuple(wanted)
    ids = frozenset(entity_id for entity in alternatives for entity_id in entity.ids)
    words = frozenset(words for entity in alternatives for words in entity.words)
    # Names that came and are none of theirs: the same few come in claim after claim.
    others: set[str | None] = set()

    def is_named(name: str | None) -> bool:
        if name is not None and key(name) in words:
            return True
        if len(others) >= NAMES_KEPT:
            others.clear()
        others.add(name)
        return False

    def holds(reference: Reference) -> bool:
        return (
            reference.id in ids
            or (reference.name not in others and is_named(reference.name))
            or (reference.text not in others and is_named(reference.text))
        )

    return Condition(MANY, holds, words.union(entity_id.strip().casefold() for entity_id in ids))


def from_source(sources: Iterable[str]) -> Condition:
    """The words of one of `sources` stand, as whole words and in order, in who says so (canonical or as written)."""
    patterns = [re.compile(rf"(?<!\w){re.escape(fold(source))}(?!\w)") for source in sources]

    def holds(speaker: Speaker | None) -> bool:
        if speaker is None:
            return False
        said_by = [key(words or "") for words in (speaker.source, speaker.text, speaker.via)]
        return any(pattern.search(words) for pattern in patterns for words in said_by)

    return Condition("attribution", holds)


def in_article(names: Iterable[str]) -> Condition:
    """The article's id, path or file name is one of `names`, or its id begins with one."""
    wanted = tuple(names)

    def holds(article: ArticleName) -> bool:
        file_name = article.path.replace("\\", "/").rpartition("/")[2]
        return any(name in (article.path, file_name) or article.id.startswith(name) for name in wanted)

    return Condition("article", holds)


def says(text: str) -> Condition:
    """The sentence or the quote has the text in it, in any case."""
    wanted = " ".join(text.casefold().split())

    def holds(words: Words) -> bool:
        return any(wanted in " ".join(said.casefold().split()) for said in (words.sentence.text, words.quote))

    return Condition("evidence", holds)


def has_id(beginning: str) -> Condition:
    """The claim's id begins so; none begins with nothing."""
    return Condition("id", lambda claim_id: bool(beginning) and claim_id.startswith(beginning), [beginning])


def _allowed(figure: Figure | None) -> Interval | None:
    return None if figure is None else interval_of(figure.bound, figure.value, figure.low, figure.high)


def can_reach(minimum: float) -> Condition:
    """The count can be `minimum` or more: '>10,000' can reach 50,000, '≤3,000' cannot, '<500' cannot reach 500."""

    def holds(figure: Figure | None) -> bool:
        span = _allowed(figure)
        return span is not None and (span.high > minimum or (span.high == minimum and not span.high_open))

    return Condition("quantity", holds)


def can_stay_within(maximum: float) -> Condition:
    """The count can be `maximum` or less: '≤3,000' can be 400, '≥400' cannot be 300, '>500' cannot be 500."""

    def holds(figure: Figure | None) -> bool:
        span = _allowed(figure)
        return span is not None and (span.low < maximum or (span.low == maximum and not span.low_open))

    return Condition("quantity", holds)
