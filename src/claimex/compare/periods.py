"""When a claim is about: the date it says, else the day its article was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from claimex.compare.rules import rules
from claimex.normalize.published import parse_published

Order = Literal["same", "before", "after", "overlap", "unknown"]
FIRST, LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day that a claim can be about. `said` is false where only the article's date is known."""

    earliest: str
    latest: str
    said: bool = True

    @property
    def days(self) -> int:
        """How many days it spans."""
        return _days(self.earliest, self.latest)


@cache
def _days(earliest: str, latest: str) -> int:
    try:
        return (date.fromisoformat(latest[:10]) - date.fromisoformat(earliest[:10])).days + 1
    except ValueError:
        return (date.fromisoformat(LAST) - date.fromisoformat(FIRST)).days


def period_of(when: Mapping[str, Any] | None, published: str | None) -> Period | None:
    """The period of a claim with this date in an article of that day; None where neither can be placed in time."""
    if when:
        earliest, latest = when.get("earliest"), when.get("latest")
        # A date that cannot be resolved ("last month" of an unknown year) is not the day of the article either.
        return Period(earliest or FIRST, latest or LAST) if earliest or latest else None
    days = parse_published(published)
    return Period(days[0].isoformat(), days[1].isoformat(), said=False) if days else None


def order(one: Period | None, other: Period | None, *, event: bool = False) -> Order:
    """Whether two periods are one time, follow each other, or may do either.

    For counts of events equal periods are one time, however long: what befell people in a day and in its week is not
    of one time.
    """
    if one is None or other is None:
        return "unknown"
    if one.latest < other.earliest:
        return "before"
    if other.latest < one.earliest:
        return "after"
    equal = (one.earliest, one.latest) == (other.earliest, other.latest)
    if event:
        return "same" if equal else "overlap"
    longest = max(one.days, other.days)
    near = longest <= rules().same_time_days or (equal and longest <= rules().same_period_days)
    return "same" if near else "overlap"


def days_apart(one: Period, other: Period) -> int:
    """How many days lie between two periods; 0 where they touch or overlap."""
    first, second = sorted((one, other), key=lambda period: (period.earliest, period.latest))
    return max(_days(first.latest, second.earliest) - 2, 0)


def days_between(some: Iterable[str], others: Iterable[str]) -> int:
    """How far apart the nearest two days of two lists are; 0 where one list is empty."""
    others = list(others)
    return min((abs(_days(one[:10], other[:10]) - 1) for one in some for other in others), default=0)
