"""What stands in flat columns, with types read off the JSON Schema of the claims, so that a new kind brings its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from claimex.claims import kinds
from claimex.claims.base import ClaimKind
from claimex.flat import SHARED, header

Type = Literal["text", "number", "integer", "flag", "list"]
TYPES: dict[str, Type] = {"number": "number", "integer": "integer", "boolean": "flag", "array": "list"}
"""JSON's word for a type to ours; what is not here is text."""
ENTITY = frozenset({"id", "name", "type"})
"""What a reference to an entity has."""
LARGEST = 2**63 - 1
"""The largest whole number of databases."""

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A path of a claim, and what stands there."""

    path: str
    type: Type
    entity: str = ""
    """The field that refers to an entity, where the path is one or leads into it: 'force' for 'force.name'."""
    fields: tuple[str, ...] = ()
    """For a list of records: the names of their fields."""


@cache
def shared_columns() -> tuple[Column, ...]:
    """The columns of every claim."""
    any_kind = next(iter(kinds().values()))
    return tuple(_column(any_kind.model.model_json_schema(), path) for path in SHARED)


@cache
def own_columns(kind: ClaimKind) -> tuple[Column, ...]:
    """The columns that a kind adds."""
    return tuple(_column(kind.model.model_json_schema(), path) for path in kind.flat)


def flat_columns() -> list[Column]:
    """Every column of a flat file, in the order of its header."""
    own = (column for kind in kinds().values() for column in own_columns(kind))
    known = {column.path: column for column in (*own, *shared_columns())}
    return [known[path] for path in header()]


def _column(schema: Schema, path: str) -> Column:
    node, entity, keys = schema, "", path.split(".")
    for depth, key in enumerate(keys, 1):
        node = _resolved(node.get("properties", {}).get(key, {}), schema)
        # What else a reference has ('location.border') is no column of its entity.
        if node.get("properties", {}).keys() >= ENTITY and ENTITY.issuperset(keys[depth:]):
            entity = ".".join(keys[:depth])
    fields: tuple[str, ...] = ()
    if node.get("type") == "array":
        fields = tuple(_resolved(node["items"], schema).get("properties", ()))
        entity = path if set(fields) >= ENTITY else ""
    return Column(path, TYPES.get(str(node.get("type")), "text"), entity, fields)


def _resolved(node: Schema, schema: Schema) -> Schema:
    """What a part of a schema stands for, where it is not null."""
    if "anyOf" in node:
        node = next(option for option in node["anyOf"] if option.get("type") != "null")
    return schema["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def fitting(value: Any) -> Any:
    """A value as a database holds it: records as JSON, whole numbers beyond 64 bits as floats, beyond floats null."""
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, int) or abs(value) <= LARGEST:
        return value
    try:
        return float(value)
    except OverflowError:
        return None
