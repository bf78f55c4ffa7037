"""Whether men, officers, personnel, casualties or Chadians are military ones: by the words next to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import CASUALTIES, match
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.scene import sentence_before, top

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

NUMEROUS = 20
UP = 4
"""Steps from a count to the verb that states it: 'casualties stand at 71 dead'."""


def is_civil(scene: Scene, noun: Token) -> bool:
    """Whether a noun's own modifiers make it civil: 'police force'."""
    return any(scene.is_in(c, rules().heads.civil) for c in noun.children if c.dep_ in ("amod", "compound", "nmod"))


def modifiers(scene: Scene, quantity: QuantityMention, head: Token) -> list[Token]:
    """The words of a count's own phrase in front of its noun."""
    own = set(range(quantity.number.end, head.i))
    start = quantity.span.start  # "Regime planes Five women", a headline run together
    for noun in (head, *(c for c in head.children if c.dep_ in ("amod", "compound", "nmod") and c.i < head.i)):
        own |= {c.i for c in noun.children if c.i < head.i and c.dep_ in ("amod", "compound", "nmod")}
    return [scene.doc[i] for i in sorted(own) if i >= start]


def has_military_context(
    scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame], *, after_soldiers: bool
) -> bool:
    """Whether a noun that can be military or civilian is military here."""
    heads = rules().heads
    window = modifiers(scene, quantity, head)
    if any(scene.is_in(t, heads.civil) for t in window):
        return False
    if _is_modified(scene, window, missions="member" not in scene.forms(head)):
        return True
    if _is_member_of_military(scene, quantity, head):
        return True
    forms = set(scene.forms(head))
    if "woman" not in forms and stands_for_body(scene, quantity, head):
        return True
    if forms & {"people", "person"} and _are_losses(scene, head) and scene.any_in(scene.doc, heads.inherent):
        return True
    if forms & heads.rank:
        return True
    if "member" in forms and _are_killed_of_group(scene, head, found):
        return True
    if "personnel" in forms and _is_fielded(scene, quantity, found):
        return True
    if "pilot" in forms and scene.any_in(head.sent, heads.downed):
        return True
    if forms & heads.gunmen:
        fired = (match(scene, frame) for frame in found)
        return any(r is not None and r.activity in CASUALTIES for r in fired) and (
            after_soldiers or _has_soldiers(scene, head)
        )
    if "force" in forms:
        return quantity.value is None or quantity.value >= NUMEROUS
    if "prisoner" in forms:
        if scene.words[head.i + 1 : head.i + 3] in (["of", "war"], ["in", "war"]):
            return True
        taken = any(f.main and scene.is_in(f.word, heads.taking) for f in found)
        taken = taken or "taken" in scene.words[quantity.number.end : head.i]  # "and 300 taken prisoner"
        return taken and (after_soldiers or _has_soldiers(scene, head))
    if forms & heads.among:
        return _is_among_soldiers(scene, quantity, head, found) or (
            after_soldiers and (_is_toll_of_soldiers(scene, head) or _are_men_on_duty(scene, quantity, head, found))
        )
    return False


