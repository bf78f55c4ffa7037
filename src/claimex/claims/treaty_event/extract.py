"""Extractor of `treaty_event` claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimex.claims.treaty_event.model import TreatyEvent
from claimex.model import ArticleRef

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(doc: Doc, article: ArticleRef) -> Iterator[TreatyEvent]:
    """The treaty_event claims of an annotated Doc."""
    yield from ()
