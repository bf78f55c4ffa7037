"""A line of a claims file: read in whole, or only the parts of it that a question looks at.

The parts are declared here once. Reading needs neither pydantic nor spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from claimex.vocabulary import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it stands in a file: the bytes, and what they hold."""

    where: str
    """Its place: 'line 7', or in an array 'claim 7'."""
    raw: bytes
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Damage:
    """What stands in the place of a claim and is none, and why."""

    where: str
    reason: str


Number = int | float | None
Offset = Annotated[int, msgspec.Meta(ge=0)]


class Reference(msgspec.Struct, frozen=True, gc=False):
    """An entity that the claim names."""

    id: str
    name: str
    text: str | None = None


class ArticleName(msgspec.Struct, frozen=True, gc=False):
    """What the article is called by."""

    id: str
    path: str


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """Who says so."""

    source: str
    text: str
    via: str | None = None


class Figure(msgspec.Struct, frozen=True, gc=False):
    """How many."""

    bound: str
    value: Number = None
    low: Number = None
    high: Number = None


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """The sentence of the evidence."""

    text: str


class Words(msgspec.Struct, frozen=True, gc=False):
    """The words that the claim was made from."""

    quote: str
    sentence: Sentence


PARTS: dict[str, Any] = {
    "id": str,
    "entities": list[Reference],
    "article": ArticleName,
    "attribution": Speaker | None,
    "quantity": Figure | None,
    "evidence": Words,
}
"""Parts that questions look at, by field; any other field is a value of a closed list, or not there."""
OPTIONAL = ("quantity",)


class _Article(ArticleName, frozen=True, gc=False, kw_only=True):
    sha256: str
    published: str | None = None


class _Sentence(Sentence, frozen=True, gc=False, kw_only=True):
    start: Offset
    end: Offset


class _Evidence(Words, frozen=True, gc=False, kw_only=True):
    start: Offset
    end: Offset
    sentence: _Sentence
    rule: str


class _Speaker(Speaker, frozen=True, gc=False, kw_only=True):
    cue: str


class _Figure(Figure, frozen=True, gc=False, kw_only=True):
    text: str


class Shape(msgspec.Struct, gc=False):
    """What every reader relies on: the part of the claim format that filters and tables touch."""

    id: str
    kind: str
    schema: int
    article: _Article
    evidence: _Evidence
    factuality: str
    attribution: _Speaker | None
    entities: list[Reference]
    quantity: _Figure | None = None


_decode = msgspec.json.Decoder().decode
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What decoding raises where a line is damaged."""


def read_claim(where: str, raw: bytes) -> StoredClaim | Damage:
    """The claim that some JSON holds, or what is wrong with it."""
    try:
        data = _decode(raw)
        shape = msgspec.convert(data, Shape)
    except UNREADABLE as error:
        return Damage(where, _reason(error))
    if shape.schema > SCHEMA_VERSION:
        return Damage(
            where,
            f"schema {shape.schema} is newer than {SCHEMA_VERSION}, which this claimex reads; update claimex",
        )
    return StoredClaim(where, raw, data)


def _reason(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f"not a claim: {str(error).replace('`$.', '`')}"
    if isinstance(error, RecursionError):
        return "not a claim: nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    reason = "the line is cut off" if "truncated" in str(error) else str(error).removeprefix("JSON is malformed: ")
    return f"not JSON: {reason}"


class PartReader:
    """Reads some parts of a claim, a fifth of the work of reading it in whole.

    Whatever `read_claim` takes for a claim has these parts; where one is damaged, it says what is wrong.
    """

    def __init__(self, fields: Iterable[str]) -> None:
        asked = [_field(name) for name in dict.fromkeys(fields)]
        schema = ("schema", Annotated[int, msgspec.Meta(le=SCHEMA_VERSION)])
        self._type = msgspec.defstruct("Parts", [schema, *asked], kw_only=True, gc=False)
        self.decode: Callable[[bytes], Any] = msgspec.json.Decoder(self._type).decode

    def read(self, raw: bytes) -> Any:
        """An object with the parts as attributes; None where the line is damaged as far as it was read."""
        try:
            return self.decode(raw)
        except UNREADABLE:
            return None

    def of(self, claim: StoredClaim) -> Any:
        """The same parts of a claim that was read in whole."""
        return msgspec.convert(claim.data, self._type)


def _field(name: str) -> tuple[str, Any] | tuple[str, Any, None]:
    if name not in PARTS:
        return (name, Any, None)
    return (name, PARTS[name], None) if name in OPTIONAL else (name, PARTS[name])
