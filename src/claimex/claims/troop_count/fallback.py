"""Activities that no word names: by the place ('the 38,000 troops in the Gulf'), the antecedent, or the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import Reading, read
from claimex.claims.troop_count.frames import SUBJECTS, Frame, is_passive
from claimex.claims.troop_count.lexicon import rules

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.claims.attachment import Places
    from claimex.claims.troop_count.lexicon import Relation
    from claimex.claims.troop_count.phrases import Force
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.selection import Count
    from claimex.claims.troop_count.values import Activity

MAX_AHEAD = 10
BREAKS = (",", ";", ":", ".", "that", "who", "which", "-", "--")
LEVEL_KEEPS = ("deployed", "present")


def inherited(count: Count, own: Reading | None, before: Reading | None) -> Reading | None:
    """What an understood count takes over: a level is of troops in place, '30 more' shares the earlier verb."""
    event = next((f.word for f in count.frames if f.main and f.word.pos_ in ("VERB", "AUX")), count.head)
    if count.how == "level":
        step = _increment(count)
        if step is not None:
            return Reading(step, event, "troop.level.step")
        kept = before.activity if before is not None and before.activity in LEVEL_KEEPS else "deployed"
        return Reading(kept, event, "troop.level.reached")
    if own is None and before is not None and count.how == "ellipsis":
        return Reading(before.activity, event, "troop.ellipsis.shared")
    return own


def next_verb(scene: Scene, count: Count) -> Reading | None:
    """The first verb behind a count that the parser lost ('In the deal hundreds of rebels and their families left')."""
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


def from_place(scene: Scene, count: Count, where: Places, force: Force) -> Reading:
    """Deployed in somebody else's country or for a mission, present at home or anywhere unsaid."""
    event = next((f.word for f in count.frames if f.main and f.word.pos_ in ("VERB", "AUX")), count.head)
    own = force.entity
    if where.location is not None:
        at_home = own is not None and own.id == where.location.entity.id
        return Reading("present" if at_home else "deployed", event, "troop.deployed.place")
    if own is not None and own.type == "organisation":
        return Reading("deployed", event, "troop.deployed.mission")
    if count.how == "strength" or _exists(event):
        return Reading("present", event, "troop.present.be")
    return Reading("other", event, "troop.other.unsaid")


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
