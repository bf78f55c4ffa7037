"""Two dates that are one interval: 'from March to May 1999'; and two that share a year: 'in March and May 1999'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claimex.normalize.date_periods import core_date
from claimex.normalize.date_words import Said, lexicon, word_at
from claimex.normalize.intervals import Direction, Interval

BARE = "bare"
"""The row of words that join two dates where no word opens them."""


def span_date(words: Sequence[str], i: int) -> Said | None:
    """A date from one to another, which is one interval; None where no two dates are joined at word i."""
    joints, opener = lexicon().joints, word_at(words, i)
    opened = opener in joints and opener != BARE
    first = core_date(words, i + 1 if opened else i)
    if first is None or word_at(words, first.end) not in joints[opener if opened else BARE]:
        return None
    last = core_date(words, first.end + 1)
    if last is None or ((first.weak or last.weak) and not opened):
        return None
    earlier = _before(first, last)

    def resolve(today: date, direction: Direction | None) -> Interval:
        begin, end = earlier.resolve(today, direction).earliest, last.resolve(today, direction).latest
        return Interval("interval", begin, end) if begin and end and begin <= end else Interval("interval")

    return Said(last.end, resolve, earlier.absolute and last.absolute)


def paired_date(words: Sequence[str], i: int) -> Said | None:
    """A date; one without a year or week of its own takes that of the one it is listed with."""
    said = core_date(words, i)
    if said is None or said.floats is None or word_at(words, said.end) not in lexicon().words.listed:
        return said
    following = paired_date(words, said.end + 1)
    if following is None:
        return said
    alike = following.floats == said.floats or (said.floats == "month" and following.absolute and not following.weak)
    return _before(said, following) if alike else said


def _before(first: Said, last: Said) -> Said:
    """The first of two dates; where it floats, the nearest one that is not after the last."""
    if first.floats is None:
        return first

    def resolve(today: date, direction: Direction | None) -> Interval:
        if direction is None and not last.absolute:
            return first.resolve(today, None)  # either of them may be past or to come
        end = last.resolve(today, direction).earliest
        return first.resolve(end, "past") if end else Interval(first.resolve(today, direction).precision)

    return replace(first, resolve=resolve, absolute=last.absolute)
