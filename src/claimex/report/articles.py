"""The articles on the page: their text with marks, or the quotes of their claims where the text cannot be had."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from claimex.compare.texts import Texts, article_key
from claimex.report.cards import Card, card, spans
from claimex.report.figures import short
from claimex.report.highlight import paragraphs
from claimex.wording import Claim

State = Literal["here", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article on the page."""

    anchor: str
    id: str
    title: str
    published: str
    opening: str
    """Its first words, where it has no title; empty where the text cannot be shown."""
    about: tuple[str, ...]
    """Publisher, date, address, path: what is known of it."""
    state: State
    html: str
    """The text as marked paragraphs; empty where it is gone or has changed."""
    cards: tuple[Card, ...]
    entities: tuple[Card, ...]
    counts: tuple[tuple[str, int], ...]
    """How many claims of each kind."""
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim and its card."""

    claim: Claim
    card: Card


def articles(
    claims: Iterable[Claim], texts: Texts, copies: dict[str, str]
) -> tuple[tuple[ArticleView, ...], tuple[Placed, ...]]:
    """Every article, by date and id, and every claim with its card, numbered in the order of the page."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[article_key(claim)].append(claim)
    taken: Counter[str] = Counter()
    views: list[ArticleView] = []
    placed: list[Placed] = []
    for key in sorted(by_article, key=lambda key: (by_article[key][0]["article"].get("published") or "", key)):
        found = sorted(by_article[key], key=lambda claim: (claim["evidence"]["start"], claim["id"]))
        text = texts.pieces[key][0] if key not in texts.gone and key not in texts.changed else None
        made = [_placed(claim, len(placed) + n, taken, text) for n, claim in enumerate(found)]
        placed += made
        state: State = "gone" if key in texts.gone else "changed" if key in texts.changed else "here"
        views.append(_view(f"a-{len(views)}", state, made, text, copies))
    return tuple(views), tuple(placed)


def _placed(claim: Claim, number: int, taken: Counter[str], text: str | None) -> Placed:
    """A claim with its card; claims of two copies of a text share their id, so the second gets a number."""
    taken[claim["id"]] += 1
    again = taken[claim["id"]]
    anchor = claim["id"] if again == 1 else f"{claim['id']}-{again}"
    evidence = claim["evidence"]
    in_text = text is not None and evidence["quote"] != "" and _quoted(text, claim) == evidence["quote"]
    return Placed(claim, card(claim, number, anchor, in_text=in_text))


def _quoted(text: str, claim: Claim) -> str:
    return text[claim["evidence"]["start"] : claim["evidence"]["end"]]


def _view(anchor: str, state: State, placed: Sequence[Placed], text: str | None, copies: dict[str, str]) -> ArticleView:
    article = placed[0].claim["article"]
    counts = Counter(one.claim["kind"] for one in placed)
    marked = [] if text is None else [s for one in placed if one.card.words for s in spans(one.claim, one.card, text)]
    known = ("publisher", "published", "url", "path")
    return ArticleView(
        anchor=anchor,
        id=article["id"],
        title=article.get("title") or article["id"],
        published=article.get("published") or "",
        opening="" if text is None or article.get("title") else short(text.strip()[:200].partition("\n")[0]),
        about=tuple(str(article[name]) for name in known if article.get(name)),
        state=state,
        html="" if text is None else paragraphs(text, marked),
        cards=tuple(one.card for one in placed if one.card.kind != "entity"),
        entities=tuple(
            sorted(
                (one.card for one in placed if one.card.kind == "entity"),
                key=lambda card: (-card.mentions, card.headline),
            )
        ),
        counts=tuple(sorted(counts.items())),
        copy_of=copies.get(article["id"], ""),
    )
