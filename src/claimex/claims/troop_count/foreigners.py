"""People named by their country alone, and prisoners: whether a war made them what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import CASUALTIES, match
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.military import stands_for_body
from claimex.claims.troop_count.scene import sentence_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

MANY = 3
"""Fewer people of one number may be others."""
PLURALS = ("NNS", "NNPS", "NNP", "JJ")


def is_nationality_in_battle(scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame]) -> bool:
    """'60 Chadians were captured', 'two Polish volunteers died on the front line': fighters by what befalls them."""
    heads, mention = rules().heads, scene.mentions.get(head.i)
    if mention is not None and mention.entity.type == "armed_group":
        return True
    people = mention is not None and mention.entity.type == "country" and head.tag_ in PLURALS
    if not people and not (scene.is_in(head, heads.foreigner) and _country(scene, quantity, head)):
        return False
    if scene.any_in(head.sent, heads.peace):
        return False
    if stands_for_body(scene, quantity, head) or _is_in_force(scene, head, found):
        return True
    fate = [f for f in found if (rule := match(scene, f)) is not None and rule.activity in CASUALTIES]
    if any(_is_done_by_soldiers(scene, f, head) for f in fate):
        return True
    near = scene.doc[sentence_before(scene, head.sent.start) : head.sent.end]
    if scene.is_in(head, frozenset(("volunteer",))) and fate:
        return scene.any_in(scene.doc, heads.warfare | heads.battle_scene | heads.army | {"force"})
    fought = any(t.i != head.i and scene.is_in(t, heads.warfare) for t in (near if fate else head.sent))
    return fought and (bool(fate) or scene.any_in(head.sent, heads.battle | heads.prisoner))


def _country(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """Whether the phrase before a noun names a country."""
    named = (scene.mentions.get(i) for i in range(quantity.number.end, head.i))
    return any(m is not None and m.entity.type == "country" for m in named)


def _is_in_force(scene: Scene, head: Token, found: Sequence[Frame]) -> bool:
    """'a force made up of 6,000 Ugandans'."""
    heads = rules().heads
    if not any(f.relation == "object" and f.word.lemma_ in heads.consisting for f in found):
        return False
    before = scene.doc[head.sent.start : head.i]
    return scene.any_in(before, heads.mission | heads.army | frozenset(("force", "contingent", "battalion", "brigade")))


def _is_done_by_soldiers(scene: Scene, frame: Frame, head: Token) -> bool:
    """Whether it is soldiers of an army who do it, or an army loses them."""
    heads, sides = rules().heads, rules().sides
    soldiers = heads.army | heads.regular & heads.inherent | {"force"}
    for child in frame.word.subtree:
        if child.i == head.i or head.is_ancestor(child):
            continue
        mention = scene.mentions.get(child.i)
        if mention is not None and mention.entity.type == "armed_group":
            continue  # whom a group kills may be anybody
        if scene.is_in(child, soldiers) and not scene.is_in(child, sides.rebel):
            return True
    return False


def is_captive(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """'40 Armenian prisoners held in Baku', '15 prisoners said to be officers', '90 prisoners each': of a war."""
    heads = rules().heads
    others = [t for t in head.sent if t.i != head.i]
    after = scene.doc[head.i + 1 : min(head.i + 8, head.sent.end)]
    if any(scene.is_in(t, heads.inherent | heads.rank) or scene.word(t) in ("officers", "pilots") for t in after):
        return True
    if scene.any_in(others, heads.penal):
        return False
    war = heads.warfare | heads.battle_scene | heads.army
    if scene.any_in(others, war) or _country(scene, quantity, head):
        return scene.any_in(scene.doc, war) or _is_exchanged(scene, others)
    return _is_exchanged(scene, others) and scene.any_in(scene.doc, war | {"ceasefire", "truce"})


def _is_exchanged(scene: Scene, others: Sequence[Token]) -> bool:
    """Whether two countries trade or return people."""
    countries = {
        m.entity.id for t in others if (m := scene.mentions.get(t.i)) is not None and m.entity.type == "country"
    }
    return len(countries) > 1 and scene.any_in(others, rules().heads.taking | {"return", "free", "release"})


def is_retold(scene: Scene, quantity: QuantityMention, head: Token, counts: Sequence[Count]) -> Count | None:
    """The military count that people of the same number are: 'ISIL beheads 18 Syrians', later '18 officers'."""
    value = quantity.value
    if value is None or value < MANY or scene.any_in(_sentence(head), rules().heads.civil):
        return None
    mention = scene.mentions.get(head.i)
    if not scene.is_in(head, rules().heads.retold) and (mention is None or mention.entity.type != "country"):
        return None
    return next((c for c in counts if c.quantity.value == value and c.how in ("noun", "context")), None)


def _sentence(head: Token) -> Span:
    return head.doc[head.sent.start : head.sent.end]
