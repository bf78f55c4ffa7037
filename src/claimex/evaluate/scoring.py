"""Claims paired with gold claims, and the figures that come of it.

A claim can match a gold claim of its kind when their evidence overlaps, a treaty event also when it has the same
stage and its treaty mention overlaps gold's in the same sentence. Pairs are one to one, those that agree in the core
first. A match with an optional gold claim counts for nothing, and missing one neither. P, R and F1 are detection;
for core F1 a pair must agree in quantity or stage, for full F1 in all graded fields.

Gold need not say every field: what it does not say is not graded, and core and full F1 are not known where some of it
is missing. In a review ('partial') only claims that were decided on count, and one in the place of a 'rejected' one is
wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from claimex.evaluate.agreement import MEASURES, Measure, Record, overlap


@dataclass(slots=True)
class Score:
    """Counts of one kind; grows with each article."""

    measure: Measure
    found: int = 0
    missed: int = 0
    wrong: int = 0
    core: int = 0
    full: int = 0
    agreed: Counter[str] = field(default_factory=Counter)
    graded: Counter[str] = field(default_factory=Counter)
    """How many found claims gold says each field of."""
    unsaid: set[str] = field(default_factory=set)
    """Fields that gold does not say of every claim."""

    @property
    def gold(self) -> int:
        """Gold claims that count."""
        return self.found + self.missed

    @property
    def predicted(self) -> int:
        """Claims that count."""
        return self.found + self.wrong

    def figures(self) -> dict[str, float | None]:
        """All figures by name, rounded to three places; 0 where there is nothing to divide by, None where not known."""
        both = self.gold + self.predicted
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "P": _share(self.found, self.predicted),
            "R": _share(self.found, self.gold),
            "F1": _share(2 * self.found, both),
            "core_F1": None if self.measure.core in self.unsaid else _share(2 * self.core, both),
            "full_F1": None if self.unsaid.intersection(self.measure.full) else _share(2 * self.full, both),
            **{name: _share(self.agreed[name], count) for name, count in self.graded.items()},
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
            agree = measure.agrees_in_core(wanted, claim)
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
    """Scores by kind over gold articles and the claims from their texts or files of their names; every difference."""
    by_article = _ByArticle(claims)
    scores = {kind: Score(measure) for kind, measure in MEASURES.items()}
    differences: list[Difference] = []
    for article in gold:
        of_article = by_article.claims_of(article)
        for kind in MEASURES:
            wanted = [claim for claim in article["claims"] if claim["kind"] == kind]
            found = [claim for claim in of_article if claim["kind"] == kind]
            differences += _grade(article, kind, wanted, found, scores[kind])
    return scores, differences


class _ByArticle:
    """Claims by the text they were made from, and by the name of its file."""

    def __init__(self, claims: Iterable[Record]) -> None:
        self.by_text: dict[str, dict[tuple[str, str], list[Record]]] = defaultdict(lambda: defaultdict(list))
        self.by_name: dict[str, list[Record]] = defaultdict(list)
        for claim in claims:
            article = claim["article"]
            name = PurePath(article["path"]).name
            self.by_text[article.get("sha256", "")][name, article.get("id", "")].append(claim)
            self.by_name[name].append(claim)

    def claims_of(self, gold: Record) -> list[Record]:
        """Those from the text that gold annotates, of one copy; else those from whatever the file of its name holds."""
        copies = self.by_text.get(gold.get("sha256", ""), {})
        named = [claims for names, claims in copies.items() if gold["doc"] in names]
        return next(iter(named or copies.values()), self.by_name.get(gold["doc"], []))


def _grade(
    article: Record, kind: str, gold: Sequence[Record], claims: Sequence[Record], total: Score
) -> Iterable[Difference]:
    doc, measure = article["doc"], total.measure
    pairs = match(gold, claims, measure)
    wrong = [] if article.get("partial") else [j for j in range(len(claims)) if j not in pairs.values()]
    for i, wanted in enumerate(gold):
        if wanted["optional"]:
            continue
        if wanted.get("rejected"):
            wrong += [pairs[i]] if i in pairs else []
            continue
        total.unsaid.update(name for name in measure.fields if name not in wanted)
        if i not in pairs:
            total.missed += 1
            yield Difference("missed", doc, kind, wanted["text"], wanted["sentence"])
            continue
        claim = claims[pairs[i]]
        agreed = measure.agrees(wanted, claim)
        total.found += 1
        total.core += measure.agrees_in_core(wanted, claim)
        total.full += all(agreed.get(name, False) for name in measure.full)
        total.graded.update(agreed.keys())
        total.agreed.update({name: int(ok) for name, ok in agreed.items()})
        for name, ok in agreed.items():
            if not ok:
                said = claim.get("attribution" if name == "source" else name)
                yield Difference(
                    "field", doc, kind, wanted["text"], f"{name}: gold {wanted.get(name)!r}, claim {said!r}"
                )
    total.wrong += len(wrong)
    for j in sorted(wrong):
        evidence = claims[j]["evidence"]
        yield Difference("wrong", doc, kind, evidence["quote"], evidence["sentence"]["text"])
