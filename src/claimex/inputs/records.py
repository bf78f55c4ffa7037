"""JSON records to articles: which field is the text, and what the others say about it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from claimex.errors import InputError
from claimex.inputs.article import FIELDS, Article, Problem, article, without_surrogates
from claimex.inputs.decoding import decode
from claimex.inputs.source import Source

FIELDS_SHOWN = 8
KINDS = {list: "an array", str: "a string", bool: "a truth value", type(None): "null"}


def record_article(data: bytes, source: Source, *, number: int, place: str) -> Article | Problem:
    """The article of a record, the `number`th at a `place` like 'line 3'; a Problem where it is none."""
    try:
        text, encoding, notes = decode(data)
        fields, more = _fields(_record(text), source.names)
    except InputError as error:
        return Problem(source.path, f"{source.path}, {place}: {error}")
    if not fields.get("id", "").strip():
        fields["id"] = f"{source.stem}-{number}"
    return article(**fields, path=source.path, encoding=encoding, notes=notes + more, place=place)


def _record(text: str) -> Mapping[str, Any]:
    try:
        # Not strict: raw line breaks inside strings are common, and harmless.
        value = json.loads(text.removeprefix("\ufeff"), strict=False)
    except RecursionError as error:
        raise InputError("this JSON is nested too deeply for an article") from error
    except json.JSONDecodeError as error:
        raise InputError(f"this is no JSON ({error.msg} at character {error.pos})") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise InputError(f"this JSON cannot be read ({error})") from error
    if not isinstance(value, dict):
        raise InputError(f"this is {KINDS.get(type(value), 'a number')}, not an object with the fields of an article")
    return value


def _fields(record: Mapping[str, Any], names: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields of an article in a record, the text among them, and what is to be noted about them."""
    fields, notes = {}, []
    for field in FIELDS:
        value = _value(record, names.get(field, field))
        words = _words(value)
        if words is not None:
            fields[field] = without_surrogates(words)
        elif value is not None and value == value:  # NaN, which some dumps have for nothing, is not itself
            notes.append(f"{field} is neither text nor number: it is left out")
    if not fields.get("text", "").strip():
        raise InputError(_no_text(record, names.get("text", "text")))
    return fields, tuple(notes)


def _no_text(record: Mapping[str, Any], name: str) -> str:
    if _value(record, name) is not None:
        return f"the field {name!r} holds no text"
    known = ", ".join(map(repr, list(record)[:FIELDS_SHOWN])) or "none"
    more = " ..." if len(record) > FIELDS_SHOWN else ""
    return f"there is no field {name!r} among its fields ({known}{more}); choose one with --map text=FIELD"


def _value(record: Mapping[str, Any], name: str) -> Any:
    """The value of a field; 'source.name' is also the name inside 'source'."""
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _words(value: Any) -> str | None:
    """A text or a number as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
