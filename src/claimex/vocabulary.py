"""The closed value lists of the claim format, as types; free of pydantic, for a quick command line.

`typing.get_args` gives the values. Lists of one kind of claim stand in that kind's folder (`values.py`).
"""

from __future__ import annotations

from typing import Literal

SCHEMA_VERSION = 1
"""Raised when a reader's script could break."""

EntityType = Literal[
    "country",
    "place",
    "person",
    "organisation",
    "armed_group",
    "nationality_group",
    "event",
    "treaty",
    "facility",
    "other",
]
Bound = Literal["exact", "approx", "at_least", "more_than", "at_most", "less_than", "range", "vague"]
Factuality = Literal["negated", "conditional", "predicted", "planned", "possible", "reported", "asserted"]
SourceType = Literal["government", "military", "intelligence", "organisation", "person", "media", "document", "unnamed"]
Role = Literal["entity", "force", "location", "origin", "party", "actor", "body", "source", "treaty", "target"]
TreatyType = Literal["treaty", "pact", "ceasefire", "peace_deal", "trade_deal", "convention", "memorandum", "other"]
DatePrecision = Literal["day", "week", "month", "season", "year", "interval", "unknown"]
