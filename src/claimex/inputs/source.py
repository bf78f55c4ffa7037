"""What a reader is handed: a stream of bytes, its name, and what the fields of its records are called."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from claimex.errors import InputError
from claimex.inputs.article import Article, Problem
from claimex.inputs.limits import megabytes

PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class Source:
    """A file or stream that a reader reads once."""

    stream: BinaryIO
    path: str
    """As given, with U+FFFD for bytes that are no text; '-' for standard input."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the input calls a field of an article, where it is not the field's own name."""

    @property
    def stem(self) -> str:
        """The id of its one article: the name of the file without suffixes."""
        return "stdin" if self.path == "-" else stem(self.path)

    def read(self, most: int) -> bytes:
        """All of it. Raises InputError where it is longer than `most` bytes."""
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise InputError(f"more than {megabytes(most)} is too much for one article; split it")
        return data


Reader = Callable[[Source], Iterator[Article | Problem]]
"""Yields the articles of a source, and a Problem in the place of each that it could not make.

It may raise InputError where it cannot go on; what it yielded before stays.
"""


def stem(path: str) -> str:
    """'a' of 'x/a.txt' and of 'x/a.txt.gz'."""
    return _parted(_unpacked_name(path))[0]


def suffix(path: str) -> str:
    """'txt' of 'x/a.txt' and of 'x/a.TXT.gz'; nothing where the name has none."""
    return _parted(_unpacked_name(path))[1].lower()


def _unpacked_name(path: str) -> str:
    """The last part of a path, as PurePath has it, which would be most of the work of passing on an article."""
    name = path.rpartition("/")[2]
    if name in ("", ".") or os.sep != "/":
        name = PurePath(path).name
    return name[: -len(PACKED)] if name.lower().endswith(PACKED) else name


def _parted(name: str) -> tuple[str, str]:
    """A name and its suffix."""
    dot = name.rfind(".")
    return (name[:dot], name[dot + 1 :]) if 0 < dot < len(name) - 1 else (name, "")
