"""Extractor of `troop_count` claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimex.claims.troop_count.model import TroopCount
from claimex.model import ArticleRef

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(doc: Doc, article: ArticleRef) -> Iterator[TroopCount]:
    """The troop_count claims of an annotated Doc."""
    yield from ()
