"""Claims files: written in one step, read as plain dicts (fast) or as models (checked).

A claims file is JSON Lines, or with the suffix `.json` one array with a claim on each line. Reading imports
neither pydantic nor spaCy until `read_claims` builds models.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from claimex.claim_line import Damage, PartReader, StoredClaim, read_claim
from claimex.errors import StoreError
from claimex.line_sieve import sieve
from claimex.normalize.names import keys_of
from claimex.query import MANY, Question, values_of

if TYPE_CHECKING:
    from claimex.model import ClaimBase

STREAM = "-"
"""Names standard input or output in place of a file."""
BOM = b"\xef\xbb\xbf"
"""Editors of some systems put it in front of a text."""
BUFFER = 1 << 17


class ClaimFile:
    """A claims file to be read, as often as needed; standard input, a pipe and an array are kept in memory.

    Iterating yields each claim in order, and a `Damage` in the place of each line that holds none. Raises
    StoreError when there is no such file or it cannot be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._kept: list[bytes] | None = None
        self._unit = "line"
        if path == STREAM:
            with self._reported():
                self._keep(sys.stdin.buffer.read())
        else:
            with self._reported(), Path(path).open("rb") as handle:
                beginning = handle.read(4096)
                if _is_array(beginning) or not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
                    self._keep(beginning + handle.read())

    @property
    def is_lines(self) -> bool:
        """Whether this is a file with a claim on each line."""
        return self._kept is None

    def _keep(self, data: bytes) -> None:
        data = data.removeprefix(BOM)
        if not _is_array(data):
            self._kept = list(io.BytesIO(data))
            return
        elements = _elements(data)
        self._unit = "line" if elements is None else "claim"
        self._kept = _lines_of_array(data) if elements is None else elements

    def __iter__(self) -> Iterator[StoredClaim | Damage]:
        return self.select(Question())

    def select(self, question: Question) -> Iterator[StoredClaim | Damage]:
        """The answers in order; in their places damaged lines, as far as the question has them read."""
        for number, line in question.worth_reading(self._lines()):
            raw = bare(line, number)
            item = question.answer(f"{self._unit} {number}", raw) if raw else None
            if item is not None:
                yield item

    def values(self, part: str, names: Iterable[str] = ()) -> Iterator[Any]:
        """The different values of a part in the order in which they first come, damaged lines left out.

        Of entities at least those that one of the names can mean, where some are given.
        """
        reader, seen = PartReader([part]), set()
        passes_over = sieve(part, set().union(*map(keys_of, names))) if part == MANY else None
        for number, line in enumerate(self._lines(), 1):
            if passes_over and passes_over(line):
                continue
            claim = reader.read(line)
            if claim is None:
                item = read_claim("", bare(line, number))
                if isinstance(item, Damage):
                    continue
                claim = reader.of(item)
            new = [value for value in values_of(claim, part) if value not in seen]
            # Only now is the rest of the line worth a look.
            if new and not isinstance(read_claim("", bare(line, number)), Damage):
                seen.update(new)
                yield from dict.fromkeys(new)

    def _lines(self) -> Iterator[bytes]:
        if self._kept is not None:
            yield from self._kept
            return
        with self._reported(), Path(self.path).open("rb", buffering=BUFFER) as handle:
            # In the first line alone a mark is no damage.
            for first in handle:
                yield first.removeprefix(BOM)
                break
            yield from handle

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise StoreError(
                f"{self.path}: no such claims file; make one with `claimex extract`, or name another with -i"
            ) from error
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read ({error.strerror})") from error


def bare(line: bytes, number: int) -> bytes:
    """What a line holds, without its end and, in the first one, a byte-order mark."""
    return (line.removeprefix(BOM) if number == 1 else line).strip()


def _is_array(beginning: bytes) -> bool:
    return beginning.removeprefix(BOM).lstrip().startswith(b"[")


def _elements(data: bytes) -> list[bytes] | None:
    """The elements of an array, each on a line; None for a damaged one."""
    try:
        elements = map(bytes, msgspec.json.decode(data, type=list[msgspec.Raw]))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    # Laid out over several lines it would break JSON Lines when it is passed on.
    return [raw if b"\n" not in raw else msgspec.json.format(raw, indent=-1) for raw in elements]


def _lines_of_array(data: bytes) -> list[bytes]:
    """Of a damaged array the claims that stand on lines of their own; brackets are no damage."""
    lines = (line.strip().rstrip(b",") for line in data.splitlines())
    return [b"" if line in (b"[", b"]") else line for line in lines]


def read_claims(path: str | Path) -> Iterator[ClaimBase]:
    """Every claim of a file as a model, checked in full.

    Raises StoreError at the first line that holds no valid claim.
    """
    from pydantic import ValidationError

    from claimex.claims import claim_adapter

    adapter = claim_adapter()
    for item in ClaimFile(str(path)):
        if isinstance(item, Damage):
            raise StoreError(f"{path}, {item.where}: {item.reason}")
        try:
            yield adapter.validate_json(item.raw)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise StoreError(f"{path}, {item.where}: {where}: {first['msg']}") from error


def encode(claim: ClaimBase) -> bytes:
    """A claim as a line of JSON, without the line break."""
    try:
        return claim.model_dump_json(by_alias=True).encode()
    except ValueError:
        return json_bytes(claim.model_dump(mode="python", by_alias=True))


def json_bytes(value: Any) -> bytes:
    """A value as JSON in UTF-8. JSON has no lone surrogates: they become U+FFFD."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_without_surrogates(value))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if 0xD800 <= ord(ch) < 0xE000 else ch for ch in value)
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
