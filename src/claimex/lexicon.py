"""Rule files and word lists to validated, frozen objects: the only reader of those that are TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from claimex.errors import RuleError
from claimex.layering import laid_over
from claimex.merging import merged, told
from claimex.model import Model

M = TypeVar("M", bound=Model)
ANY = "*"
"""Stands for any word in the rules of some kinds."""


class Rule(Model):
    """A hand-written rule: what it matches is added by subclasses.

    `yes` sentences must make it fire, `no` sentences must not; one test runs them all.
    """

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z0-9_]+)+$", description="'troop.deploy.passive'.")
    note: str = Field(min_length=10, description="Why the rule exists.")
    yes: tuple[str, ...] = Field(min_length=1, description="Sentences that must make it fire.")
    no: tuple[str, ...] = Field(min_length=1, description="Sentences that must not.")


@cache
def read_bytes(package: str, name: str) -> bytes:
    """The bytes of a data file inside a package."""
    return files(package).joinpath(name).read_bytes()


def read_toml(model: type[M], name: str, package: str = "claimex.rules") -> M:
    """A TOML data file of a package as a frozen model, with the user's files that are laid over it.

    Raises RuleError naming file, rule and field when one of them does not fit.
    """
    file = f"{package}/{name}"
    data = parsed(read_bytes(package, name), file)
    made = _validated(model, data, {}, file)
    for path in laid_over(package, name):
        file = str(path)
        new = parsed(read_user_file(path), file)
        _check_words(new, data, file)
        longer = merged(data, new, model, file=file)
        made = _validated(model, longer, data, file)
        data = longer
    return made


def read_user_file(path: Path) -> bytes:
    """The bytes of a user's rule file.

    Raises RuleError when it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error.strerror}); check the path and its mode") from error


def parsed(content: bytes, file: str) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises RuleError where it is none.
    """
    try:
        return tomllib.loads(content.decode("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file}: not valid TOML ({error}); mend the file") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{file}: byte {error.start} is not valid UTF-8; save the file as UTF-8") from error


def _check_words(new: dict[str, Any], old: dict[str, Any], file: str, at: tuple[str, ...] = ()) -> None:
    """Raises RuleError for a word without a letter or a digit, unless the package has such marks in the same place."""
    for key, value in new.items():
        known, items = old.get(key), value if isinstance(value, list) else [value]
        marks = _has_mark(known if isinstance(known, list) else [])
        for number, item in enumerate(items, start=1):
            if isinstance(item, dict):
                named = (f"rule {item['id']}" if isinstance(item.get("id"), str) else f"entry {number}",)
                _check_words(item, _same(known, item), file, (*at, key, *(named if isinstance(value, list) else ())))
            elif _has_mark([item]) and not marks and item != ANY:
                raise RuleError(f"{file}: {told((*at, key))}: {item!r} is no word; write one, or leave it out")
        if _has_mark([key]) and not _has_mark(old):
            raise RuleError(f"{file}: {told(at)}: {key!r} is no word; write one, or leave it out")


def _has_mark(words: Iterable[Any]) -> bool:
    return any(isinstance(word, str) and not any(map(str.isalnum, word)) for word in words)


def _same(known: Any, entry: dict[str, Any]) -> dict[str, Any]:
    """What the package has in the place of an entry: the table itself, or the rule of the same id."""
    if isinstance(known, dict):
        return known
    rules = (rule for rule in known if isinstance(rule, dict)) if isinstance(known, list) else ()
    return next((rule for rule in rules if "id" in entry and rule.get("id") == entry["id"]), {})


def _validated(model: type[M], data: dict[str, Any], below: dict[str, Any], file: str) -> M:
    """The data as a model; `below` is what the file was laid over, so that places are told as they are in the file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = first["msg"]
        if below and first["type"] == "missing":
            message = "it is missing; what is added to a rule of the package needs its id, a new rule all its fields"
        raise RuleError(f"{file}: {told(_place(first['loc'], data, below))}: {message}; mend the file") from error


def _place(loc: tuple[int | str, ...], data: Any, below: Any) -> tuple[str, ...]:
    """Where an error is, with rules by their id and other entries of a list by their number in the file."""
    place: list[str] = []
    for part in loc:
        data = _inside(data, part)
        if isinstance(part, int):
            own = data.get("id") if isinstance(data, dict) else None
            number = part - (len(below) if isinstance(below, list) else 0) + 1
            place.append(f"rule {own}" if own else f"entry {number}")
        else:
            place.append(part)
        below = _inside(below, part)
    return tuple(place)


def _inside(data: Any, part: int | str) -> Any:
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return data.get(part) if isinstance(data, dict) else None