def is_military_body(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """Whether a whole that is counted in heads is one of soldiers: 'a 900-strong garrison', no police unit."""
    heads = rules().heads
    phrase = modifiers(scene, quantity, head)
    if any(scene.is_in(t, heads.civil) for t in phrase):
        return False
    mention = scene.mentions.get(head.i)
    if mention is not None and mention.entity.type == "armed_group":
        return True
    if not scene.is_in(head, heads.body):
        return False
    if scene.is_in(head, heads.military_body) or any(scene.is_in(t, heads.military_modifier) for t in phrase):
        return True
    return _is_modified(scene, phrase) or _has_soldiers(scene, head)


def _is_modified(scene: Scene, window: Sequence[Token], *, missions: bool = True) -> bool:
    """Whether a military word, an armed group or (`missions`) an alliance stands in front of the noun."""
    heads = rules().heads
    for token in window:
        mention = scene.mentions.get(token.i)
        if mention is not None and mention.entity.type == "armed_group":
            return True
        if mention is not None and missions and mention.entity.name.lower() in rules().sides.missions:
            return True
        if scene.is_in(token, heads.military_modifier):
            return True
    return False


def _is_member_of_military(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """'members of the militia', 'men from the 5th brigade', 'officers of Hezbollah', '40 of its personnel'."""
    heads = rules().heads
    words = scene.words[quantity.span.start : quantity.span.end]
    if (
        "of" in words
        and not scene.any_in(head.sent, heads.criminal)
        and any(w in ("its", "their", "his", "our") for w in words)
        and not set(scene.forms(head)) & {"people", "member"}
    ):
        return True
    for noun in {head, top(quantity.span, head)}:
        for child in noun.children:
            if child.i <= head.i or child.dep_ != "prep" or scene.word(child) not in ("of", "from", "in"):
                continue
            for inner in child.children:
                if inner.dep_ != "pobj" or inner.i == head.i:
                    continue
                mention = scene.mentions.get(inner.i)
                if mention is not None and mention.entity.type == "armed_group":
                    return True
                phrase = [inner, *(c for c in inner.children if c.dep_ in ("compound", "amod", "nmod", "poss"))]
                if any(scene.is_in(t, heads.military_body | heads.member_of | heads.inherent) for t in phrase):
                    return not any(scene.is_in(t, heads.civil) for t in phrase)
    return False


def stands_for_body(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """'a force of 3,000 men', 'one company of 128 men', 'the brigade (about 3,000 men)', 'a 900-strong garrison'."""
    heads = rules().heads
    current = top(quantity.span, head)
    nouns = [head]
    for _ in range(3):
        above = current.head
        if current.dep_ == "pobj" and scene.word(above) in ("of", "with"):
            current = above.head
        elif current.dep_ in ("appos", "nmod", "compound", "dep"):
            current = above
        else:
            break
        nouns.append(current)
    before = [
        t for t in scene.doc[max(head.sent.start, quantity.span.start - 2) : quantity.span.start] if not t.is_punct
    ]
    if scene.words[quantity.span.start - 1] == "," and before and scene.is_in(before[-1], heads.military_body):
        return True  # "12 divisions, about 100,000 men,"
    for noun in nouns:
        phrase = [noun, *(c for c in noun.children if c.dep_ in ("compound", "amod", "nmod", "poss") and c.i < noun.i)]
        if scene.any_in(phrase, heads.civil):
            return False
        if noun == head:
            continue
        if scene.is_in(noun, heads.military_body):
            return True
        near = scene.any_in(phrase, heads.military_modifier) or _has_soldiers(scene, head)
        if scene.is_in(noun, heads.body) and near:
            return True
    return False


def _has_soldiers(scene: Scene, head: Token) -> bool:
    """Whether the sentence speaks of soldiers, an army or an armed group besides the count itself."""
    heads, sentence = rules().heads, head.sent
    for i in range(sentence.start, sentence.end):
        if i == head.i:
            continue
        mention = scene.mentions.get(i)
        if mention is not None and mention.entity.type == "armed_group":
            return True
        token = scene.doc[i]
        if scene.is_in(token, heads.army) or (token.pos_ in ("NOUN", "PROPN") and scene.is_in(token, heads.rank)):
            return True
    return False


def _is_lost_by_side(scene: Scene, found: Sequence[Frame]) -> bool:
    """'Russia lost dozens of men': what a state or an armed group loses are its soldiers."""
    for frame in found:
        if frame.relation == "object" and frame.word.lemma_.lower() == "lose":
            subjects = (c for c in frame.word.children if c.dep_ == "nsubj")
            named = (scene.mentions.get(c.i) for c in subjects)
            if any(m is not None and m.entity.type in ("country", "armed_group") for m in named):
                return True
    return False


def _is_fielded(scene: Scene, quantity: QuantityMention, found: Sequence[Frame]) -> bool:
    """'Assad sent 30,000 men', 'the regime has massed 20,000 men': what those who have armies move are soldiers."""
    heads = rules().heads
    if quantity.value is not None and quantity.value < NUMEROUS:
        return False
    for frame in found:
        if frame.relation != "object" or frame.word.lemma_.lower() not in heads.fielding:
            continue
        for child in frame.word.children:
            mention = scene.mentions.get(child.i)
            named = mention is not None and mention.entity.type in ("country", "armed_group", "person")
            if child.dep_ == "nsubj" and (named or scene.is_in(child, heads.fielder)):
                return True
    return False


def _are_killed_of_group(scene: Scene, head: Token, found: Sequence[Frame]) -> bool:
    """'Hamas said 23 of its members were killed': what befalls fighters, in a sentence about an armed group."""
    if not any(scene.word(c) in ("its", "their") for c in head.children):
        return False
    fired = (match(scene, frame) for frame in found)
    if not any(rule is not None and rule.activity in CASUALTIES for rule in fired):
        return False
    named = (m for m in scene.mentions_in(scene.doc[head.sent.start : head.sent.end]))
    return any(m.entity.type == "armed_group" for m in named)


def _are_losses(scene: Scene, head: Token) -> bool:
    """'total losses of 12,000 people', in an article that has counted soldiers."""
    above = head.head
    return head.dep_ == "pobj" and scene.word(above) == "of" and scene.is_in(above.head, rules().heads.losses)


def _are_men_on_duty(scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame]) -> bool:
    """'A contingent left by sea. Six hundred men were on board': men on the move after soldiers."""
    if "man" not in scene.forms(head) or (quantity.value is not None and quantity.value < NUMEROUS):
        return False
    fired = [rule for frame in found if frame.main and (rule := match(scene, frame)) is not None]
    return any(rule.activity in ("sent", "deployed", "withdrawn", "training") for rule in fired)


def _is_suffered_by_army(scene: Scene, found: Sequence[Frame]) -> bool:
    """'The FMLN sustained 2,352 dead', 'cost the army 1,200 lives': an army or group next to the verb."""
    return any(frame.relation == "object" and army_suffers(scene, frame.word) for frame in found)


def army_suffers(scene: Scene, verb: Token) -> bool:
    """Whether an army or an armed group is the subject, or the one whom something costs."""
    heads = rules().heads
    for child in verb.children:
        if child.dep_ not in ("nsubj", "dative", "dobj"):
            continue
        mention = scene.mentions.get(child.i)
        if mention is not None and mention.entity.type == "armed_group":
            return True
        phrase = (child, *(c for c in child.lefts if c.dep_ in ("compound", "amod", "nmod")))
        if scene.any_in(phrase, heads.army | heads.inherent):
            return True  # "the guerrilla group suffered 15 casualties"
    return False


def _is_among_soldiers(scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame]) -> bool:
    """'The army lost 30 men', 'cost 1,200 Libyan lives': casualties in a sentence about armies and no civilians."""
    heads, sentence = rules().heads, head.sent
    tokens = scene.doc[sentence.start : sentence.end]
    if "man" in scene.forms(head) and (_is_lost_by_side(scene, found) or _is_fielded(scene, quantity, found)):
        return True
    above = list(head.ancestors)[:UP]
    stated = (c for word in above if word.pos_ in ("VERB", "AUX") for c in word.children if c.dep_ == "nsubj")
    if any(scene.is_in(c, heads.losses) for c in stated):
        return True  # "our losses are 23 dead"
    suffered = any(frame.word.lemma_.lower() in heads.suffering for frame in found)
    if suffered and scene.is_in(head, heads.toll) and _is_suffered_by_army(scene, found):
        return True  # whoever else is spoken of
    if any(t.i != head.i and (scene.is_in(t, heads.civil) or scene.is_in(t, heads.civilian)) for t in tokens):
        return False
    if scene.is_in(head, heads.toll - heads.losses):
        named = any(t.i in scene.mentions for t in modifiers(scene, quantity, head))
        told = any(f.relation == "nominal" and scene.is_in(f.word, heads.toll) for f in found)  # "put its losses at"
        return told or ((named or _is_suffered_by_army(scene, found)) and _has_soldiers(scene, head))
    if scene.is_in(head, heads.serving_men) and quantity.value is not None and quantity.value < 2:
        return False
    return _has_soldiers(scene, head)


def _is_toll_of_soldiers(scene: Scene, head: Token) -> bool:
    """'Its soldiers die in droves. Statistics show 90 dead in Tuva': nobody else is spoken of in between."""
    heads = rules().heads
    if not scene.is_in(head, heads.fallen):
        return False
    start = sentence_before(scene, head.sent.start)
    around = (t for t in scene.doc[start : head.sent.end] if t.i != head.i)
    return not any(scene.is_in(t, heads.civil) or scene.is_in(t, heads.civilian) for t in around)
