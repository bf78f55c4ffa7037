"""Intervals of days: what 'last month' or 'early 2006' can mean, given the day an article was published."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from claimex.vocabulary import DatePrecision

Direction = Literal["past", "future"]

MIN_YEAR, MAX_YEAR = 1000, 2999
"""Years outside are no years of news; arithmetic beside Python's own limits would raise."""
DATELINE_DAYS = 3
"""A dateline can run ahead of the day given as that of publication, or the day of publication behind it."""
SEASON_DAYS = 92
NEAR_DAYS, FAR_DAYS = 75, 240
"""A year that is not said is the near one where the other is far: "on Nov. 14" in November."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `earliest` to `latest`, both included; None where open or not resolvable."""

    precision: DatePrecision
    earliest: date | None = None
    latest: date | None = None


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    if not MIN_YEAR <= year <= MAX_YEAR or not 1 <= month <= 12:
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def one_day(day: date | None) -> Interval:
    """A day."""
    return Interval("day", day, day)


def month_of(year: int, month: int) -> Interval:
    """A month; months beyond December count on into later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = make_day(year, month, 1)
    return Interval("month", first, first and first.replace(day=calendar.monthrange(year, month)[1]))


def months_of(year: int, month: int, count: int, precision: DatePrecision) -> Interval:
    """`count` months from a month on."""
    return Interval(precision, month_of(year, month).earliest, month_of(year, month + count - 1).latest)


def year_of(year: int) -> Interval:
    """A calendar year."""
    return months_of(year, 1, 12, "year")


def years_of(first: int, last: int) -> Interval:
    """Years from first to last."""
    return Interval("interval", year_of(first).earliest, year_of(last).latest)


def shifted(day: date, days: int) -> date | None:
    """A day so many days on; None beyond the years of news."""
    if abs(days) > 366 * 1000:
        return None
    ordinal = day.toordinal() + days
    if not date(MIN_YEAR, 1, 1).toordinal() <= ordinal <= date(MAX_YEAR, 12, 31).toordinal():
        return None
    return date.fromordinal(ordinal)


def period_around(day: date, unit: str, step: int) -> Interval:
    """The day, week, weekend, month, quarter, year, decade or century that holds a day, or one `step`s away."""
    if abs(step) > 1000:
        return Interval("unknown")
    match unit:
        case "day":
            return one_day(shifted(day, step))
        case "week":
            monday = shifted(day, -day.weekday() + 7 * step)
            return Interval("week", monday, monday and shifted(monday, 6))
        case "weekend":
            saturday = shifted(day, 5 - day.weekday() + 7 * step)
            return Interval("interval", saturday, saturday and shifted(saturday, 1))
        case "month":
            return month_of(day.year, day.month + step)
        case "quarter":
            return months_of(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3, "interval")
        case "year":
            return year_of(day.year + step)
        case "decade":
            first = day.year // 10 * 10 + 10 * step
            return years_of(first, first + 9)
        case _:
            first = day.year // 100 * 100 + 100 * step
            return years_of(first, first + 99)


def stretch(day: date, unit: str, count: int, sign: int) -> Interval:
    """`count` units up to today (sign -1) or from today on (sign 1): 'the past 10 years', 'within 30 days'."""
    days = {"day": 1, "week": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}.get(unit, 36525)
    other = shifted(day, sign * days * min(count, 10**6))
    return Interval("interval", *((other, day) if sign < 0 else (day, other)))


def part_of(whole: Interval, start: float, end: float) -> Interval:
    """A share of an interval: its early or late part."""
    first, last = whole.earliest, whole.latest
    if first is None or last is None:
        return Interval("interval")
    if whole.precision == "year":
        return months_of(first.year, 1 + int(12 * start), int(12 * (end - start)), "interval")
    days = (last - first).days
    return Interval("interval", first + timedelta(days=int(days * start)), first + timedelta(days=round(days * end)))


def weekday_near(today: date, weekday: int, direction: Direction | None) -> Interval:
    """The weekday last passed (today included) or next to come; from one to the other where neither is known."""
    past = today - timedelta(days=(today.weekday() - weekday) % 7)
    future = today + timedelta(days=(weekday - today.weekday()) % 7)
    if direction is None and future == today:
        return Interval("day", today, shifted(today, 7))
    return _between(today, one_day(past), one_day(future), direction)


def weekend_near(today: date, direction: Direction | None) -> Interval:
    """The weekend last begun or next to come; on one it is that."""
    past = today - timedelta(days=(today.weekday() - 5) % 7)
    future = past if today.weekday() >= 5 else past + timedelta(days=7)
    both = [Interval("interval", saturday, shifted(saturday, 1)) for saturday in (past, future)]
    return _between(today, both[0], both[1], direction)


def next_weekend(today: date, _: Direction | None) -> Interval:
    """The coming weekend or that of next week: 'next' is said of either."""
    coming = period_around(today, "weekend", 0 if today.weekday() < 5 else 1)
    return Interval("interval", coming.earliest, period_around(today, "weekend", 1).latest)


def month_near(today: date, month: int, direction: Direction | None) -> Interval:
    """The month last begun or next to come."""
    past = month_of(today.year if month <= today.month else today.year - 1, month)
    future = month_of(today.year if month >= today.month else today.year + 1, month)
    return _between(today, past, future, direction)


def day_near(today: date, month: int, day: int, direction: Direction | None) -> Interval:
    """A day of a month, last passed or next to come."""
    this = make_day(today.year, month, day)
    if this is not None and abs((this - today).days) <= DATELINE_DAYS:
        return one_day(this)
    past = this if this is not None and this <= today else make_day(today.year - 1, month, day)
    future = this if this is not None and this >= today else make_day(today.year + 1, month, day)
    return _between(today, one_day(past), one_day(future), direction)


def season_near(today: date, month: int, step: int | None, direction: Direction | None) -> Interval:
    """A season of three months: the present or nearest one, the one before (step -1) or after (step 1)."""
    seasons = [months_of(today.year + k, month, 3, "season") for k in (-2, -1, 0, 1)]
    past = [s for s in seasons if s.latest is not None and s.latest < today]
    future = [s for s in seasons if s.earliest is not None and s.earliest > today]
    present = [s for s in seasons if s not in past and s not in future]
    if step == -1 or (step is None and direction == "past" and not present):
        return past[-1] if past else Interval("season")
    if step == 1 or (step is None and direction == "future" and not present):
        return future[0] if future else Interval("season")
    if present or not past or not future:
        return present[0] if present else Interval("season")
    if step is None:
        return _between(today, past[-1], future[0], None)
    # "this fall" said in another season is that of this year, or the one that has just ended.
    ended = past[-1].latest
    just = direction == "past" and ended is not None and (today - ended).days <= SEASON_DAYS
    return past[-1] if just else months_of(today.year, month, 3, "season")


def _between(today: date, past: Interval, future: Interval, direction: Direction | None) -> Interval:
    if direction == "past":
        return past
    if direction == "future" or past == future:
        return future
    if past.latest is None or future.earliest is None:
        return Interval(past.precision)
    behind, ahead = (today - past.latest).days, (future.earliest - today).days
    if min(behind, ahead) <= NEAR_DAYS and max(behind, ahead) >= FAR_DAYS:
        return past if behind < ahead else future
    return Interval(past.precision, past.earliest, future.latest)
