"""Date words to intervals: a small grammar over lower-case words, without spaCy and without a clock.

`read_date(words, i)` reads the longest date that starts at word i and answers with what it means on a given day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claimex.layering import from_rules
from claimex.normalize import intervals as iv
from claimex.normalize.date_forms import absolute_date, numeric_date, season_date, years_date
from claimex.normalize.date_steps import ago_date, count_of_units, named_day, stepped_date, weekday_date
from claimex.normalize.date_words import NO_DAY, Said, lexicon, word_at
from claimex.normalize.intervals import Direction, Interval
from claimex.normalize.numbers import starters as number_starters


@from_rules
def starters() -> frozenset[str]:
    """Words without digits that a date can start with."""
    lex = lexicon()
    rows = (
        *lex.months,
        *lex.weekdays,
        *lex.seasons,
        *lex.steps,
        *lex.days,
        *lex.fractions,
        *lex.words.vague,
        *lex.ordinals,
    )
    firsts = (phrase.split()[0] for phrases in lex.restrictors.values() for phrase in phrases)
    units = ("year", "month", "week", "earlier", "later", "day", "within", "in", "between")
    return frozenset({*rows, *(f"{m}." for m in lex.months), *(f"{d}." for d in lex.weekdays), *firsts, *units})


def may_start(words: Sequence[str], i: int, word: str) -> bool:
    """A quick look at word i: whether it is worth reading a date there."""
    if word in starters():
        return True
    if word == "the" or word == "a":
        following = word_at(words, i + 1)
        if following in starters() or following[:1].isdigit():
            return True
    if word[:1].isdigit() or word.startswith("mid-"):
        return True
    return (word in number_starters() or word in {"a", "an"}) and "ago" in words[i + 1 : i + 7]


@from_rules
def restrictors() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Restrictor phrases by their first word, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for side, phrases in lexicon().restrictors.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, side))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in table.items()}


def resolve(said: Said, published: tuple[date, date] | None, direction: Direction | None = None) -> Interval:
    """What was said means on the day of publication; open where that day is not known well enough."""
    if said.absolute:
        found = said.resolve(NO_DAY, direction)
        begun = found.earliest is not None and published is not None and found.earliest <= published[1]
        return replace(found, latest=published[1]) if said.until_today and begun and published else found
    if published is None:
        return Interval(said.resolve(NO_DAY, direction).precision)
    found = said.resolve(published[0], direction)
    if published[0] == published[1] or said.resolve(published[1], direction) == found:
        return found
    return Interval(found.precision)


def read_date(words: Sequence[str], i: int) -> Said | None:
    """The longest date that starts at word i, or None."""
    return _within(words, i) or _restricted(words, i) or _core(words, i)


def _restricted(words: Sequence[str], i: int) -> Said | None:
    """'by December', 'since Wednesday afternoon', 'before the end of the year': an interval with an open side."""
    for phrase, side in restrictors().get(word_at(words, i), ()):
        if tuple(words[i : i + len(phrase)]) != phrase:
            continue
        core = _core(words, i + len(phrase))
        if core is None:
            continue

        def resolve(today: date, direction: Direction | None, core: Said = core, side: str = side) -> Interval:
            if side == "since":
                direction = "past"
            elif side.startswith("until"):
                # "agreed to leave by May": the verb's tense is not that of the limit.
                direction = None if direction == "past" else direction
            inner = core.resolve(today, direction)
            match side:
                case "until_end":
                    return Interval("interval", None, inner.latest)
                case "until_start":
                    # "before the end of the year" lasts to its end.
                    wide = inner.precision == "interval"
                    return Interval("interval", None, inner.latest if wide else inner.earliest)
                case "since" | "as_of":
                    ended = today if not core.absolute and inner.earliest and inner.earliest <= today else None
                    return Interval("interval", inner.earliest, ended)
                case _:
                    return Interval("interval", inner.earliest, None)

        return Said(core.end, resolve, core.absolute, until_today=side in {"since", "as_of"})
    return None


def _within(words: Sequence[str], i: int) -> Said | None:
    """'within 30 days', 'within the next two weeks'."""
    if word_at(words, i) != "within":
        return None
    j = i + 1
    while word_at(words, j) in {"the", "a", *lexicon().steps}:
        j += 1
    counted = count_of_units(words, j)
    if counted is None:
        unit = lexicon().units.get(word_at(words, j))
        counted = (j + 1, 1, unit) if unit and j > i + 1 else None
    if counted is None:
        return None
    end, count, unit = counted
    return Said(end, lambda today, _: iv.stretch(today, unit, count, 1))


def _core(words: Sequence[str], i: int) -> Said | None:
    """A date without its restrictor."""
    if i >= len(words) or not word_at(words, i):
        return None
    return _share(words, i) or _period(words, i)


def _period(words: Sequence[str], i: int) -> Said | None:
    """A date that is not a share of another one."""
    if i >= len(words) or not word_at(words, i):
        return None
    readers = (
        *(numeric_date, ago_date, _this_far, weekday_date, absolute_date, stepped_date, named_day),
        *(season_date, years_date),
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
    core = _period(words, start)
    if core is None and words[start : start + 1] == ["the"]:
        core = _period(words, start + 1)
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
