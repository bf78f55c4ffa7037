"""Input files to articles: the seam where every input format comes in."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from claimex.errors import InputError
from claimex.model import ArticleRef, text_sha256

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what is known about it. Offsets of claims count the code points of `text`."""

    ref: ArticleRef
    text: str


def article(text: str, *, id: str, path: str = "", published: str | None = None) -> Article:
    """An article from a text in memory."""
    return Article(ArticleRef(id=id, path=path, sha256=text_sha256(text), published=published), text)


def read_txt(data: bytes, path: str) -> Iterator[Article]:
    """One article from a plain text file.

    Raises InputError for an empty file, a binary one and one that is not UTF-8.
    """
    if b"\0" in data[:8192]:
        raise InputError(f"{path}: this is a binary file, not a text; pass .txt files")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not valid UTF-8; save the file as UTF-8 and try again"
        ) from error
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    stem = "stdin" if path == STDIN else Path(path).stem
    yield article(text, id=stem, path=path)


READERS = {".txt": read_txt}
"""File suffix to reader. A reader takes bytes and a path and yields articles."""


def find_files(paths: Iterable[str]) -> Iterator[str]:
    """Every file the paths name: folders are walked in sorted order, hidden names and unknown suffixes passed over."""
    for path in paths:
        folder = Path(path)
        if path == STDIN or not folder.is_dir():
            yield path
            continue
        for file in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
            if not hidden and file.suffix.lower() in READERS and file.is_file():
                yield str(file)


def read_file(path: str, *, published: str | None = None) -> Iterator[Article]:
    """The articles of one file or of standard input.

    Raises InputError with one sentence when it cannot be read.
    """
    reader = READERS.get(Path(path).suffix.lower(), read_txt)
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file or folder; check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: this is a folder that cannot be walked") from error
    except PermissionError as error:
        raise InputError(f"{path}: no permission to read it; change its mode or run as its owner") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    for item in reader(data, path):
        ref = item.ref if item.ref.published or not published else item.ref.model_copy(update={"published": published})
        yield replace(item, ref=ref)
