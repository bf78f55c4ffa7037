"""What an index holds: a table for each part of a claim, with its values and the lines that have them."""

from __future__ import annotations

from typing import Any

import msgspec

from claimex.claim_line import ArticleName, Figure, Reference, Speaker
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

SCHEMA = (
    "".join(
        f'CREATE TABLE "{part}" (number INTEGER PRIMARY KEY, value TEXT NOT NULL, lines BLOB NOT NULL);\n'
        for part in LISTED
    )
    + """
CREATE UNIQUE INDEX ids ON "id" (value);
CREATE TABLE names (name TEXT, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE TABLE blocks (number INTEGER PRIMARY KEY, start INTEGER NOT NULL, ends BLOB NOT NULL);
CREATE TABLE tallies (place INTEGER PRIMARY KEY, dimension TEXT, label TEXT, id TEXT, claims INTEGER, articles INTEGER);
CREATE INDEX dimensions ON tallies (dimension);
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


def names_of(reference: Reference) -> set[str]:
    """What an entity reference is looked up by: its id, and the folded words that name it."""
    return {reference.id.strip().casefold(), key(reference.name), key(reference.text or "")}
