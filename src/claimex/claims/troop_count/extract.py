"""Extractor of `troop_count` claims: selection, activity, force, place and time put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimex.claims import context
from claimex.claims.attachment import Places, date_of, places
from claimex.claims.troop_count.activity import Reading, further, read
from claimex.claims.troop_count.anaphora import coreferent_counts
from claimex.claims.troop_count.fallback import (
    fate_behind,
    from_place,
    inherited,
    next_verb,
    part_of_total,
    settled,
    word_before,
)
from claimex.claims.troop_count.force import ForceFinder
from claimex.claims.troop_count.model import Further, TroopCount
from claimex.claims.troop_count.scene import Scene, top
from claimex.claims.troop_count.selection import counts
from claimex.claims.troop_count.sides import Sides
from claimex.claims.troop_count.values import Activity
from claimex.model import Quantity, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from claimex.annotations import AttributionMention, QuantityMention
    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.phrases import Force
    from claimex.model import ArticleRef, EntityRef, Role, RoleRef

KIND = "troop_count"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A count with everything that the article says about it."""

    count: Count
    reading: Reading
    force: Force
    places: Places
    said: AttributionMention | None
    further: tuple[tuple[Reading, Places], ...] = ()
    """What else is said of the same people, and where."""


def extract(doc: Doc, article: ArticleRef) -> Iterator[TroopCount]:
    """The troop_count claims of an annotated Doc, in text order; none for a Doc without a parse."""
    if not doc._.quantities or not doc.has_annotation("DEP"):
        return
    scene = Scene.of(doc)
    found = list(counts(scene))
    if not found or scene.is_sports_page():
        return
    found = sorted([*found, *coreferent_counts(scene, found)], key=lambda c: (c.span.start, c.span.end))
    finder = ForceFinder(scene, Sides.of(scene))
    resolved: dict[int, Resolved] = {}
    made: list[tuple[Resolved, TroopCount]] = []
    for count in found:
        item = _resolve(scene, finder, count, resolved)
        resolved[id(count)] = item
        claim = _claim(doc, article, item, made)
        made.append((item, claim))
        yield claim


def _resolve(scene: Scene, finder: ForceFinder, count: Count, earlier: dict[int, Resolved]) -> Resolved:
    """Activity, force and places of one count; an understood noun takes over what its antecedent said."""
    before = earlier.get(id(count.antecedent)) if count.antecedent is not None else None
    reading = read(scene, count.frames, count.head)
    if reading is None or count.how == "level":
        reading = (
            inherited(count, reading, before.reading if before else None)
            or word_before(scene, count)
            or part_of_total(scene, count)
            or fate_behind(scene, count)
            or next_verb(scene, count)
        )
    # What an understood number shares with an earlier one is the verb, not the place.
    own = reading is None or reading.rule != "troop.ellipsis.shared"
    where = _places(scene, count, reading if own else None)
    said = context.attribution_mention(scene.doc, count.head)
    if said is None and before is not None and count.how == "ellipsis" and before.count.head.sent == count.head.sent:
        said = before.said  # 'confirmed that 784 men fell, and 527 were hurt'
    force = finder.of(count, reading, where, said=said, earlier=before.force if before else None)
    also = _further(scene, count, reading, force) if reading else {}
    reading = settled(scene, count, reading, where, force) if reading else from_place(count, where, force)
    also.pop(reading.activity, None)
    return Resolved(count, reading, force, where, said, tuple(also.values()))


def _further(scene: Scene, count: Count, reading: Reading, force: Force) -> dict[Activity, tuple[Reading, Places]]:
    """What else the sentence says of those counted, and where: the first reading of each activity."""
    also: dict[Activity, tuple[Reading, Places]] = {}
    for other in further(scene, count.frames, reading, count.head):
        where = _places(scene, count, other)
        other = settled(scene, count, other, where, force)
        also.setdefault(other.activity, (other, where))
    return also


def _places(scene: Scene, count: Count, reading: Reading | None) -> Places:
    """Where a reading puts those counted: by its words, else by the counted noun."""
    if reading is None:
        return places(scene.doc, count.head)
    second = (reading.second,) if reading.second is not None else ()
    return places(scene.doc, reading.event, count.head, *second)


def _claim(doc: Doc, article: ArticleRef, item: Resolved, made: Sequence[tuple[Resolved, TroopCount]]) -> TroopCount:
    count, reading = item.count, item.reading
    attribution = context.attribution(doc, item.said)
    quantity = _quantity(count)
    force = item.force.entity
    told = _told(item, reading, item.places)
    also = [(other, _told(item, other, there)) for other, there in item.further]
    references: list[tuple[EntityRef | None, Role]] = [(force, "force")]
    for fields in (told, *(fields for _, fields in also)):
        references += [(fields["location"], "location"), (fields["origin"], "origin")]
    roles: list[RoleRef] = [context.with_role(ref, role) for ref, role in references if ref is not None]
    evidence = context.evidence(count.span, reading.rule)
    value = (quantity.bound, quantity.value, quantity.low, quantity.high, force.id if force else None, reading.activity)
    return TroopCount(
        id=claim_id(article.sha256, KIND, evidence.start, evidence.end, value),
        article=article,
        evidence=evidence,
        attribution=attribution,
        entities=(*roles, *context.source_roles(doc, item.said)),
        quantity=quantity,
        unit=count.unit,
        force=force,
        **told,
        further=tuple(
            Further(
                text=other.event.text,
                start=other.event.idx,
                end=other.event.idx + len(other.event),
                rule=other.rule,
                **fields,
            )
            for other, fields in also
        ),
        part_of=_whole(count, made),
        coreferent=count.coreferent,
    )


def _told(item: Resolved, reading: Reading, where: Places) -> dict[str, Any]:
    """What one reading says of those counted, as fields of a claim."""
    head = item.count.head
    location = context.place_ref(where)
    if location is None and reading.activity == "withdrawn":
        location = context.place_ref(Places(where.origin))  # where they are leaving is where it happens
    when = date_of(head.doc, reading.event, head)
    factuality = context.factuality(reading.event, attributed=item.said is not None, theme=head)
    return {
        "activity": reading.activity,
        "factuality": "reported" if factuality == "asserted" and item.said is not None else factuality,
        "location": location,
        "origin": context.entity_ref(where.origin) if where.origin else None,
        "date": context.date_ref(when) if when is not None else None,
    }


def _quantity(count: Count) -> Quantity:
    """The quantity as said; that of the antecedent for 'these soldiers'."""
    said: QuantityMention = count.quantity
    return Quantity(text=count.span.text, value=said.value, low=said.low, high=said.high, bound=said.bound)


def _whole(count: Count, made: Sequence[tuple[Resolved, TroopCount]]) -> str | None:
    """The claim that this count is a part of: '2,000 troops, including 400 officers'."""
    if count.how == "part" and count.antecedent is not None:
        return next((claim.id for item, claim in reversed(made) if item.count is count.antecedent), None)
    head = top(count.span, count.head)
    if head.dep_ == "pobj" and head.head.lower_ in ("including", "among", "of"):
        for item, claim in reversed(made):
            if item.count.span.sent.start != count.span.sent.start:
                break
            between = count.span.doc[item.count.span.end : count.span.start]
            if any(t.lower_ == "including" for t in between):
                return claim.id
    return None
