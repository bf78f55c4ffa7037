"""What the layers have in common: a component that finds mentions in a Doc once something asks for them.

A claim kind that sees no count in a Doc never asks who said so. Neither then does anybody work it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimex.annotations import promise
from claimex.components.extensions import register

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc


class Layer:
    """Gives Docs what `find` finds in them, under a name of `doc._` or `token._`."""

    def __init__(self, name: str, writes: str, find: Callable[[Doc], Any], *, of_names: bool = False) -> None:
        register()
        self.name = name
        self.writes = writes
        self.find = find
        self.of_names = of_names
        """Whether it has something to find where nothing but names is wanted."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        if self.of_names or not doc._.context.names_only:
            promise(doc, self.writes, self.find)
        return doc
