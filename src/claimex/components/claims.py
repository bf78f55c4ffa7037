"""The last component: every claim kind reads the layers and yields its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims import kinds
from claimex.components.columns import text_of
from claimex.components.extensions import register
from claimex.model import ArticleRef, ClaimBase, text_sha256

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def find(doc: Doc) -> list[ClaimBase]:
    """Claims of the kinds asked for, by start and kind, each id once."""
    context = doc._.context
    article = context.article or ArticleRef(id="text", path="", sha256=text_sha256(text_of(doc)))
    wanted = kinds() if context.kinds is None else {k: kinds()[k] for k in context.kinds}
    by_id: dict[str, ClaimBase] = {}
    for kind in wanted.values():
        for claim in kind.extract(doc, article):
            by_id.setdefault(claim.id, claim)
    return sorted(by_id.values(), key=lambda c: (c.evidence.start, c.kind, c.evidence.end, c.id))


class Claims:
    """Writes `doc._.claims`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of one annotated Doc."""
        doc._.claims = find(doc)
        return doc


def create(nlp: Language, name: str) -> Claims:
    """Factory `claimex_claims`."""
    register()
    for kind in kinds().values():
        _ = kind.model, kind.extract  # What cannot be loaded stops the run before it begins.
    return Claims(name)
