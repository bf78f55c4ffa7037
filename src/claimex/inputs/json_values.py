"""A stream of JSON cut into its values, a piece at a time: what stands in the values is not looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from claimex.errors import InputError

CHUNK = 1 << 16
STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
OUTSIDE = re.compile(rb'["{}\[\],]')
NESTED = re.compile(rb'"|[{\[]++|[}\]]++')
BETWEEN = re.compile(rb"[\s,]*+")


def json_values(stream: BinaryIO, *, most: int) -> Iterator[bytes | None]:
    """The elements of the array that a stream holds, or the values that stand in it one after the other.

    None in the place of a value of more than `most` bytes. Raises InputError where the stream ends inside a value or
    an array, and where something follows the array.
    """
    values = _Values(stream, most)
    inside = values.next_byte() == b"["
    if inside:
        values.drop(1)
    while (first := values.next_byte()) and not (inside and first == b"]"):
        yield values.take()
    if inside and not first:
        raise InputError("the file ends inside the array; what stands before was read")
    values.drop(1)
    if values.next_byte():
        raise InputError("something follows the array; what stands in it was read")


class _Values:
    """The part of a stream that is being looked at."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self._data = bytearray()

    def _more(self) -> bool:
        piece = self._stream.read(CHUNK)
        self._data += piece
        return bool(piece)

    def drop(self, count: int) -> None:
        """Forget the first bytes."""
        del self._data[:count]

    def next_byte(self) -> bytes:
        """The first byte that is no space and no comma; nothing at the end."""
        while self._data or self._more():
            between = BETWEEN.match(self._data)
            self.drop(between.end() if between else 0)
            if self._data:
                return bytes(self._data[:1])
        return b""

    def take(self) -> bytes | None:
        """The value that begins here, up to where its brackets close: valid or not."""
        at, depth, in_string, too_long = 0, 0, False, False
        while True:
            if in_string:
                rest = STRING_REST.match(self._data, at)
                at = rest.end() if rest else at
                if self._data[at : at + 1] == b'"':
                    at, in_string = at + 1, False
                    continue
            elif found := (NESTED if depth else OUTSIDE).search(self._data, at):
                mark, at = found[0], found.end()
                if mark == b'"':
                    in_string = True
                elif mark[0] in b"{[":
                    depth += len(mark)
                elif depth == 0:
                    # A comma or the end of the array stops a bare value; a bracket that nothing opened is one itself.
                    return self._taken(max(1, at - 1), too_long)
                elif len(mark) < depth:
                    depth -= len(mark)
                else:
                    return self._taken(at - len(mark) + depth, too_long)
                continue
            else:
                at = len(self._data)
            if at > self._most:
                too_long = True
            if too_long:
                self.drop(at)
                at = 0
            if not self._more():
                if depth or in_string:
                    raise InputError("the file ends inside a value; what stands before was read")
                return self._taken(at, too_long)

    def _taken(self, end: int, too_long: bool) -> bytes | None:
        value = None if too_long or end > self._most else bytes(self._data[:end])
        self.drop(end)
        return value
