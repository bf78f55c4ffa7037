"""What an index holds: a table for each part of a claim, with its values and the lines that have them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self

import msgspec

from claimex.claim_line import ArticleName, Figure, Reference, Speaker
from claimex.counts import Count
from claimex.query import MANY, key

FACETS = ("kind", "factuality", "stage", "activity")
CLASSES: dict[str, type] = {MANY: Reference, "article": ArticleName, "attribution": Speaker, "quantity": Figure}
DECIDED = (*FACETS, *CLASSES)
"""Parts of which the index has every value: a condition on them needs no look at the claims.

A part that is null has no value here: no condition holds for it.
"""
ID_LENGTH = 3
"""Claims are listed by so many characters of their ids."""
LISTED = (*DECIDED, "id", "source", "month")
LINES_A_BLOCK = 1024
ALL = ""
"""In the place of a kind: claims of every kind are counted."""
COUNTS_A_PIECE = 512
"""Of a ranking: who asks for the first few need not read all."""

SCHEMA = (
    "".join(
        f'CREATE TABLE "{part}" (number INTEGER PRIMARY KEY, value TEXT NOT NULL, lines BLOB NOT NULL);\n'
        for part in LISTED
    )
    + """
CREATE UNIQUE INDEX ids ON "id" (value);
CREATE TABLE names (name TEXT, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE TABLE blocks (number INTEGER PRIMARY KEY, start INTEGER NOT NULL, ends BLOB NOT NULL);
CREATE TABLE rankings (
    kind TEXT, dimension TEXT, place INTEGER, rest INTEGER NOT NULL, counts BLOB NOT NULL,
    PRIMARY KEY (kind, dimension, place)
) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
)


def to_text(value: Any) -> str:
    """A value as it stands in its table."""
    if isinstance(value, str):
        return value
    return msgspec.json.encode(msgspec.structs.astuple(value)).decode()


def from_text(part: str, text: str) -> Any:
    """The value of a part that a text in its table stands for."""
    if part not in CLASSES:
        return text
    return CLASSES[part](*msgspec.json.decode(text))


class Columns(NamedTuple):
    """Counts as columns, which are many times as quick to make and to keep as rows."""

    labels: Sequence[str]
    ids: Sequence[str | None]
    claims: Sequence[int]
    articles: Sequence[int]

    @classmethod
    def of(cls, counts: Iterable[Count]) -> Self:
        """The columns of some rows."""
        rows = [(*value, claims, articles) for value, claims, articles in counts]
        return cls(*zip(*rows, strict=True)) if rows else cls((), (), (), ())

    def piece(self, place: int) -> Columns:
        """The counts from a place on, as many as are kept together."""
        some = slice(place, place + COUNTS_A_PIECE)
        return Columns(self.labels[some], self.ids[some], self.claims[some], self.articles[some])

    def to_bytes(self) -> bytes:
        """As it stands in its table."""
        return zlib.compress(msgspec.json.encode(self), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The counts again. Raises ValueError or zlib.error where the bytes are damaged."""
        return msgspec.json.decode(zlib.decompress(data), type=cls)

    def counts(self) -> Iterator[Count]:
        """Its rows."""
        return map(Count, zip(self.labels, self.ids, strict=True), self.claims, self.articles)


def names_of(reference: Reference) -> set[str]:
    """What an entity reference is looked up by: its id, and the folded words that name it."""
    return {reference.id.strip().casefold(), key(reference.name), key(reference.text or "")}
