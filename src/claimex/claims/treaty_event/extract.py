"""Extractor of `treaty_event` claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimex.claims import context
from claimex.claims.attachment import date_of, places
from claimex.claims.treaty_event.actor import actors_of, body_of
from claimex.claims.treaty_event.events import Event, events
from claimex.claims.treaty_event.model import TreatyEvent, TreatyRef
from claimex.claims.treaty_event.mood import mood_of
from claimex.claims.treaty_event.parties import Parties
from claimex.claims.treaty_event.provisions import is_own_voice, provision_of
from claimex.model import ArticleRef, RoleRef, claim_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.annotations import TreatyMention


def extract(doc: Doc, article: ArticleRef) -> Iterator[TreatyEvent]:
    """The treaty_event claims of an annotated Doc."""
    if not doc._.treaties:
        return
    parties = Parties(doc)
    found = events(doc, parties)
    told: dict[int, list[Event]] = {}
    for event in found:
        told.setdefault(event.mention.head.i, []).append(event)
    for event in found:
        yield _claim(doc, article, event, parties, told[event.mention.head.i])


def _claim(doc: Doc, article: ArticleRef, event: Event, parties: Parties, told: list[Event]) -> TreatyEvent:
    rule, word, span = event.hit.rule, event.hit.word, event.hit.span
    said = context.attribution_mention(doc, word)
    if said is not None and is_own_voice(said, parties):
        said = None
    bound = parties.refs(event.mention)
    actors, body = actors_of(doc, event, parties), body_of(doc, event)
    location, when = context.place_ref(places(doc, word)), date_of(doc, word)
    treaty = _treaty(event.mention)
    named = event.mention.span
    # 'the pact between Russia and China was signed': whose pact is not where
    if location is not None and named.start_char <= (location.start or 0) < named.end_char:
        location = None
    roles: list[RoleRef] = [context.with_role(ref, "party") for ref in bound]
    roles += [context.with_role(ref, "actor") for ref in actors]
    roles += [context.with_role(ref, role) for ref, role in ((body, "body"), (location, "location")) if ref]
    return TreatyEvent(
        id=claim_id(article.sha256, "treaty_event", span.start_char, span.end_char, (rule.stage, treaty.name)),
        article=article,
        evidence=context.evidence(span, rule.id),
        attribution=context.attribution(doc, said),
        factuality=mood_of(event, told, attributed=said is not None),
        entities=(*roles, *context.source_roles(doc, said)),
        stage=rule.stage,
        treaty=treaty,
        parties=bound,
        actor=actors[0] if actors else None,
        body=body,
        provision=provision_of(event) if rule.stage == "provision" else None,
        location=location,
        date=context.date_ref(when) if when is not None else None,
    )


def _treaty(mention: TreatyMention) -> TreatyRef:
    span = mention.span
    if mention.head.pos_ == "PRON" and mention.antecedent is not None:
        span = mention.antecedent  # a pronoun is shown by what it stands for
    return TreatyRef(
        text=span.text,
        start=span.start_char,
        end=span.end_char,
        name=mention.name,
        type=mention.type,
    )
