"""Which quantities count military people: by the counted noun, its context, or an earlier count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import match
from claimex.claims.troop_count.bare import bare_count, fate_count
from claimex.claims.troop_count.count import TROOPS, Count, Passed, plural
from claimex.claims.troop_count.foreigners import is_captive, is_nationality_in_battle, is_retold
from claimex.claims.troop_count.frames import frames
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.lookalikes import is_aircraft
from claimex.claims.troop_count.military import (
    has_military_context,
    is_military_body,
)
from claimex.claims.troop_count.scene import sentence_before
from claimex.claims.troop_count.understood import understood
from claimex.layering import from_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

MAX_BRACKET, MAX_LIST = 6, 10
MANY = 20
"""An army counted by its name has at least so many people."""
MOST = 40_000_000
"""More people than any war has seen under arms."""
PARTS = ("including", "among", "them", "of")


@from_rules
def _heads() -> frozenset[str]:
    """Every noun that a military count can have; others need no look at the parse."""
    heads = rules().heads
    people = heads.inherent | heads.conditional | heads.gunmen | heads.body | heads.civil | heads.elliptic
    return people | heads.collective | heads.service | heads.foreigner


def counts(scene: Scene) -> Iterator[Count]:
    """The military counts of an article in text order."""
    people: list[tuple[int, Count | None]] = []
    left: list[tuple[QuantityMention, Token, tuple[Frame, ...]]] = []
    for quantity in scene.doc._.quantities:
        bare = quantity.elliptic or (quantity.head is None and quantity.unit is None)
        head = quantity.head if quantity.head is not None else quantity.number.root
        count = None
        if (quantity.head is None and not bare) or _counts_nobody(quantity):
            scene.passed[quantity.span.start] = "measure"
            continue
        several = any(t.i < quantity.span.end for t in head.conjuncts)
        if bare or several or scene.is_in(head, _heads()) or head.i in scene.mentions:
            found = frames(scene, quantity.span, head)
            made = _noun(scene, quantity, head, found, people) if quantity.head is not None else "nothing_before"
            count = made if isinstance(made, Count) else None
            if not isinstance(made, Count):
                scene.passed[quantity.span.start] = made
            if count is None and quantity.head is None:
                count = (
                    _named_noun(scene, quantity) or _lost_noun(scene, quantity) or fate_count(scene, quantity, people)
                )
            if count is None and (bare or scene.is_in(head, rules().heads.elliptic)):
                count = understood(scene, quantity, head, found, people)
            if count is None and bare:
                count = bare_count(scene, quantity, head, found)
            if count is None and not bare:
                left.append((quantity, head, tuple(found)))
        else:
            scene.passed[quantity.span.start] = "unit"
        if count is not None:
            people.append((quantity.span.start, count))
            yield count
        elif scene.is_in(head, rules().heads.civilian) or scene.is_in(head, rules().heads.conditional):
            people.append((quantity.span.start, None))
    told = [count for _, count in people if count is not None]
    for quantity, head, frames_ in left if told else ():
        if is_retold(scene, quantity, head, told) is not None:
            yield Count(quantity, quantity.span, head, _unit(scene, quantity, head), "context", frames_)


def _counts_nobody(quantity: QuantityMention) -> bool:
    """Whether a number is no number of fighters: '22.09 Russian forces' is a time, and 'billions more' are dollars."""
    value, low = quantity.value, quantity.low
    return (value is not None and value != int(value)) or (low is not None and low > MOST)


def _noun(
    scene: Scene,
    quantity: QuantityMention,
    head: Token,
    found: Sequence[Frame],
    people: Sequence[tuple[int, Count | None]],
) -> Count | Passed:
    """A count whose own noun, or the body it is the strength of, is military; else why it is none."""
    heads, frames_ = rules().heads, tuple(found)
    if is_strength(scene, quantity):
        if not is_military_body(scene, quantity, head):
            return "body"
        return Count(quantity, quantity.span, head, TROOPS, "strength", frames_)
    owned = _possessed_noun(scene, quantity, head)
    if owned is not None:
        span = scene.doc[quantity.span.start : owned.i + 1]
        return Count(quantity, span, owned, scene.word(owned), "noun", tuple(frames(scene, span, owned)))
    if _is_excluded(scene, quantity, head):
        return "excluded"
    unit = _unit(scene, quantity, head)
    if scene.is_in(head, heads.inherent):
        if is_aircraft(scene, quantity, head, found):
            return "aircraft"
        if _is_somebody(scene, quantity, found):
            return "somebody"
        if scene.is_in(head, heads.novice) and scene.any_in(head.sent, heads.civil):
            return "novice"
        return Count(quantity, quantity.span, head, unit, "noun", frames_)
    for other in head.conjuncts:
        # "6,000 police and troops": one number for both, and troops are named; "600 U.S. and 250 Philippine soldiers".
        shared = quantity.number.end <= other.i < quantity.span.end or (head.i in scene.mentions and head.i < other.i)
        if shared and scene.is_in(other, heads.inherent):
            return Count(quantity, quantity.span, head, scene.word(other), "noun", frames_)
    noun = _noun_behind_name(scene, quantity, head)
    if noun is not None:
        span = scene.doc[quantity.span.start : noun.i + 1]
        behind = tuple(frames(scene, span, noun))
        return Count(quantity, span, noun, plural(scene.word(noun)), "noun", behind or frames_)
    whole_noun = _whole_noun(scene, quantity, head)
    if whole_noun is not None:
        return Count(quantity, quantity.span, head, whole_noun, "noun", frames_)
    recent = _recent(scene, quantity, people)
    if head.i in scene.mentions:
        whole = recent if recent is not None and _is_part(scene, quantity, recent) else None
        if whole is not None and scene.mentions[head.i].entity.type == "country":
            return Count(quantity, quantity.span, head, unit, "part", frames_, whole)
    foreign = head.i in scene.mentions or scene.is_in(head, heads.foreigner)
    if foreign and is_nationality_in_battle(scene, quantity, head, found):
        return Count(quantity, quantity.span, head, unit, "nationality", frames_)
    if scene.is_in(head, heads.prisoner) and is_captive(scene, quantity, head):
        return Count(quantity, quantity.span, head, unit, "context", frames_)
    if scene.is_in(head, heads.conditional | heads.gunmen) and has_military_context(
        scene, quantity, head, found, after_soldiers=recent is not None or _has_army_before(scene, head)
    ):
        return Count(quantity, quantity.span, head, unit, "context", frames_)
    people_of = scene.is_in(head, heads.conditional | heads.gunmen | heads.prisoner)
    return "context" if people_of else "nationality" if foreign else "unit"


def _possessed_noun(scene: Scene, quantity: QuantityMention, head: Token) -> Token | None:
    """The counted noun behind its possessor: 'fewer than 600 of the group's fighters'."""
    if "of" not in scene.words[quantity.number.end : head.i] or head.i + 2 >= len(scene.words):
        return None
    if scene.doc[head.i + 1].tag_ != "POS":
        return None
    noun = scene.doc[head.i].head
    return noun if noun.i > head.i and scene.is_in(noun, rules().heads.inherent) else None


