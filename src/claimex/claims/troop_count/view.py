"""How a troop count reads in tables and flat files."""

from __future__ import annotations

from claimex.wording import SAID, TRACE, Claim, Column, at, figure, place, when


def counted(claim: Claim) -> str:
    """The figure with its unit: '>10,000 troops'."""
    words, unit = figure(claim.get("quantity")), at("unit")(claim)
    return words if unit.casefold() in words.casefold() else f"{words} {unit}"


COLUMNS = (
    Column("Figure", counted),
    Column("Force", at("force.name")),
    Column("Activity", at("activity"), under="Force"),
    Column("Where", lambda claim: place(claim.get("location"))),
    Column("When", when, under="Where"),
    *SAID,
    *TRACE,
)
FLAT = (
    "quantity.text",
    "quantity.value",
    "quantity.low",
    "quantity.high",
    "quantity.bound",
    "unit",
    "force.name",
    "force.id",
    "activity",
    "location.name",
    "location.id",
    "location.border",
    "origin.name",
    "date.text",
    "date.earliest",
    "date.latest",
    "further",
    "part_of",
    "coreferent",
)
