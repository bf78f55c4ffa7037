"""The losses that an article has told of so far: whose further losses nobody names, they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import CASUALTIES
from claimex.claims.troop_count.scene import sentence_before

if TYPE_CHECKING:
    from claimex.claims.troop_count.activity import Reading
    from claimex.claims.troop_count.count import Count
    from claimex.claims.troop_count.phrases import Force
    from claimex.claims.troop_count.scene import Scene

MIXED = ("troop.other.together", "troop.other.head", "troop.other.disabled")
NEAR = 2
"""Sentences back that count as just told."""


def is_casualty(reading: Reading | None) -> bool:
    """Dead, wounded, captured, missing, or some of these together."""
    return reading is not None and (reading.activity in CASUALTIES or reading.rule in MIXED)


class Losses:
    """Casualties in text order with whose they are."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.told: list[tuple[Count, Force]] = []

    def before(self, count: Count, hostile: str | None, *, near_only: bool = False) -> Force | None:
        """The side whose losses the article told of, if it was one side, or the one of the sentence before."""
        told = [
            (c, f.entity.id, f)
            for c, f in self.told
            if f.entity is not None and f.entity.type == "country" and f.entity.id != hostile
        ]
        if not told:
            return None
        before, _, last = told[-1]
        sentence = count.span.sent.start
        if before.span.start >= sentence:
            # Another noun beside them in one sentence is likely the other side; the same noun is the same side.
            return last if before.unit == count.unit else None
        for _ in range(NEAR):
            sentence = sentence_before(self.scene, sentence)
        near = before.span.start >= sentence
        if near_only:
            return last if near else None
        return last if near or len({identifier for _, identifier, _ in told}) == 1 else None
