"""Gold articles: annotated by hand, one a line, each beside the text it annotates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from claimex.errors import StoreError
from claimex.inputs.article import Article, Problem
from claimex.inputs.reading import Reading, read_file
from claimex.normalize.published import published_date
from claimex.store import BOM


class _GoldClaim(msgspec.Struct):
    kind: str
    start: int
    end: int
    text: str
    sentence: str
    factuality: str
    optional: bool
    source: str | None


class _GoldCount(_GoldClaim):
    quantity: dict[str, Any]
    unit: str
    activity: str
    force: str | None


class _GoldEvent(_GoldClaim):
    stage: str
    parties: list[str]
    mention_start: int
    mention_end: int


OF_KIND: dict[str, type[_GoldClaim]] = {"troop_count": _GoldCount, "treaty_event": _GoldEvent}
"""What the comparison reads of a gold claim of each kind."""


class _GoldArticle(msgspec.Struct):
    doc: str
    sha256: str
    claims: list[dict[str, Any]]
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file: its name, a hash of its bytes, and its articles as plain records."""

    name: str
    sha256: str
    articles: tuple[dict[str, Any], ...]


def read_gold(path: Path) -> Gold:
    """The gold articles of a file, one a line.

    Raises StoreError naming the line that is none, and where there is no article at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: the gold cannot be read ({error.strerror})") from error
    articles = []
    for number, line in enumerate(data.removeprefix(BOM).splitlines(), 1):
        if not line.strip():
            continue
        try:
            article = msgspec.json.decode(line)
            for claim in msgspec.convert(article, _GoldArticle).claims:
                msgspec.convert(claim, OF_KIND.get(str(claim.get("kind")), _GoldClaim))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise StoreError(f"{path}, line {number}: not a gold article: {error}") from error
        articles.append(article)
    if not articles:
        raise StoreError(f"{path}: there is no gold article in this file")
    return Gold(path.stem, hashlib.sha256(data).hexdigest(), tuple(articles))


def gold_articles(gold: Gold, folders: Sequence[Path]) -> Iterator[Article | Problem]:
    """The texts that the gold annotates, from the first folder that has each; a Problem where none has the same."""
    for record in gold.articles:
        doc = record["doc"]
        path = next((folder / doc for folder in folders if (folder / doc).is_file()), None)
        if path is None:
            where = " or ".join(map(str, folders))
            yield Problem(doc, f"{gold.name}: {doc} is not in {where}; say where the articles are with --articles")
            continue
        for item in read_file(str(path), Reading(published=published_date(record.get("published") or ""))):
            if isinstance(item, Problem) or item.ref.sha256 == record["sha256"]:
                yield item
            else:
                yield Problem(doc, f"{gold.name}: {path} is not the text that was annotated")


def made_from_other_text(gold: Gold, claims: Iterable[dict[str, Any]]) -> list[str]:
    """Names of the gold's articles that some claims were made from in another version."""
    annotated = {record["doc"]: record["sha256"] for record in gold.articles}
    names = {Path(c["article"]["path"]).name: c["article"]["sha256"] for c in claims}
    return [doc for doc, sha256 in annotated.items() if names.get(doc, sha256) != sha256]
