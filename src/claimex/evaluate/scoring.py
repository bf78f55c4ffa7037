"""Claims paired with gold claims, and the figures that come of it.

A claim can match a gold claim of its kind when their evidence overlaps, a treaty event also when it has the same
stage and its treaty mention overlaps gold's in the same sentence. Pairs are one to one, those that agree in the core
first. A match with an optional gold claim counts for nothing, and missing one neither. P, R and F1 are detection;
for core F1 a pair must agree in quantity or stage, for full F1 in all graded fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from claimex.evaluate.agreement import MEASURES, Measure, Record, overlap


@dataclass(slots=True)
class Score:
    """Counts of one kind; grows with each article."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    core: int = 0
    full: int = 0
    agreed: Counter[str] = field(default_factory=Counter)

    @property
    def gold(self) -> int:
        """Gold claims that count."""
        return self.found + self.missed

    @property
    def predicted(self) -> int:
        """Claims that count."""
        return self.found + self.wrong

    def figures(self) -> dict[str, float]:
        """All figures by name, rounded to three places; 0 where there is nothing to divide by."""
        both = self.gold + self.predicted
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "P": _share(self.found, self.predicted),
            "R": _share(self.found, self.gold),
            "F1": _share(2 * self.found, both),
            "core_F1": _share(2 * self.core, both),
            "full_F1": _share(2 * self.full, both),
            **{name: _share(count, self.found) for name, count in self.agreed.items()},
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that gold and the claims do not agree on: 'missed', 'wrong' or 'field'."""

    sort: str
    doc: str
    kind: str
    words: str
    detail: str


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def match(gold: Sequence[Record], claims: Sequence[Record], measure: Measure) -> dict[int, int]:
    """Index of a gold claim to that of the claim it is paired with, one to one.

    Pairs that agree in the core come first, then required gold before optional, then the larger overlap, then text
    order.
    """
    candidates = []
    for i, wanted in enumerate(gold):
        for j, claim in enumerate(claims):
            evidence = claim["evidence"]
            agree = measure.core(wanted, claim)
            shared: float = overlap(wanted["start"], wanted["end"], evidence["start"], evidence["end"])
            if shared <= 0 and agree:
                shared = measure.near(wanted, claim)
            if shared > 0:
                candidates.append((agree, not wanted["optional"], shared, -i, -j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates, reverse=True):
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs


def score(gold: Iterable[Record], claims: Iterable[Record]) -> tuple[dict[str, Score], list[Difference]]:
    """Scores by kind over gold articles and the claims from files of their names, and every difference."""
    by_doc: dict[str, list[Record]] = {}
    for claim in claims:
        by_doc.setdefault(PurePath(claim["article"]["path"]).name, []).append(claim)
    scores = {kind: Score() for kind in MEASURES}
    differences: list[Difference] = []
    for article in gold:
        for kind, measure in MEASURES.items():
            wanted = [claim for claim in article["claims"] if claim["kind"] == kind]
            found = [claim for claim in by_doc.get(article["doc"], ()) if claim["kind"] == kind]
            differences += _grade(article["doc"], kind, measure, wanted, found, scores[kind])
    return scores, differences


def _grade(
    doc: str, kind: str, measure: Measure, gold: Sequence[Record], claims: Sequence[Record], total: Score
) -> Iterable[Difference]:
    pairs = match(gold, claims, measure)
    for i, wanted in enumerate(gold):
        if wanted["optional"]:
            continue
        if i not in pairs:
            total.missed += 1
            yield Difference("missed", doc, kind, wanted["text"], wanted["sentence"])
            continue
        claim = claims[pairs[i]]
        agreed = {name: agree(wanted, claim) for name, agree in measure.fields.items()}
        total.found += 1
        total.core += measure.core(wanted, claim)
        total.full += all(ok for name, ok in agreed.items() if name not in measure.extra)
        total.agreed.update({name: int(ok) for name, ok in agreed.items()})
        for name, ok in agreed.items():
            if not ok:
                said = claim.get("attribution" if name == "source" else name)
                yield Difference(
                    "field", doc, kind, wanted["text"], f"{name}: gold {wanted.get(name)!r}, claim {said!r}"
                )
    for j, claim in enumerate(claims):
        if j not in pairs.values():
            total.wrong += 1
            yield Difference("wrong", doc, kind, claim["evidence"]["quote"], claim["evidence"]["sentence"]["text"])
