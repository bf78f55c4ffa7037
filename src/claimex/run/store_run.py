"""A run into a claims file: nobody else writes it meanwhile, earlier work is known, all its files change together."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from claimex.atomic import Replacement, file_to_replace, preparing, remove_leftovers
from claimex.engine.base import Found
from claimex.errors import StoreError
from claimex.run.claims_writer import ClaimsWriter
from claimex.run.finished import Finished, Places, place_of
from claimex.run.journal import Journal
from claimex.run.outcomes import Origin, Outcome
from claimex.run_files import is_of_a_run, record_path, rivals, table_path
from claimex.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from claimex.run.record import RunRecord

SCHEMA = re.compile(rb'(?<!\\)"schema":\s*(\d{1,9})')


class NothingReadError(Exception):
    """No article could be read: an earlier claims file must not give way to an empty one."""


class StoreRun:
    """One run into one claims file.

    Raises StoreError where it cannot be written, where another run writes it, where a newer claimex has written it, and
    where a file of its would take the place of one that is none of a run, or of another claims file.
    """

    def __init__(self, claims: Path, *, fresh: bool = False) -> None:
        self.claims = claims
        file = file_to_replace(claims)
        _refuse_newer_schema(file, claims)
        record, self._table = record_path(claims), table_path(file)
        _refuse_files_of_others(record, claims)
        self._places = (file, record, self._table)
        self.journal = Journal(file, fresh=fresh)
        if self.journal.settled:
            self._put([Replacement.again(*pair) for pair in zip(self._places, self.journal.settled, strict=False)])
            self.journal.unsettle()
        for path in self._places:
            remove_leftovers(path)
        self._store = None if fresh else Finished.of_store(file, self._table)

    def known(self, key: bytes) -> tuple[Found, Origin] | None:
        """What earlier runs found in the article of a key."""
        for finished, origin in ((self._store, Origin.STORE), (self.journal.finished, Origin.JOURNAL)):
            if finished is not None and (found := finished.find(key)):
                return found, origin
        return None

    def write(self, outcomes: Iterable[Outcome], record: RunRecord) -> None:
        """Write what came of each input, and put the files in their places.

        Raises StoreError where there is no room; what was read is in the journal then. Raises NothingReadError.
        """
        with ExitStack() as stack:
            new = [stack.enter_context(preparing(path, is_settled=self._is_settled)) for path in self._places]
            with (
                new[0].path.open("wb") as handle,
                new[1].path.open("wb") as beside,
                self._new_table(new[2].path) as places,
            ):
                self._write(outcomes, record, handle, beside, places)
            self._let_go()
            for file in new:
                file.flush()
            self.journal.settle([file.token for file in new])
            # Whoever comes after a kill ends what follows.
            self._put(new)

    def _is_settled(self) -> bool:
        return bool(self.journal.settled)

    def _write(
        self, outcomes: Iterable[Outcome], record: RunRecord, handle: IO[bytes], beside: IO[bytes], places: Places
    ) -> None:
        writer = ClaimsWriter(handle, array=self.claims.suffix == ".json")
        record.begin(beside)
        for outcome in outcomes:
            start, length = writer.write(outcome.found.lines)
            if outcome.key is not None and not outcome.found.problems:
                place = place_of(outcome.key, outcome.found, start=start, length=length)
                if outcome.origin is Origin.READ:
                    self.journal.append(outcome.key, outcome.found, place)
                places.add(outcome.key, place)
            record.add(outcome)
        if not record.read:
            raise NothingReadError
        record.finish(writer.finish())

    def _put(self, files: Iterable[Replacement]) -> None:
        try:
            for file in files:
                file.put()
        except OSError as error:
            raise StoreError(
                f"{self.claims}: is whole, but cannot be put in its place ({error.strerror}); the same command does"
            ) from error

    def close(self, *, done: bool) -> None:
        """Let go of all files; where the claims are written, the journal has done its work."""
        self._let_go()
        self.journal.close(done=done)

    def _let_go(self) -> None:
        """Close the earlier claims file: some systems replace no open file."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @contextmanager
    def _new_table(self, path: Path) -> Iterator[Places]:
        try:
            with closing(Places.new(path)) as places:
                yield places
                places.commit()
        except sqlite3.Error as error:
            raise StoreError(f"{self._table}: cannot be written ({error})") from error


def _refuse_files_of_others(record: Path, claims: Path) -> None:
    """What has the name of the record is replaced where it is one, of this claims file, or holds nothing."""
    for other in rivals(claims):
        raise StoreError(f"{claims}: its record {record.name} is that of {other}; name another file with -o")
    if record.is_file() and record.stat().st_size and not is_of_a_run(record):
        raise StoreError(f"{record}: this is no record of a run; move it, or name another file with -o")


def _refuse_newer_schema(file: Path, claims: Path) -> None:
    """What a newer claimex has written is not replaced by less. What else stands there is not looked at."""
    try:
        with file.open("rb") as handle:
            schema = SCHEMA.search(handle.read(4096))
    except OSError:
        return
    if schema and int(schema[1]) > SCHEMA_VERSION:
        raise StoreError(
            f"{claims}: this file is of schema {int(schema[1])}, newer than {SCHEMA_VERSION}, which this claimex "
            "writes; update claimex, or name another file with -o"
        )
