"""How many claims and articles there are by value, from the lists of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from claimex.claim_line import ArticleName, Reference
from claimex.counts import NONE, Count, Key, Ranking, key_of
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


class Listed(NamedTuple):
    """The values of a dimension and their lines: `lines[n]` has the value `labels[owners[n]]`."""

    labels: list[Value]
    owners: NDArray[Any]
    lines: NDArray[Any]


def listed(dimension: str, lists: Iterable[tuple[Any, NDArray[Any]]]) -> Listed:
    """Values and their lines, but for values that count as none."""
    import numpy

    read = COUNTED[dimension][1]
    labels: list[Value] = []
    found: list[NDArray[Any]] = [numpy.zeros(0, numpy.int64)]
    for value, numbers in lists:
        label = read(value)
        if not label[0] and dimension in WITH_NONE:
            label = (NONE, None)
        if label[0]:
            labels.append(label)
            found.append(numbers)
    owners = numpy.repeat(numpy.arange(len(labels)), [len(numbers) for numbers in found[1:]])
    return Listed(labels, owners, numpy.concatenate(found, dtype=numpy.int64))


def counted(values: Listed, article_of: NDArray[Any], kept: NDArray[Any] | None = None) -> Iterator[Count]:
    """Counts by value; only of the lines that are marked in `kept`, where that is given."""
    import numpy

    labels, owners, lines = values
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
    in_groups, lines = _different(group_of[owners], lines)
    claims = numpy.bincount(in_groups).tolist()
    articles = numpy.bincount(_different(in_groups, article_of[lines])[0]).tolist()
    return map(Count, names, claims, articles)


def _different(groups: NDArray[Any], values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The different pairs of a group and a value, in order."""
    import numpy

    size = int(values.max(initial=0)) + 1
    pairs = groups * size + values
    # What was read article after article is in order already. Sorting is much quicker here than `numpy.unique`.
    if (pairs[1:] < pairs[:-1]).any():
        pairs.sort()
        groups, values = numpy.divmod(pairs, size)
    first = numpy.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    return groups[first], values[first]


def articles_in(article_of: NDArray[Any], kept: NDArray[Any]) -> int:
    """How many articles the marked lines stand in."""
    import numpy

    return int(numpy.count_nonzero(numpy.bincount(article_of[kept])))


class Articles:
    """Counts by article; there are too many of them to go through the list of each."""

    def __init__(self, articles: Iterable[ArticleName]) -> None:
        """All articles, in the order in which they come first."""
        import numpy

        ids = list(dict.fromkeys(article.id for article in articles))
        order = sorted(range(len(ids)), key=ids.__getitem__)
        self._ids = numpy.array([ids[number] for number in order], object)
        self._numbers = numpy.array(order, numpy.int64) + 1
        self._is_none = self._ids == NONE

    def ordered(self, article_of: NDArray[Any], kept: NDArray[Any]) -> tuple[list[str], list[int]]:
        """Those that have marked lines and how many, in the order of `counts.ranked`."""
        import numpy

        claims = numpy.bincount(article_of[kept], minlength=len(self._ids) + 1)[self._numbers]
        claims[self._ids == ""] = 0
        order = numpy.lexsort((-claims, self._is_none))
        order = order[claims[order] > 0]
        return self._ids[order].tolist(), claims[order].tolist()

    def ranking(self, article_of: NDArray[Any], kept: NDArray[Any], limit: int | None = None) -> Ranking:
        """The same as counts."""
        names, claims = self.ordered(article_of, kept)
        pairs = zip(names[:limit], claims[:limit], strict=True)
        counts = [Count((name, None), number, 1) for name, number in pairs]
        return Ranking(counts, len(names) - len(counts))
