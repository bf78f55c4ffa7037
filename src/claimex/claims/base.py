"""What a claim kind is: a name and a folder. Kept free of pydantic and spaCy, so that the CLI can list kinds at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.model import ArticleRef, ClaimBase

    Extract = Callable[[Doc, ArticleRef], Iterator[ClaimBase]]


@dataclass(frozen=True)
class ClaimKind:
    """One kind of claim. `package` has the modules `model` (with `CLAIM`) and `extract` (with `extract`)."""

    name: str
    package: str

    @cached_property
    def model(self) -> type[ClaimBase]:
        """The pydantic model of this kind."""
        return import_module(f"{self.package}.model").CLAIM  # type: ignore[no-any-return]

    @cached_property
    def extract(self) -> Extract:
        """The generator that takes an annotated Doc and yields claims."""
        return import_module(f"{self.package}.extract").extract  # type: ignore[no-any-return]
