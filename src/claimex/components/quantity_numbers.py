"""The number at a word of a Doc: the number grammar, ranges, and what the words around tell about either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.quantity_words import lexicon
from claimex.normalize.numbers import Number, read_number

if TYPE_CHECKING:
    from claimex.components.plain_words import PlainWords
    from claimex.model import Bound

CHANGE_WORDS_BACK = 8
"""Words between 'rose' and 'from A to B'."""


def number_at(view: PlainWords, i: int, floor: int) -> Number | None:
    """The number at word i, the whole range where one starts here."""
    in_between = i > floor and view.at(i - 1 - bool(currency_before(view, i))) == "between"
    words = view.low
    first = read_number(words, i, in_between=in_between)
    if first is None or first.form in {"vague", "range"}:
        return first
    joint = view.at(first.end)
    if joint not in {"to", "-", "–", "or"} and not (joint == "and" and in_between):
        return first
    j = first.end + 1
    if view.at(j) in lexicon().currency_signs:
        j += 1
    if j >= len(view.low):
        return first
    second = read_number(words, j)
    if second is None or second.value is None or first.value is None:
        return first
    low = _scaled_like(words, first, second, j)
    if low >= second.value or (joint in {"to", "or"} and _is_change(view, i)):
        return first
    return Number(second.end, None, low, second.value, "range", unit=second.unit)


def read_glued_million(view: PlainWords, i: int) -> None:
    """Spell out the 'm' glued to digits where it means a million: '£73m', '3m people', not '100m hurdles'."""
    if view.at(i + 1) != "m" or view.doc[view.tokens[i]].whitespace_:
        return
    lex, short, following = lexicon(), len(view.low[i].split(".")[0]) < 3, view.at(i + 2)
    measured = following in lex.currency_words or following in lex.measures or following == "cubic"
    if currency_before(view, i) or measured or (short and view.tag(i + 2) in {"NNS", "NNPS"}):
        view.low[i + 1] = "million"


def _scaled_like(words: list[str], first: Number, second: Number, j: int) -> float | int:
    """The lower end with the scale word of the upper one: '10 to 12 thousand'."""
    if isinstance(first.value, int) and first.value < 1000 and second.end == j + 1 and second.form == "digits":
        thousands = isinstance(second.value, int) and second.value % 1000 == 0 and first.value * 1000 < second.value
        if thousands and "," in words[j]:
            return first.value * 1000  # "8 to 10,000 men"
    base = read_number([words[j]], 0)
    low, high = first.value or 0, second.value or 0
    if base is None or not base.value or second.end == j + 1:
        return low
    factor = high / base.value
    return low * int(factor) if factor >= 100 and low < base.value else low


def _is_change(view: PlainWords, i: int) -> bool:
    """Whether 'from A to B' stands after a verb of change: two levels, not a range."""
    if view.at(i - 1) == "by" and view.at(i + 1) == "to":
        return True  # "cut by 2,000 to 9,000"
    if view.at(i - 1) != "from":
        return False
    return any(w in lexicon().words.change for w in view.low[max(0, i - CHANGE_WORDS_BACK) : i])


def range_lead(view: PlainWords, i: int, number: Number, floor: int) -> tuple[int, Bound | None]:
    if number.form == "range" and i > floor and view.at(i - 1) in {"between", "from"}:
        return i - 1, "range"
    return i, None


def currency_before(view: PlainWords, i: int) -> str | None:
    return lexicon().currency_signs.get(view.at(i - 1))
