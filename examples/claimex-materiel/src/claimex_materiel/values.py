"""The closed value lists of `materiel_count`; free of imports, so that the command line offers them at once."""

from __future__ import annotations

from typing import Literal, get_args

Family = Literal[
    "ammunition",
    "missile",
    "drone",
    "artillery",
    "air_defence",
    "armour",
    "aircraft",
    "warship",
    "small_arms",
    "explosive",
    "vehicle",
]
Activity = Literal["supplied", "requested", "produced", "used", "destroyed", "captured", "deployed", "held", "other"]

FACETS: dict[str, tuple[str, ...]] = {"family": get_args(Family), "activity": get_args(Activity)}
"""Field of the claim to the values it can take."""
