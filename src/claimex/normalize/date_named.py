"""Periods and days with a name of their own: 'Q3 2024', '2Q', 'H1 2024', 'Christmas', "New Year's Eve"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from claimex.layering import from_rules
from claimex.normalize import intervals as iv
from claimex.normalize.date_forms import YEAR
from claimex.normalize.date_words import Said, lexicon, word_at
from claimex.normalize.intervals import Direction, Interval

PART = re.compile(r"(?P<part>[qh])(?P<number>[1-4])|(?P<first>[1-4])(?P<behind>[qh])")
MONTHS = {"q": 3, "h": 6}
Feast = tuple[int, int, int, int]
"""Month, day, and the days before and behind it that are meant too."""


def part_of_year(words: Sequence[str], i: int) -> Said | None:
    """'Q3 2024', '3Q of 2024', '2024 Q3', 'H1 2024', 'Q3 this year', and a bare quarter behind a preposition."""
    leading = YEAR.fullmatch(word_at(words, i))
    at = i + 1 if leading else i
    match = PART.fullmatch(word_at(words, at))
    if match is None:
        return None
    months = MONTHS[match["part"] or match["behind"]]
    begin = (int(match["number"] or match["first"]) - 1) * months + 1
    if begin > 12:
        return None
    end, year = (at + 1, int(leading[0])) if leading else _year_at(words, at + 1)
    if year is not None:
        return Said(end, lambda *_: iv.months_of(year, begin, months, "interval"), True)
    end, step = _of_this_year(words, at + 1)
    if step is not None:
        return Said(end, lambda today, _: iv.months_of(today.year + step, begin, months, "interval"))
    if months == MONTHS["h"]:
        return None

    def near(today: date, direction: Direction | None) -> Interval:
        return replace(iv.season_near(today, begin, None, direction), precision="interval")

    return Said(end, near, weak=True)


@from_rules
def _feasts() -> dict[str, list[tuple[tuple[str, ...], Feast]]]:
    """Feasts by their first word, those of most words first."""
    table: dict[str, list[tuple[tuple[str, ...], Feast]]] = {}
    for name, feast in lexicon().feasts.items():
        words = tuple(name.split())
        table.setdefault(words[0], []).append((words, feast))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in table.items()}


def feast_at(words: Sequence[str], i: int) -> tuple[int, Feast] | None:
    """One past the name of a feast at word i, and when it is."""
    for name, feast in _feasts().get(word_at(words, i), ()):
        if tuple(word.replace("’", "'") for word in words[i : i + len(name)]) == name:
            return i + len(name), feast
    return None


def feast_date(words: Sequence[str], i: int) -> Said | None:
    """'Christmas 2022', 'Christmas Eve last year', 'last Christmas', and a bare feast behind a preposition."""
    lex = lexicon()
    step = lex.steps.get(word_at(words, i))
    the = (
        word_at(words, i) == "the" and word_at(words, i + 1) in lex.ordinals
    )  # "the Fourth of July"; not "the new year"
    found = feast_at(words, i if step is None and not the else i + 1)
    if found is None:
        return None
    end, (month, day, before, behind) = found

    def around(middle: Interval) -> Interval:
        if middle.earliest is None or middle.latest is None:
            return middle
        first, last = middle.earliest - timedelta(before), middle.latest + timedelta(behind)
        return Interval("day" if before + behind == 0 else "interval", first, last)

    if step is not None:

        def stepped(today: date, _: Direction | None) -> Interval:
            comes = (month, day) > (today.month, today.day)
            years = step if step == 0 else (0 if comes else 1) if step > 0 else (-1 if comes else 0)
            return around(iv.one_day(iv.make_day(today.year + years, month, day)))

        return Said(end, stepped)
    end, year = _year_at(words, end)
    if year is not None:
        return Said(end, lambda *_: around(iv.one_day(iv.make_day(year, month, day))), True)
    end, step_behind = _of_this_year(words, end)
    if step_behind is not None:
        return Said(end, lambda today, _: around(iv.one_day(iv.make_day(today.year + step_behind, month, day))))
    return Said(end, lambda today, direction: around(iv.day_near(today, month, day, direction)), weak=True)


def _year_at(words: Sequence[str], i: int) -> tuple[int, int | None]:
    """One past a year of four digits at word i, or behind ',' or 'of' there, and the year."""
    j = i + 1 if word_at(words, i) in {",", "of"} else i
    return (j + 1, int(word_at(words, j))) if YEAR.fullmatch(word_at(words, j)) else (i, None)


def _of_this_year(words: Sequence[str], i: int) -> tuple[int, int | None]:
    """One past 'last year' or 'of this year' at word i, and how many years it is from today's."""
    j = i + 1 if word_at(words, i) == "of" else i
    step = lexicon().steps.get(word_at(words, j)) if word_at(words, j + 1) == "year" else None
    return (j + 2, step) if step is not None else (i, None)
