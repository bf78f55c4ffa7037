"""Claims as rows of one flat table: the same columns whatever claims there are."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from claimex.claims import kinds
from claimex.wording import Claim

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

SHARED = (
    "id",
    "kind",
    "article.id",
    "article.path",
    "article.title",
    "article.published",
    "article.publisher",
    "article.url",
    "factuality",
    "attribution.source",
    "attribution.type",
    "attribution.cue",
    "attribution.via",
    "evidence.quote",
    "evidence.start",
    "evidence.end",
    "evidence.sentence.text",
    "evidence.rule",
    "entities",
)
FORMULA = re.compile(r"^(?=\s*[=+\-@＝＋－＠])|(?<=[;\t\r\n])(?=[^\S\t\r\n]*[=+\-@＝＋－＠])")
"""Where a spreadsheet begins to read a formula: at the start of a cell, and where one that takes a semicolon or a tab
for the end of a cell sees the start of the next. Wide signs count: Excel takes them for the plain ones."""


def header() -> tuple[str, ...]:
    """Paths of all columns: those of every claim, then each kind's own."""
    own = (path for kind in kinds().values() for path in kind.flat)
    return tuple(dict.fromkeys((*SHARED, *own)))


def column_name(path: str) -> str:
    """What the column of a path is called, in every flat format."""
    return path.replace(".", "_")


def value_at(claim: Any, path: str) -> Any:
    """What stands at a dotted path of a claim; None where it has no such field."""
    for key in path.split("."):
        claim = claim.get(key) if isinstance(claim, Mapping) else None
    return claim


def row(claim: Claim, columns: Sequence[str]) -> list[str | int | float]:
    """The claim's cells; empty where it has no such field, lists of references as their names."""
    return [cell(value_at(claim, path)) for path in columns]


def listed(values: Iterable[Any]) -> list[str]:
    """The names of references, or the words of records, each once."""
    words = (str(v.get("name") or v.get("text") or "") if isinstance(v, Mapping) else str(v) for v in values)
    return list(dict.fromkeys(words))


def cell(value: Any) -> str | int | float:
    """A value as a spreadsheet takes it: no list, no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return value
    text = "; ".join(listed(value)) if isinstance(value, list) else str(value)
    return FORMULA.sub("'", text)


def write_csv(claims: Iterable[Claim], stream: SupportsWrite[str]) -> None:
    """Claims as comma-separated values with a header, in UTF-8 without a byte order mark."""
    columns = header()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(column_name, columns))
    for claim in claims:
        writer.writerow(row(claim, columns))
