"""Why a quantity counts troops, or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.anaphora import coreferent_counts
from claimex.claims.troop_count.count import How, Passed
from claimex.claims.troop_count.scene import Scene
from claimex.claims.troop_count.selection import counts
from claimex.claims.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

MADE: dict[How, str] = {
    "noun": "its noun names fighters",
    "nationality": "people named by their country, where a battle is told of",
    "context": "its noun can name civilians, but the words around it make them military",
    "part": "a nationality counted inside an earlier count",
    "strength": "the strength of a military body",
    "ellipsis": "the noun is understood from what was counted or moved before",
    "level": "a level that rises or falls to it",
    "coreferent": "the words point back to an earlier count",
}
PASSED: dict[Passed, str] = {
    "measure": "money, a share or a measure counts no heads",
    "unit": "{unit!r} is no noun that troops are counted by",
    "nothing_before": "it has no noun of its own, and nothing before it is counted or moved that it could go on with",
    "body": "it is the strength of a whole that is not military",
    "excluded": "what follows or precedes {unit!r} makes them other than soldiers: former ones, families, jets, toys",
    "aircraft": "these fighters are aircraft",
    "somebody": "one person that the text tells of, to whom nothing of war happens: no count",
    "novice": "cadets and recruits next to police or civilians are no soldiers",
    "nationality": "people named by their country, and no battle is told of around them",
    "context": "{unit!r} can be civilians, and nothing around them says that they fight",
    "sports": "the text is about a match: its troops and fighters are players",
}


def explain(doc: Doc) -> Iterator[Verdict]:
    """A verdict on every quantity of an annotated Doc, and on every phrase that points back to a count."""
    if not doc.has_annotation("DEP"):
        return
    scene = Scene.of(doc)
    found = list(counts(scene))
    sports = scene.is_sports_page()
    for count in (*found, *coreferent_counts(scene, found)):
        if sports:
            yield Verdict(count.span, False, "sports", PASSED["sports"])
        else:
            yield Verdict(count.span, True, count.how, MADE[count.how])
    made = {count.quantity.span.start for count in found}
    for quantity in doc._.quantities:
        code = scene.passed.get(quantity.span.start)
        if code is not None and quantity.span.start not in made:
            yield Verdict(quantity.span, False, code, PASSED[code].format(unit=quantity.unit or quantity.text))
