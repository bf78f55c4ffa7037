"""The claim format: what the pipeline yields, the store holds and a reader's script sees.

Every model is frozen and forbids unknown fields. Offsets are half-open and count Unicode code points of the
article text as it was read. The JSON Schema is generated from here; nothing else describes the format.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from claimex.reference import ArticleRef as ArticleRef
from claimex.reference import text_sha256 as text_sha256
from claimex.vocabulary import SCHEMA_VERSION as SCHEMA_VERSION
from claimex.vocabulary import Bound as Bound
from claimex.vocabulary import DatePrecision
from claimex.vocabulary import EntityType as EntityType
from claimex.vocabulary import Factuality as Factuality
from claimex.vocabulary import Role as Role
from claimex.vocabulary import SourceType as SourceType

Start = Annotated[int, Field(ge=0, description="First code point, half-open offset into the article text.")]
End = Annotated[int, Field(ge=0, description="One past the last code point.")]


class Model(BaseModel):
    """Base of all claimex models: frozen, unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Sentence(Model):
    """The sentence that the evidence stands in."""

    start: Start
    end: End
    text: str = Field(description="The sentence as written.")


class Evidence(Model):
    """The exact characters a claim came from."""

    start: Start
    end: End
    quote: str = Field(description="text[start:end], always.")
    sentence: Sentence = Field(description="The sentence around it.")
    rule: str = Field(description="Id of the rule that fired.")

    @model_validator(mode="after")
    def _quote_has_the_length_of_its_span(self) -> Evidence:
        if len(self.quote) != self.end - self.start:
            raise ValueError("evidence.quote does not have the length of its span")
        return self


class Entity(Model):
    """A canonical entity."""

    id: str = Field(description="'iso3166:PRK', 'geonames:538560', 'org:nato', 'person:volodymyr-zelensky'.")
    name: str = Field(description="Canonical name.")
    type: EntityType = Field(description="Kind of entity.")


class EntityRef(Entity):
    """A canonical entity with the words that name it here; null where it is only understood."""

    text: str | None = Field(None, description="The words as written.")
    start: int | None = Field(None, ge=0, description="Offset of the words.")
    end: int | None = Field(None, ge=0, description="One past the words.")


class PlaceRef(EntityRef):
    """A place, or the border of one."""

    border: bool = Field(False, description="Whether its border is meant, on either side: 'near the Chadian border'.")


class RoleRef(EntityRef):
    """An entity and the part it plays in the claim."""

    role: Role = Field(description="Part it plays in the claim.")


class DateRef(Model):
    """A date as said, with the interval it can mean. Never narrower than the words."""

    text: str = Field(description="The words as written.")
    start: Start
    end: End
    precision: DatePrecision = Field(description="How exact the words are.")
    earliest: str | None = Field(None, description="First ISO date it can mean; null when not resolvable.")
    latest: str | None = Field(None, description="Last ISO date it can mean; null when not resolvable.")


class Attribution(Model):
    """Who says so."""

    source: str = Field(description="Canonical name where known, else the words.")
    text: str = Field(description="The source as written; the antecedent's words for a pronoun.")
    start: Start
    end: End
    cue: str = Field(description="The words that attribute: 'confirmed', 'according to'.")
    type: SourceType = Field(description="Kind of source.")
    via: str | None = Field(None, description="What carries it: 'Reports' in 'Reports from X suggest'.")


class Quantity(Model):
    """A number as said, and what it can mean."""

    text: str = Field(description="The quantity as written, modifier included.")
    value: float | int | None = Field(None, description="The number said; null for ranges and vague words.")
    low: float | int | None = Field(None, description="Lower bound; null when open.")
    high: float | int | None = Field(None, description="Upper bound; null when open.")
    bound: Bound = Field(description="How the number is bounded.")


class ClaimBase(Model):
    """What every claim has. Subclasses add a Literal `kind` and their own fields."""

    id: str = Field(pattern=r"^[0-9a-f]{16}$", description="Stable id: same input, same id, on any machine.")
    kind: str = Field(description="Kind of claim, the discriminator.")
    schema_: Literal[1] = Field(1, alias="schema", description="Version of the claim format.")
    article: ArticleRef = Field(description="The article.")
    evidence: Evidence = Field(description="The words it came from.")
    attribution: Attribution | None = Field(None, description="Who says so; null in the writer's own voice.")
    factuality: Factuality = Field(description="First that fits, in the order of the list.")
    entities: tuple[RoleRef, ...] = Field((), description="Every canonical entity in it, with its role.")


def claim_id(article_sha256: str, kind: str, start: int, end: int, value: Any) -> str:
    """16 hex digits over article text, kind, evidence offsets and normalised value."""
    key = "\x1f".join((article_sha256, kind, str(start), str(end), repr(value)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