def _named_noun(scene: Scene, quantity: QuantityMention) -> Count | None:
    """A count whose noun the layer lost behind a name: 'about 100 IS fighters', IS read as a verb."""
    i = quantity.span.end
    mention = scene.mentions.get(i)
    if mention is None:
        return None
    i = mention.span.end
    if i >= len(scene.words) or not scene.is_in(scene.doc[i], rules().heads.inherent):
        return None
    noun = scene.doc[i]
    span = scene.doc[quantity.span.start : i + 1]
    return Count(quantity, span, noun, plural(scene.word(noun)), "noun", tuple(frames(scene, span, noun)))


def _lost_noun(scene: Scene, quantity: QuantityMention) -> Count | None:
    """A count whose noun the layer lost behind a list: '400 Belgian, British and French soldiers'."""
    number = quantity.number.root
    noun, end = number.head, quantity.span.end
    if number.dep_ != "nummod" or not end <= noun.i < min(end + MAX_LIST, quantity.span.sent.end):
        return None
    if not scene.is_in(noun, rules().heads.inherent):
        return None
    span = scene.doc[quantity.span.start : noun.i + 1]
    return Count(quantity, span, noun, plural(scene.word(noun)), "noun", tuple(frames(scene, span, noun)))


def _whole_noun(scene: Scene, quantity: QuantityMention, head: Token) -> str | None:
    """The unit where a whole's name counts its people: '350 militia', '56,000 army'."""
    heads, many = rules().heads, quantity.value is None or quantity.value >= MANY
    if not many or quantity.head is None:
        return None
    if scene.word(head) in heads.collective:
        return scene.word(head)
    after = scene.doc[head.i + 1] if head.i + 1 < len(scene.words) else None
    follows = after is not None and after.pos_ in ("NOUN", "PROPN") and after.sent.start == head.sent.start
    return "personnel" if scene.word(head) in heads.service and not follows else None


