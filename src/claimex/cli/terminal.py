"""Standard streams on a terminal: no text that is printed can steer it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import IO, Any, TextIO, cast

UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line breaks that are none elsewhere, and what turns the direction of text."""


class Guarded:
    """A stream of text on a terminal. What could steer the terminal is written as JSON would escape it.

    So JSON stays JSON. What writes styles of its own takes `styled`, and cares for the text in them itself.
    """

    def __init__(self, stream: TextIO) -> None:
        self.styled = stream

    def write(self, text: str) -> int:
        """Write a text."""
        return self.styled.write(UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.styled, name)


class GuardedBytes:
    """Takes bytes of UTF-8 for a stream of text on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = Guarded(stream)

    def write(self, data: bytes) -> int:
        """Write whole characters."""
        return self.stream.write(data.decode("utf-8", "replace"))

    def flush(self) -> None:
        """Have it on the screen."""
        self.stream.flush()


def standard_output() -> IO[bytes]:
    """Standard output for bytes of UTF-8, whole characters at a time; on a terminal through what guards it."""
    return cast(IO[bytes], GuardedBytes(sys.stdout)) if sys.stdout.isatty() else sys.stdout.buffer
