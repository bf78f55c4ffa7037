"""The journal beside a claims file while a run writes it: what was found in each article, as soon as it is known.

A run that ends before its time leaves its journal behind, and the next one takes from there what it needs. The journal
is only ever appended to. Each entry has a length and a checksum: an end that was torn off is cut away, and claims that
do not fit their checksum count as not there. Whoever has the journal open has the claims file to himself.

When all files of a run are whole, the journal says so in its last line, with the names that they have until they are in
their places. From there on the run counts as done: whoever finds that line puts the files that are not there yet.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from claimex.engine.base import Found
from claimex.errors import StoreError
from claimex.run.finished import Finished, Place, Places
from claimex.run.lock import lock
from claimex.run_files import JOURNALS, journal_path

BEGINNING = JOURNALS + b"1\n"
SETTLED = re.compile(rb"settled((?: [a-z0-9_]+)+)\n")
"""The last line: a token for each file, as `atomic.Replacement` has it."""
LAST_LINE = 200
"""More bytes than it has."""
SECONDS_AT_RISK = 5.0
"""How much work a power cut may cost. What only the process loses, its system still writes."""


class Journal:
    """The journal of one claims file. Nobody else can open it until it is closed.

    Raises StoreError where another run has it open, where it cannot be made, and where what has its name is another
    file. With `fresh` what stands in it is dropped.
    """

    def __init__(self, claims: Path, *, fresh: bool = False) -> None:
        self.path = journal_path(claims)
        self._descriptor = _locked(self.path, claims)
        self._end = 0
        self._synced = time.monotonic()
        self.entries = 0
        """Articles in it, those of earlier runs included."""
        self.finished: Finished | None = None
        """What earlier runs left in it."""
        self.settled: tuple[str, ...] = ()
        """Tokens of the files of a run that is done, some of which may not be in their places yet."""
        try:
            with self._reported():
                self._look_through()
                if fresh:
                    self._forget()
                if not self.settled:
                    self.unsettle()
        except BaseException:
            os.close(self._descriptor)
            raise

    def settle(self, tokens: Sequence[str]) -> None:
        """Put down that all files of the run are whole."""
        with self._reported():
            self._write((b"" if self._end else BEGINNING) + b" ".join((b"settled", *map(str.encode, tokens))) + b"\n")
            os.fsync(self._descriptor)
        self.settled = tuple(tokens)

    def unsettle(self) -> None:
        """Cut off what stands behind the last entry: the files are in their places."""
        self.settled = ()
        os.ftruncate(self._descriptor, self._end)
        os.lseek(self._descriptor, 0, os.SEEK_END)

    def append(self, key: bytes, found: Found, place: Place) -> None:
        """Put down what was found in an article; its place in another file says what its checksum is.

        Raises StoreError where there is no room; the journal stays good.
        """
        payload = b"".join(line + b"\n" for line in found.lines)
        words = (key.hex().encode(), b"%d" % len(payload), place.checksum.hex().encode(), place.kinds)
        with self._reported():
            self._write((b"" if self._end else BEGINNING) + b" ".join(words) + b"\n" + payload)
            if time.monotonic() - self._synced > SECONDS_AT_RISK:
                os.fsync(self._descriptor)
                self._synced = time.monotonic()
        self.entries += 1

    def close(self, *, done: bool) -> None:
        """Let go of it; delete it where the claims file is done, or nothing stands in it."""
        if self.finished is not None:
            self.finished.close()
        if done or not (self.entries or self.settled):
            # While it is locked, so that nobody opens a file that is about to go. Windows deletes no open file.
            with suppress(PermissionError):
                self.path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _look_through(self) -> None:
        """Find the entries, and the end of the last whole one."""
        file = self.path.open("rb")
        if (first := file.readline(LAST_LINE)) != BEGINNING:
            file.close()
            if first and not first.startswith(JOURNALS):
                raise StoreError(f"{self.path}: this is no journal of claimex; move it, or name another file with -o")
            return
        size, places = os.fstat(file.fileno()).st_size, Places.new()
        self._end = len(BEGINNING)
        while entry := _entry(header := file.readline(), self._end):
            key, place = entry
            if place.start + place.length > size:
                break
            places.add(key, place)
            self.entries += 1
            self._end = place.start + place.length
            file.seek(self._end)
        if is_settled := SETTLED.fullmatch(header):
            self.settled = tuple(is_settled[1].decode().split())
        self.finished = Finished(file, places)

    def _forget(self) -> None:
        """What is to be read anew."""
        if self.finished is not None:
            self.finished.close()
        self.finished, self.entries, self._end = None, 0, 0

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._end)
            raise
        self._end += len(data)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written ({error.strerror})") from error


def is_settled(claims: Path) -> bool:
    """Whether the run that has written a claims file is done, but not all of its files are in their places."""
    try:
        with journal_path(claims).open("rb") as file:
            file.seek(-min(LAST_LINE, os.fstat(file.fileno()).st_size), os.SEEK_END)
            return SETTLED.fullmatch(file.read().rpartition(b"\n")[0].rpartition(b"\n")[2] + b"\n") is not None
    except OSError:
        return False


def _entry(header: bytes, start: int) -> tuple[bytes, Place] | None:
    """Key and place of an entry whose header stands at `start`; None where that is none."""
    try:
        key, length, checksum, kinds = header.removesuffix(b"\n").split(b" ", 3)
        place = Place(start + len(header), int(length), bytes.fromhex(checksum.decode()), kinds)
        return (bytes.fromhex(key.decode()), place) if header.endswith(b"\n") and place.length >= 0 else None
    except ValueError:
        return None


def _locked(path: Path, claims: Path) -> int:
    """A descriptor of the journal, locked. Raises StoreError where another run has it."""
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
        try:
            lock(descriptor)
            # The run that had it may have deleted it in the meantime: then this is nobody's journal.
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except BlockingIOError as error:
            os.close(descriptor)
            raise StoreError(
                f"{claims}: another claimex is writing this file; wait for it, or name another file with -o"
            ) from error
        except OSError as error:
            os.close(descriptor)
            raise StoreError(f"{path}: cannot be locked ({error.strerror})") from error
        os.close(descriptor)
