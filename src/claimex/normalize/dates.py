"""Date words to intervals: a small grammar over lower-case words, without spaCy and without a clock.

`read_date(words, i)` reads the longest date that starts at word i and answers with what it means on a given day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claimex.layering import from_rules
from claimex.normalize import intervals as iv
from claimex.normalize.date_spans import paired_date, span_date
from claimex.normalize.date_steps import count_of_units
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
    parts = (f"{letter}{number}" for letter in "qh" for number in "1234")
    feasts = (name.split()[0] for name in lex.feasts)
    units = ("year", "month", "week", "weekend", "earlier", "later", "day", "within", "in")
    return frozenset(
        {
            *rows,
            *lex.joints,
            *(f"{m}." for m in lex.months),
            *(f"{d}." for d in lex.weekdays),
            *firsts,
            *units,
            *parts,
            *feasts,
        }
    )


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
    if words[i + 1 : i + 2] == ["ago"]:
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
    return _within(words, i) or span_date(words, i) or _restricted(words, i) or paired_date(words, i)


def _restricted(words: Sequence[str], i: int) -> Said | None:
    """'by December', 'since Wednesday afternoon', 'before the end of the year': an interval with an open side."""
    for phrase, side in restrictors().get(word_at(words, i), ()):
        if tuple(words[i : i + len(phrase)]) != phrase:
            continue
        core = paired_date(words, i + len(phrase))
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
