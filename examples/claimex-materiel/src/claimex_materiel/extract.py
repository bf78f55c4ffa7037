"""Extractor of `materiel_count` claims: selection is the layer's, this puts together what is done by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims import context
from claimex.claims.attachment import date_of, places
from claimex.model import ArticleRef, EntityRef, Quantity, claim_id
from claimex_materiel.handling import handled, owner, whose
from claimex_materiel.model import MaterielCount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from claimex.annotations import EntityMention
    from claimex_materiel.layer import Materiel

KIND = "materiel_count"
UNSAID = "materiel.other.unsaid"
"""Stands for a rule where no word says what is done."""


def extract(doc: Doc, article: ArticleRef) -> Iterator[MaterielCount]:
    """The materiel_count claims of an annotated Doc, in text order; none for a Doc without a parse."""
    if doc.has_annotation("DEP"):
        for item in doc._.materiel:
            yield _claim(doc, article, item)


def _claim(doc: Doc, article: ArticleRef, item: Materiel) -> MaterielCount:
    found, said = handled(item.head), item.quantity
    rule, event = found.rule, found.event
    supplier = _ref(owner(doc, found, rule.supplier)) if rule else None
    recipient = _ref(owner(doc, found, rule.recipient)) if rule else None
    holder = _ref(owner(doc, found, rule.holder)) if rule else None
    activity = rule.activity if rule else "other"
    if activity not in ("supplied", "requested", "produced"):
        # "12 Libyan tanks were destroyed"; of what is supplied it would be the maker
        holder = holder or _ref(whose(doc, found, said.number.end))
    location = _ref(places(doc, event, item.head).location)
    if location is not None and location.id in {ref.id for ref in (supplier, recipient) if ref is not None}:
        location = None  # "to Russia": the taker is not where it happens
    when = date_of(doc, event, item.head)
    attribution = context.attribution_mention(doc, item.head)
    roles = (("actor", supplier), ("target", recipient), ("force", holder), ("location", location))
    evidence = context.evidence(said.span, rule.id if rule else UNSAID)
    value = (said.bound, said.value, said.low, said.high, item.family, activity)
    return MaterielCount(
        id=claim_id(article.sha256, KIND, evidence.start, evidence.end, value),
        article=article,
        evidence=evidence,
        attribution=context.attribution(doc, attribution),
        factuality=context.factuality(event, attributed=attribution is not None, theme=item.head),
        entities=(
            *(context.with_role(ref, role) for role, ref in roles if ref is not None),
            *context.source_roles(doc, attribution),
        ),
        quantity=Quantity(text=said.text, value=said.value, low=said.low, high=said.high, bound=said.bound),
        unit=said.unit or item.head.lower_,
        family=item.family,
        activity=activity,
        supplier=supplier,
        recipient=recipient,
        holder=holder,
        location=location,
        date=context.date_ref(when) if when is not None else None,
    )


def _ref(mention: EntityMention | None) -> EntityRef | None:
    return context.entity_ref(mention) if mention is not None else None
