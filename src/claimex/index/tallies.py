"""How many claims and articles there are by value, from the lists of an index."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import Any

from claimex.claim_line import ArticleName, Reference
from claimex.counts import NONE, Count, Key, key_of
from claimex.dimensions import WITH_NONE, Value
from claimex.index.layout import FACETS
from claimex.index.line_lists import NUMBER
from claimex.query import MANY


def _plain(value: str) -> Value:
    return value, None


def _entity(reference: Reference) -> Value:
    return (reference.name if reference.id else ""), reference.id


def _article(article: ArticleName) -> Value:
    return article.id, None


COUNTED: dict[str, tuple[str, Callable[[Any], Value]]] = {
    **{facet: (facet, _plain) for facet in FACETS},
    "entity": (MANY, _entity),
    "article": ("article", _article),
    "source": ("source", _plain),
    "month": ("month", _plain),
}
"""Dimensions that an index can count by: the part that they are listed under, and what its values count as."""


def counted(
    dimension: str, lists: Iterable[tuple[Any, array[int]]], article_of: Sequence[int], kept: bytearray | None = None
) -> Iterator[Count]:
    """Counts by value; only of the lines that are marked in `kept`, where that is given."""
    read = COUNTED[dimension][1]
    groups: dict[Key, tuple[Value, list[Sequence[int]]]] = {}
    for value, listed in lists:
        lines = listed if kept is None else array(NUMBER, compress(listed, map(kept.__getitem__, listed)))
        label = read(value)
        if not label[0] and dimension in WITH_NONE:
            label = (NONE, None)
        if lines and label[0]:
            known, all_lines = groups.setdefault(key_of(label), (label, []))
            all_lines.append(lines)
            groups[key_of(label)] = (min(known, label), all_lines)
    for label, all_lines in groups.values():
        numbers = all_lines[0] if len(all_lines) == 1 else set().union(*all_lines)
        yield Count(label, len(numbers), len(set(map(article_of.__getitem__, numbers))))


def articles_counted(
    articles: Iterable[ArticleName], article_of: Sequence[int], lines: Iterable[int]
) -> Iterator[Count]:
    """Counts of some lines by article; there are too many articles to go through the list of each."""
    claims = Counter(map(article_of.__getitem__, lines))
    ids = dict.fromkeys(article.id for article in articles)
    return (Count((name, None), claims[number], 1) for number, name in enumerate(ids, 1) if name and number in claims)
