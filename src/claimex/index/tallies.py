"""How many claims and articles there are by value, from the lists of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from claimex.claim_line import ArticleName, Reference
from claimex.counts import NONE, Count, Key, key_of
from claimex.dimensions import WITH_NONE, Value
from claimex.index.layout import FACETS
from claimex.query import MANY

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    dimension: str,
    lists: Iterable[tuple[Any, NDArray[Any]]],
    article_of: NDArray[Any],
    kept: NDArray[Any] | None = None,
) -> Iterator[Count]:
    """Counts by value, from the lines of each; only of the lines that are marked in `kept`, where that is given."""
    import numpy

    read = COUNTED[dimension][1]
    labels: list[Value] = []
    listed: list[NDArray[Any]] = []
    for value, numbers in lists:
        label = read(value)
        if not label[0] and dimension in WITH_NONE:
            label = (NONE, None)
        if label[0]:
            labels.append(label)
            listed.append(numbers)
    if not labels:
        return
    lines = numpy.concatenate(listed).astype(numpy.int64)
    owners = numpy.repeat(numpy.arange(len(listed)), [len(numbers) for numbers in listed])
    if kept is not None:
        chosen = kept[lines]
        lines, owners = lines[chosen], owners[chosen]
    groups: dict[Key, int] = {}
    names: list[Value] = []
    group_of = numpy.zeros(len(labels), numpy.int64)
    for owner in numpy.flatnonzero(numpy.bincount(owners)).tolist():
        group = groups.setdefault(key_of(labels[owner]), len(groups))
        if group == len(names):
            names.append(labels[owner])
        names[group] = min(names[group], labels[owner])
        group_of[owner] = group
    claims = _different(group_of[owners], lines)
    articles = _different(group_of[owners], article_of[lines])
    yield from map(Count, names, claims, articles)


def _different(groups: NDArray[Any], values: NDArray[Any]) -> list[int]:
    """How many different values each group has."""
    import numpy

    if not len(values):
        return []
    size = int(values.max()) + 1
    # Sorting is much quicker here than `numpy.unique`, which hashes.
    pairs = numpy.sort(groups * size + values)
    first = numpy.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    counts: list[int] = numpy.bincount(pairs[first] // size).tolist()
    return counts


def articles_counted(articles: Iterable[ArticleName], article_of: NDArray[Any], kept: NDArray[Any]) -> Iterator[Count]:
    """Counts of some lines by article; there are too many articles to go through the list of each."""
    import numpy

    claims = numpy.bincount(article_of[kept]).tolist()
    ids = dict.fromkeys(article.id for article in articles)
    return (
        Count((name, None), claims[number], 1)
        for number, name in enumerate(ids, 1)
        if name and number < len(claims) and claims[number]
    )
