"""Standard streams: no text that is printed can steer a terminal, and one that is closed says so."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NoReturn, TextIO, cast

UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line breaks that are none elsewhere, and what turns the direction of text."""


STREAMS = {"stdin": "standard input", "stdout": "standard output", "stderr": "standard error"}


class _Closed(io.RawIOBase):
    """Stands for a standard stream that the caller has closed, where Python has None: OSError for whoever uses it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> NoReturn:
        raise OSError(errno.EBADF, "it is closed", self._name)

    def write(self, data: Any) -> NoReturn:
        raise OSError(errno.EBADF, "it is closed", self._name)


def fill_closed_streams() -> None:
    """Put something in the place of each standard stream that is closed: an error that says so, for stderr silence."""
    closed = [name for name in STREAMS if getattr(sys, name) is None]
    if not closed:
        return
    # Else the next files that are opened get their numbers, and whatever a library prints.
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < len(STREAMS):
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    for name in closed:
        stand_in = _Closed(STREAMS[name])
        if name == "stdin":
            sys.stdin = io.TextIOWrapper(io.BufferedReader(stand_in))
        elif name == "stdout":
            # What a buffer holds it would try to write again when the program ends.
            sys.stdout = io.TextIOWrapper(cast(IO[bytes], stand_in), write_through=True)
        else:
            sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (for as long as the program runs)


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