def _noun_behind_name(scene: Scene, quantity: QuantityMention, head: Token) -> Token | None:
    """The counted noun when a bracket or a list parts it from the first name: 'five Liberation Front (FMLN) rebels'."""
    mention, i = scene.mentions.get(head.i), quantity.span.end
    if mention is None or i >= len(scene.words):
        return None
    if mention.entity.type == "country":
        # "1,500 Bangladeshi, Pakistani and Nigerian peacekeepers"
        end = min(len(scene.words), i + MAX_LIST)
        while i < end and (scene.words[i] in (",", "and") or i in scene.mentions):
            i += 1
    elif scene.words[i] == "(":
        closed = next((k for k in range(i, min(i + MAX_BRACKET, len(scene.words))) if scene.words[k] == ")"), None)
        if closed is None:
            return None
        i = closed + 1
    if i < len(scene.words) and scene.is_in(scene.doc[i], rules().heads.inherent):
        return scene.doc[i]
    return None


def _recent(scene: Scene, quantity: QuantityMention, people: Sequence[tuple[int, Count | None]]) -> Count | None:
    """The last military count, if it stands in this sentence or the one before."""
    count = next((count for _, count in reversed(people) if count is not None), None)
    if count is None:
        return None
    return count if count.span.start >= sentence_before(scene, quantity.span.sent.start) else None


def _has_army_before(scene: Scene, head: Token) -> bool:
    """Whether the sentence before speaks of an army or an armed group."""
    start = head.sent.start
    for i in range(sentence_before(scene, start), start):
        mention = scene.mentions.get(i)
        if mention is not None and mention.entity.type == "armed_group":
            return True
        if scene.is_in(scene.doc[i], rules().heads.army):
            return True
    return False


def _is_part(scene: Scene, quantity: QuantityMention, whole: Count) -> bool:
    """Whether a nationality is counted inside an earlier count: 'among them 3,400 French and 1,200 Danes'."""
    if whole.span.sent.start != quantity.span.sent.start:
        return False
    between = scene.words[whole.span.end : quantity.span.start]
    return whole.how == "part" or any(word in PARTS for word in between)


def _is_somebody(scene: Scene, quantity: QuantityMention, found: Sequence[Frame]) -> bool:
    """Whether 'one rebel' is a person that the article tells of rather than a count: nothing of war happens."""
    if quantity.value != 1 or quantity.bound != "exact":
        return False
    fired = (match(scene, frame) for frame in found)
    return not any(rule is not None and rule.activity not in ("other", "present") for rule in fired)


def is_strength(scene: Scene, quantity: QuantityMention) -> bool:
    """Whether the number measures a whole: '900-strong', '120-man', '3,000-member'."""
    after = scene.words[quantity.number.end : quantity.number.end + 2]
    return "strong" in after or (after[:1] == ["-"] and after[-1] in rules().heads.strength)


def _unit(scene: Scene, quantity: QuantityMention, head: Token) -> str:
    word = (quantity.unit or scene.word(head)).lower()
    for other in head.conjuncts if head.i in scene.mentions and head.tag_ in ("NNP", "JJ") else ():
        if scene.is_in(other, rules().heads.inherent):
            return scene.word(other)  # "600 U.S. and 250 Philippine soldiers"
    if head.i in scene.mentions and scene.mentions[head.i].entity.type == "armed_group":
        return word
    if word == "force" and scene.words[head.i - 1] == "air":
        return "personnel"  # "10,000 Royal Air Force"
    return plural(word) if head.tag_ in ("NN", "NNP") else word


def _is_excluded(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """Fighter jets, former soldiers, toy soldiers, soldiers' families. Former rebels are still counted as rebels."""
    heads = rules().heads
    if head.dep_ in ("compound", "poss") and head.i + 1 < len(scene.words):
        after = scene.doc[head.i + 1]
        if scene.is_in(after, heads.not_counted_after) or (head.dep_ == "poss" and after.tag_ == "POS"):
            return True
    between = scene.doc[quantity.number.end : head.i]
    if scene.is_in(head, heads.irregular | heads.guerrilla):
        return any(scene.word(token) in heads.unreal for token in between)
    return any(scene.word(token) in heads.former | heads.unreal for token in between)
