"""One rule file laid over another: rules and words are added, nothing is changed or taken away.

The models of a file say what its values are: a table is merged key by key, a list of words grows, a rule with the `id`
of an earlier one adds its words to that, any other entry of a list is new. A setting has to be what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from claimex.errors import RuleError

WORDS = "words separated by white space"
WordString = Annotated[str, WORDS]
"""A string that holds a list of words."""
LISTS = (tuple, frozenset, list)


def merged(old: Any, new: Any, kind: Any, *, file: str, at: tuple[str, ...] = ()) -> Any:
    """The value `old` of type `kind` with what `new` adds; neither is changed.

    Raises RuleError naming the file, the rule and the field where `new` is of another sort or changes a setting.
    """
    plain = _without_none(kind)
    if isinstance(old, dict) and isinstance(new, dict):
        out = dict(old)
        for key, value in new.items():
            inside = _field(plain, key)
            out[key] = merged(old[key], value, inside, file=file, at=(*at, key)) if key in old else value
        return out
    if isinstance(old, list) and isinstance(new, list) and _grows(plain):
        return _longer(old, new, get_args(plain)[0], file=file, at=at)
    if isinstance(old, str) and isinstance(new, str) and WORDS in get_args(plain):
        return f"{old} {new}"
    if old == new and type(old) is type(new):
        return old
    if _sort(old) != _sort(new):
        raise RuleError(f"{file}: {told(at)}: give a {_sort(old)}, as the package does")
    raise RuleError(
        f"{file}: {told(at)}: it is {old!r} in the package and cannot be changed; "
        "a file of yours adds words and rules, under ids of their own"
    )


def _sort(value: Any) -> str:
    return "table" if isinstance(value, dict) else "list" if isinstance(value, list) else "single value"


def told(at: tuple[str, ...]) -> str:
    """A place in a file in words: 'rule treaty.sign.object, field words'."""
    rules = [part for part in at if part.startswith("rule ")]
    path = ".".join(part for part in at[at.index(rules[-1]) + 1 :] if part) if rules else ".".join(at)
    return ", ".join(filter(None, (rules[-1] if rules else "", f"field {path}" if path else ""))) or "the file"


def _longer(old: list[Any], new: list[Any], kind: Any, *, file: str, at: tuple[str, ...]) -> list[Any]:
    out = list(old)
    by_id = {item["id"]: n for n, item in enumerate(out) if isinstance(item, dict) and "id" in item}
    for item in new:
        own = item.get("id") if isinstance(item, dict) else None
        if isinstance(own, str) and own in by_id:
            place = by_id[own]
            out[place] = merged(out[place], item, kind, file=file, at=(*at, f"rule {own}"))
        elif isinstance(item, dict) or item not in out:
            out.append(item)
    return out


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next((part for part in get_args(kind) if part is not type(None)), kind)
    return kind


def _field(kind: Any, key: str) -> Any:
    """The type of a table's value: of the model's field, or of every value of a plain table."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if key in (name, field.alias):
                return Annotated[field.annotation, WORDS] if WORDS in field.metadata else field.annotation
        return None
    if get_origin(kind) is not None and issubclass(get_origin(kind), Mapping):
        return get_args(kind)[1]
    return None


def _grows(kind: Any) -> bool:
    """Whether a list takes more entries: not a pair of numbers."""
    origin, args = get_origin(kind), get_args(kind)
    return origin in LISTS and (origin is not tuple or args[1:] == (...,))
