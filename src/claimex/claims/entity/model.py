"""Model of `entity` claims."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimex.model import ClaimBase, End, Model, Start
from claimex.model import Entity as EntityId


class Mention(Model):
    """One place where an article names the entity."""

    text: str = Field(description="The words as written.")
    start: Start
    end: End
    label: str = Field(description="How it was found: 'name', 'demonym', 'coreference', or the model's label.")
    reading: Literal["literal", "metonym"] = Field(description="'metonym' for a seat that means the government.")


class Entity(ClaimBase):
    """A canonical entity that an article names."""

    kind: Literal["entity"] = "entity"
    entity: EntityId = Field(description="The canonical entity.")
    mentions: tuple[Mention, ...] = Field(description="Where it is named, in text order.")


CLAIM = Entity
