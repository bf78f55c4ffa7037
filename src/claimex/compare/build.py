"""Claims to a `Comparison`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from claimex.compare.model import Comparison, Origin, SharedSource
from claimex.compare.origins import find_origins
from claimex.compare.questions import topics
from claimex.compare.rules import rules
from claimex.compare.texts import Texts, article_id, article_key, read_texts
from claimex.compare.treaties import treaties
from claimex.compare.witnesses import Witnesses, find_witnesses, named_source
from claimex.wording import Claim

COMPARED = ("troop_count", "treaty_event")


def compare(
    claims: Iterable[Claim],
    texts: Texts | None = None,
    *,
    folder: Path | None = None,
    activities: Collection[str] = (),
) -> Comparison:
    """Everything that a comparison of claims tells; the same whatever order they come in.

    Claims are plain dicts as they are stored. `texts` are the articles to look for copies in; without them they are
    read from `folder`, where they are kept there, and from the paths in the claims. Claims of other kinds count for
    nothing. Where there are `activities`, claims are set against each other by what they say of those.
    """
    chosen = _distinct(claim for claim in claims if claim["kind"] in COMPARED)
    known = read_texts(chosen, folder) if texts is None else texts
    origins = find_origins(known.pieces, chosen)
    witnesses = find_witnesses(chosen, origins)
    return Comparison(
        tolerance=rules().tolerance,
        claims=len(chosen),
        articles=len(known.pieces),
        independent=len(set(origins.by_article.values())),
        origins=tuple(
            Origin(article=article_id(first), copies=tuple(map(article_id, rest)))
            for first, *rest in origins.clusters()
        ),
        shared_sources=_shared_sources(chosen, witnesses),
        gone=tuple(map(article_id, known.gone)),
        changed=tuple(map(article_id, known.changed)),
        topics=topics((claim for claim in chosen if claim["kind"] == "troop_count"), witnesses, activities),
        treaties=treaties((claim for claim in chosen if claim["kind"] == "treaty_event"), witnesses),
    )


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Each claim of each article once, in an order of their own."""
    found = {(article_key(claim), claim["id"]): claim for claim in claims}
    return [found[key] for key in sorted(found)]


def _shared_sources(claims: Sequence[Claim], witnesses: Witnesses) -> tuple[SharedSource, ...]:
    """Named sources of articles that are no copies of each other."""
    names: dict[str, str] = {}
    articles: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in claims:
        source = named_source(claim)
        if source:
            key = witnesses.of(claim)
            names[key] = max(names.get(key, source), source, key=lambda name: (len(name), name))
            articles[key][claim["article"]["id"]] = witnesses.origins.of(claim)
    shared = [key for key, found in articles.items() if len(set(found.values())) > 1]
    return tuple(
        SharedSource(source=names[key], articles=tuple(sorted(articles[key])))
        for key in sorted(shared, key=lambda key: names[key])
    )
