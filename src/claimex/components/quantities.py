"""The quantities layer: every counted or measured thing of a Doc, with its bound and what it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimex.annotations import QuantityMention
from claimex.components.extensions import register
from claimex.components.plain_words import PlainWords, read_words
from claimex.components.quantity_bounds import bound_after, bound_before
from claimex.components.quantity_filters import (
    is_age,
    is_fraction,
    is_label,
    is_numbering,
    is_part_of_word,
    is_pronoun_one,
    is_tally,
    is_time,
)
from claimex.components.quantity_units import Unit, unit_after
from claimex.components.quantity_words import lexicon
from claimex.normalize.numbers import Number, read_number, starters

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimex.model import Bound

CHANGE_WORDS_BACK = 8
"""Words between 'rose' and 'from A to B'."""


def find(doc: Doc) -> list[QuantityMention]:
    """Quantities in text order, none overlapping; works on Docs without tags or parse too."""
    view = read_words(doc)
    found: list[QuantityMention] = []
    start, floor = 0, 0
    words = starters()
    for i, word in enumerate(view.low):
        if i < start or not (word in words or word[:1].isdigit() or word[:1] == "~" or word == "both"):
            continue
        end, mention = _quantity(view, i, floor)
        start = max(end, i + 1)
        if mention is not None:
            if found and mention.unit and _shares_noun(view, found[-1], i):
                found[-1] = replace(found[-1], head=mention.head, unit=mention.unit)
            found.append(mention)
            floor = start
    return found


def _shares_noun(view: PlainWords, earlier: QuantityMention, i: int) -> bool:
    """Whether a bare number and the one at word i count the same noun: '12 and 15 soldiers'."""
    if earlier.unit is not None or earlier.head is not None or i < 2:
        return False
    return view.low[i - 1] in {"and", "or"} and earlier.number.end == view.tokens[i - 2] + 1


def _quantity(view: PlainWords, i: int, floor: int) -> tuple[int, QuantityMention | None]:
    """Where reading goes on after word i, and the quantity whose number starts there."""
    if view.low[i] == "both":
        return _both(view, i)
    glued_tilde = view.low[i][0] == "~"
    if glued_tilde:
        view.low[i] = view.low[i][1:] or "~"
    _read_glued_million(view, i)
    number = _number(view, i, floor)
    if number is None:
        return i + 1, None
    if is_part_of_word(view, i) or is_fraction(view, number):
        return number.end, None
    end, after = bound_after(view, number.end)
    if glued_tilde:
        after = "approx"
    unit = unit_after(view, end)
    first = i - 1 if _currency(view, i) else i
    lead, before = _range_lead(view, first, number, floor)
    if before is None:
        lead, before = bound_before(view, first, floor)
    if unit is None or _counts_nothing(view, i, number, unit, before, lead):
        return number.end, None
    if after is None:
        unit_end, after = bound_after(view, unit.end)
        unit = replace(unit, end=unit_end)
    currency = _currency(view, i) or number.unit
    if currency:
        unit = Unit(end, None, currency)
    if before is None and (currency or unit.compound or unit.name == "percent"):
        lead = first  # the article belongs to the noun that follows: "a 40% stake"
    return unit.end, _mention(view, lead, i, number, unit, before or after)


def _number(view: PlainWords, i: int, floor: int) -> Number | None:
    """The number at word i, the whole range where one starts here."""
    in_between = i > floor and view.at(i - 1 - bool(_currency(view, i))) == "between"
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


def _read_glued_million(view: PlainWords, i: int) -> None:
    """Spell out the 'm' glued to digits where it means a million: '£73m', '3m people', not '100m hurdles'."""
    if view.at(i + 1) != "m" or view.doc[view.tokens[i]].whitespace_:
        return
    lex, short, following = lexicon(), len(view.low[i].split(".")[0]) < 3, view.at(i + 2)
    measured = following in lex.currency_words or following in lex.measures or following == "cubic"
    if _currency(view, i) or measured or (short and view.tag(i + 2) in {"NNS", "NNPS"}):
        view.low[i + 1] = "million"


def _scaled_like(words: list[str], first: Number, second: Number, j: int) -> float | int:
    """The lower end with the scale word of the upper one: '10 to 12 thousand'."""
    base = read_number([words[j]], 0)
    low, high = first.value or 0, second.value or 0
    if base is None or not base.value or second.end == j + 1:
        return low
    factor = high / base.value
    return low * int(factor) if factor >= 100 and low < base.value else low


def _is_change(view: PlainWords, i: int) -> bool:
    """Whether 'from A to B' stands after a verb of change: two levels, not a range."""
    if view.at(i - 1) != "from":
        return False
    return any(w in lexicon().words.change for w in view.low[max(0, i - CHANGE_WORDS_BACK) : i])


def _range_lead(view: PlainWords, i: int, number: Number, floor: int) -> tuple[int, Bound | None]:
    if number.form == "range" and i > floor and view.at(i - 1) in {"between", "from"}:
        return i - 1, "range"
    return i, None


def _currency(view: PlainWords, i: int) -> str | None:
    return lexicon().currency_signs.get(view.at(i - 1))


def _counts_nothing(view: PlainWords, i: int, number: Number, unit: Unit, bound: Bound | None, lead: int) -> bool:
    if _currency(view, i) or number.unit:
        return False
    if view.low[i] == "scores" and number.end == i + 1 and not _is_many(view, i):
        return True
    return (
        is_time(view, i, number, unit, bound)
        or is_pronoun_one(view, i, number, unit)
        or is_age(view, i, number, unit, lead)
        or is_tally(view, i, number, unit)
        or is_numbering(view, i, number, unit)
        or is_label(view, i, number, unit, bound)
        or (number.form == "range" and bound is None and unit.name is None and (number.high or 0) < 100)
    )


def _is_many(view: PlainWords, i: int) -> bool:
    """Whether 'scores' at i is a number of people or things, and no tally or verb."""
    if view.at(i + 1) in {"of", "more"} or view.tag(i + 1) in {"VBD", "VBN", "VBP", "MD"}:
        return view.tag(i) not in {"VBZ", "VBP"}
    return view.tag(i - 1).startswith("VB") and view.tag(i + 1) in {".", ",", "IN"}


def _mention(
    view: PlainWords, lead: int, i: int, number: Number, unit: Unit, modifier: Bound | None
) -> QuantityMention:
    value, low, high, bound = _bounded(number, modifier)
    return QuantityMention(
        span=view.span(lead, unit.end),
        number=view.span(i, number.end),
        head=None if unit.head is None else view.doc[view.tokens[unit.head]],
        unit=unit.name,
        value=value,
        low=low,
        high=high,
        bound=bound,
        elliptic=unit.elliptic,
    )


def _bounded(
    number: Number, modifier: Bound | None
) -> tuple[float | int | None, float | int | None, float | int | None, Bound]:
    """Value, low, high and bound: the table in the claim format."""
    if number.form == "range":
        return None, number.low, number.high, "range"
    if number.form == "vague":
        return None, number.low, number.high, "vague"
    value = number.value
    match modifier:
        case "at_least" | "more_than":
            return value, value, None, modifier
        case "at_most" | "less_than":
            return value, None, value, modifier
        case "approx":
            return value, None, None, modifier
        case _:
            return value, value, value, "exact"


def _both(view: PlainWords, i: int) -> tuple[int, QuantityMention | None]:
    """'both men': two of the noun. 'both X and Y' counts nothing."""
    unit = unit_after(view, i + 1)
    if unit is None or unit.head is None or unit.elliptic or view.tag(unit.head) != "NNS":
        return i + 1, None
    if "and" in view.low[i : unit.end + 1] or "of" in view.low[i : unit.end]:
        return i + 1, None
    number = Number(i + 1, 2, form="words")
    return unit.end, _mention(view, i, i, number, unit, None)


class Quantities:
    """Writes `doc._.quantities`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        doc._.quantities = find(doc)
        return doc


def create(nlp: Language, name: str) -> Quantities:
    """Factory `claimex_quantities`."""
    register()
    return Quantities(name)
