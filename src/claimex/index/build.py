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
from claimex.index.layout import LINES_A_BLOCK, SCHEMA, names_of, to_text
from claimex.index.line_lists import NUMBER, packed
from claimex.index.state import APPLICATION, index_path, sealed, state_of
from claimex.index.tallies import COUNTED, counted
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
        database.executemany(
            "INSERT INTO tallies (dimension, label, id, claims, articles) VALUES (?, ?, ?, ?, ?)", _tallies(gathered)
        )
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


def _tallies(gathered: Gathered) -> Iterator[tuple[str, str, str | None, int, int]]:
    import numpy

    for dimension, (part, _) in COUNTED.items():
        lists = ((value, numpy.asarray(lines)) for value, lines in gathered.lists[part].items())
        counts = counted(dimension, lists, numpy.asarray(gathered.article_of))
        for (label, entity_id), claims, articles in ranked(dimension, counts).counts:
            yield dimension, label, entity_id, claims, articles
