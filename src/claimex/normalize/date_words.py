"""The words of the date grammar and what a date that was read looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model
from claimex.normalize.intervals import Direction, Interval

Resolve = Callable[[date, Direction | None], Interval]


class Words(Model):
    """Closed classes of words."""

    parts_of_day: frozenset[str]
    vague: frozenset[str]
    before_month: frozenset[str]
    verb_months: frozenset[str]
    word_days: frozenset[str]
    before_season: frozenset[str]
    before_feast: frozenset[str]
    before_year: frozenset[str]
    few: frozenset[str]
    listed: frozenset[str]
    determiners: frozenset[str]
    clock: frozenset[str]
    before_old_year: frozenset[str]


class DateWords(Model):
    """rules/dates.toml."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, str]
    steps: dict[str, int]
    days: dict[str, int]
    fractions: dict[str, tuple[float, float]]
    ordinals: dict[str, int]
    feasts: dict[str, tuple[int, int, int, int]]
    words: Words
    restrictors: dict[str, tuple[str, ...]]
    joints: dict[str, tuple[str, ...]]


NO_DAY = date(2000, 1, 1)
"""Stands in for a day of publication where the answer does not hang on it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A date as said, before word `end`; `absolute` where it means the same on every day."""

    end: int
    resolve: Resolve
    absolute: bool = False
    weak: bool = False
    """True where only a word before it can make it a date: a bare 'fall', four digits."""
    floats: Literal["weekday", "month"] | None = None
    """What a date says without saying of which week or year: then the nearest one is meant."""
    until_today: bool = False
    """True for 'since 1978': an absolute beginning that ends with the day of publication."""


@from_rules
def lexicon() -> DateWords:
    """The date words."""
    return read_toml(DateWords, "dates.toml")


def word_at(words: Sequence[str], i: int) -> str:
    """The word at i; '' outside the text."""
    return words[i] if 0 <= i < len(words) else ""


def plain_at(words: Sequence[str], i: int) -> str:
    """The word at i without an abbreviation's dot."""
    return word_at(words, i).rstrip(".")
