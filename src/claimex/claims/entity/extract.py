"""Extractor of `entity` claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimex.claims.entity.model import Entity
from claimex.model import ArticleRef

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(doc: Doc, article: ArticleRef) -> Iterator[Entity]:
    """The entity claims of an annotated Doc."""
    yield from ()
