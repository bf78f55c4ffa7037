"""Extractor of `entity` claims: one claim for each canonical entity of an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimex.claims.context import entity_ref, evidence, with_role
from claimex.claims.entity.model import Entity, Mention
from claimex.model import ArticleRef, claim_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.annotations import EntityMention


def extract(doc: Doc, article: ArticleRef) -> Iterator[Entity]:
    """The entity claims of an annotated Doc, in the order of first mention."""
    first: dict[str, EntityMention] = {}
    mentions: dict[str, list[Mention]] = {}
    for mention in doc._.entity_mentions:
        first.setdefault(mention.entity.id, mention)
        mentions.setdefault(mention.entity.id, []).append(
            Mention(
                text=mention.span.text,
                start=mention.span.start_char,
                end=mention.span.end_char,
                label=mention.label,
                reading=mention.reading,
            )
        )
    for id_, mention in first.items():
        said = evidence(mention.span, f"entity.{mention.label.lower()}")
        yield Entity(
            id=claim_id(article.sha256, "entity", said.start, said.end, id_),
            article=article,
            evidence=said,
            factuality="asserted",
            entities=(with_role(entity_ref(mention), "entity"),),
            entity=mention.entity,
            mentions=tuple(mentions[id_]),
        )
