"""Whose side people are on who are far from their own: volunteers for another state, captives of the enemy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.scene import sentence_before
from claimex.claims.troop_count.sides import country, country_of, is_follower, side

if TYPE_CHECKING:
    from spacy.tokens import Span

    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.scene import Scene
    from claimex.model import Entity

BEHIND = 8
"""Words behind 'fight' in which the side stands: 'fighting alongside the Ukrainian army'."""


def fought_for(scene: Scene, count: Count, own: Entity | None) -> Entity | None:
    """The state that foreign volunteers fight for; None for soldiers of their own state."""
    near = scene.doc[sentence_before(scene, count.span.sent.start) : count.span.sent.end]
    if scene.any_in(near, rules().heads.volunteering):
        lands = _lands(scene, near, own)
        if len(lands) == 1:
            return country(lands.pop())
    causes = _causes(scene, own)
    return country(causes.pop()) if len(causes) == 1 else None


def _lands(scene: Scene, near: Span, own: Entity | None) -> set[str]:
    """Countries in which the volunteers of some sentences are, or for which they are there."""
    lands = set()
    for mention in scene.mentions_in(near):
        place = country_of(mention) if mention.entity.type in ("country", "place") else None
        inside = mention.span.start > 0 and scene.words[mention.span.start - 1] in ("in", "for")
        if place is not None and inside and (own is None or place != own.id):
            lands.add(place)
    return lands


def _causes(scene: Scene, own: Entity | None) -> set[str]:
    """Countries for which an article on volunteers says that somebody fights: 'fighting alongside Ukrainian troops'."""
    heads = rules().heads
    if not scene.any_in(scene.doc, heads.volunteering):
        return set()
    causes = set()
    for token in scene.doc:
        if not scene.is_in(token, heads.serving):
            continue
        behind = scene.doc[token.i + 1 : min(token.i + 1 + BEHIND, token.sent.end)]
        if not scene.any_in(behind[:2], heads.beside):
            continue
        states = [e for m in scene.mentions_in(behind) if (e := side(m)) is not None and e.type == "country"]
        if states and (own is None or states[0].id != own.id):
            causes.add(states[0].id)
    return causes


def captors(scene: Scene, count: Count) -> str | None:
    """The id of the state that holds captives, 'captured fighters ... in the Russian-occupied town'; else None."""
    heads = rules().heads
    held = scene.is_in(count.head, heads.prisoner) or scene.any_in(count.span, heads.captive)
    if not held:
        return None
    for mention in scene.mentions_in(count.span.sent):
        if mention.entity.type == "country" and is_follower(scene, mention):
            return mention.entity.id
    return None
