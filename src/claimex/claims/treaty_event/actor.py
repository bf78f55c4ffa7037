"""Who does the act, and before which institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.annotations import entity_at
from claimex.claims import context
from claimex.components.treaty_parties import doers, subjects
from claimex.model import EntityRef

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimex.claims.treaty_event.events import Event
    from claimex.claims.treaty_event.parties import Parties

NOT_DONE = {"subj", "pred", "agent", "inf", "under"}
"""Relations in which the agreement acts, or nobody does."""
ACTORS = {"country", "person", "organisation", "armed_group"}


def actors_of(doc: Doc, event: Event, parties: Parties) -> tuple[EntityRef, ...]:
    """The named doers of the act in text order; none for what the agreement itself does and where nobody is named."""
    word, link = event.hit.word, event.link
    if event.hit.rule.stage == "provision" or link is None or link.relation in NOT_DONE:
        return ()
    found: dict[str, EntityRef] = {}
    for token in _doers(word, passive=link.relation == "pass"):
        mention = entity_at(doc, token.i)
        if mention is not None and mention.entity.type in ACTORS:
            found.setdefault(mention.entity.id, context.entity_ref(mention))
            continue
        for entity in parties.look(token):
            found.setdefault(entity.id, EntityRef(**entity.model_dump()))
    return tuple(found.values())


def _doers(word: Token, *, passive: bool) -> list[Token]:
    return list(subjects(word, passive=passive) if word.pos_ in {"VERB", "AUX"} else doers(word))


def body_of(doc: Doc, event: Event) -> EntityRef | None:
    """The institution to which an agreement is submitted or by which it is approved; None when it is not named."""
    if event.hit.rule.stage not in {"submitted", "ratified"}:
        return None
    for child in event.hit.word.rights:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in {"to", "by", "before", "in", "from"}:
            for grand in child.children:
                mention = entity_at(doc, grand.i) if grand.dep_ == "pobj" else None
                if mention is not None and mention.entity.type == "organisation":
                    return context.entity_ref(mention)
    return None
