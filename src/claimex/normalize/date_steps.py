"""Dates by their distance from today: 'Wednesday', 'last month', 'three days ago', 'the coming weeks'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claimex.normalize import intervals as iv
from claimex.normalize.date_forms import absolute_date
from claimex.normalize.date_words import NO_DAY, Said, lexicon, plain_at, word_at
from claimex.normalize.intervals import Direction, Interval
from claimex.normalize.numbers import read_number


def count_of_units(words: Sequence[str], i: int) -> tuple[int, int, str] | None:
    """'30 days', 'a few weeks', 'a couple of months': one past the unit, how many, the unit."""
    lex = lexicon()
    j = i + 1 if word_at(words, i) == "a" else i
    if word_at(words, j) in lex.words.few:
        end = j + 2 if word_at(words, j + 1) == "of" else j + 1
        unit = lex.units.get(word_at(words, end))
        return (end + 1, 12 if unit == "month" else 10, unit) if unit else None
    if not word_at(words, i):
        return None
    number = read_number(words, i)
    if number is None:
        if word_at(words, i) in {"a", "an", "one"} and (unit := lex.units.get(word_at(words, i + 1))):
            return i + 2, 1, unit
        return None
    unit = lex.units.get(word_at(words, number.end))
    count = number.value if isinstance(number.value, int) else None
    return (number.end + 1, count, unit) if unit and count is not None and count <= 10**6 else None


def ago_date(words: Sequence[str], i: int) -> Said | None:
    """'three days ago', 'a year ago', 'weeks ago'."""
    if word_at(words, i + 1) == "ago" and word_at(words, i).endswith("s") and word_at(words, i) in lexicon().units:
        return Said(i + 2, lambda *_: Interval("unknown"))
    counted = count_of_units(words, i)
    if counted is None or word_at(words, counted[0]) != "ago":
        return None
    end, count, unit = counted
    if not lexicon().words.few.isdisjoint(words[i : i + 2]):
        return Said(end + 1, lambda today, _: iv.stretch(today, unit, count, -1))
    return Said(end + 1, lambda today, _: iv.period_around(today, unit, -count))


def _part_of_day(words: Sequence[str], i: int) -> int:
    return i + 1 if word_at(words, i) in lexicon().words.parts_of_day else i


def weekday_date(words: Sequence[str], i: int) -> Said | None:
    """'Wednesday afternoon', 'Friday, Nov. 14', 'Saturday 26 July 2014', 'Monday last week'."""
    weekday = lexicon().weekdays.get(plain_at(words, i))
    if weekday is None:
        return None
    end = _part_of_day(words, i + 1)
    after = end + 1 if word_at(words, end) in {",", "the"} else end
    exact = absolute_date(words, after)
    if exact is not None and exact.resolve(NO_DAY, None).precision == "day":
        return replace(exact, resolve=lambda today, direction: _on_weekday(exact, weekday, today, direction))
    week = stepped_date(words, end)
    if week is not None and lexicon().units.get(words[week.end - 1]) == "week":
        step = lexicon().steps.get(word_at(words, end), 0)

        def of_week(today: date, _: Direction | None) -> Interval:
            monday = iv.period_around(today, "week", step).earliest
            return iv.one_day(monday and iv.shifted(monday, weekday))

        return Said(week.end, of_week)
    return Said(end, lambda today, direction: iv.weekday_near(today, weekday, direction), floats="weekday")


def _on_weekday(said: Said, weekday: int, today: date, direction: Direction | None) -> Interval:
    """The year in which a day of a month falls on the weekday said with it."""
    past, future = said.resolve(today, "past"), said.resolve(today, "future")
    fits = [x for x in (past, future) if x.earliest is not None and x.earliest.weekday() == weekday]
    return fits[0] if len(fits) == 1 else said.resolve(today, direction)


def stepped_date(words: Sequence[str], i: int) -> Said | None:
    """'last month', 'this fall', 'next Tuesday', 'the coming weeks', 'the past 10 years', 'this morning'."""
    lex = lexicon()
    j = i + 1 if words[i : i + 1] == ["the"] else i
    word = word_at(words, j)
    if word == "recent" and (unit := lex.units.get(word_at(words, j + 1))):
        return Said(j + 2, lambda *_: Interval("unknown"))
    if j > i and lex.units.get(word) == "weekend" and word_at(words, j + 1) != "of":
        return Said(j + 1, iv.weekend_near)
    step = lex.steps.get(word)
    if step is None:
        return None
    following = plain_at(words, j + 1)
    if following in lex.words.parts_of_day:
        return Said(j + 2, lambda today, _: iv.one_day(iv.shifted(today, step if step < 0 else 0)))
    counted = count_of_units(words, j + 1)
    if counted is not None and step:
        end, count, counted_unit = counted
        if word_at(words, end) == "of" and _is_named(words, end + 1):
            return None
        return Said(end, lambda today, _: iv.stretch(today, counted_unit, count, step))
    unit = lex.units.get(following)
    if unit is not None:
        if step and word_at(words, j + 2) == "of":
            return None  # "the last week of the campaign"
        if following.endswith("s") and step:
            return Said(j + 2, lambda today, _: iv.stretch(today, unit, 10, step))
        if word in {"past", "following", "preceding"} or (j > i and word in {"next", "previous"}):
            # Counted from the story, not from the day of the paper: "the next day".
            near = Interval("day" if unit == "day" else "week" if unit == "week" else "interval")
            if word == "past":
                return Said(j + 2, lambda today, _: iv.stretch(today, unit, 1, -1))
            return Said(j + 2, lambda *_: near) if unit in {"day", "week"} else _unit_step(j + 2, unit, step)
        if unit == "weekend" and step >= 0:
            return Said(j + 2, iv.next_weekend if step else iv.weekend_near)
        if word in {"coming", "upcoming"} and unit != "day":
            # "in the coming year": the next one, or as long from today.
            return Said(j + 2, lambda today, _: Interval("interval", today, iv.period_around(today, unit, 1).latest))
        return _unit_step(j + 2, unit, step)
    if (weekday := lex.weekdays.get(following)) is not None:
        return _stepped_weekday(words, j + 2, weekday, step)
    if (month := lex.months.get(following)) is not None:
        return Said(j + 2, lambda today, direction: _stepped_month(today, month, step, direction))
    if (season := lex.seasons.get(following)) is not None:
        return Said(j + 2, lambda today, direction: iv.season_near(today, season, step, direction))
    return None


def _is_named(words: Sequence[str], i: int) -> bool:
    """Whether what stands at word i is one certain thing: "the last three months of 2004", not "of fighting"."""
    word = word_at(words, i)
    return word in lexicon().words.determiners or word[:1].isdigit() or plain_at(words, i) in lexicon().months


def _unit_step(end: int, unit: str, step: int) -> Said:
    return Said(end, lambda today, _: iv.period_around(today, unit, step))


def _stepped_weekday(words: Sequence[str], end: int, weekday: int, step: int) -> Said:
    """'last Friday' is the one before today; 'next Friday' the coming one or that of next week."""
    end = _part_of_day(words, end)

    def resolve(today: date, direction: Direction | None) -> Interval:
        if step == 0:
            return iv.weekday_near(today, weekday, direction)
        first = iv.shifted(today, step)
        near = iv.weekday_near(first, weekday, "past" if step < 0 else "future") if first else Interval("day")
        if step < 0 or near.latest is None:
            return near
        return Interval("day", near.earliest, iv.shifted(near.latest, 7))

    return Said(end, resolve)


def _stepped_month(today: date, month: int, step: int, direction: Direction | None) -> Interval:
    if step == 0:
        return iv.month_of(today.year, month)
    if step < 0:
        return iv.month_of(today.year if month < today.month else today.year - 1, month)
    return iv.month_of(today.year if month > today.month else today.year + 1, month)


def named_day(words: Sequence[str], i: int) -> Said | None:
    """'today', 'yesterday afternoon', 'the day before yesterday', 'recently'."""
    lex = lexicon()
    word = word_at(words, i)
    if word in lex.days:
        step = lex.days[word]
        return Said(_part_of_day(words, i + 1), lambda today, _: iv.one_day(iv.shifted(today, step)))
    start = i + 1 if word == "the" else i
    if words[start : start + 3] in (["day", "before", "yesterday"], ["day", "after", "tomorrow"]):
        step = -2 if word_at(words, start + 1) == "before" else 2
        return Said(start + 3, lambda today, _: iv.one_day(iv.shifted(today, step)))
    if word in lex.words.vague:
        return Said(i + 1, lambda *_: Interval("unknown"))
    return None
