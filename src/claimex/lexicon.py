"""Rule files and word lists to validated, frozen objects: the only reader of those that are TOML."""

from __future__ import annotations

import tomllib
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
        _check_words(new, file)
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


def _check_words(data: Any, file: str, at: tuple[str, ...] = ()) -> None:
    """Raises RuleError where a word in a list is empty, which would fit everywhere or nowhere."""
    for key, value in data.items():
        for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
            if isinstance(item, dict):
                named = f"rule {item['id']}" if isinstance(item.get("id"), str) else f"entry {number}"
                _check_words(item, file, (*at, key, *([named] if isinstance(value, list) else [])))
            elif isinstance(item, str) and not item.strip():
                raise RuleError(f"{file}: {told((*at, key))}: a word is empty; write one, or leave it out")


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
