"""The tables and views of the SQLite export: a few for all claims, and for each kind what its flat columns come to.

A kind has a table `<kind>_fields` with a row for each claim, a table `<kind>_<list>` for each list in it, and a view
called as the kind itself, which has the columns of the CSV.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claimex.claims.base import ClaimKind
from claimex.export.columns import Column, own_columns, shared_columns
from claimex.flat import column_name

TYPES = {"text": "TEXT", "number": "NUMERIC", "integer": "INTEGER", "flag": "INTEGER"}
TO_CLAIM = "INTEGER NOT NULL REFERENCES claims(key)"
TO_ENTITY = "TEXT REFERENCES entities(id)"
REFERENCE = {"entity": TO_ENTITY, "text": "TEXT", "start": "INTEGER", "end": "INTEGER"}
"""A place where an entity is named."""
SEARCHED = ("evidence_sentence_text", "evidence_quote", "attribution_source")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with their types and references."""

    name: str
    columns: dict[str, str]
    indexed: tuple[str, ...] = ()

    def create(self) -> str:
        """The statement that makes it."""
        columns = ", ".join(f"{quoted(name)} {type_}" for name, type_ in self.columns.items())
        return f"CREATE TABLE {quoted(self.name)} ({columns})"

    def insert(self) -> str:
        """The statement that adds a row."""
        return f"INSERT INTO {quoted(self.name)} VALUES ({', '.join('?' * len(self.columns))})"

    def index(self) -> Iterator[str]:
        """The statements that index it, once it is filled."""
        for name in self.indexed:
            yield f"CREATE INDEX {quoted(f'{self.name}_{name}')} ON {quoted(self.name)} ({quoted(name)})"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


@cache
def of_claims() -> list[Column]:
    """The columns of every claim that stand in the table of claims itself."""
    return [c for c in shared_columns() if c.type != "list" and not c.path.startswith("article.")]


@cache
def of_articles() -> list[Column]:
    """Those that stand in the table of articles."""
    return [c for c in shared_columns() if c.path.startswith("article.")]


ARTICLES = Table(
    "articles",
    {
        "key": "INTEGER PRIMARY KEY",
        **{column.path.removeprefix("article."): TYPES[column.type] for column in of_articles()},
        "sha256": "TEXT",
    },
)
ENTITIES = Table("entities", {"id": "TEXT PRIMARY KEY", "name": "TEXT", "type": "TEXT"}, ("name",))
CLAIMS = Table(
    "claims",
    {
        "key": "INTEGER PRIMARY KEY",
        "article": "INTEGER NOT NULL REFERENCES articles(key)",
        **{column_name(column.path): TYPES[column.type] for column in of_claims()},
    },
    ("id", "article", "kind", "attribution_source"),
)
CLAIM_ENTITIES = Table("claim_entities", {"claim": TO_CLAIM, "role": "TEXT", **REFERENCE}, ("claim", "entity"))


@dataclass(frozen=True, slots=True)
class KindTables:
    """The tables of one kind, and the columns that fill them."""

    fields: Table
    """A row for each claim: its values, then its references."""
    values: tuple[Column, ...]
    references: tuple[str, ...]
    """Fields that refer to one entity: 'force'."""
    lists: tuple[tuple[Column, Table], ...]
    """The lists of a claim, each with a table that has a row for each item."""
    view: str
    """The statement that makes the view: the columns of the CSV, the kind's own first."""

    @property
    def all(self) -> list[Table]:
        """Every table."""
        return [self.fields, *(table for _, table in self.lists)]


@cache
def of_kind(kind: ClaimKind) -> KindTables:
    """The tables of a kind."""
    own = own_columns(kind)
    values = tuple(c for c in own if not c.entity and c.type != "list")
    references = tuple(dict.fromkeys(c.entity for c in own if c.entity and c.type != "list"))
    columns = {"claim": "INTEGER PRIMARY KEY REFERENCES claims(key)"}
    columns |= {column_name(c.path): TYPES[c.type] for c in values}
    columns |= {column_name(field): TO_ENTITY for field in references}
    fields = Table(f"{kind.name}_fields", columns, tuple(map(column_name, references)))
    lists = tuple((c, _list_table(kind, c)) for c in own if c.type == "list")
    return KindTables(fields, values, references, lists, _view(kind, fields, references))


def _list_table(kind: ClaimKind, column: Column) -> Table:
    name = f"{kind.name}_{column_name(column.path)}"
    if column.entity:
        return Table(name, {"claim": TO_CLAIM, **REFERENCE}, ("claim", "entity"))
    fields = {field: REFERENCE.get(field, "TEXT") for field in column.fields or ("value",)}
    return Table(name, {"claim": TO_CLAIM, **fields}, ("claim",))


def _view(kind: ClaimKind, fields: Table, references: tuple[str, ...]) -> str:
    shown = [f"{_shown(kind, c)} AS {quoted(column_name(c.path))}" for c in own_columns(kind)]
    shown += [f"c.{column_name(c.path)}" for c in of_claims()]
    shown += [f"a.{c.path.removeprefix('article.')} AS {column_name(c.path)}" for c in of_articles()]
    joins = [
        f"LEFT JOIN entities AS {_alias(field)} ON {_alias(field)}.id = f.{quoted(column_name(field))}"
        for field in references
    ]
    return (
        f"CREATE VIEW {quoted(kind.name)} AS SELECT {', '.join(shown)}, c.key "
        f"FROM {quoted(fields.name)} AS f JOIN claims AS c ON c.key = f.claim "
        f"JOIN articles AS a ON a.key = c.article {' '.join(joins)}"
    )


def _shown(kind: ClaimKind, column: Column) -> str:
    if column.type == "list":
        table = quoted(_list_table(kind, column).name)
        words = "entities.name" if column.entity else "text" if "text" in column.fields else "value"
        join = "JOIN entities ON entities.id = entity" if column.entity else ""
        each = f"SELECT DISTINCT {words} AS words FROM {table} {join} WHERE claim = f.claim"
        return f"(SELECT group_concat(words, '; ') FROM ({each}))"
    if column.entity:
        return f"{_alias(column.entity)}.{column.path.rpartition('.')[2]}"
    return f"f.{quoted(column_name(column.path))}"


def _alias(field: str) -> str:
    return quoted(f"the_{column_name(field)}")


SEARCH = (
    f'CREATE VIRTUAL TABLE claims_fts USING fts5({", ".join(SEARCHED)}, content="claims", content_rowid=key)',
    "INSERT INTO claims_fts(claims_fts) VALUES('rebuild')",
)
"""The statements that make sentences, quotes and sources searchable. The quotes tell tools which table is meant."""
