"""'These soldiers': counts without a number of their own, through the coreference layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.count import Count
from claimex.claims.troop_count.frames import frames
from claimex.claims.troop_count.lexicon import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimex.claims.troop_count.scene import Scene

DEMONSTRATIVES = ("these", "those")


def coreferent_counts(scene: Scene, found: Sequence[Count]) -> Iterator[Count]:
    """Demonstrative phrases that stand for a counted one; nothing where the antecedent has no number."""
    taken = {i for count in found for i in range(count.span.start, count.span.end)}
    for link in scene.doc._.coreferences:
        anaphor, head = link.anaphor, link.anaphor.root
        if scene.words[anaphor.start] not in DEMONSTRATIVES or not scene.is_in(head, rules().heads.inherent):
            continue
        if any(i in taken for i in range(anaphor.start, anaphor.end)) or _is_part(scene, anaphor.start):
            continue
        old = next(
            (c for c in found if c.span.start < link.antecedent.end and link.antecedent.start < c.span.end), None
        )
        if old is not None:
            governing = tuple(frames(scene, anaphor, head))
            yield Count(old.quantity, anaphor, head, scene.word(head), "coreferent", governing, old, coreferent=True)


def _is_part(scene: Scene, start: int) -> bool:
    """Whether only some of them are spoken of: 'many of these soldiers', 'two of those fighters'."""
    if start < 2 or scene.words[start - 1] != "of":
        return False
    return scene.words[start - 2] in rules().heads.part or scene.doc[start - 2].tag_ == "CD"
