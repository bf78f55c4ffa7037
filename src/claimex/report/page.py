"""Everything that the page shows, as plain data for its template."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claimex.compare.build import COMPARED, compare
from claimex.compare.lines import RelationLine, relation_lines
from claimex.compare.model import Comparison, Topic
from claimex.compare.texts import Texts, article_key, read_texts
from claimex.report.articles import ArticleView, Placed, articles
from claimex.report.cards import Card
from claimex.report.figures import rows
from claimex.wording import Claim

RELATION_LINES = 200
"""Lines of relations on the page for a topic: with more the file grows and nobody reads on."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source and how much goes back to it."""

    name: str
    type: str
    claims: int
    articles: int
    shared: bool
    """Whether independent articles lean on it: one witness."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic with its relations as a reader takes them in, and its chart."""

    topic: Topic
    relations: tuple[RelationLine, ...]
    chart: dict[str, Any] | None
    left_out: int = 0
    """Relations that are not on the page, where there are too many to read."""


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    title: str
    comparison: Comparison
    articles: tuple[ArticleView, ...]
    topics: tuple[TopicView, ...]
    sources: tuple[SourceView, ...]
    kinds: tuple[tuple[str, int], ...]
    index: dict[str, Any]
    """What filters ask: for each claim its kind, factuality, source, entities and sentence."""
    cards: Mapping[tuple[str, str], Card]
    """The card of a claim by its article and id."""
    first: str
    """Date of the first dated article; empty where none is."""
    last: str

    @property
    def size(self) -> int:
        """How many claims there are."""
        return len(self.index["claims"])


def page(claims: Iterable[Claim], *, title: str, folder: Path | None = None, activities: Collection[str] = ()) -> Page:
    """The page of these claims, the same whatever order they come in.

    Texts are read from `folder`, where they are kept there, and from the paths in the claims, as far as they still are
    what they were. Where there are `activities`, claims are set against each other by what they say of those.
    """
    distinct = {(article_key(claim), claim["id"]): claim for claim in claims}
    chosen = [distinct[key] for key in sorted(distinct)]
    texts = read_texts(chosen, folder)
    comparison = compare(chosen, _of_compared(texts, chosen), activities=activities)
    copies = {copy: origin.article for origin in comparison.origins for copy in origin.copies}
    views, placed = articles(chosen, texts, copies)
    cards = {(one.claim["article"]["id"], one.claim["id"]): one.card for one in placed}
    numbers = {key: card.number for key, card in cards.items()}
    dates = sorted({str(one.claim["article"]["published"]) for one in placed if one.claim["article"].get("published")})
    return Page(
        title=title,
        comparison=replace_texts(comparison, views),
        articles=views,
        topics=tuple(_topic(topic, numbers) for topic in comparison.topics),
        sources=_sources(placed, {shared.source for shared in comparison.shared_sources}),
        kinds=tuple(sorted(Counter(claim["kind"] for claim in chosen).items())),
        index=_index(placed),
        cards=cards,
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
    )


def _topic(topic: Topic, numbers: Mapping[tuple[str, str], int]) -> TopicView:
    lines = relation_lines(topic.relations)
    left_out = sum(len(line.pairs) for line in lines[RELATION_LINES:])
    return TopicView(topic, lines[:RELATION_LINES], rows(topic, numbers), left_out)


def replace_texts(comparison: Comparison, views: Sequence[ArticleView]) -> Comparison:
    """The comparison with the articles that are gone or changed among all of the page, not only the compared ones."""
    states = {state: tuple(view.id for view in views if view.state == state) for state in ("gone", "changed")}
    return comparison.model_copy(update=states)


def _of_compared(texts: Texts, claims: Iterable[Claim]) -> Texts:
    """The texts that have claims which are compared."""
    keys = {article_key(claim) for claim in claims if claim["kind"] in COMPARED}
    return replace(
        texts,
        pieces={key: pieces for key, pieces in texts.pieces.items() if key in keys},
        gone=tuple(key for key in texts.gone if key in keys),
        changed=tuple(key for key in texts.changed if key in keys),
    )


def _sources(placed: Iterable[Placed], shared: set[str]) -> tuple[SourceView, ...]:
    """Who is quoted, with most claims first."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[str, set[str]] = defaultdict(set)
    for one in placed:
        attribution = one.claim["attribution"]
        if attribution:
            types[attribution["source"]][attribution.get("type") or "unnamed"] += 1
            where[attribution["source"]].add(one.claim["article"]["id"])
    return tuple(
        SourceView(name, found.most_common(1)[0][0], found.total(), len(where[name]), name in shared)
        for name, found in sorted(types.items(), key=lambda item: (-item[1].total(), item[0]))
    )


def _index(placed: Iterable[Placed]) -> dict[str, Any]:
    """Claims for filters, by their numbers; values stand once and claims have their places in the lists."""
    lists: dict[str, dict[str, int]] = {name: {} for name in ("kind", "factuality", "source", "entity", "text")}

    def place(of: str, value: str) -> int:
        return lists[of].setdefault(value, len(lists[of]))

    claims = []
    for one in placed:
        claim, card = one.claim, one.card
        names = {ref["name"] for ref in claim["entities"]}
        words = " ".join((card.headline, *card.facts)) if card.kind != "entity" else card.headline
        claims.append(
            [
                card.anchor,
                card.words,
                place("kind", claim["kind"]),
                place("factuality", claim["factuality"]),
                place("source", card.source) if card.source else -1,
                [place("entity", name) for name in sorted(names)],
                place("text", claim["evidence"]["sentence"]["text"]),
                words,
            ]
        )
    return {"claims": claims, **{name: list(values) for name, values in lists.items()}}
