"""Model of `materiel_count` claims."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimex.model import ClaimBase, DateRef, EntityRef, Quantity
from claimex_materiel.values import Activity, Family


class MaterielCount(ClaimBase):
    """Arms and ammunition, counted."""

    kind: Literal["materiel_count"] = "materiel_count"
    quantity: Quantity = Field(description="How many.")
    unit: str = Field(description="Head noun as written, in lower case: rounds, missiles, containers.")
    family: Family = Field(description="Kind of arms.")
    activity: Activity = Field(description="What is done with them.")
    supplier: EntityRef | None = Field(None, description="Who gives, sells or makes them; null when not said.")
    recipient: EntityRef | None = Field(None, description="Who gets or asks for them; null when not said.")
    holder: EntityRef | None = Field(None, description="Who has, uses or loses them; null when not said.")
    location: EntityRef | None = Field(None, description="Where; null when not said.")
    date: DateRef | None = Field(None, description="When; null when not said.")


CLAIM = MaterielCount
