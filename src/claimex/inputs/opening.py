"""Paths to byte streams: only files and open pipes, unpacked where they are gzip, with a limit on what comes out."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from claimex.errors import InputError
from claimex.inputs.limits import FREE_BYTES, MAX_RATIO, megabytes

STDIN = "-"
GZIP = b"\x1f\x8b"
OPEN_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Where a shell puts the output of `<(command)`: it has a writer and an end, which a named pipe need not have."""


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file or of standard input, unpacked.

    Raises InputError where there is no such file, where it is a folder, device or named pipe, and in the block where
    the system cannot read it to its end, or the packed data is damaged or grows out of all proportion.
    """
    try:
        if path == STDIN:
            yield unpacked(sys.stdin.buffer)
            return
        with _open(path) as stream:
            yield unpacked(stream)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})") from error


def _open(path: str) -> BinaryIO:
    if not path:
        raise InputError("an empty name is no path; name a file, a folder or - for standard input")
    try:
        # Looked at before it is opened, which for some devices is an act by itself, and again as it was opened.
        _check(path, os.stat(path).st_mode)  # noqa: PTH116 (paths can be any string here)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        try:
            _check(path, os.fstat(descriptor).st_mode)
            os.set_blocking(descriptor, True)
        except BaseException:
            os.close(descriptor)
            raise
    except FileNotFoundError as error:
        raise InputError("no such file or folder; check the path") from error
    except PermissionError as error:
        raise InputError("no permission to read it; change its mode or run as its owner") from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise InputError(f"this is no path ({error})") from error
    return cast(BinaryIO, os.fdopen(descriptor, "rb"))


def _check(path: str, mode: int) -> None:
    if stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and path.startswith(OPEN_PIPES)):
        return
    kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
    kind = kinds.get(stat.S_IFMT(mode), "a device")
    raise InputError(f"this is {kind}, not a file; use - to read standard input")


def unpacked(stream: BinaryIO) -> BinaryIO:
    """The stream itself, or what comes out of it where it begins as gzip data do."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    if buffered.peek(2)[:2] != GZIP:
        return buffered
    return io.BufferedReader(_Gunzip(buffered), buffer_size=1 << 16)


class _Counted:
    """A stream that knows how much was taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.taken += len(data)
        return data


class _Gunzip(io.RawIOBase):
    """What gzip data unpack to, as long as that stays in proportion."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = _Counted(packed)
        self._data = gzip.GzipFile(fileobj=self._packed)  # type: ignore[call-overload]
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end."""
        try:
            piece: bytes = self._data.read(len(buffer))
        except EOFError as error:
            raise InputError("the gzip data ends too early; fetch the file again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise InputError("the gzip data is damaged; fetch the file again") from error
        self._given += len(piece)
        if self._given > FREE_BYTES and self._given > MAX_RATIO * self._packed.taken:
            raise InputError(
                f"this gzip data unpacks to more than {MAX_RATIO} times its size and past {megabytes(FREE_BYTES)}; "
                "if you trust it, unpack it first"
            )
        buffer[: len(piece)] = piece
        return len(piece)
