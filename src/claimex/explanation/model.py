"""What each layer and rule saw in a text: what `claimex explain --format json` prints, and its schema."""

from __future__ import annotations

from pydantic import Field

from claimex.model import Bound, End, Factuality, Model, SourceType, Start


class Words(Model):
    """Some words of the text."""

    text: str = Field(description="The words as written.")
    start: Start
    end: End


class Token(Model):
    """A word as the trained model reads it."""

    text: str = Field(description="The word as written.")
    lemma: str = Field(description="Its base form.")
    tag: str = Field(description="Part of speech, as Penn Treebank tag.")
    dep: str = Field(description="What it is to its head.")
    head: int = Field(description="Place of its head in the list of tokens; its own place for the root.")


class Counted(Words):
    """A quantity."""

    value: float | int | None = Field(description="The number said.")
    low: float | int | None = Field(description="Lower bound.")
    high: float | int | None = Field(description="Upper bound.")
    bound: Bound = Field(description="How the number is bounded.")
    unit: str | None = Field(description="Head noun as written, in lower case; null for a bare number.")


class Dated(Words):
    """A date."""

    precision: str = Field(description="How exact the words are.")
    earliest: str | None = Field(description="First ISO date it can mean; null when not resolvable.")
    latest: str | None = Field(description="Last ISO date it can mean; null when not resolvable.")


class Named(Words):
    """A name and the canonical entity it stands for."""

    id: str = Field(description="Id of the entity.")
    name: str = Field(description="Canonical name.")
    type: str = Field(description="Kind of entity.")
    label: str = Field(description="How it was found: 'name', 'demonym', or the model's label.")
    reading: str = Field(description="'metonym' for a seat that means the government.")


class Agreed(Words):
    """A phrase for an agreement."""

    name: str = Field(description="The fullest name in the text.")
    type: str = Field(description="Kind of agreement.")
    parties: tuple[str, ...] = Field(description="Names of those bound.")
    antecedent: str | None = Field(description="The earlier phrase that it points back to.")


class Anaphor(Words):
    """Words that stand for earlier ones."""

    antecedent: str = Field(description="The words that they stand for.")
    entities: tuple[str, ...] = Field(description="Names of the entities meant.")


class Said(Words):
    """Who says what; the words are the cue."""

    source: str | None = Field(description="Who says so, as written; null where nobody is named.")
    resolved: str | None = Field(description="Whom a pronoun in its place stands for.")
    content: str | None = Field(description="What is said.")
    type: SourceType = Field(description="Kind of source.")
    via: str | None = Field(description="What carries it: 'Reports'.")
    reporting: bool = Field(description="Whether the source vouches for it or only wishes, plans or judges.")
    rule: str = Field(description="Id of the rule.")


class Mark(Model):
    """A cue that reaches an event."""

    cue: str = Field(description="The word.")
    value: str = Field(description="What it makes of the event.")
    rule: str = Field(description="Id of the rule.")


class Event(Words):
    """An event word and how it is told."""

    value: Factuality = Field(description="The first value that fits.")
    marks: tuple[Mark, ...] = Field(description="What speaks for it; empty for asserted and reported events.")


class Made(Words):
    """A claim; the words are its evidence."""

    kind: str = Field(description="Kind of claim.")
    id: str = Field(description="Id of the claim.")
    rule: str = Field(description="Id of the rule that fired.")
    note: str | None = Field(description="Why the rule exists.")
    why: str | None = Field(description="Why these words make a claim of the kind.")


class PassedOver(Words):
    """Words that could have been a claim of a kind."""

    kind: str = Field(description="Kind of claim.")
    code: str = Field(description="Why it is none, in a word.")
    why: str = Field(description="Why it is none.")


class Sentence(Words):
    """A sentence, layer by layer."""

    parsed: bool = Field(description="Whether `extract` parses its passage; else only with --exhaustive.")
    tokens: tuple[Token, ...] = Field(description="Every word of it.")
    quantities: tuple[Counted, ...] = Field(description="Quantities.")
    dates: tuple[Dated, ...] = Field(description="Dates.")
    entities: tuple[Named, ...] = Field(description="Names.")
    treaties: tuple[Agreed, ...] = Field(description="Agreements.")
    coreferences: tuple[Anaphor, ...] = Field(description="Words that stand for earlier ones.")
    attributions: tuple[Said, ...] = Field(description="Who says what.")
    events: tuple[Event, ...] = Field(description="Event words with their factuality.")
    claims: tuple[Made, ...] = Field(description="The claims made.")
    passed_over: tuple[PassedOver, ...] = Field(description="What could have been a claim and is none.")


class Explanation(Model):
    """One text."""

    article: str = Field(description="Id of the article; 'text' for words given on the command line.")
    sentences: tuple[Sentence, ...] = Field(description="Its sentences in order.")
