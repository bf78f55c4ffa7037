"""Claims in an analyst's words: '>10,000 troops', 'South Korean intelligence'.

Takes claims as plain dicts, the way they are stored, so that showing them needs neither pydantic nor spaCy. A
field that is absent reads as an empty string.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

Claim = Mapping[str, Any]
"""A claim as it is stored."""

SIGNS = {"approx": "~", "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title and what stands in it for a claim.

    `wide` ones need a wide terminal, `narrow` ones are cut to so many characters on a narrow one. Where words would
    be broken for want of room, a column goes `under` the one with that title.
    """

    title: str
    words: Callable[[Claim], str]
    wide: bool = False
    narrow: int | None = None
    number: bool = False
    under: str = ""


def number(value: float | int) -> str:
    """A number with separators between thousands."""
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"


def figure(quantity: Any) -> str:
    """A quantity as an analyst writes it: '>10,000', '~2,000', '10,000–12,000'; vague words as said."""
    if not isinstance(quantity, Mapping):
        return ""
    bound, value = quantity.get("bound"), quantity.get("value")
    low, high = quantity.get("low"), quantity.get("high")
    if bound == "range" and low is not None and high is not None:
        return f"{number(low)}–{number(high)}"
    if bound == "vague" or value is None:
        return str(quantity.get("text") or "")
    return SIGNS.get(str(bound), "") + number(value)


def name(reference: Any) -> str:
    """Canonical name of an entity reference."""
    return str(reference.get("name") or "") if isinstance(reference, Mapping) else ""


def place(reference: Any) -> str:
    """Canonical name of a place: 'border of Chad' where its border is meant."""
    words = name(reference)
    return f"border of {words}" if words and reference.get("border") else words


def names(references: Any) -> str:
    """Canonical names of a list of references, each once."""
    if not isinstance(references, list | tuple):
        return ""
    return ", ".join(dict.fromkeys(filter(None, map(name, references))))


def at(path: str) -> Callable[[Claim], str]:
    """Reads what stands at a dotted path: 'activity', 'force.name', 'parties' (a list of references)."""
    keys = path.split(".")

    def read(claim: Claim) -> str:
        value: Any = claim
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        return names(value) if isinstance(value, list) else "" if value is None else str(value)

    return read


def when(claim: Claim) -> str:
    """The claim's date: the interval it means where that is known, else the words."""
    date = claim.get("date")
    if not isinstance(date, Mapping):
        return ""
    earliest, latest = date.get("earliest"), date.get("latest")
    if date.get("precision") == "day" and earliest and earliest == latest:
        return str(earliest)
    return str(date.get("text") or "")


def source(claim: Claim) -> str:
    """Who says so; empty in the writer's own voice."""
    attribution = claim.get("attribution")
    if not isinstance(attribution, Mapping):
        return ""
    via = attribution.get("via")
    said_by = str(attribution.get("source") or "")
    return f"{said_by} (via {via})" if via and str(via) != said_by else said_by


def claim_id(claim: Claim) -> str:
    """The first half of the id: enough for `claimex show ID`."""
    return str(claim.get("id") or "")[:8]


SAID = (Column("Factuality", at("factuality")), Column("Source", source, under="Factuality"))
"""Columns that tell how certain something is said to be, and by whom."""
TRACE = (Column("Article", at("article.id"), narrow=8), Column("Id", claim_id, under="Article"))
"""Columns that lead back to the words: every table ends with them."""


def printable(text: str) -> str:
    """One line that is safe on a terminal: no control, escape or direction-changing character in it."""
    if text.isprintable():
        return text
    return "".join(ch if ch.isprintable() else _harmless(ch) for ch in text)


def _harmless(ch: str) -> str:
    if ch.isspace():
        return " "
    return "" if category(ch) == "Cf" else "\ufffd"
