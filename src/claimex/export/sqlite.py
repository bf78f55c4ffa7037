"""Claims as an SQLite database: articles, entities, claims, a table and a view for each kind, full-text search."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any

from claimex.claims import kinds
from claimex.compare.texts import article_key
from claimex.errors import StoreError
from claimex.export.columns import Column, fitting
from claimex.export.source import Source
from claimex.export.tables import (
    ARTICLES,
    CLAIM_ENTITIES,
    CLAIMS,
    ENTITIES,
    REFERENCE,
    SEARCH,
    KindTables,
    of_articles,
    of_claims,
    of_kind,
)
from claimex.flat import value_at
from claimex.wording import Claim

ROWS_AT_ONCE = 5_000
Row = tuple[Any, ...]


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the database. Raises StoreError where there is no room to make it."""
    with TemporaryDirectory(prefix="claimex-") as folder:
        path = Path(folder) / "claims.db"
        try:
            _fill(path, source)
        except sqlite3.OperationalError as error:
            raise StoreError(f"{path}: the database cannot be made ({error}); TMPDIR names another folder") from error
        with path.open("rb") as made:
            copyfileobj(made, handle, 1 << 20)


def setup() -> str:
    """What Datasette needs to know to show the database well: titles, facets, queries; as YAML."""
    return resources.files("claimex.export").joinpath("metadata.yaml").read_text(encoding="utf-8")


def _fill(path: Path, source: Source) -> None:
    database = sqlite3.connect(path)
    try:
        # It is a copy in the making: what a crash leaves of it is thrown away.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        of_kinds = [of_kind(kind) for kind in kinds().values()]
        made = [ARTICLES, ENTITIES, CLAIMS, CLAIM_ENTITIES, *(table for one in of_kinds for table in one.all)]
        for table in made:
            database.execute(table.create())
        _insert(database, {table.name: table.insert() for table in made}, source)
        for statement in (s for table in made for s in table.index()):
            database.execute(statement)
        for one in of_kinds:
            database.execute(one.view)
        for statement in SEARCH:
            database.execute(statement)
        database.execute("ANALYZE")
        database.commit()
    finally:
        database.close()


def _insert(database: sqlite3.Connection, statements: Mapping[str, str], source: Source) -> None:
    waiting: dict[str, list[Row]] = defaultdict(list)
    for count, (name, row) in enumerate(_rows(source), 1):
        waiting[name].append(row)
        if count % ROWS_AT_ONCE == 0:
            _flush(database, statements, waiting)
    _flush(database, statements, waiting)


def _flush(database: sqlite3.Connection, statements: Mapping[str, str], waiting: dict[str, list[Row]]) -> None:
    for name, rows in waiting.items():
        database.executemany(statements[name], rows)
    waiting.clear()


def _rows(source: Source) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table."""
    articles: dict[str, int] = {}
    entities: set[str] = set()
    known = {name: of_kind(kind) for name, kind in kinds().items()}
    for key, claim in enumerate(source.claims, 1):
        kind = known[claim["kind"]]
        article = article_key(claim)
        if article not in articles:
            articles[article] = len(articles) + 1
            yield ARTICLES.name, (articles[article], *_values(claim, of_articles()), claim["article"]["sha256"])
        for reference in _references(claim, kind):
            if reference["id"] not in entities:
                entities.add(reference["id"])
                yield ENTITIES.name, (reference["id"], reference["name"], reference["type"])
        yield CLAIMS.name, (key, articles[article], *_values(claim, of_claims()))
        for reference in claim["entities"]:
            yield CLAIM_ENTITIES.name, (key, reference["role"], *_place(reference))
        ids = (value_at(claim, f"{field}.id") for field in kind.references)
        yield kind.fields.name, (key, *_values(claim, kind.values), *ids)
        for column, table in kind.lists:
            for item in value_at(claim, column.path) or ():
                yield table.name, (key, *_item(item, column))


def _references(claim: Claim, kind: KindTables) -> Iterator[Mapping[str, Any]]:
    """Every reference to an entity in a claim."""
    yield from claim["entities"]
    yield from filter(None, (value_at(claim, field) for field in kind.references))
    for column, _ in kind.lists:
        if column.entity:
            yield from value_at(claim, column.path) or ()


def _item(item: Any, column: Column) -> Iterator[Any]:
    """The cells of one item of a list."""
    if column.entity:
        return _place(item)
    return (fitting(item.get(name)) for name in column.fields) if column.fields else iter([fitting(item)])


def _place(reference: Mapping[str, Any]) -> Iterator[Any]:
    return (fitting(reference.get("id" if name == "entity" else name)) for name in REFERENCE)


def _values(claim: Claim, columns: Iterable[Column]) -> Iterator[Any]:
    return (fitting(value_at(claim, column.path)) for column in columns)
