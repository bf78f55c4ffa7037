"""Model of `troop_count` claims."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimex.claims.troop_count.values import Activity
from claimex.model import ClaimBase, DateRef, End, EntityRef, Factuality, Model, PlaceRef, Quantity, Start


class Further(Model):
    """Something else that a sentence says of the people it counts: 'have trained and are being deployed'."""

    text: str = Field(description="The word that says it.")
    start: Start
    end: End
    rule: str = Field(description="Id of the rule that fired.")
    factuality: Factuality = Field(description="How certain it is said to be.")
    activity: Activity = Field(description="What they do or what happens to them.")
    location: PlaceRef | None = Field(None, description="Where; null when not said.")
    origin: EntityRef | None = Field(None, description="From where; null when not said.")
    date: DateRef | None = Field(None, description="When; null when not said.")


class TroopCount(ClaimBase):
    """People in a military or fighting role, counted."""

    kind: Literal["troop_count"] = "troop_count"
    quantity: Quantity = Field(description="How many.")
    unit: str = Field(description="Plural head noun as written, in lower case; troops where it is understood.")
    force: EntityRef | None = Field(None, description="Whose people they are; null when unclear or joint.")
    activity: Activity = Field(description="What they do or what happens to them.")
    location: PlaceRef | None = Field(None, description="Where; null when not said.")
    origin: EntityRef | None = Field(None, description="From where; null when not said.")
    date: DateRef | None = Field(None, description="When; null when not said.")
    further: tuple[Further, ...] = Field((), description="What else the sentence says of the same people.")
    part_of: str | None = Field(None, description="Id of the claim that this count is a part of.")
    coreferent: bool = Field(False, description="True where the number comes from an antecedent.")


CLAIM = TroopCount
