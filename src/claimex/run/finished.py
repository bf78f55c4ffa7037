"""Articles that an earlier run has finished, by their key, and where their claims stand in a file.

The claims stay where they are, in the claims file or in a journal; the table holds places and checksums alone. It is an
SQLite file because a store may hold hundreds of thousands of articles that come in any order: a look into it takes
microseconds and a page of memory, where a JSON Lines file would have to be read into a dict of a hundred megabytes.
Nothing in it is believed: claims that do not fit their checksum, as after an edit by hand, count as not there, and the
article is read again. So does everything where the table itself is damaged, of another version or gone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from claimex.engine.base import Found

ROWS_AT_ONCE = 500
VERSION = 1
"""Of the table."""
TABLE = """
create table article (
    key blob primary key, start integer not null, length integer not null, checksum blob not null, kinds blob not null
) without rowid
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the claims of an article stand, how many there are of each kind, and a hash that binds all to its key."""

    start: int
    length: int
    checksum: bytes
    kinds: bytes
    """As JSON."""


def place_of(key: bytes, found: Found, *, start: int, length: int) -> Place:
    """The place of claims that were written at `start`."""
    kinds = msgspec.json.encode(dict(found.kinds))
    return Place(start, length, checksum(key, kinds, found.lines), kinds)


def checksum(key: bytes, kinds: bytes, lines: Sequence[bytes]) -> bytes:
    """A hash over all that a run takes over from an earlier one."""
    return blake2b(b"\n".join((key, kinds, *lines)), digest_size=8).digest()


class Places:
    """A table of places; in memory and beyond that on the disk where no path is given."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[bytes, int, int, bytes, bytes]] = []
        """Put down, and not in the table yet: one by one it takes them ten times as long."""

    @classmethod
    def new(cls, path: Path | None = None) -> Self:
        """An empty table. A file that is there gives way."""
        connection = sqlite3.connect(path or "", isolation_level=None)
        # Whoever makes the file puts it in its place when it is whole; until then nobody cares for it.
        for pragma in ("journal_mode=off", "synchronous=off", "cache_size=-500", f"user_version={VERSION}"):
            connection.execute(f"pragma {pragma}")
        connection.execute("begin")
        connection.execute(TABLE)
        return cls(connection)

    @classmethod
    def existing(cls, path: Path) -> Self | None:
        """The table in a file, to be looked into; None where there is none that can be used."""
        if not path.is_file():
            return None
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(address, uri=True, isolation_level=None)
        except sqlite3.OperationalError:
            return None
        try:
            (version,) = connection.execute("pragma user_version").fetchone()
        except sqlite3.DatabaseError:
            version = None
        if version == VERSION:
            return cls(connection)
        connection.close()
        return None

    def add(self, key: bytes, place: Place) -> None:
        """Put down where the claims of an article stand."""
        self._rows.append((key, place.start, place.length, place.checksum, place.kinds))
        if len(self._rows) >= ROWS_AT_ONCE:
            self._insert()

    def find(self, key: bytes) -> Place | None:
        """Where the claims of an article stand; None where it is not known."""
        if self._rows:
            self._insert()
        row = None
        with suppress(sqlite3.DatabaseError):  # damaged: whatever cannot be found is read again
            select = "select start, length, checksum, kinds from article where key = ?"
            row = self._connection.execute(select, (key,)).fetchone()
        return Place(*row) if row else None

    def commit(self) -> None:
        """Write what was put down."""
        self._insert()
        self._connection.execute("commit")

    def _insert(self) -> None:
        self._connection.executemany("insert or replace into article values (?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Finished:
    """The finished articles of one file: a claims file of an earlier run, or a journal."""

    def __init__(self, file: BinaryIO, places: Places) -> None:
        self._file = file
        self._places = places

    @classmethod
    def of_store(cls, claims: Path, table: Path) -> Self | None:
        """What a claims file holds; None where it or its table is not there or cannot be read."""
        places = Places.existing(table)
        if places is None:
            return None
        try:
            return cls(claims.open("rb"), places)
        except OSError:
            places.close()
            return None

    def find(self, key: bytes) -> Found | None:
        """What was found in an article; None where that is not known, or where it no longer stands there."""
        place = self._places.find(key)
        if place is None:
            return None
        try:
            if not 0 <= place.start <= place.start + place.length <= os.fstat(self._file.fileno()).st_size:
                return None
            self._file.seek(place.start)
            data = self._file.read(place.length)
            kinds: Mapping[str, int] = msgspec.json.decode(place.kinds, type=dict[str, int])
            # In an array every line but the last ends with a comma.
            lines = tuple(line.removesuffix(b",") for line in data.split(b"\n") if line)
            holds = checksum(key, place.kinds, lines) == place.checksum
        except (OSError, ValueError, TypeError, msgspec.MsgspecError):
            return None
        return Found(lines, kinds) if holds else None

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        self._places.close()
