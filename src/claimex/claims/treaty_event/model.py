"""Model of `treaty_event` claims."""

from __future__ import annotations

from typing import Literal

from claimex.model import ClaimBase


class TreatyEvent(ClaimBase):
    """treaty_event."""

    kind: Literal["treaty_event"] = "treaty_event"


CLAIM = TreatyEvent
