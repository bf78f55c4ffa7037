"""The result of a comparison: what `claimex compare --format json` prints, and its schema."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimex.claims.treaty_event.values import ProvisionKind, Stage
from claimex.compare.counts import Standing
from claimex.compare.figures import Agreement
from claimex.compare.relations import Kind as RelationKind
from claimex.model import Factuality, Model, Quantity
from claimex.vocabulary import TreatyType

ConflictKind = Literal["contradicts", "undated", "update"]


class Link(Model):
    """The way back to a claim."""

    claim: str = Field(description="Id of the claim.")
    article: str = Field(description="Id of its article.")
    quote: str = Field(description="The words it came from.")
    published: str | None = Field(None, description="Publication date of the article, ISO 8601; null when unknown.")
    copy_of: str | None = Field(None, description="Article that this one copies; null for one of its own.")


class When(Model):
    """The time of a claim."""

    text: str | None = Field(None, description="The words as written; null where the claim gives no date.")
    earliest: str | None = Field(None, description="First ISO date it can mean; null when open or unknown.")
    latest: str | None = Field(None, description="Last ISO date it can mean; null when open or unknown.")
    known_by: Literal["claim", "article"] | None = Field(
        None, description="'article' where only the publication date tells; null where it is undated."
    )


class Row(Model):
    """One figure, as one source gives it at one place and time."""

    row: int = Field(ge=1, description="Number of the row, unique in the comparison; relations use it.")
    figure: str = Field(description="The figure as analysts write it: '>10,000'.")
    quantity: Quantity = Field(description="The quantity of the first claim.")
    unit: str = Field(description="Head noun as written.")
    low: float | None = Field(description="Smallest number it is compared as; null where the words give none.")
    high: float | None = Field(description="Largest number it is compared as; null when open.")
    low_open: bool = Field(False, description="Whether `low` itself is excluded ('more than').")
    high_open: bool = Field(False, description="Whether `high` itself is excluded ('fewer than').")
    activity: str = Field(description="What the people do or what happens to them.")
    place: str | None = Field(None, description="Where; null when not said.")
    place_id: str | None = Field(None, description="Id of the place.")
    when: When = Field(description="When.")
    factuality: Factuality = Field(description="How certain it is said to be.")
    standing: Standing = Field(description="'apart' for what is negated, planned, predicted or on a condition.")
    source: str | None = Field(None, description="Who says so; null in the writer's own voice.")
    via: str | None = Field(None, description="What carries it: 'Reports'.")
    witness: str = Field(description="Who counts as the witness: the named source, else the article it goes back to.")
    additional: bool = Field(False, description="Whether these people come on top of others.")
    claims: tuple[Link, ...] = Field(description="The claims that say so; the first stands for them.")


class Relation(Model):
    """How two rows stand to each other."""

    left: int = Field(description="Number of the one row.")
    right: int = Field(description="Number of the other row, the larger number.")
    kind: RelationKind = Field(
        description="same: same figure and bounds; compatible: bounds overlap; contradicts: they cannot both hold at "
        "the same time and place; update: of a later date; different_scope: place, activity, part or kind of people "
        "differs; undated: they cannot both hold at one time, but the difference may be one of time."
    )
    numbers: Agreement = Field(description="How the bare numbers stand to each other, whatever the scope.")
    later: int | None = Field(None, description="For an update the number of the later row.")
    tentative: bool = Field(False, description="True where one of the two is only said to be possible.")
    reason: str = Field(description="Why, in words.")


class Question(Model):
    """Figures that answer one question: whose people, doing what, in which country; parts and totals apart."""

    country: str | None = Field(
        None, description="Country of the places; null where not said, not known or at a border."
    )
    country_id: str | None = Field(None, description="Id of the country.")
    part: bool = Field(False, description="True for figures that are parts of other ones.")
    rows: tuple[Row, ...] = Field(description="What is said to be so, large figures first.")
    apart: tuple[Row, ...] = Field(
        (), description="Negated, planned, predicted, conditional and possible figures; never summed with the others."
    )
    witnesses: int = Field(ge=0, description="How many witnesses stand behind `rows`: copies and sources count once.")

    @property
    def title(self) -> str:
        """Where, in words."""
        placed = any(row.place for row in (*self.rows, *self.apart))
        where = self.country or ("in no one country" if placed else "place not said")
        return f"{where}, parts of larger counts" if self.part else where


class Topic(Model):
    """The questions about one force and one class of activity, and how the rows of them stand to each other."""

    force: str | None = Field(None, description="Whose people; null where unclear.")
    force_id: str | None = Field(None, description="Id of the force.")
    activity: str = Field(description="Class of activity: 'in the field' is deployed, present and sent.")
    questions: tuple[Question, ...] = Field(description="By country.")
    relations: tuple[Relation, ...] = Field((), description="Every pair of rows of present or possible figures.")
    unrelated: int = Field(0, description="Pairs that were left out, where there are too many figures.")
    claims: int = Field(ge=1, description="How many claims there are.")
    witnesses: int = Field(ge=0, description="How many witnesses stand behind the present figures.")


class Telling(Model):
    """What an article tells of a stage of an agreement."""

    factuality: Factuality = Field(description="How certain it is said to be.")
    source: str | None = Field(None, description="Who says so; null in the writer's own voice.")
    witness: str = Field(description="Who counts as the witness.")
    when: When = Field(description="When it happened.")
    place: str | None = Field(None, description="Where.")
    actor: str | None = Field(None, description="Who did it.")
    body: str | None = Field(None, description="Before which institution.")
    provision: ProvisionKind | None = Field(None, description="For stage `provision` what it is about.")
    claims: tuple[Link, ...] = Field(description="The claims of one article that say so; the first stands for them.")


class StageLine(Model):
    """What is told about one stage of an agreement's life."""

    stage: Stage = Field(description="The stage.")
    told: tuple[Telling, ...] = Field(description="Who tells it, what is said to be so first.")


