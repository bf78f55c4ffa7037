"""What every claim kind asks of the layers: evidence, source and factuality of a token, entities with their role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimex.annotations import entity_at, layers
from claimex.components.factuality_rules import rules
from claimex.model import (
    Attribution,
    DateRef,
    EntityRef,
    Evidence,
    Factuality,
    PlaceRef,
    RoleRef,
    Sentence,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from claimex.annotations import AttributionMention, DateMention, EntityMention
    from claimex.claims.attachment import Places

BY_SENTENCE = "attributions_by_sentence"


def evidence(span: Span, rule: str) -> Evidence:
    """The words of a span with their sentence."""
    sentence = span.sent
    text = sentence.text.rstrip()
    return Evidence(
        start=span.start_char,
        end=span.end_char,
        quote=span.text,
        sentence=Sentence(start=sentence.start_char, end=sentence.start_char + len(text), text=text),
        rule=rule,
    )


def attribution_mention(doc: Doc, token: Token) -> AttributionMention | None:
    """The innermost attribution whose content holds the token and whose cue stands in the token's sentence.

    One that names nobody ("reportedly", "are believed to") gives way to any that does.
    """
    best: AttributionMention | None = None
    for mention in _told_in(doc, token.sent.start):
        content = mention.content
        if not mention.reporting or content is None or not content.start <= token.i < content.end:
            continue
        if mention.cue.start <= token.i < mention.cue.end:
            continue
        if mention.source is not None and mention.source.start <= token.i < mention.source.end:
            continue
        if best is None or _rank(mention) < _rank(best):
            best = mention
    return best


def _told_in(doc: Doc, sentence: int) -> list[AttributionMention]:
    """The attributions whose cue stands in the sentence that starts at a token."""
    mentions = doc._.attributions
    kept = layers(doc).get(BY_SENTENCE)
    if kept is None or kept[0] is not mentions:
        table: dict[int, list[AttributionMention]] = {}
        for mention in mentions:
            table.setdefault(mention.cue.sent.start, []).append(mention)
        # Asked for every claim of an article: sorted once, so that many claims cost no more each than few.
        kept = layers(doc)[BY_SENTENCE] = (mentions, table)
    return kept[1].get(sentence, [])


def _rank(mention: AttributionMention) -> tuple[bool, int]:
    return mention.source is None, len(mention.content or ())


def attribution(doc: Doc, mention: AttributionMention | None) -> Attribution | None:
    """The claim's attribution; None in the writer's own voice and where nobody is named as the source."""
    shown = _shown(mention)
    if mention is None or shown is None:
        return None
    teller = _teller(mention, shown)
    named = entity_at(doc, teller.root.i)
    return Attribution(
        source=named.entity.name if named is not None else teller.text,
        text=shown.text,
        start=shown.start_char,
        end=shown.end_char,
        cue=mention.cue.text,
        type=mention.type,
        via=mention.via.text if mention.via is not None else None,
    )


def source_roles(doc: Doc, mention: AttributionMention | None) -> tuple[RoleRef, ...]:
    """The source as an entity of the claim, where it has a canonical name."""
    shown = _shown(mention)
    if mention is None or shown is None:
        return ()
    named = entity_at(doc, _teller(mention, shown).root.i)
    return (with_role(entity_ref(named), "source"),) if named is not None else ()


def _shown(mention: AttributionMention | None) -> Span | None:
    return (mention.resolved or mention.source) if mention is not None else None


def _teller(mention: AttributionMention, source: Span) -> Span:
    """Who speaks in 'Reports from South Korean intelligence': what stands behind the noun that carries the words."""
    if mention.via is not None:
        for token in source:
            if token.dep_ in {"prep", "agent"} and token.i + 1 < source.end:
                return source.doc[token.i + 1 : source.end]
    return source


def factuality(token: Token, *, attributed: bool, theme: Token | None = None) -> Factuality:
    """The layer's value for the event word that governs the claim, or what its attribution alone makes it.

    A theme, where given, is what the event acts on: "pledged 800 soldiers" is a fact, but the soldiers are yet to come.
    """
    plain: Factuality = "reported" if attributed else "asserted"
    value: Factuality = token._.factuality or plain
    if theme is not None and value in ("asserted", "reported") and _asks_for(token, theme):
        return theme._.factuality or value
    return value


def _asks_for(event: Token, theme: Token) -> bool:
    """Whether a verb of wanting or allotting has the theme as its object or behind 'for'."""
    governor = theme.head
    if governor.dep_ == "prep" and governor.lower_ == "for":
        governor = governor.head
    held = theme.dep_ in ("dobj", "pobj", "nsubjpass")
    return held and governor == event and event.lemma_ in rules().lists.requisition


def entity_ref(mention: EntityMention) -> EntityRef:
    """The canonical entity with the words that name it."""
    return EntityRef(
        **mention.entity.model_dump(),
        text=mention.span.text,
        start=mention.span.start_char,
        end=mention.span.end_char,
    )


def place_ref(where: Places) -> PlaceRef | None:
    """Where an event is, as claims carry it: the place, else the one at whose border it is."""
    mention = where.location or where.border
    if mention is None:
        return None
    return PlaceRef(**entity_ref(mention).model_dump(), border=where.location is None)


def with_role(ref: EntityRef, role: Any) -> RoleRef:
    """An entity reference with the part it plays."""
    return RoleRef(**ref.model_dump(include=set(EntityRef.model_fields)), role=role)


def date_ref(mention: DateMention) -> DateRef:
    """The date as claims carry it."""
    return DateRef(
        text=mention.span.text,
        start=mention.span.start_char,
        end=mention.span.end_char,
        precision=mention.precision,
        earliest=mention.earliest,
        latest=mention.latest,
    )
