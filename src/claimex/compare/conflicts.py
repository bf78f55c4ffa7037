"""Claims about one agreement that do not fit each other: ratified, says one; to be ratified, says the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from claimex.compare.counts import PRESENT
from claimex.compare.model import Conflict, ConflictKind
from claimex.compare.periods import Period, order, period_of
from claimex.compare.rules import StageRule, rules
from claimex.compare.texts import article_key
from claimex.wording import Claim, source

AWAITED = frozenset({"planned", "predicted"})
"""What says that a stage is still to come; what is possible or on a condition may have come too."""

BEFORE = re.compile(r"(?:[^\s,;:]+\s+){0,4}$")
AFTER = re.compile(r"\s+[\w'’-]+")
"""So many words of the clause around a claim's own tell which of an article's sentences is meant."""


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
            found.append(_conflict(rule, rule.name, done[rule.name], not_done[rule.name]))
        for earlier in rules().stages:
            if earlier.name in rule.implies and done[rule.name] and not_done[earlier.name] and not done[earlier.name]:
                found.append(_conflict(earlier, rule.name, done[rule.name], not_done[earlier.name]))
    return tuple(found)


def _conflict(stage: StageRule, reached: str, done: Sequence[Claim], not_done: Sequence[Claim]) -> Conflict:
    both = sorted({article_key(c) for c in done} & {article_key(c) for c in not_done})
    types = {claim["treaty"]["type"] for claim in (*done, *not_done)}
    lasting = stage.once and not stage.again and not types & rules().treaties.recurring
    kind, why = _settled(done, not_done, lasting=lasting)
    names = sorted({c["article"]["id"] for c in done if article_key(c) in both})
    if both:
        says = f"{names[0]} says both" if len(names) == 1 else "articles say both"
        settled = lasting or _denied_by_others(done, not_done)
        kind, why = ("contradicts", says) if settled else ("undated", f"{says}, perhaps of two times")
    words = stage.name.replace("_", " ")
    said = f"{reached.replace('_', ' ')}, so {words}" if reached != stage.name else words
    ways = " and ".join(sorted({_way(claim) for claim in not_done}))
    return Conflict(
        kind=kind,
        stage=stage.name,
        done=tuple(claim["id"] for claim in done),
        not_done=tuple(claim["id"] for claim in not_done),
        articles=tuple(names),
        reason=f"{said}: {_quoted(done, both)}; {ways}: {_quoted(not_done, both)}; {why}",
    )


def _quoted(claims: Sequence[Claim], first: Sequence[str]) -> str:
    """The words of one of the claims and who says them, of an article that says both where there is one."""
    one = min(claims, key=lambda c: (article_key(c) not in first, article_key(c), c["evidence"]["start"], c["id"]))
    attribution, article = one["attribution"], one["article"]["id"]
    by = f"{attribution['source']}, {article}" if attribution else article
    more = f" and {len(claims) - 1} more" if len(claims) > 1 else ""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{_phrase(one)}\N{RIGHT DOUBLE QUOTATION MARK} ({by}){more}"


def _phrase(claim: Claim) -> str:
    """The claim's words with some of their clause around them: 'is set to be ratified soon'."""
    evidence = claim["evidence"]
    text, start = evidence["sentence"]["text"], evidence["start"] - evidence["sentence"]["start"]
    end = start + len(evidence["quote"])
    if start < 0 or text[start:end] != evidence["quote"]:
        return str(evidence["quote"])
    before, after = BEFORE.search(text[:start]), AFTER.match(text[end:])
    return " ".join(f"{before[0] if before else ''}{evidence['quote']}{after[0] if after else ''}".split())


def _denied_by_others(done: Sequence[Claim], not_done: Sequence[Claim]) -> bool:
    """Whether somebody denies what somebody else says."""
    voices = {source(claim) for claim in done}
    return any(claim["factuality"] == "negated" and source(claim) not in voices for claim in not_done)


def _way(claim: Claim) -> str:
    return "denied" if claim["factuality"] == "negated" else "still to come"


def _settled(done: Sequence[Claim], not_done: Sequence[Claim], *, lasting: bool) -> tuple[ConflictKind, str]:
    """What the days of the articles make of it: whether the stage came later, or is over, or cannot be both."""
    reached, otherwise = {_known_at(claim) for claim in done}, {_known_at(claim) for claim in not_done}
    orders = {order(late, early) for late in reached for early in otherwise}
    if orders == {"after"}:
        return "update", "the later date settles it"
    if "same" in orders:
        return "contradicts", "both are said at one time"
    if orders == {"before"}:
        return ("contradicts", "what is done stays done") if lasting else ("update", "the later date has the last word")
    return "undated", "the difference may be one of time"


def _known_at(claim: Claim) -> Period | None:
    """The day on which the claim was made. What it says of the date of a stage to come is no date of the saying."""
    return period_of(None, claim["article"].get("published"))
