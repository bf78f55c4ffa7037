"""Publication dates as inputs write them: '2024-11-14T08:00Z', 'Thu, 14 Nov 2024 08:00 GMT', '14.11.2024', '2024'."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from claimex.normalize.intervals import MIN_YEAR, make_day, month_of, years_of

LONGEST = 80
"""Characters of a date with everything that stands beside one."""

_TIME = r"(?:(?:[T,]|\s)\s*(?:at\s+)?\d{1,2}[:.]\d{2}.*|Z|[+-]\d{2}:?\d{2})?"
_WEEKDAY = r"(?:[a-z]{2,9}\.?,?\s+)?"
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL | re.ASCII)
    for form in (
        rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}",
        rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_TIME}",
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})[- ]{_MONTH}[-, ]+(?P<y>\d{{4}}|\d{{2}}){_TIME}",
        rf"{_WEEKDAY}{_MONTH} (?P<d>\d{{1,2}}),? (?P<y>\d{{4}}){_TIME}",
        rf"{_WEEKDAY}{_MONTH} +(?P<d>\d{{1,2}}) \d{{1,2}}:\d{{2}}:\d{{2}} .*?(?P<y>\d{{4}})",
        rf"(?P<a>\d{{1,2}})([-/.])(?P<b>\d{{1,2}})\2(?P<y>\d{{4}}){_TIME}",
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})",
        rf"{_MONTH},? (?P<y>\d{{4}})",
        r"(?P<y>\d{4})[-/](?P<z>\d{4})",
        r"(?P<y>\d{4})",
        r"(?P<seconds>\d{9,10})(?:\d{3})?",
    )
)


def parse_published(text: str | None) -> tuple[date, date] | None:
    """First and last day that a publication date can mean; None where it is no date.

    A time of day or zone behind it changes nothing: the day is the one that is written. Day and month in figures that
    can change places give both days. Nine digits and more are seconds or milliseconds since 1970.
    """
    if not text:
        return None
    text = text.strip()[:LONGEST]
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is not None:
            return _days(match.groupdict())
    return None


def published_date(text: str) -> str | None:
    """A publication date as ISO 8601: a day, or the month or year where that is all that is sure; None for no date."""
    days = parse_published(text)
    if days is None:
        return None
    first, last = days
    if first == last:
        return first.isoformat()
    month = month_of(first.year, first.month)
    if (month.earliest, month.latest) == days:
        return f"{first:%Y-%m}"
    return f"{first:%Y}" if first.year == last.year else None


def _days(parts: dict[str, str | None]) -> tuple[date, date] | None:
    if seconds := parts.get("seconds"):
        day = datetime.fromtimestamp(int(seconds), UTC).date()
        return day, day
    year = int(parts["y"] or 0)
    if len(parts["y"] or "") == 2:
        year += 1900 if year >= 50 else 2000
    if year < MIN_YEAR:
        return None
    if parts.get("a"):
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        either = sorted(day for day in (make_day(year, a, b), make_day(year, b, a)) if day is not None)
        return (either[0], either[-1]) if either else None
    month = _month(parts)
    if month is None:
        span = years_of(year, int(parts.get("z") or year))
    elif not 1 <= month <= 12:
        return None
    elif parts.get("d"):
        given = make_day(year, month, int(parts["d"] or 0))
        return (given, given) if given else None
    else:
        span = month_of(year, month)
    if span.earliest is None or span.latest is None or span.latest < span.earliest:
        return None
    return span.earliest, span.latest


def _month(parts: dict[str, str | None]) -> int | None:
    """The month in a date; None where it names none, 0 where what stands there is no month."""
    if name := parts.get("name"):
        # Most dates of publication are in figures: reading claims need not load the words for them.
        from claimex.normalize.date_words import lexicon

        meant = {number for month, number in lexicon().months.items() if month.startswith(name.lower())}
        return meant.pop() if len(meant) == 1 else 0
    return int(parts["m"] or 0) if parts.get("m") else None
