"""Nouns that mean people only sometimes: fighters that are jets, peoples that are armies."""

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


def is_nationality_in_battle(scene: Scene, head: Token, found: Sequence[Frame]) -> bool:
    """'60 Chadians were captured': a people's name in a battle report."""
    mention = scene.mentions.get(head.i)
    if mention is None or mention.entity.type not in ("country", "armed_group"):
        return False
    if mention.entity.type == "armed_group":
        return True
    heads = rules().heads
    if head.tag_ not in ("NNS", "NNPS", "NNP", "JJ") or not scene.any_in((f.word for f in found), heads.battle):
        return False
    for frame in found:
        if not scene.is_in(frame.word, heads.battle):
            continue
        if scene.any_in(frame.word.subtree, heads.battle_scene):
            return True  # "were killed in the fighting"
        taken = scene.is_in(frame.word, heads.taking) or frame.word.lemma_ in ("surrender", "fight")
        if taken and any(t.i != head.i and scene.is_in(t, heads.army | heads.inherent) for t in head.sent):
            return True
    return False
