"""Going through a claims file once: every value of every part gets the list of the lines that have it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import msgspec

from claimex.claim_line import UNREADABLE, ArticleName, Damage, Figure, Shape, Speaker, read_claim
from claimex.dimensions import month_of
from claimex.index.layout import FACETS, ID_LENGTH, LISTED
from claimex.index.line_lists import NUMBER
from claimex.query import MANY
from claimex.store import bare
from claimex.vocabulary import SCHEMA_VERSION

OWN = tuple(facet for facet in FACETS if facet not in Shape.__struct_fields__)
"""Facets that some kinds have and others have not."""
_Listed = msgspec.defstruct("_Listed", [(name, Any, None) for name in (*OWN, "date")], bases=(Shape,), kw_only=True)
_decode: Callable[[bytes], Any] = msgspec.json.Decoder(_Listed).decode


def _numbers() -> array[int]:
    return array(NUMBER)


@dataclass(slots=True)
class Gathered:
    """What an index holds of a claims file. Lines are numbered from 1 on."""

    lists: dict[str, dict[Any, array[int]]] = field(
        default_factory=lambda: {part: defaultdict(_numbers) for part in LISTED}
    )
    """Part and value to the lines that have it, values in the order in which they first come."""
    ends: array[int] = field(default_factory=lambda: array("Q"))
    """Where each line ends."""
    article_of: array[int] = field(default_factory=lambda: array(NUMBER, [0]))
    """A number for the article of each line; 0 where it holds no claim."""
    damaged: array[int] = field(default_factory=_numbers)
    odd: set[str] = field(default_factory=set)
    """Facets in which some claim has a value that is no word: they cannot be counted by lists."""
    articles: int = 0

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return sum(map(len, self.lists["kind"].values()))


def gather(lines: Iterable[bytes]) -> Gathered:
    """The lists of all values."""
    found = Gathered()
    lists = found.lists
    article_numbers: dict[str, int] = {}
    last_id = last_path = None
    article_number, of_article = 0, _numbers()
    end = 0
    add_end, add_article, add = found.ends.append, found.article_of.append, _adder(found)
    for number, line in enumerate(lines, 1):
        end += len(line)
        add_end(end)
        claim = _claim(line, number)
        if claim is None:
            add_article(0)
            if bare(line, number):
                found.damaged.append(number)
            continue
        article = claim.article
        if last_id != article.id or last_path != article.path:
            last_id, last_path = article.id, article.path
            of_article = lists["article"][ArticleName(last_id, last_path)]
            article_number = article_numbers.setdefault(last_id, len(article_numbers) + 1)
        add_article(article_number)
        of_article.append(number)
        add(number, claim)
    found.articles = len(article_numbers)
    return found


def _claim(line: bytes, number: int) -> Any:
    """The parts of the claim in a line; None where it holds none."""
    try:
        claim = _decode(line)
        if not line.isascii():
            line.decode()  # decoding passes over what stands in other fields
    except UNREADABLE:
        item = read_claim("", bare(line, number))
        return None if isinstance(item, Damage) else msgspec.convert(item.data, _Listed)
    return claim if claim.schema <= SCHEMA_VERSION else None


def _adder(found: Gathered) -> Callable[[int, Any], None]:
    """Puts a line on the list of each value of its claim. With a million lines nothing may be looked up twice."""
    lists = found.lists
    kinds, factualities, months, ids = (lists[part] for part in ("kind", "factuality", "month", "id"))
    references, speakers, sources, figures = lists[MANY], lists["attribution"], lists["source"], lists["quantity"]
    own = [(facet, attrgetter(facet), lists[facet]) for facet in OWN]

    def add(number: int, claim: Any) -> None:
        kind, speaker, figure = claim.kind, claim.attribution, claim.quantity
        kinds[kind].append(number)
        factualities[claim.factuality].append(number)
        for facet, value_of, values in own:
            value = value_of(claim)
            if isinstance(value, str):
                values[value].append(number)
            elif value is not None:
                found.odd.add(facet)
        for reference in claim.entities:
            numbers = references[reference]
            if not numbers or numbers[-1] != number:
                numbers.append(number)
        if speaker is not None:
            speakers[Speaker(speaker.source, speaker.text, speaker.via)].append(number)
        if figure is not None:
            figures[Figure(figure.bound, figure.value, figure.low, figure.high)].append(number)
        if kind != "entity":
            sources["" if speaker is None else speaker.source].append(number)
        ids[claim.id[:ID_LENGTH]].append(number)
        months[month_of(claim.article.published, claim.date)].append(number)

    return add
