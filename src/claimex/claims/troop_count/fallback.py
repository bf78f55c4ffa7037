"""Activities that no word names: by the place ('the 38,000 troops in the Gulf'), the antecedent, or the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.claims.attachment import Places
    from claimex.claims.troop_count.force import Force
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.selection import Count

LEVEL_KEEPS = ("deployed", "present", "training")


def inherited(count: Count, own: Reading | None, before: Reading | None) -> Reading | None:
    """What an understood count takes over: a level is of troops in place, '30 more' shares the earlier verb."""
    event = next((f.word for f in count.frames if f.main), count.head)
    if count.how == "level":
        kept = before.activity if before is not None and before.activity in LEVEL_KEEPS else "deployed"
        return Reading(kept, event, "troop.level.reached")
    if own is None and before is not None and count.how == "ellipsis":
        return Reading(before.activity, event, "troop.ellipsis.shared")
    return own


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
