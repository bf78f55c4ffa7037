"""What a troop count says, as far as it can be compared: the same for every claim that says the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from claimex.compare.figures import QuantityKey, allowed, key
from claimex.compare.periods import Period, period_of
from claimex.compare.places import Place, place_of
from claimex.compare.rules import ActivityClass, activity_class, rules
from claimex.gazetteer import lookup
from claimex.normalize.number_intervals import Interval
from claimex.wording import Claim, figure

Standing = Literal["present", "possible", "apart"]
PRESENT = frozenset({"asserted", "reported"})


@dataclass(frozen=True)
class Count:
    """One figure as one source gives it. Equal counts are one row of a question."""

    quantity: QuantityKey
    words: str
    """'~2,000'."""
    unit: str
    """The head noun where it counts a part of a force ('officers'), else empty."""
    force: str | None
    activity: str
    place: Place | None
    period: Period | None
    said_when: str
    """The words of its date; empty where it gives none."""
    part: bool
    """Whether the figure is a part of another one."""
    added: bool
    """Whether these people come on top of others."""
    factuality: str
    source: str
    """Who says so; empty in the writer's own voice."""
    witness: str
    """The named source, else the origin of the article."""
    span: Interval | None = None

    @property
    def standing(self) -> Standing:
        """Whether it tells what is, what may be, or what is denied, planned, predicted or on a condition."""
        if self.factuality in PRESENT:
            return "present"
        return "possible" if self.factuality == "possible" else "apart"

    @property
    def event(self) -> bool:
        """Whether it tells what happened in a period, and not how many there are at a time."""
        return activity_class(self.activity).event

    @property
    def few(self) -> bool:
        """Whether so few are counted that some in particular are meant."""
        return self.span is not None and self.span.low > 0 and self.span.high <= rules().few

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """A key that sorts counts the same way whatever order they come in: large figures first."""
        size = self.quantity[1] or self.quantity[3] or self.quantity[2] or 0
        place = self.place.name if self.place else ""
        when = (self.period.earliest, self.period.latest) if self.period else ()
        quantity = tuple(str(part) for part in self.quantity)
        marks = (self.unit, self.force or "", self.activity, self.part, self.added, self.factuality)
        return (-size, self.words, place, when, self.said_when, self.source, self.witness, quantity, marks)


def counts_of(claim: Claim, *, witness: str = "", activities: Collection[str] = ()) -> Iterator[Count]:
    """What a troop count says, then what else it says of the same people; of `activities` alone, where there are any.

    `witness` is what `origins` finds for it.
    """
    for said in _said(claim):
        if not activities or said.get("activity") in activities:
            yield _count(claim, said, witness)


def says_of(claim: Claim, activities: Collection[str]) -> bool:
    """Whether a claim says one of some activities, of people who may do several things."""
    return any(said.get("activity") in activities for said in _said(claim))


def _said(claim: Claim) -> tuple[Mapping[str, Any], ...]:
    return (claim, *(claim.get("further") or ()))


def _count(claim: Claim, said: Mapping[str, Any], witness: str) -> Count:
    evidence, quantity, activity = claim["evidence"], claim.get("quantity"), str(said.get("activity") or "other")
    force, date, attribution = claim.get("force"), said.get("date"), claim.get("attribution")
    return Count(
        quantity=key(quantity),
        words=" ".join(figure(quantity).split()),
        unit=_part_unit(str(claim.get("unit") or "").casefold(), activity_class(activity)),
        force=force["id"] if force else None,
        activity=activity,
        place=place_of(said.get("location")),
        period=period_of(date, claim["article"].get("published")),
        said_when=" ".join(date["text"].split()) if date else "",
        part=claim.get("part_of") is not None,
        added=_is_added(evidence),
        factuality=said["factuality"],
        source=str(attribution.get("source") or "") if attribution else "",
        witness=witness,
        span=allowed(quantity),
    )


@cache
def _part_unit(unit: str, activity: ActivityClass) -> str:
    """The noun where it counts a part of the people of whom that can be said."""
    nation = any(entry.type in ("country", "nationality_group") for entry in lookup(unit))
    return "" if nation or unit in rules().units.whole or unit in activity.whole else unit


def _is_added(evidence: Mapping[str, Any]) -> bool:
    quote, sentence = evidence["quote"], evidence["sentence"]
    before = sentence["text"][: max(evidence["start"] - sentence["start"], 0)].split()[-1:]
    return bool(_added().search(" ".join([*before, quote])))


@cache
def _added() -> re.Pattern[str]:
    words = rules().words
    plain = "|".join(map(re.escape, words.added))
    behind = "|".join(map(re.escape, words.added_after_number))
    return re.compile(rf"\b(?:{plain})\b|\d\s+(?:{behind})\s+(?!than\b)", re.IGNORECASE)
