"""The closed value lists of `treaty_event`; free of imports, so that the command line offers them at once."""

from __future__ import annotations

from typing import Literal, get_args

Stage = Literal[
    "proposed",
    "negotiated",
    "concluded",
    "adopted",
    "signed",
    "acceded",
    "submitted",
    "ratified",
    "in_force",
    "amended",
    "extended",
    "suspended",
    "violated",
    "withdrawn",
    "terminated",
    "rejected",
    "provision",
    "other",
]
ProvisionKind = Literal[
    "mutual_defence",
    "consultation",
    "neutrality",
    "non_aggression",
    "ceasefire_terms",
    "withdrawal",
    "trade",
    "arms_limits",
    "other",
]

FACETS: dict[str, tuple[str, ...]] = {"stage": get_args(Stage)}
"""Field of the claim to the values it can take: what `claimex show --stage` offers."""
