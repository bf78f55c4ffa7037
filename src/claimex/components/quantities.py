"""The quantities layer: every counted or measured thing of a Doc, with its bound and what it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimex.annotations import QuantityMention
from claimex.components.layer import Layer
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
from claimex.components.quantity_numbers import currency_before, number_at, range_lead, read_glued_million
from claimex.components.quantity_units import Unit, unit_after
from claimex.components.quantity_words import lexicon
from claimex.normalize.numbers import Number, starters

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimex.model import Bound

SHARED_TAGS = {"JJ", "NNP"}


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
            if found:
                found[-1] = _with_shared_noun(view, found[-1], mention, i)
            found.append(mention)
            floor = start
    return found


def _with_shared_noun(view: PlainWords, earlier: QuantityMention, later: QuantityMention, i: int) -> QuantityMention:
    """The bare number before word i with the noun of the later one: '12 and 15 soldiers', '120 Polish and 80 Czech
    soldiers'."""
    if earlier.unit is not None or earlier.head is not None or later.unit is None or i < 2:
        return earlier
    joint = i - 1
    if _is_part_of(view, earlier, i):
        return replace(earlier, head=later.head, unit=later.unit)
    if view.low[joint] not in {"and", "or"}:
        return earlier
    end = joint
    while view.tokens[end - 1] >= earlier.number.end and view.tag(end - 1) in SHARED_TAGS and joint - end < 3:
        end -= 1
    if view.tokens[end - 1] != earlier.number.end - 1:
        return earlier
    span = view.doc[earlier.span.start : max(earlier.span.end, view.tokens[joint - 1] + 1)]
    return replace(earlier, span=span, head=later.head, unit=later.unit)


def _is_part_of(view: PlainWords, earlier: QuantityMention, i: int) -> bool:
    """Whether only 'of the' stands between: 'up to 5,000 of the 12,000 fighters'."""
    k = i - 1
    while k > 0 and view.low[k] in lexicon().words.partitive_determiners:
        k -= 1
    return k > 0 and view.low[k] == "of" and view.tokens[k - 1] == earlier.span.end - 1


def _quantity(view: PlainWords, i: int, floor: int) -> tuple[int, QuantityMention | None]:
    """Where reading goes on after word i, and the quantity whose number starts there."""
    if view.low[i] == "both":
        return _both(view, i)
    glued_tilde = view.low[i][0] == "~"
    if glued_tilde:
        view.low[i] = view.low[i][1:] or "~"
    read_glued_million(view, i)
    number = number_at(view, i, floor)
    if number is None or (view.low[i].endswith("b") and not currency_before(view, i)):
        return i + 1, None  # "type 4B" is no four billion
    if is_part_of_word(view, i) or is_fraction(view, i, number):
        return number.end, None
    end, after = bound_after(view, number.end)
    if glued_tilde:
        after = "approx"
    unit = unit_after(view, end)
    first = i - 1 if currency_before(view, i) else i
    lead, before = range_lead(view, first, number, floor)
    if before is None:
        lead, before = bound_before(view, first, floor)
    if unit is None or _counts_nothing(view, i, number, unit, before, lead):
        return number.end, None
    number = _dotted_thousands(view, i, number, unit)
    if after is None:
        unit_end, after = bound_after(view, unit.end)
        unit = replace(unit, end=unit_end)
    currency = currency_before(view, i) or number.unit
    if currency:
        unit = Unit(end, None, currency)
    if before is None and (currency or unit.compound or unit.name == "percent"):
        lead = first  # the article belongs to the noun that follows: "a 40% stake"
    return unit.end, _mention(view, lead, i, number, unit, before or after)


def _counts_nothing(view: PlainWords, i: int, number: Number, unit: Unit, bound: Bound | None, lead: int) -> bool:
    if currency_before(view, i) or number.unit:
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


def _dotted_thousands(view: PlainWords, i: int, number: Number, unit: Unit) -> Number:
    """'3.000 men' counts thousands; a share, a price or a length with three decimals stays what it is."""
    whole, _, decimals = view.low[i].partition(".")
    counted = unit.head is not None and not unit.elliptic and unit.name == view.low[unit.head]
    if decimals in {"000", "500"} and whole != "0" and number.end == i + 1 and counted and number.form == "digits":
        return replace(number, value=int(whole + decimals))
    return number


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


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_quantities`."""
    return Layer(name, "quantities", find)
