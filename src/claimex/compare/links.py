"""The way back from a comparison to its claims, and their times."""

from __future__ import annotations

from claimex.compare.model import Link, When
from claimex.compare.origins import Origins
from claimex.compare.periods import FIRST, LAST, Period
from claimex.compare.texts import article_id, article_key
from claimex.wording import Claim


def link(claim: Claim, origins: Origins) -> Link:
    """A claim by its id, with the article that its own one copies."""
    origin = origins.of(claim)
    return Link(
        claim=claim["id"],
        article=claim["article"]["id"],
        quote=claim["evidence"]["quote"],
        published=claim["article"].get("published"),
        copy_of=article_id(origin) if origin != article_key(claim) else None,
    )


def when(words: str | None, period: Period | None) -> When:
    """The time of what a claim says, in its words, and whether the claim or its article tells it."""
    if period is None:
        return When(text=words)
    return When(
        text=words,
        earliest=period.earliest if period.earliest != FIRST else None,
        latest=period.latest if period.latest != LAST else None,
        known_by="claim" if period.said else "article",
    )
