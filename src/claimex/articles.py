"""Input files to articles: the seam where every input format comes in."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from claimex.errors import InputError
from claimex.reference import ArticleRef, text_sha256

STDIN = "-"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what is known about it. Offsets of claims count the code points of `text`."""

    ref: ArticleRef
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one input, in one sentence."""

    path: str
    message: str


def article(text: str, *, id: str, path: str = "", published: str | None = None) -> Article:
    """An article from a text in memory."""
    return Article(ArticleRef(id=id, path=path, sha256=text_sha256(text), published=published), text)


def read_txt(data: bytes, path: str) -> Iterator[Article]:
    """One article from a plain text file.

    Raises InputError for an empty file, a binary one and one that is not UTF-8.
    """
    shown = _unicode(path)
    if data.startswith(UTF16_MARKS):
        raise InputError(f"{shown}: this text is UTF-16; save it as UTF-8 and try again")
    if b"\0" in data[:8192]:
        raise InputError(f"{shown}: this is a binary file, not a text; pass .txt files")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{shown}: byte {error.start} is not valid UTF-8; save the file as UTF-8 and try again"
        ) from error
    if not text.strip():
        raise InputError(f"{shown}: the file is empty")
    stem = "stdin" if path == STDIN else PurePath(shown).stem
    yield article(text, id=stem, path=shown)


Reader = Callable[[bytes, str], Iterator[Article]]
READERS: dict[str, Reader] = {".txt": read_txt}
"""File suffix to reader. A reader takes bytes and a path and yields articles."""


def find_files(paths: Iterable[str]) -> Iterator[str | Problem]:
    """Every file the paths name, each once: folders are walked in sorted order.

    Inside a folder hidden names, unknown suffixes, links to folders and whatever is no regular file are passed
    over. A folder that holds no article, or cannot be read, comes as a Problem.
    """
    seen = set()
    for path in paths:
        # Not Path.is_dir, which raises where it may not look.
        found = _walk(Path(path)) if path != STDIN and os.path.isdir(path) else [path]  # noqa: PTH112
        for item in found:
            key = item if isinstance(item, Problem) or item in ("", STDIN) else os.path.normpath(item)
            if key not in seen:
                seen.add(key)
                yield item


def _walk(folder: Path) -> Iterator[str | Problem]:
    """Files below a folder, sorted by the parts of their paths."""
    empty = True
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not path.is_dir():
            empty = False
            yield str(path)
            continue
        try:
            with os.scandir(path) as entries:
                names = sorted((e for e in entries if _is_wanted(e)), key=lambda e: e.name, reverse=True)
        except OSError as error:
            empty = False
            yield Problem(_unicode(path), f"{_unicode(path)}: this folder cannot be read ({error.strerror})")
            continue
        waiting += [path / entry.name for entry in names]
    if empty:
        suffixes = " or ".join(READERS)
        yield Problem(_unicode(folder), f"{_unicode(folder)}: there is no {suffixes} file in this folder")


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    return PurePath(entry.name).suffix.lower() in READERS and entry.is_file()


def read_file(path: str, *, published: str | None = None) -> Iterator[Article]:
    """The articles of one file or of standard input.

    Raises InputError with one sentence when it cannot be read.
    """
    reader = READERS.get(PurePath(path).suffix.lower(), read_txt)
    shown = _unicode(path)
    if not path:
        raise InputError("'': an empty name is no path; name a file, a folder or - for standard input")
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{shown}: no such file or folder; check the path") from error
    except PermissionError as error:
        raise InputError(f"{shown}: no permission to read it; change its mode or run as its owner") from error
    except OSError as error:
        raise InputError(f"{shown}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise InputError(f"{shown!r}: this is no path ({error})") from error
    for item in reader(data, path):
        ref = item.ref if item.ref.published or not published else replace(item.ref, published=published)
        yield replace(item, ref=ref)


def read_paths(paths: Iterable[str], *, published: str | None = None) -> Iterator[Article | Problem]:
    """Every article the paths name; what cannot be read comes as a Problem in its place."""
    return read_files(list(find_files(paths)), published=published)


def read_files(files: Collection[str | Problem], *, published: str | None = None) -> Iterator[Article | Problem]:
    """The articles of each file; what cannot be read comes as a Problem in its place.

    Files of one name in different folders get their path as id, so that no two articles of a run share one.
    """
    stems = Counter(PurePath(item).stem for item in files if isinstance(item, str))
    for item in files:
        if isinstance(item, Problem):
            yield item
            continue
        try:
            for read in read_file(item, published=published):
                yield _with_path_as_id(read) if stems[PurePath(item).stem] > 1 else read
        except InputError as error:
            yield Problem(_unicode(item), str(error))


def _with_path_as_id(item: Article) -> Article:
    path = PurePath(item.ref.path)
    return replace(item, ref=replace(item.ref, id=path.with_suffix("").as_posix()))


def _unicode(path: str | Path) -> str:
    """A path as text that JSON can hold: bytes that are no UTF-8 become U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
