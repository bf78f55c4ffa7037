"""Package data to validated, frozen objects: the only reader of rule files and word lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import Field, ValidationError

from claimex.errors import RuleError
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
    """A TOML data file as a frozen model.

    Raises RuleError naming file, rule and field when it does not fit.
    """
    try:
        data = tomllib.loads(read_bytes(package, name).decode("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{package}/{name}: not valid TOML ({error}); mend the file") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        rules = data.get(str(first["loc"][0])) if first["loc"] else None
        index = first["loc"][1] if len(first["loc"]) > 1 else None
        rule_id = rules[index].get("id") if isinstance(rules, list) and isinstance(index, int) else None
        named = f" (rule {rule_id})" if rule_id else ""
        raise RuleError(f"{package}/{name}: {where}{named}: {first['msg']}; mend the file") from error
