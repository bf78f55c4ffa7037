"""Decisions of a review as gold: what `claimex review` writes, one a line, in a file that only grows.

A claim's last decision holds. A review knows of the claims that were shown and of those that were missed beside them; a
claim elsewhere in the article is neither right nor wrong by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, Literal

import msgspec

from claimex.evaluate.fields import gold_claim
from claimex.wording import Claim

Verdict = Literal["right", "wrong", "corrected", "missed", "taken_back"]
Key = tuple[str, str]
"""The text's hash and the claim's id."""


class ReviewedArticle(msgspec.Struct, frozen=True):
    """The article of a decision."""

    id: str
    path: str
    sha256: str
    published: str | None = None


class _Decided(msgspec.Struct):
    """What every decision's claim has."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    sentence: str
    optional: bool


class Decision(msgspec.Struct, frozen=True):
    """What somebody decided about one claim."""

    decision: Verdict
    article: ReviewedArticle
    claim: dict[str, Any]
    """The claim as gold has it: as it should be, a wrong one as it was."""
    corrected: list[str] = []
    """Fields that were wrong."""

    @property
    def key(self) -> Key:
        """Which claim it is about."""
        return self.article.sha256, self.claim["id"]


def decision_on(claim: Claim, verdict: Verdict, **corrected: Any) -> Decision:
    """A decision on a claim, with the right values of the fields that were wrong."""
    article = claim["article"]
    about = ReviewedArticle(article["id"], article["path"], article["sha256"], article.get("published"))
    return Decision(verdict, about, {**gold_claim(claim), **corrected}, list(corrected))


def read_decision(line: bytes) -> Decision:
    """The decision on a line. Raises msgspec's errors where it is none."""
    decision = msgspec.json.decode(line, type=Decision)
    msgspec.convert(decision.claim, _Decided)
    return decision


def standing(decisions: Iterable[Decision]) -> dict[Key, Decision]:
    """The decision that holds for each claim: its last, unless that was taken back."""
    last = {decision.key: decision for decision in decisions}
    return {key: decision for key, decision in last.items() if decision.decision != "taken_back"}


def reviewed(decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """A gold article for each that has a decision: its claims, and what is wrong as 'rejected'."""
    articles: dict[str, dict[str, Any]] = {}
    for decision in standing(decisions).values():
        about = decision.article
        article = articles.setdefault(
            about.sha256,
            {
                "doc": PurePath(about.path).name or about.id,
                "article": about.id,
                "path": about.path,
                "sha256": about.sha256,
                "published": about.published,
                "partial": True,
                "claims": [],
            },
        )
        article["claims"].append({**decision.claim, "rejected": decision.decision == "wrong"})
    for article in articles.values():
        article["claims"].sort(key=lambda claim: (claim["start"], claim["end"]))
        yield article
