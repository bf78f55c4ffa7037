"""Quantities as intervals: between which numbers the true one lies, as far as the words say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true number lies, as far as the words say. An open end does not belong to it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


def interval(quantity: Mapping[str, Any] | None) -> Interval | None:
    """The numbers that a quantity allows; approximate ones stand for their value. None where nothing is known."""
    if not quantity:
        return None
    return interval_of(quantity.get("bound"), *map(quantity.get, ("value", "low", "high")))


def interval_of(bound: str | None, value: float | None, low: float | None, high: float | None) -> Interval | None:
    """The same for the parts of a quantity."""
    if bound in ("exact", "approx"):
        return None if value is None else Interval(value, value)
    if low is None and high is None:
        return None
    return Interval(
        -math.inf if low is None else low,
        math.inf if high is None else high,
        low_open=bound == "more_than",
        high_open=bound == "less_than",
    )
