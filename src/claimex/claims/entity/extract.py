"""Extractor of `entity` claims: one claim for each canonical entity of an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from claimex.claims.context import entity_ref, evidence, with_role
from claimex.claims.entity.model import Entity, Mention
from claimex.model import ArticleRef, claim_id

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from claimex.annotations import EntityMention


def extract(doc: Doc, article: ArticleRef) -> Iterator[Entity]:
    """The entity claims of an annotated Doc, in the order of first mention."""
    first: dict[str, EntityMention] = {}
    mentions: dict[str, list[Mention]] = {}
    for mention in doc._.entity_mentions:
        first.setdefault(mention.entity.id, mention)
        mentions.setdefault(mention.entity.id, []).append(_mention(mention.span, mention.label, mention.reading))
    for id_, span in _descriptions(doc):
        if id_ in first and span.start_char > first[id_].span.start_char:
            mentions[id_].append(_mention(span, "coreference", "literal"))
    for id_, mention in first.items():
        said = evidence(mention.span, f"entity.{mention.label.lower()}")
        yield Entity(
            id=claim_id(article.sha256, "entity", said.start, said.end, id_),
            article=article,
            evidence=said,
            factuality="asserted",
            entities=(with_role(entity_ref(mention), "entity"),),
            entity=mention.entity,
            mentions=tuple(sorted(mentions[id_], key=lambda m: (m.start, m.end))),
        )


def _mention(span: Span, label: str, reading: Literal["literal", "metonym"]) -> Mention:
    return Mention(text=span.text, start=span.start_char, end=span.end_char, label=label, reading=reading)


def _descriptions(doc: Doc) -> Iterator[tuple[str, Span]]:
    """Noun phrases that stand for one entity ('the Ukrainian president'), with its id; pronouns are none."""
    for link in doc._.coreferences:
        if len(link.entities) == 1 and link.anaphor.root.pos_ in {"NOUN", "PROPN"}:
            yield link.entities[0].id, link.anaphor
