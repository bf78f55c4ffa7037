"""A user's rule files laid over those of the package, for the whole process; free of pydantic and spaCy.

What is read from rules is kept (`from_rules`) until other files are laid over them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
Place = tuple[str, str]
"""A data file of a package: the package and the file's name."""

_over: dict[Place, tuple[Path, ...]] = {}
_kept: list[Any] = []


def from_rules(function: Callable[P, R]) -> Callable[P, R]:
    """Keeps what a function makes of rules, like `functools.cache`, as long as these rules are in use."""
    kept = cache(function)
    _kept.append(kept)
    return cast("Callable[P, R]", kept)


def lay_over(files: Mapping[Place, Sequence[Path]]) -> None:
    """Use these files over those of the packages, in their order, in place of any that were laid over before."""
    if not files and not _over:
        return  # what was made of the package's own rules still holds
    _over.clear()
    _over.update({place: tuple(paths) for place, paths in files.items()})
    for kept in _kept:
        kept.cache_clear()


def laid_over(package: str, name: str) -> tuple[Path, ...]:
    """The files that are laid over a data file of a package, in their order."""
    return _over.get((package, name), ())
