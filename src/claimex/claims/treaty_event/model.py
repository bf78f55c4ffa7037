"""Model of `treaty_event` claims: an agreement of states, of their organisations or of warring parties, at a stage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from claimex.claims.treaty_event.values import ProvisionKind, Stage
from claimex.model import ClaimBase, DateRef, End, EntityRef, Model, PlaceRef, Start
from claimex.vocabulary import TreatyType


class TreatyRef(Model):
    """The agreement, as this sentence or the one before names it."""

    text: str = Field(
        description="The agreement's noun phrase as written; the antecedent's where a pronoun stands there."
    )
    start: Start
    end: End
    name: str = Field(description="The fullest name in the article, the same for every mention of the agreement.")
    type: TreatyType = Field(description="Kind of agreement.")


class Provision(Model):
    """What an agreement says."""

    kind: ProvisionKind = Field(description="What it is about.")
    obligation: str = Field(description="What has to be done, as written.")
    condition: str | None = Field(None, description="When it has to be done, as written; null when not said.")


class TreatyEvent(ClaimBase):
    """An agreement at a stage: proposed, signed, ratified, violated ..., or one of its provisions."""

    kind: Literal["treaty_event"] = "treaty_event"
    stage: Stage = Field(description="Stage of the agreement's life that the sentence tells.")
    treaty: TreatyRef = Field(description="The agreement.")
    parties: tuple[EntityRef, ...] = Field((), description="Those bound, by name.")
    actor: EntityRef | None = Field(
        None, description="Who does this act, the first where there are several; null when nobody is named."
    )
    body: EntityRef | None = Field(
        None, description="The institution before which it is done; null when none is named."
    )
    provision: Provision | None = Field(None, description="For stage `provision`: what the agreement says.")
    location: PlaceRef | None = Field(None, description="Where it happened; null when not said.")
    date: Annotated[DateRef | None, Field(description="When it happened; null when not said.")] = None


CLAIM = TreatyEvent
