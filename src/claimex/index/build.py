"""Making an index: what was gathered from a claims file, as an SQLite file beside it."""

from __future__ import annotations

import sqlite3
import zlib
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from claimex.atomic import replacing
from claimex.counts import ranked
from claimex.errors import StoreError, UsageError
from claimex.index.gather import Gathered, gather
from claimex.index.layout import ALL, COUNTS_A_PIECE, LINES_A_BLOCK, SCHEMA, Columns, names_of, to_text
from claimex.index.line_lists import NUMBER, packed
from claimex.index.state import APPLICATION, index_path, sealed, state_of
from claimex.index.tallies import COUNTED, Articles, counted, listed
from claimex.query import MANY
from claimex.store import BUFFER, ClaimFile


def build_index(path: str) -> Gathered:
    """Make the index of a claims file, in the place of an earlier one; what it holds.

    Raises StoreError where the file cannot be read, the index cannot be written or the file changes meanwhile,
    UsageError for claims that are not the lines of a file.
    """
    if not ClaimFile(path).is_lines:
        raise UsageError(f"{path}: only a file with a claim on each line can have an index")
    claims = Path(path)
    with replacing(index_path(claims)) as handle:
        state = state_of(claims)
        with claims.open("rb", buffering=BUFFER) as lines:
            gathered = gather(lines)
        if state_of(claims) != state:
            raise StoreError(f"{path}: changed while its index was made; make it when nobody writes the file")
        handle.write(sealed(_database(gathered, state)))
    return gathered


def _database(gathered: Gathered, state: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(f"PRAGMA application_id = {APPLICATION};{SCHEMA}")
        for part, lists in gathered.lists.items():
            rows = ((number, to_text(value), packed(lines)) for number, (value, lines) in enumerate(lists.items()))
            database.executemany(f'INSERT INTO "{part}" VALUES (?, ?, ?)', rows)
        names = ((name, n) for n, reference in enumerate(gathered.lists[MANY]) for name in names_of(reference))
        database.executemany("INSERT INTO names VALUES (?, ?)", names)
        database.executemany("INSERT INTO blocks VALUES (?, ?, ?)", _blocks(gathered.ends))
        database.executemany("INSERT INTO rankings VALUES (?, ?, ?, ?, ?)", _rankings(gathered))
        about = {
            "state": state,
            "lines": len(gathered.ends),
            "claims": gathered.claims,
            "articles": gathered.articles,
            "damaged": packed(gathered.damaged),
            "article_of": zlib.compress(gathered.article_of.tobytes(), 1),
            "odd": " ".join(sorted(gathered.odd)),
        }
        database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        database.commit()
        return database.serialize()


def _blocks(ends: array[int]) -> Iterator[tuple[int, int, bytes]]:
    """Where the lines of each block end, counted from where the block begins."""
    start = 0
    for first in range(0, len(ends), LINES_A_BLOCK):
        block = ends[first : first + LINES_A_BLOCK]
        yield first // LINES_A_BLOCK, start, array(NUMBER, [end - start for end in block]).tobytes()
        start = block[-1]


def _rankings(gathered: Gathered) -> Iterator[tuple[str, str, int, int, bytes]]:
    """Every dimension counted in all claims and in those of each kind, in pieces."""
    import numpy

    article_of = numpy.asarray(gathered.article_of)
    kept = {ALL: article_of > 0}
    for kind, lines in gathered.lists["kind"].items():
        if kind != ALL:
            kept[kind] = numpy.zeros(len(article_of), bool)
            kept[kind][numpy.asarray(lines)] = True
    articles = Articles(gathered.lists["article"])
    for dimension, (part, _) in COUNTED.items():
        lists = gathered.lists[part].items() if dimension != "article" else ()
        values = listed(dimension, ((value, numpy.asarray(lines)) for value, lines in lists))
        for kind, marked in kept.items():
            if dimension == "article":
                names, claims = articles.ordered(article_of, marked)
                columns = Columns(names, [None] * len(names), claims, [1] * len(names))
            else:
                columns = Columns.of(ranked(dimension, counted(values, article_of, marked)).counts)
            for place in range(0, len(columns.labels), COUNTS_A_PIECE):
                yield kind, dimension, place, len(columns.labels) - place, columns.piece(place).to_bytes()
