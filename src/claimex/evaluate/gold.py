"""Gold articles: annotated by hand, in claimex's own format, in a review, or in an annotation tool.

In all of them an article is one record with its claims. A tool's export brings the text along.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from claimex.errors import StoreError
from claimex.evaluate.annotated import doccano, label_studio
from claimex.evaluate.decisions import Decision, read_decision, reviewed
from claimex.inputs.article import Article, Problem, article
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
    mention_start: int | None = None
    mention_end: int | None = None


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


Record = dict[str, Any]
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError, KeyError, TypeError)
"""What reading something as gold that is none comes to."""


def read_gold(path: Path) -> Gold:
    """The gold articles of a file: gold or decisions, one a line, or an export of Label Studio or doccano.

    Raises StoreError naming the line or the task that is none, and where there is no article at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: the gold cannot be read ({error.strerror})") from error
    text = data.removeprefix(BOM)
    articles = _tasks(path, text) if text.lstrip().startswith(b"[") else _lines(path, text)
    if not articles:
        raise StoreError(f"{path}: there is no gold article in this file")
    names = Counter(record["doc"] for record in articles)
    for record in articles:
        # Articles of one file, or of one name: each goes by its own id.
        if names[record["doc"]] > 1 and "article" in record:
            record["doc"] = record["article"]
    return Gold(path.stem, hashlib.sha256(data).hexdigest(), tuple(articles))


def _tasks(path: Path, data: bytes) -> list[Record]:
    """The annotated tasks of an export of Label Studio."""
    try:
        return list(label_studio(msgspec.json.decode(data, type=list[Any])))
    except UNREADABLE as error:
        raise StoreError(f"{path}: not an export of Label Studio as JSON: {error}") from error


def _lines(path: Path, data: bytes) -> list[Record]:
    """The articles of a file with a record a line: gold, decisions, or examples of doccano."""
    articles: list[Record] = []
    decisions: list[Decision] = []
    lines = data.splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
            if "decision" in record:
                decisions.append(_decision(line))
            elif "text" in record:
                articles.append(doccano(record))
            else:
                articles.append(_native(record))
        except UNREADABLE as error:
            if decisions and number == len(lines) and not data.endswith(b"\n"):
                break  # a review that was cut off: what it decided before holds
            raise StoreError(f"{path}, line {number}: not a gold article: {error}") from error
    return articles + list(reviewed(decisions))


def _decision(line: bytes) -> Decision:
    decision = read_decision(line)
    if decision.claim["kind"] in OF_KIND:
        msgspec.convert(decision.claim, OF_KIND[decision.claim["kind"]])
    return decision


def _native(record: Record) -> Record:
    for claim in msgspec.convert(record, _GoldArticle).claims:
        msgspec.convert(claim, OF_KIND.get(str(claim.get("kind")), _GoldClaim))
    return record


def gold_articles(gold: Gold, folders: Sequence[Path]) -> Iterator[Article | Problem]:
    """The texts that the gold annotates: those it has with it, else from the first folder that has each, or from where
    a review found them; a Problem where none is the same.
    """
    for record in gold.articles:
        doc = record["doc"]
        if "text" in record:
            yield article(record["text"], id=Path(doc).stem, path=doc, published=record.get("published"))
            continue
        places = [*(folder / doc for folder in folders), *([Path(record["path"])] if record.get("path") else [])]
        path = next((place for place in places if place.is_file()), None)
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
