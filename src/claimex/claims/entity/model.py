"""Model of `entity` claims."""

from __future__ import annotations

from typing import Literal

from claimex.model import ClaimBase


class Entity(ClaimBase):
    """entity."""

    kind: Literal["entity"] = "entity"


CLAIM = Entity
