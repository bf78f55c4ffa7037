"""Values of options without Typer's validators: they import pydantic, a third of a short command's time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_origin

from typer.core import TyperCommand


def plain(parameters: list[Any]) -> list[Any]:
    """Options and arguments that hand on values that are what they take, or that they parse themselves."""
    for parameter in parameters:
        # Releases of Typer that do not have these import no pydantic either.
        validator, descriptor = (getattr(parameter, name, None) for name in ("get_runtime_param", "type_descriptor"))
        if validator and descriptor and not isinstance(validator, _Plain):
            parameter.get_runtime_param = _Plain(descriptor, validator)
    return parameters


class Command(TyperCommand):
    """A command with plain values."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options and arguments."""
        return plain(super().get_params(ctx))


class _Plain:
    """Takes the place of the validator of one option or argument, and asks it only where a value is not plain."""

    def __init__(self, descriptor: Any, validator: Callable[[], Any]) -> None:
        self._validator = validator
        self._many = get_origin(descriptor.annotation) is list
        self._type = get_args(descriptor.annotation)[0] if self._many else descriptor.annotation
        self._parser = descriptor.parameter_info.parser

    def __call__(self) -> _Plain:
        return self

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """The value as the command gets it."""
        if value is None:
            return () if self._many else None
        values = value if self._many else [value]
        if not isinstance(values, list | tuple) or not all(map(self._is_plain, values)):
            return self._validator().coerce(value, param=param, ctx=ctx)
        taken = [self._parser(one) for one in values] if self._parser else list(values)
        return taken if self._many else taken[0]

    def _is_plain(self, value: Any) -> bool:
        return isinstance(value, str if self._parser else self._type)
