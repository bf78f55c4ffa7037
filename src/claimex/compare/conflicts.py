"""Claims about one agreement that do not fit each other: ratified, says one; to be ratified, says the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from claimex.compare.counts import PRESENT
from claimex.compare.model import Conflict, ConflictKind
from claimex.compare.periods import Period, order, period_of
from claimex.compare.rules import rules
from claimex.compare.texts import article_key
from claimex.wording import Claim

AWAITED = frozenset({"planned", "predicted"})
"""What says that a stage is still to come; what is possible or on a condition may have come too."""


def conflicts(claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """The disputed stages of one agreement, in the order of its life; each once."""
    done: dict[str, list[Claim]] = defaultdict(list)
    not_done: dict[str, list[Claim]] = defaultdict(list)
    once = {stage.name for stage in rules().stages if stage.once}
    for claim in claims:
        stage, factuality = claim["stage"], claim["factuality"]
        if factuality in PRESENT:
            done[stage].append(claim)
        elif factuality == "negated" or (factuality in AWAITED and stage in once):
            not_done[stage].append(claim)
    found = []
    for rule in rules().stages:
        if rule.disputed and done[rule.name] and not_done[rule.name]:
            found.append(_conflict(rule.name, rule.name, done[rule.name], not_done[rule.name]))
        for earlier in rule.implies:
            if done[rule.name] and not_done[earlier] and not done[earlier]:
                found.append(_conflict(earlier, rule.name, done[rule.name], not_done[earlier]))
    return tuple(found)


def _conflict(stage: str, reached: str, done: Sequence[Claim], not_done: Sequence[Claim]) -> Conflict:
    both = sorted({article_key(c) for c in done} & {article_key(c) for c in not_done})
    kind, why = _settled(done, not_done)
    names = sorted({c["article"]["id"] for c in done if article_key(c) in both})
    if both:
        kind, why = "contradicts", f"{', '.join(names)} says both" if len(names) == 1 else "articles say both"
    words = stage.replace("_", " ")
    way = sorted({_way(claim) for claim in not_done})
    said = f"{reached.replace('_', ' ')}, so {words}" if reached != stage else words
    return Conflict(
        kind=kind,
        stage=stage,
        done=tuple(claim["id"] for claim in done),
        not_done=tuple(claim["id"] for claim in not_done),
        articles=tuple(names),
        reason=f"{said} by some, {' and '.join(way)} by others; {why}",
    )


def _way(claim: Claim) -> str:
    return "denied" if claim["factuality"] == "negated" else "still to come"


def _settled(done: Sequence[Claim], not_done: Sequence[Claim]) -> tuple[ConflictKind, str]:
    """Whether dates tell that the stage came after all talk of its coming."""
    reached, awaited = {_known_at(claim) for claim in done}, {_known_at(claim) for claim in not_done}
    orders = {order(late, early) for late in reached for early in awaited}
    if orders == {"after"}:
        return "update", "the later date settles it"
    if "same" in orders or orders == {"before"}:
        when = "at one time" if "same" in orders else "after it had been done"
        return "contradicts", f"both are said {when}" if "same" in orders else f"it is awaited {when}"
    return "undated", "the difference may be one of time"


def _known_at(claim: Claim) -> Period | None:
    """The day on which the claim was made. What it says of the date of a stage to come is no date of the saying."""
    return period_of(None, claim["article"].get("published"))
