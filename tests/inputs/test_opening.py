"""Files, pipes and packed data: what is opened, what is refused, and where unpacking stops."""

from __future__ import annotations

import errno
import gzip
import io
import os
import socket
from pathlib import Path
from typing import IO

import pytest

from claimex.inputs import limits, opening
from claimex.inputs.article import Problem
from claimex.inputs.reading import read_paths
from tests.inputs.made import SENTENCE, lines, made, read


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a", "a.gz"])
def test_packed_text(tmp_path: Path, name: str) -> None:
    """By its first bytes, whatever the name; several members are one text."""
    data = gzip.compress(SENTENCE[:9].encode()) + gzip.compress(SENTENCE[9:].encode())
    ((article,), said) = read(made(tmp_path, name, data))
    assert (article.text, article.ref.id, said) == (SENTENCE, "a", [])


def test_a_name_that_only_says_packed(tmp_path: Path) -> None:
    """What a browser unpacked on the way keeps its name."""
    ((article,), _) = read(made(tmp_path, "a.jsonl.gz", lines({"text": SENTENCE})))
    assert article.text == SENTENCE


@pytest.mark.parametrize(
    ("cut", "reason"), [(slice(0, 40), "the gzip data ends too early"), (slice(12, None), "the gzip data is damaged")]
)
def test_damaged_gzip_data(tmp_path: Path, cut: slice, reason: str) -> None:
    """One sentence."""
    data = gzip.compress(os.urandom(500))
    data = data[: cut.stop] if cut.stop else data[:10] + b"\xff" * 30
    articles, (said,) = read(made(tmp_path, "a.txt.gz", data))
    assert articles == []
    assert reason in said


def test_packed_data_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    """Articles are read as they come."""
    data = gzip.compress(lines(*[{"text": SENTENCE + os.urandom(999).hex()}] * 300))
    articles, (said,) = read(made(tmp_path, "a.jsonl.gz", data[: len(data) // 2]))
    assert articles
    assert said == ": the gzip data ends too early; fetch the file again"


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.json.gz"])
def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither into memory nor to its end."""
    monkeypatch.setattr(opening, "FREE_BYTES", 2**20)
    articles, said = read(made(tmp_path, name, gzip.compress(b"[" + b" " * 20 * 2**20)))
    assert articles == []
    reasons = ("unpacks to more than 200 times its size", f"more than {limits.megabytes(limits.MAX_ARTICLE_BYTES)}")
    assert any(reason in said[-1] for reason in reasons)


class Unreadable(io.RawIOBase):
    """What a bad disk gives: it opens, and cannot be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_what_breaks_off_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad disk costs the article that lies on it."""
    before, bad, after = (made(tmp_path, name, SENTENCE) for name in ("a.txt", "bad.txt", "z.txt"))
    fdopen = os.fdopen

    def opened(descriptor: int, mode: str) -> IO[bytes]:
        stream = fdopen(descriptor, mode)
        if not os.path.sameopenfile(stream.fileno(), there.fileno()):
            return stream
        stream.close()
        return io.BufferedReader(Unreadable())

    with Path(bad).open("rb") as there:
        monkeypatch.setattr(opening.os, "fdopen", opened)
        items = list(read_paths([before, bad, after]))
    assert [type(item).__name__ for item in items] == ["Article", "Problem", "Article"]
    assert isinstance(items[1], Problem)
    assert items[1].message == f"{bad}: cannot be read (Input/output error)"


def test_packed_twice(tmp_path: Path) -> None:
    """Only one layer is taken off."""
    data = gzip.compress(gzip.compress(SENTENCE.encode()))
    assert read(made(tmp_path, "a.txt.gz", data))[1] == [": this file is packed more than once; unpack it first"]


def test_other_archives(tmp_path: Path) -> None:
    """Named for what they are."""
    said = read(made(tmp_path, "a.txt", b"PK\x03\x04\x14\0"))[1]
    assert said == [": this file is a zip archive; unpack it first"]


def test_a_named_pipe_is_refused(tmp_path: Path) -> None:
    """It would be waited for without end where nobody writes."""
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert read(str(path))[1] == [": this is a named pipe, not a file; use - to read standard input"]


def test_an_open_pipe_is_read() -> None:
    """As the shell makes it for `<(command)`."""
    reader, writer = os.pipe()
    os.write(writer, SENTENCE.encode())
    os.close(writer)
    ((article,), said) = read(f"/dev/fd/{reader}")
    os.close(reader)
    assert (article.text, said) == (SENTENCE, [])


def test_devices_sockets_and_folders_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from them."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s.txt")
        assert read("s.txt")[1] == [": this is a socket, not a file; use - to read standard input"]
    assert read("/dev/zero")[1] == [": this is a device, not a file; use - to read standard input"]
    assert read(".")[1] == [": this is a folder, not a file; use - to read standard input"]


@pytest.mark.parametrize("name", ["long.txt", "long.json"])
def test_a_text_that_is_too_long(tmp_path: Path, name: str) -> None:
    """Fifty megabytes in one line are not read to the end, and are said in one sentence."""
    (said,) = read(made(tmp_path, name, b'{"text": "' + b"x" * 50 * 2**20 + b'"}'))[1]
    assert said.endswith(("more than 8 MB is too much for one article; split it", "8 MB is too much for one article"))
