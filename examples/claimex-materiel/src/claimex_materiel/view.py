"""How a materiel count reads in tables and flat files."""

from __future__ import annotations

from claimex.wording import SAID, TRACE, Claim, Column, at, figure, when


def counted(claim: Claim) -> str:
    """The figure with its unit: '~8,000,000 rounds'."""
    words, unit = figure(claim.get("quantity")), at("unit")(claim)
    return words if unit.casefold() in words.casefold() else f"{words} {unit}"


COLUMNS = (
    Column("Figure", counted),
    Column("Family", lambda claim: at("family")(claim).replace("_", " "), under="Figure"),
    Column("Activity", at("activity")),
    Column("From", at("supplier.name")),
    Column("To", at("recipient.name"), under="From"),
    Column("Whose", at("holder.name"), under="Activity"),
    Column("Where", at("location.name")),
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
    "family",
    "activity",
    "supplier.name",
    "supplier.id",
    "recipient.name",
    "recipient.id",
    "holder.name",
    "holder.id",
    "location.name",
    "location.id",
    "date.text",
    "date.earliest",
    "date.latest",
)
