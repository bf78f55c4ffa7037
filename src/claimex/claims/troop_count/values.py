"""The closed value lists of `troop_count`; free of imports, so that the command line offers them at once."""

from __future__ import annotations

from typing import Literal, get_args

Activity = Literal[
    "deployed",
    "training",
    "present",
    "sent",
    "withdrawn",
    "killed",
    "wounded",
    "captured",
    "missing",
    "other",
]

FACETS: dict[str, tuple[str, ...]] = {"activity": get_args(Activity)}
"""Field of the claim to the values it can take: what `claimex show --activity` offers."""
