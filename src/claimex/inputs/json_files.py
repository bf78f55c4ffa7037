"""JSON Lines and JSON arrays: records one after the other, never a whole file of them in memory."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from claimex.errors import InputError
from claimex.inputs.article import Article, Problem
from claimex.inputs.decoding import mark_of
from claimex.inputs.json_values import CHUNK, json_values
from claimex.inputs.limits import MAX_ARTICLE_BYTES, megabytes
from claimex.inputs.records import record_article
from claimex.inputs.source import Source

HOPELESS = 10
"""So many records at the head of a file and none of them an article: it is something else."""


def read_json_lines(source: Source) -> Iterator[Article | Problem]:
    """One article a line; empty lines count as lines and are no articles."""
    lines = _lines(_utf8(source.stream))
    yield from _articles(((number, line) for number, line in lines if line is None or line.strip()), source, "line")


def read_json(source: Source) -> Iterator[Article | Problem]:
    """The articles of an array, or one object after the other."""
    values = json_values(_utf8(source.stream), most=MAX_ARTICLE_BYTES)
    yield from _articles(enumerate(values, 1), source, "article")


def _articles(records: Iterator[tuple[int, bytes | None]], source: Source, place: str) -> Iterator[Article | Problem]:
    """Each record's article; None stands for a record that is too long."""
    number = read = failed = 0
    for number, data in records:
        where = f"{place} {number}"
        if data is None:
            reason = f"more than {megabytes(MAX_ARTICLE_BYTES)} is too much for one article"
            made: Article | Problem = Problem(source.path, f"{source.path}, {where}: {reason}")
        else:
            made = record_article(data, source, number=number, place=where)
        yield made
        read, failed = (read, failed + 1) if isinstance(made, Problem) else (read + 1, failed)
        if failed == HOPELESS and not read:
            raise InputError(f"none of its first {HOPELESS} records is an article; the rest is not read")
    if not number:
        raise InputError("the file is empty")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := stream.readline(MAX_ARTICLE_BYTES + 1):
        number += 1
        if len(line) <= MAX_ARTICLE_BYTES:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(CHUNK)):
            pass
        yield number, None


def _utf8(stream: BinaryIO) -> BinaryIO:
    """The stream in UTF-8 where its byte-order mark says that it is UTF-16 or UTF-32."""
    encoding = mark_of(cast(io.BufferedReader, stream).peek(4)[:4])
    return io.BufferedReader(_Recoded(stream, encoding)) if encoding else stream


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._encoding = encoding
        self._text = codecs.getreader(encoding)(stream)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            try:
                self._left = self._text.read(CHUNK).encode("utf-8", "replace")
            except UnicodeError as error:
                raise InputError(f"it begins as {self._encoding.upper()} and goes on as something else") from error
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count
