"""What a claim kind is: a name and a folder. Free of pydantic and spaCy, for a quick command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from claimex.errors import PluginError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.claims.verdict import Verdict
    from claimex.model import ArticleRef, ClaimBase, Model
    from claimex.wording import Column

    Extract = Callable[[Doc, ArticleRef], Iterator[ClaimBase]]


@dataclass(frozen=True)
class ClaimKind:
    """One kind of claim.

    `package` has the modules `model` (with `CLAIM`) and `extract` (with `extract`), and where they help

    - `scan` with `passages`: which passages of an article may hold a claim; and `NAMES_EVERYWHERE`,
    - `values` with `FACETS`: closed lists of values by field, for `show --activity` and `stats --by`,
    - `view` with `COLUMNS` and `FLAT`: how a claim reads in tables and flat files,
    - `lexicon` with `RULES`: the model of its rule file, `rules.toml`,
    - `explain` with `explain`: why words make a claim or none.
    """

    name: str
    package: str
    distribution: str = "claimex"
    """The package that brings it along."""

    @cached_property
    def model(self) -> type[ClaimBase]:
        """The pydantic model of this kind."""
        return self._module("model").CLAIM  # type: ignore[no-any-return]

    @cached_property
    def extract(self) -> Extract:
        """The generator that takes an annotated Doc and yields claims."""
        return self._module("extract").extract  # type: ignore[no-any-return]

    @cached_property
    def explain(self) -> Callable[[Doc], Iterator[Verdict]]:
        """Why words of an annotated Doc make a claim or not; nothing where the kind does not say."""
        return getattr(self._optional("explain"), "explain", lambda doc: iter(()))

    @cached_property
    def rules(self) -> type[Model] | None:
        """The model of the kind's rule file; None where it has none."""
        return getattr(self._optional("lexicon"), "RULES", None)

    @cached_property
    def scan(self) -> Callable[[Sequence[str]], set[int]]:
        """Indices of the passages that have to be parsed; all of them where the kind does not say."""
        return getattr(self._optional("scan"), "passages", lambda texts: set(range(len(texts))))

    @cached_property
    def names_everywhere(self) -> bool:
        """Whether the kind wants the names of passages that need no parse, too."""
        return getattr(self._optional("scan"), "NAMES_EVERYWHERE", False)

    @cached_property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Fields that take one of a closed list of values; empty where the kind has none."""
        return getattr(self._optional("values"), "FACETS", {})

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Columns of the kind's table; empty where the kind does not say how it reads."""
        return getattr(self._optional("view"), "COLUMNS", ())

    @cached_property
    def flat(self) -> tuple[str, ...]:
        """Paths of the kind's own fields in flat files: 'quantity.value'."""
        return getattr(self._optional("view"), "FLAT", ())

    def _optional(self, name: str) -> ModuleType | None:
        try:
            there = find_spec(f"{self.package}.{name}")
        except ImportError as error:
            raise self._broken(error) from error
        return self._module(name) if there else None

    def _module(self, name: str) -> ModuleType:
        """One of the kind's modules.

        Raises PluginError where it cannot be imported, whatever the reason: the module is another package's code.
        """
        try:
            return import_module(f"{self.package}.{name}")
        except Exception as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> PluginError:
        cause = f"{type(error).__name__}: {error}"
        return PluginError(
            f"the kind {self.name!r} of the package {self.distribution} cannot be loaded ({cause}); "
            "mend the package or uninstall it"
        )
