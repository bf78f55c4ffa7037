"""The claims file as it grows, JSON Lines or an array, and where in it the claims of an article stand."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import IO


class ClaimsWriter:
    """Writes encoded claims."""

    def __init__(self, handle: IO[bytes], *, array: bool) -> None:
        self._handle = handle
        self._array = array
        self._digest = sha256()
        self._end = 0

    def write(self, lines: Sequence[bytes]) -> tuple[int, int]:
        """Write the claims of one article; offset and length of what was written, in bytes."""
        if not self._array:
            return self._put(b"".join(line + b"\n" for line in lines))
        if lines:
            self._put(b",\n" if self._end else b"[\n")
        return self._put(b",\n".join(lines))

    def finish(self) -> str:
        """Write what belongs behind the last claim; the SHA-256 of it all."""
        if self._array:
            self._put(b"\n]\n" if self._end else b"[]\n")
        return self._digest.hexdigest()

    def _put(self, data: bytes) -> tuple[int, int]:
        start = self._end
        self._handle.write(data)
        self._digest.update(data)
        self._end += len(data)
        return start, len(data)
