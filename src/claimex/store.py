"""Claims files: written in one step, read as plain dicts (fast) or as models (checked).

A claims file is JSON Lines, or with the suffix `.json` one array with a claim on each line. Reading imports
neither pydantic nor spaCy until `read_claims` builds models.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import msgspec

from claimex.errors import StoreError
from claimex.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from claimex.model import ClaimBase

STREAM = "-"
"""Names standard input or output in place of a file."""
BOM = b"\xef\xbb\xbf"
"""Editors of some systems put it in front of a text."""


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it stands in a file: the bytes, and what they hold."""

    where: str
    """Its place: 'line 7', or in an array 'claim 7'."""
    raw: bytes
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Damage:
    """What stands in the place of a claim and is none, and why."""

    where: str
    reason: str


Offset = Annotated[int, msgspec.Meta(ge=0)]
Number = int | float | None


class _Article(msgspec.Struct):
    id: str
    path: str
    sha256: str
    published: str | None = None


class _Sentence(msgspec.Struct):
    start: Offset
    end: Offset
    text: str


class _Evidence(msgspec.Struct):
    start: Offset
    end: Offset
    quote: str
    sentence: _Sentence
    rule: str


class _Attribution(msgspec.Struct):
    source: str
    text: str
    cue: str


class _Reference(msgspec.Struct):
    id: str
    name: str
    text: str | None = None


class _Quantity(msgspec.Struct):
    text: str
    bound: str
    value: Number = None
    low: Number = None
    high: Number = None


class _Shape(msgspec.Struct):
    """What every reader relies on: the part of the claim format that filters and tables touch."""

    id: str
    kind: str
    schema: int
    article: _Article
    evidence: _Evidence
    factuality: str
    attribution: _Attribution | None
    entities: list[_Reference]
    quantity: _Quantity | None = None


class ClaimFile:
    """A claims file to be read, as often as needed; standard input, a pipe and an array are kept in memory.

    Iterating yields each claim in order, and a `Damage` in the place of each line that holds none. Raises
    StoreError when there is no such file or it cannot be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._kept: bytes | None = None
        if path == STREAM:
            self._kept = sys.stdin.buffer.read()
        else:
            with self._reported(), Path(path).open("rb") as handle:
                beginning = handle.read(4096)
                if _is_array(beginning) or not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
                    self._kept = beginning + handle.read()
        self._array = self._kept is not None and _is_array(self._kept)

    def __iter__(self) -> Iterator[StoredClaim | Damage]:
        if self._kept is None:
            with self._reported(), Path(self.path).open("rb") as handle:
                yield from _read_lines(handle)
        elif self._array:
            yield from _read_array(self._kept)
        else:
            yield from _read_lines(self._kept.splitlines())

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


def _is_array(beginning: bytes) -> bool:
    return beginning.removeprefix(BOM).lstrip().startswith(b"[")


def _read_lines(lines: Iterable[bytes]) -> Iterator[StoredClaim | Damage]:
    for number, line in enumerate(lines, 1):
        text = (line.removeprefix(BOM) if number == 1 else line).strip()
        if text:
            yield read_claim(f"line {number}", text)


def _read_array(data: bytes) -> Iterator[StoredClaim | Damage]:
    """The elements of an array; of a damaged one the claims that stand on lines of their own."""
    data = data.removeprefix(BOM)
    try:
        elements = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        lines = (line.strip().rstrip(b",") for line in data.splitlines())
        yield from _read_lines(b"" if line in (b"[", b"]") else line for line in lines)
        return
    for number, element in enumerate(elements, 1):
        # Laid out over several lines it would break JSON Lines when it is passed on.
        line = bytes(element) if b"\n" not in bytes(element) else msgspec.json.format(element, indent=-1)
        yield read_claim(f"claim {number}", line)


_decode = msgspec.json.Decoder().decode


def read_claim(where: str, raw: bytes) -> StoredClaim | Damage:
    """The claim that some JSON holds, or what is wrong with it."""
    try:
        data = _decode(raw)
        shape = msgspec.convert(data, _Shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Damage(where, _reason(error))
    if shape.schema > SCHEMA_VERSION:
        return Damage(
            where,
            f"schema {shape.schema} is newer than {SCHEMA_VERSION}, which this claimex reads; update claimex",
        )
    return StoredClaim(where, raw, data)


def _reason(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f"not a claim: {str(error).replace('`$.', '`')}"
    if isinstance(error, RecursionError):
        return "not a claim: nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    reason = "the line is cut off" if "truncated" in str(error) else str(error).removeprefix("JSON is malformed: ")
    return f"not JSON: {reason}"


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


def write_claims(handle: IO[bytes], lines: Iterable[bytes], *, array: bool) -> str:
    """Write encoded claims as JSON Lines or as an array, one on each line; the SHA-256 of what was written."""
    digest = sha256()
    pieces = _array(lines) if array else (line + b"\n" for line in lines)
    for piece in pieces:
        handle.write(piece)
        digest.update(piece)
    return digest.hexdigest()


def _array(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b"[\n"
    for line in lines:
        yield before + line
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
