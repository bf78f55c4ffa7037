"""Figures as intervals: what a quantity allows, and whether two can be true of the same people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from claimex.compare.rules import rules
from claimex.normalize.number_intervals import Interval, interval

Agreement = Literal["same", "compatible", "incompatible", "unknown"]
QuantityKey = tuple[str, float | None, float | None, float | None, str]


def allowed(quantity: Mapping[str, Any] | None) -> Interval | None:
    """The numbers that a quantity allows: approximate ones with the tolerance of the rules, none below nought.

    None where the words give no number.
    """
    span = interval(quantity)
    if span is None or quantity is None:
        return None
    if quantity.get("bound") == "approx":
        width = abs(span.low) * rules().tolerance
        span = replace(span, low=span.low - width, high=span.high + width)
    return replace(span, low=max(span.low, 0))


def key(quantity: Mapping[str, Any] | None) -> QuantityKey:
    """What makes two quantities the same: bound and numbers; for vague words also the words."""
    if not quantity:
        return ("", None, None, None, "")
    bound = str(quantity.get("bound"))
    numbers = [quantity.get(name) for name in ("value", "low", "high")]
    if bound in ("at_least", "more_than"):
        numbers[1] = numbers[0] if numbers[1] is None else numbers[1]
    said = " ".join(str(quantity.get("text") or "").casefold().split()) if numbers == [None] * 3 else ""
    value, low, high = (None if n is None else float(n) for n in numbers)
    return (bound, value, low, high, said)


def overlap(one: Interval, other: Interval) -> bool:
    """Whether some number lies in both; ends that are open do not touch."""
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Interval, other: Interval) -> bool:
    if one.low == other.high:
        return not (one.low_open or other.high_open) or math.isinf(one.low)
    return one.low < other.high


def below(one: Interval, other: Interval) -> bool:
    """Whether every number of `one` is smaller than every number of `other`."""
    return not overlap(one, other) and one.low < other.low


def agreement(one: Interval | None, other: Interval | None, one_key: QuantityKey, other_key: QuantityKey) -> Agreement:
    """Whether two quantities are the same, can be the same number, or cannot."""
    if one is None or other is None:
        return "unknown"
    if one_key == other_key:
        return "same"
    return "compatible" if overlap(one, other) else "incompatible"
