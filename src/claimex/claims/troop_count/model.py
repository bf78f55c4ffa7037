"""Model of `troop_count` claims."""

from __future__ import annotations

from typing import Literal

from claimex.model import ClaimBase


class TroopCount(ClaimBase):
    """troop_count."""

    kind: Literal["troop_count"] = "troop_count"


CLAIM = TroopCount
