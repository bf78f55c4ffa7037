"""Activities that no word names: by the place ('the 6,000 troops in Sinai'), the antecedent, or the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.attachment import words
from claimex.claims.troop_count.activity import CASUALTIES, Reading, match, read
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.sides import country_of
from claimex.claims.troop_count.verbs import SUBJECTS, Frame, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.claims.attachment import Places
    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.lexicon import Relation
    from claimex.claims.troop_count.phrases import Force
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.values import Activity

MAX_AHEAD = 10
BREAKS = (",", ";", ":", ".", "that", "who", "which", "-", "--")
MOVES = ("withdrawn", "sent", "training", "deployed")
LEVEL_KEEPS = ("deployed", "present")


def inherited(count: Count, own: Reading | None, before: Reading | None) -> Reading | None:
    """What an understood count takes over: a level is of troops in place, '30 more' shares the earlier verb."""
    event = count.verb or next((f.word for f in count.frames if f.main), count.head)
    if count.how == "level":
        step = _increment(count)
        if step is not None:
            return Reading(step, event, "troop.level.step")
        if count.verb is not None and count.verb.lemma_.lower() in rules().levels.static:
            return Reading("present", event, "troop.level.strength")
        kept = before.activity if before is not None and before.activity in LEVEL_KEEPS else "deployed"
        if before is not None and before.activity in CASUALTIES and count.theme is not None:
            # "700 surrendered, bringing the total to 1,700"
            kept = before.activity if count.theme.lemma_.lower() in rules().levels.sum else kept
        return Reading(kept, event, "troop.level.reached")
    if own is None and before is not None and count.how in ("ellipsis", "part"):
        return Reading(before.activity, event, "troop.ellipsis.shared")
    return own


def next_verb(scene: Scene, count: Count) -> Reading | None:
    """The first verb behind a count that the parser lost ('Under the truce dozens of gunmen and their wives left')."""
    end = min(len(scene.words), count.span.end + MAX_AHEAD, count.span.sent.end)
    for i in range(count.span.end, end):
        token = scene.doc[i]
        if scene.words[i] in BREAKS:
            return None
        if token.pos_ == "VERB":
            if any(c.dep_ in SUBJECTS and c.i < count.span.start for c in token.children):
                return None
            relation: Relation = "object" if is_passive(token) else "subject"
            return read(scene, [Frame(token, relation)], token)
    return None


def word_before(scene: Scene, count: Count) -> Reading | None:
    """A verb of violence right before the count that the parser took for a noun ('Army Units Kill over 70 Rebels')."""
    i = count.span.start - 1
    if i < 0 or i < count.span.sent.start:
        return None
    rule = match(scene, Frame(scene.doc[i], "object"))
    if rule is None or rule.activity not in CASUALTIES:
        return None
    return Reading(rule.activity, scene.doc[i], rule.id)


def fate_behind(scene: Scene, count: Count) -> Reading | None:
    """What befalls people named by their country, where the parser lost it: 'feared taken prisoner'."""
    if count.how != "nationality":
        return None
    for i in range(count.span.end, count.span.sent.end):
        token = scene.doc[i]
        rule = match(scene, Frame(token, "object")) if token.tag_ in ("VBN", "VBD") else None
        if rule is not None and rule.activity in CASUALTIES:
            return Reading(rule.activity, token, rule.id)
    return None


def part_of_total(scene: Scene, count: Count) -> Reading | None:
    """What a total's verb says of its parts: '403 people were killed, including 147 civilians and 65 soldiers'."""
    start = count.span.sent.start
    before = scene.words[start : count.span.start]
    if "including" not in before:
        return None
    for i in range(start + before.index("including") - 1, start - 1, -1):
        token = scene.doc[i]
        if token.pos_ == "VERB":
            found = read(scene, [Frame(token, "object"), Frame(token, "subject")], token)
            if found is not None:
                return found
    return None


def from_place(count: Count, where: Places, force: Force) -> Reading:
    """Deployed in somebody else's country or for a mission, present at home or anywhere unsaid."""
    event = next((f.word for f in count.frames if f.main and f.word.pos_ in ("VERB", "AUX")), count.head)
    if count.how == "strength":
        event = count.head  # how strong they are is not what the verb tells
    if where.location is not None:
        return Reading("present" if at_home(where, force) else "deployed", event, "troop.deployed.place")
    if force.entity is not None and force.entity.type == "organisation":
        return Reading("deployed", event, "troop.deployed.mission")
    if _is_placed(event) or any(c.dep_ == "advmod" and c.lower_ in words().there for c in count.head.children):
        return Reading("deployed", event, "troop.deployed.there")
    if count.how == "strength" or _exists(event):
        return Reading("present", event, "troop.present.be")
    return Reading("other", event, "troop.other.unsaid")


def settled(scene: Scene, count: Count, reading: Reading, where: Places, force: Force) -> Reading:
    """A presence abroad, or of a mission, is a deployment: 'has 4,000 troops in the Sahel'."""
    if count.how == "strength" and reading.activity not in MOVES:
        return from_place(count, where, force)
    if reading.rule.startswith("troop.other") and reading.frame is not None and not reading.frame.main:
        placed = from_place(count, where, force)
        return placed if placed.activity == "deployed" else reading
    if reading.activity != "present":
        return reading
    abroad = where.location is not None and force.entity is not None and not at_home(where, force)
    if abroad or scene.is_in(count.head, rules().heads.mission):
        return Reading("deployed", reading.event, reading.rule, reading.frame)
    return reading


def at_home(where: Places, force: Force) -> bool:
    """Whether the place lies in the country whose people they are."""
    if where.location is None or force.entity is None:
        return False
    return force.entity.id == country_of(where.location)


def _is_placed(verb: Token) -> bool:
    """'were already on the peninsula': a place without a name."""
    return verb.lemma_ in ("be", "remain", "stay") and any(
        child.dep_ == "prep" and child.lower_ in words().at and child.i > verb.i for child in verb.children
    )


def _exists(verb: Token) -> bool:
    """'There are 300 soldiers', 'has 300 soldiers'."""
    return verb.lemma_ in ("have", "exist") or any(child.dep_ == "expl" for child in verb.children)


def _increment(count: Count) -> Activity | None:
    """'increase the force by 3,000' sends them, 'cut it by 3,000' withdraws them; None for a level that is reached."""
    before = count.span.doc[count.span.start - 1] if count.span.start else None
    if before is None or before.lower_ != "by":
        return None
    lowering = rules().levels.lowering
    return "withdrawn" if any(t.lemma_.lower() in lowering for t in before.ancestors) else "sent"