class Conflict(Model):
    """Claims about an agreement that do not fit each other."""

    kind: ConflictKind = Field(
        description="contradicts: in one article or at one time; update: the later date settles it; "
        "undated: the difference may be one of time."
    )
    stage: Stage = Field(description="The stage that is disputed.")
    done: tuple[str, ...] = Field(description="Ids of the claims that say it is done.")
    not_done: tuple[str, ...] = Field(description="Ids of the claims that deny it, or speak of it as yet to come.")
    articles: tuple[str, ...] = Field((), description="Articles that say both.")
    reason: str = Field(description="Why, in words.")


class TreatyLine(Model):
    """The life of one agreement across articles."""

    name: str = Field(description="Its fullest name.")
    names: tuple[str, ...] = Field(description="Every name it goes by.")
    type: TreatyType = Field(description="Kind of agreement.")
    parties: tuple[str, ...] = Field(description="Those bound, by name.")
    party_ids: tuple[str, ...] = Field(description="Their ids.")
    stages: tuple[StageLine, ...] = Field(description="Its life, in the order of stages.")
    conflicts: tuple[Conflict, ...] = Field((), description="What does not fit.")
    claims: int = Field(ge=1, description="How many claims there are.")
    articles: tuple[str, ...] = Field(description="Ids of the articles that tell of it.")
    witnesses: int = Field(ge=1, description="How many witnesses stand behind them.")


class Origin(Model):
    """Articles that go back to one text: copies, edited and shortened ones."""

    article: str = Field(description="Id of the article with the longest text.")
    copies: tuple[str, ...] = Field(description="Ids of the others.")


class SharedSource(Model):
    """A named source that several articles lean on: one witness."""

    source: str = Field(description="The source.")
    articles: tuple[str, ...] = Field(description="Ids of the articles.")


class Comparison(Model):
    """Who says how many, since when, and who says otherwise; and what became of the agreements."""

    schema_: Literal[1] = Field(1, alias="schema", description="Version of this format.")
    tolerance: float = Field(description="How far an approximate number reaches either way, as a share of it.")
    claims: int = Field(description="Claims that were compared: troop counts and treaty events.")
    articles: int = Field(description="Articles they stand in.")
    independent: int = Field(description="Origins of those articles: copies count once.")
    origins: tuple[Origin, ...] = Field((), description="Articles that are copies of each other.")
    shared_sources: tuple[SharedSource, ...] = Field((), description="Named sources in several articles.")
    gone: tuple[str, ...] = Field((), description="Articles whose text is not there any more: judged by their claims.")
    changed: tuple[str, ...] = Field((), description="Articles whose text is another one now: judged by their claims.")
    topics: tuple[Topic, ...] = Field((), description="Troop counts by force and class of activity.")
    treaties: tuple[TreatyLine, ...] = Field((), description="Agreements.")
