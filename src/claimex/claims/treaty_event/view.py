"""How a treaty event reads in tables and flat files."""

from __future__ import annotations

from claimex.wording import SAID, TRACE, Claim, Column, at, place, when


def stage(claim: Claim) -> str:
    """The stage; for a provision also what it provides."""
    kind = at("provision.kind")(claim)
    words = at("stage")(claim).replace("_", " ")
    return f"{words}: {kind.replace('_', ' ')}" if kind not in ("", "other") else words


def treaty(claim: Claim) -> str:
    """Its name, without the parties where they have a column of their own."""
    name = at("treaty.name")(claim)
    return name.partition(" between ")[0] if at("parties")(claim) else name


COLUMNS = (
    Column("Stage", stage),
    Column("Treaty", treaty),
    Column("Parties", at("parties")),
    Column("Actor", at("actor.name"), wide=True),
    Column("Before", at("body.name"), wide=True),
    Column("Where", lambda claim: place(claim.get("location")), wide=True),
    Column("When", when, under="Stage"),
    *SAID,
    *TRACE,
)
FLAT = (
    "stage",
    "treaty.name",
    "treaty.type",
    "treaty.text",
    "parties",
    "actor.name",
    "body.name",
    "provision.kind",
    "provision.obligation",
    "provision.condition",
    "location.name",
    "location.id",
    "location.border",
    "date.text",
    "date.earliest",
    "date.latest",
)
