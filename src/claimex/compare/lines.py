"""Relations as readers take them in: those of one kind for one reason are one line, what matters most first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from claimex.compare.figures import Agreement
from claimex.compare.model import Relation
from claimex.compare.relations import Kind

ORDER: tuple[Kind, ...] = ("contradicts", "undated", "update", "same", "compatible", "different_scope")
"""Kinds of relations, what a reader has to know first."""
assert set(ORDER) == set(get_args(Kind))
WORDS = {"different_scope": "other scope"}
"""Kinds whose name is no word."""

NOTES = 4
"""More notes than this on one line nobody reads."""
AGREEMENT: dict[Agreement, str] = {
    "same": "of them say the same number",
    "compatible": "can be one number",
    "incompatible": "cannot",
    "unknown": "have words without a number",
}


@dataclass(frozen=True, slots=True)
class RelationLine:
    """Pairs of rows that stand to each other in one way for one reason."""

    kind: Kind
    pairs: tuple[tuple[int, int], ...]
    reason: str

    @property
    def words(self) -> str:
        """The kind in words."""
        return WORDS.get(self.kind, self.kind)


def relation_lines(relations: Iterable[Relation]) -> tuple[RelationLine, ...]:
    """A line for each kind and main reason; what else is to be said of some of its pairs stands behind it."""
    groups: dict[tuple[Kind, str, bool], list[Relation]] = defaultdict(list)
    for relation in sorted(relations, key=lambda one: (ORDER.index(one.kind), one.left, one.right)):
        groups[relation.kind, relation.reason.partition("; ")[0], relation.tentative].append(relation)
    return tuple(
        RelationLine(kind, tuple((one.left, one.right) for one in found), "; ".join((main, *_notes(found))))
        for (kind, main, _), found in groups.items()
    )


def _notes(found: Sequence[Relation]) -> Iterator[str]:
    """What is to be said of some of the pairs, each once; where that is too much how many agree in number."""
    notes = dict.fromkeys(note for one in found for note in one.reason.split("; ")[1:])
    if len(notes) <= NOTES:
        yield from notes
    else:
        counts = Counter(one.numbers for one in found)
        yield ", ".join(f"{counts[kind]} {words}" for kind, words in AGREEMENT.items() if counts[kind])
    if found[0].tentative:
        yield "one is only said to be possible"
