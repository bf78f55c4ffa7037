"""Calendar dates as written: '28.04.2017', 'March 14, 1978', 'July 5-7', 'summer 2003', '1980-1988'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from claimex.normalize import intervals as iv
from claimex.normalize.date_words import NO_DAY, Said, lexicon, plain_at, word_at
from claimex.normalize.intervals import Direction, Interval

DECEMBER = 12
NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")


def numeric_date(words: Sequence[str], i: int) -> Said | None:
    """'28.04.2017', '2016-07-12', '7/25/2014'; day and month that could be either are both allowed."""
    match = NUMERIC.fullmatch(word_at(words, i))
    end = i + 1
    if match is None and word_at(words, i).isdigit() and word_at(words, i + 1) == "-":
        match, end = NUMERIC.fullmatch("".join(words[i : i + 5])), i + 5  # the tokenizer splits at hyphens
    if match is None:
        return None
    first, _, second, third = match.groups()
    if len(first) == 4:
        day = iv.make_day(int(first), int(second), int(third)) if len(third) <= 2 else None
        return Said(end, lambda *_: iv.one_day(day), True) if day else None
    if len(first) == 3 or len(third) != 4:
        return None
    year = int(third)
    days = [iv.make_day(year, int(a), int(b)) for a, b in ((first, second), (second, first))]
    known = sorted(d for d in days if d is not None)
    if not known:
        return None
    return Said(end, lambda *_: Interval("day", known[0], known[-1]), True)


def _year_at(words: Sequence[str], i: int) -> tuple[int, int | None]:
    """One past a year that follows a month or day at word i (", 1978", "of 2003", "90"), and the year."""
    j = i + 1 if word_at(words, i) in {",", "of"} else i
    word = word_at(words, j)
    if re.fullmatch(r"1\d{3}|20\d{2}", word):
        return j + 1, int(word)
    if j == i and re.fullmatch(r"[5-9]\d|0\d", word) and len(word) == 2:
        return j + 1, int(word) + (1900 if int(word) >= 50 else 2000)
    return i, None


def _day_number(words: Sequence[str], i: int) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", word_at(words, i))
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _last_day(words: Sequence[str], i: int) -> tuple[int, int | None]:
    """One past the second day of 'April 24 and 25', 'July 5-7', and that day."""
    glued = re.fullmatch(r"\d{1,2}[–-](\d{1,2})", word_at(words, i - 1))
    if glued:
        return i, int(glued[1])
    if word_at(words, i) in {"-", "–", "to", "and"} and (day := _day_number(words, i + 1)) is not None:
        return i + 2, day
    return i, None


def absolute_date(words: Sequence[str], i: int) -> Said | None:
    """'March 14, 1978', '14 APR 90', 'Aug. 15', '5-7 July', 'July 1997', 'August this year', 'May'."""
    lex = lexicon()
    months = lex.months
    day: int | None = None
    last: int | None = None
    start = i + 1 if word_at(words, i) == "the" and _day_number(words, i + 1) else i
    if (month := months.get(plain_at(words, start))) is not None:
        end = start + 1
        glued = re.match(r"\d{1,2}(?=[–-]\d{1,2}$)", word_at(words, end))
        day = int(glued[0]) if glued else _day_number(words, end)
        if day is not None and not re.fullmatch(r"[5-9]\d", word_at(words, end)):
            end, last = _last_day(words, end + 1)
        else:
            day = None
    else:
        day = _day_number(words, start)
        if day is None:
            return None
        end, last = _last_day(words, start + 1)
        if word_at(words, end) == "of":
            end += 1
        month = months.get(plain_at(words, end))
        if month is None:
            return None
        end += 1
    end, year = _year_at(words, end)
    if year is not None:
        return _dated(end, year, month, day, last)
    return _yearless(words, end, month, day, last)


def _dated(end: int, year: int, month: int, day: int | None, last: int | None) -> Said | None:
    if day is None:
        return Said(end, lambda *_: iv.month_of(year, month), True)
    first, until = iv.make_day(year, month, day), iv.make_day(year, month, last or day)
    if first is None:
        return None
    if until is None or until < first:
        until = first
    return Said(end, lambda *_: Interval("day" if first == until else "interval", first, until), True)


def _yearless(words: Sequence[str], end: int, month: int, day: int | None, last: int | None) -> Said:
    """A month or day whose year is that of 'this year' behind it, or the nearest."""
    j = end + 1 if word_at(words, end) in {"of", ","} else end
    step = lexicon().steps.get(word_at(words, j)) if word_at(words, j + 1) == "year" else None
    if step is not None:
        end = j + 2

    def resolve(today: date, direction: Direction | None) -> Interval:
        if day is None:
            if step is None:
                return iv.month_near(today, month, direction)
            return iv.month_of(today.year + step, month)
        if step is None:
            first = iv.day_near(today, month, day, direction)
        else:
            first = iv.one_day(iv.make_day(today.year + step, month, day))
        if not last or first.latest is None:
            return first
        return Interval("interval", first.earliest, iv.make_day(first.latest.year, month, last))

    return Said(end, resolve, floats="month" if step is None else None)


def season_date(words: Sequence[str], i: int) -> Said | None:
    """'spring 2003', 'the summer of 1998', and a bare season where a preposition stands before it."""
    start = i + 1 if word_at(words, i) == "the" else i
    month = lexicon().seasons.get(word_at(words, start))
    if month is None:
        return None
    end, year = _year_at(words, start + 1)
    over = years_date(words, start + 2 if word_at(words, start + 1) == "of" else start + 1)
    if over is not None and not over.weak and month == DECEMBER:
        begun = over.resolve(NO_DAY, None).earliest
        return Said(over.end, lambda *_: iv.months_of(begun.year, month, 3, "season"), True) if begun else None
    if year is not None and month == DECEMBER:
        # The winter that ends in the year or the one that begins in it.
        return Said(end, lambda *_: iv.months_of(year - 1, month, 15, "season"), True)
    if year is not None:
        return Said(end, lambda *_: iv.months_of(year, month, 3, "season"), True)
    if word_at(words, start + 1) in lexicon().steps and word_at(words, start + 2) == "year":
        step = lexicon().steps[word_at(words, start + 1)]
        return Said(start + 3, lambda today, _: iv.months_of(today.year + step, month, 3, "season"))
    return Said(start + 1, lambda today, direction: iv.season_near(today, month, None, direction), weak=True)


YEAR = re.compile(r"(1[0-9]\d{2}|20\d{2})")
DECADE = re.compile(r"(1[0-9]\d|20\d)0s")
YEARS = re.compile(r"(1[0-9]\d{2}|20\d{2})([–/-])(\d{2}|\d{4})")


def years_date(words: Sequence[str], i: int) -> Said | None:
    """'2003', '1980-1988', 'between 1975 and 1990', 'the 1990s'."""
    start = i + 1 if word_at(words, i) in {"the", "between"} else i
    word = word_at(words, start)
    if (decade := DECADE.fullmatch(word)) is not None:
        first = int(decade[1]) * 10
        return Said(start + 1, lambda *_: iv.years_of(first, first + 9), True)
    if (both := YEARS.fullmatch(word)) is not None:
        return _year_span(start + 1, int(both[1]), both[3], most=1 if both[2] == "/" else 200)
    match = YEAR.fullmatch(word)
    if match is None:
        return None
    year = int(match[1])
    joints = {"and"} if word_at(words, i) == "between" else {"-", "–", "to"}
    after = word_at(words, start + 2)
    if word_at(words, start + 1) in joints and re.fullmatch(r"\d{4}|\d{2}", after):
        span = _year_span(start + 3, year, after)
        if span is not None:
            return span
    return Said(start + 1, lambda *_: iv.year_of(year), True, weak=True) if start == i else None


def _year_span(end: int, first: int, second: str, *, most: int = 200) -> Said | None:
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if not first < last <= first + most:
        return None
    return Said(end, lambda *_: iv.years_of(first, last), True)
