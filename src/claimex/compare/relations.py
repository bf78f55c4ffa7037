"""How two counts stand to each other, and why, in words.

Bounds decide whether two figures can be one; place, part and kind of people whether they count the same; dates whether
the difference may be one of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claimex.compare.counts import Count
from claimex.compare.figures import Agreement, agreement, below
from claimex.compare.periods import FIRST, Order, Period, days_apart, order
from claimex.compare.places import Place, Position, position
from claimex.compare.rules import activity_class, rules

Kind = Literal["same", "compatible", "contradicts", "update", "different_scope", "undated"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two counts stand to each other."""

    kind: Kind
    numbers: Agreement
    reason: str
    tentative: bool = False
    """One of the two is only said to be possible."""
    later: Count | None = None
    """For an update the later count."""


def relate(one: Count, other: Count, *, together: bool = False) -> Judgement:
    """The relation of two counts; the same whichever comes first. `together` when one article gives both."""
    first, second = (one, other) if one.order <= other.order else (other, one)
    numbers = agreement(first.span, second.span, first.quantity, second.quantity)
    kind, reason, later = _judge(first, second, numbers, together=together)
    tentative = "possible" in (first.standing, second.standing)
    if tentative and kind == "contradicts":
        reason += ", if what is only possible holds"
    return Judgement(kind, numbers, reason, tentative, later)


def _judge(one: Count, other: Count, numbers: Agreement, *, together: bool) -> tuple[Kind, str, Count | None]:
    where = position(one.place, other.place)
    in_numbers = _NUMBERS[numbers].format(one.words, other.words)
    scope = _other_scope(one, other, where)
    if scope is not None:
        return "different_scope", f"{scope}; {in_numbers}", None
    when = order(one.period, other.period, event=one.event)
    if one.event and when in ("before", "after") and not _may_be_one_toll(one, other, where):
        return "different_scope", f"told of other times, so of other events; {in_numbers}", None
    if numbers == "unknown":
        return "compatible", in_numbers, None
    if numbers == "incompatible":
        return _conflict(one, other, where, when, together=together)
    note = _place_note(one, other, where)
    dated = bool(one.period and one.period.said and other.period and other.period.said)
    if numbers == "same":
        if where == "unknown":
            return "compatible", f"{in_numbers}{note}", None
        return "same", f"{in_numbers}{note}", None
    if dated and when in ("before", "after"):
        later, earlier = (other, one) if when == "before" else (one, other)
        return "update", f"{later.words} is of a later date than {earlier.words}; both figures may hold", later
    return "compatible", f"{in_numbers}{note}", None


_NUMBERS: dict[Agreement, str] = {
    "same": "both say {0}",
    "compatible": "{0} and {1} can be the same number",
    "incompatible": "{0} and {1} differ in number too",
    "unknown": "words without a number fit any figure",
}


def _other_scope(one: Count, other: Count, where: Position) -> str | None:
    """Why the two do not count the same people, None when they may."""
    if one.force != other.force:
        return "the people of two forces"
    classes = activity_class(one.activity).name, activity_class(other.activity).name
    if classes[0] != classes[1]:
        return f"{classes[0]} is not {classes[1]}"
    if one.part != other.part:
        return "one is a part of a larger count"
    if one.unit != other.unit:
        special = " and ".join(sorted(filter(None, {one.unit, other.unit})))
        return f"{special} are not all of the force" if "" in (one.unit, other.unit) else f"{special} are not the same"
    if one.added or other.added:
        return "one counts people who come on top of others"
    if one.few != other.few and not one.event:
        return f"{(one if one.few else other).words} are some in particular, not how many there are"
    if where == "other":
        names = sorted(place.name for place in (one.place, other.place) if place)
        return f"{names[0]} and {names[1]} are different places"
    return None


def _may_be_one_toll(one: Count, other: Count, where: Position) -> bool:
    """Whether counts of events of different times may count one event: one place, a few days, or a toll so far."""
    if one.period is None or other.period is None:
        return True
    if FIRST in (one.period.earliest, other.period.earliest):
        return True
    town = where == "same" and one.place is not None and not one.place.is_country
    return town and days_apart(one.period, other.period) <= rules().toll_days


def _conflict(
    one: Count, other: Count, where: Position, when: Order, *, together: bool
) -> tuple[Kind, str, Count | None]:
    """What to make of figures that cannot be the same number."""
    inner, outer = (one, other) if where == "inside" else (other, one)
    differ = f"{one.words} and {other.words} cannot both hold"
    in_numbers = _NUMBERS["incompatible"].format(one.words, other.words)
    said = _said(one.period) and _said(other.period)
    placed = where in ("inside", "around") or (where == "same" and one.place is not None)
    if where in ("inside", "around") and inner.span and outer.span and below(inner.span, outer.span):
        return "different_scope", f"{_name(inner.place)} is only a part of {_name(outer.place)}", None
    if when in ("before", "after") and (placed or said):
        later, earlier = (other, one) if when == "before" else (one, other)
        by = "" if said else " by the dates of the articles"
        event = "; a new toll or another event" if one.event else ""
        return "update", f"{later.words} is later than {earlier.words}{by}{event}", later
    if together and one.witness == other.witness:
        if one.event:
            return "different_scope", f"one voice tells of both: other events, or a part; {in_numbers}", None
        return "undated", f"{differ} at one time, and one voice says both", None
    if where == "same" and not placed and (one.event or not (said or together)):
        # Of deaths two voices may mean two fights, of troops two theatres.
        return "undated", f"{differ} at one time and place; neither says where", None
    # What one article says without dates it says of one time.
    together = together and when == "unknown" and not one.said_when and not other.said_when
    if when == "same" or together:
        if where == "unknown":
            return "different_scope", f"{differ} at one place; {_whose_place(one, other)}", None
        return "contradicts", f"{differ} at the same time and place{_nested(one, other, where)}", None
    reason = _why_undated(one, other, when)
    place = f"; {_whose_place(one, other)}" if where == "unknown" else _nested(one, other, where)
    event = "; perhaps two events" if one.event else ""
    return "undated", f"{differ} at one time; {reason}{place}{event}", None


def _why_undated(one: Count, other: Count, when: Order) -> str:
    """Why dates do not tell which of the two holds now."""
    if when in ("before", "after"):
        return "only the articles are dated"
    if not one.said_when and not other.said_when and one.period is other.period is None:
        return "neither is dated"
    lacking = [count for count in (one, other) if count.period is None]
    words = [
        f"'{count.said_when}' is no certain date" if count.said_when else f"{count.words} is not dated"
        for count in lacking
    ]
    return ", ".join(dict.fromkeys(words)) or "the dates overlap without being the same"


def _said(period: Period | None) -> bool:
    return period is not None and period.said


def _name(place: Place | None) -> str:
    return place.name if place else "a place not said"


def _nested(one: Count, other: Count, where: Position) -> str:
    if where not in ("inside", "around"):
        return ""
    inner, outer = (one, other) if where == "inside" else (other, one)
    return f"; {_name(inner.place)} lies in {_name(outer.place)}"


def _place_note(one: Count, other: Count, where: Position) -> str:
    return f"; {_whose_place(one, other)}" if where == "unknown" else _nested(one, other, where)


def _whose_place(one: Count, other: Count) -> str:
    """Why it is not known whether the places are the same."""
    for count in (one, other):
        if count.place is None:
            return f"the place of {count.words} is not said" if one.words != other.words else "one place is not said"
        if count.place.border:
            return f"the {count.place.name} has two sides"
    return f"how {_name(one.place)} and {_name(other.place)} lie is not known"
