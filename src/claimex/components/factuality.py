"""factuality layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.extensions import register

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Layer:
    """Writes the factuality layer."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return doc


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_factuality`."""
    register()
    return Layer(name)
