"""Dates without what opens or joins them: 'early next year', 'the first quarter of 2004', 'earlier this month'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claimex.normalize import intervals as iv
from claimex.normalize.date_forms import absolute_date, numeric_date, season_date, years_date
from claimex.normalize.date_named import feast_date, part_of_year
from claimex.normalize.date_steps import ago_date, named_day, stepped_date, weekday_date
from claimex.normalize.date_words import Said, lexicon, word_at
from claimex.normalize.intervals import Direction, Interval


def core_date(words: Sequence[str], i: int) -> Said | None:
    """A date without its restrictor."""
    if i >= len(words) or not word_at(words, i):
        return None
    return _share(words, i) or period_date(words, i)


def period_date(words: Sequence[str], i: int) -> Said | None:
    """A date that is not a share of another one."""
    if i >= len(words) or not word_at(words, i):
        return None
    readers = (
        *(numeric_date, ago_date, _this_far, weekday_date, absolute_date, feast_date, stepped_date, named_day),
        *(season_date, part_of_year, years_date),
    )
    for reader in readers:
        said = reader(words, i)
        if said is not None:
            return said
    return None


def _share(words: Sequence[str], i: int) -> Said | None:
    """'early next year', 'late February', 'the end of the year', 'the first quarter of 2004', 'mid-2005'."""
    lex = lexicon()
    j = i + 1 if word_at(words, i) == "the" else i
    word = word_at(words, j)
    end = j + 1
    if word in lex.ordinals and word_at(words, end) in {"quarter", "half"}:
        number, parts = lex.ordinals[word], 4 if word_at(words, end) == "quarter" else 2
        number = parts if word in {"final", "last"} else number
        if number > parts:
            return None
        share, end = ((number - 1) / parts, number / parts), end + 1
    elif word in {"year", "month", "week", "decade"} and _possessive(words, end) and word_at(words, end + 1) == "end":
        unit = lex.units[word]
        return Said(end + 2, lambda today, _: iv.part_of(iv.period_around(today, unit, 0), 0.5, 1.0))
    elif word.startswith("mid-") and word[4:]:
        said = _shared([word[4:], *words[j + 1 : j + 8]], 0, lex.fractions["mid"])
        return said and replace(said, end=said.end + j)
    elif word in lex.fractions:
        share = lex.fractions[word]
    else:
        return None
    if word_at(words, end) in {"of", "in", "on", "-"}:
        end += 1
    elif j > i and word not in {"late", "early", "mid"}:
        return None
    return _shared(words, end, share)


def _possessive(words: Sequence[str], i: int) -> bool:
    return word_at(words, i) in {"'s", "’s", "-"}


def _shared(words: Sequence[str], start: int, share: tuple[float, float]) -> Said | None:
    """A share of the period that stands at word `start`."""
    unit = lexicon().units.get(word_at(words, start + 1)) if word_at(words, start) == "the" else None
    if unit and unit != "day":
        end = start + 2
        return Said(end, lambda today, _: iv.part_of(iv.period_around(today, unit, 0), *share))
    core = period_date(words, start)
    if core is None and words[start : start + 1] == ["the"]:
        core = period_date(words, start + 1)
    if core is None:
        return None

    def resolve(today: date, direction: Direction | None) -> Interval:
        whole = core.resolve(today, direction)
        return whole if whole.precision == "day" else iv.part_of(whole, *share)

    return Said(core.end, resolve, core.absolute)


def _this_far(words: Sequence[str], i: int) -> Said | None:
    """'earlier this year', 'later this month', 'earlier on Monday': the part before or after today."""
    word = word_at(words, i)
    if word not in {"earlier", "later"}:
        return None
    start = i + 2 if word_at(words, i + 1) in {"on", "in"} else i + 1
    core = (
        stepped_date(words, start)
        or weekday_date(words, start)
        or named_day(words, start)
        or absolute_date(words, start)
    )
    if core is None:
        return None

    def resolve(today: date, direction: Direction | None) -> Interval:
        whole = core.resolve(today, direction or ("past" if word == "earlier" else "future"))
        first, last = whole.earliest, whole.latest
        if whole.precision == "day" or first is None or last is None or not first <= today <= last:
            return whole
        return Interval("interval", first, today) if word == "earlier" else Interval("interval", today, last)

    return Said(core.end, resolve, core.absolute)
