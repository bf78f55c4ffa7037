"""Nouns that mean people only sometimes: fighters that are jets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import CASUALTIES, match
from claimex.claims.troop_count.lexicon import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame


def is_aircraft(scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame]) -> bool:
    """Whether 'fighters' are jets: aircraft in the sentence and nothing that only people are or suffer."""
    if "fighter" not in scene.forms(head):
        return False
    heads, sides = rules().heads, rules().sides
    if scene.any_in(head.conjuncts, heads.aircraft):
        return True
    if scene.any_in(scene.doc[quantity.number.end : head.i], sides.rebel | heads.military_body):
        return False
    if any(f.relation == "subject" and scene.is_in(f.word, heads.aircraft_verb) for f in found):
        return True
    fired = (match(scene, frame) for frame in found)
    if any(rule is not None and rule.activity in CASUALTIES for rule in fired):
        return False
    return scene.any_in(head.sent, heads.aircraft)
