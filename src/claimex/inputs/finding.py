"""Paths to files: folders walked, lists of paths read."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from claimex.errors import InputError
from claimex.inputs.article import Problem, unicode
from claimex.inputs.limits import MAX_LIST_BYTES, megabytes
from claimex.inputs.opening import STDIN, opened
from claimex.inputs.readers import READERS, format_of
from claimex.run_files import written_by_runs


def find_files(paths: Iterable[str], *, lists: Iterable[str] = ()) -> Iterator[str | Problem]:
    """Every file that the paths and the lists of paths name, each once: folders are walked in sorted order.

    Inside a folder hidden names, unknown suffixes, links to folders and whatever is no regular file are passed
    over. A folder that holds no article, or cannot be read, comes as a Problem, and so does a path in a list that
    leads out of the folder of the list and of the working directory. A list on standard input may lead anywhere.
    """
    seen = set()
    for item in (*map(_found, paths), *map(_listed, lists)):
        for found in item:
            key = found if isinstance(found, Problem) or found in ("", STDIN) else os.path.normpath(found)
            if key not in seen:
                seen.add(key)
                yield found


def _found(path: str) -> Iterator[str | Problem]:
    # Not Path.is_dir, which raises where it may not look.
    return _walk(Path(path)) if path != STDIN and os.path.isdir(path) else iter([path])  # noqa: PTH112


def _listed(path: str) -> Iterator[str | Problem]:
    """The files that a list of paths names: one a line, or ended by NUL characters where there are any."""
    shown = unicode(path)
    roots = {os.path.realpath("."), os.path.realpath(Path(path).parent)}
    try:
        with opened(path) as stream:
            data = stream.read(MAX_LIST_BYTES + 1)
        if len(data) > MAX_LIST_BYTES:
            raise InputError(f"more than {megabytes(MAX_LIST_BYTES)} is too long a list of paths; split it")
    except InputError as error:
        yield Problem(shown, f"{shown}: {error}")
        return
    end = b"\0" if b"\0" in data else b"\n"
    for number, raw in enumerate(data.removeprefix(BOM_UTF8).split(end), 1):
        name = os.fsdecode(raw.removesuffix(b"\r"))
        if not name.strip():
            continue
        # A file may come from others: what it names has to lie where the user works or where the list lies. What comes
        # on standard input is what a command of the user's writes, `find /data -name '*.txt'`, and may be anywhere.
        named = f"./{name}" if name == STDIN else name
        # What is named comes first: a folder outside is not walked. Links below one inside may still lead out.
        inside = path == STDIN or _is_inside(named, roots)
        for found in _found(named) if inside else [named]:
            if isinstance(found, Problem) or path == STDIN or (inside and _is_inside(found, roots)):
                yield found
            else:
                reason = "is neither in this folder nor in that of the list"
                advice = "--files-from - < LIST takes a list that you trust"
                yield Problem(unicode(found), f"{shown}, line {number}: {unicode(found)} {reason}; {advice}")


def _is_inside(path: str, roots: Iterable[str]) -> bool:
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):
        return True  # it cannot be opened either, and is told of then
    return any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _walk(folder: Path) -> Iterator[str | Problem]:
    """Files below a folder, sorted by the parts of their paths."""
    empty = True
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            empty = False
            yield str(path)
            continue
        try:
            with os.scandir(path) as entries:
                wanted = sorted(_wanted(list(entries)), key=lambda one: one[0].name, reverse=True)
        except OSError as error:
            empty = False
            yield Problem(unicode(path), f"{unicode(path)}: this folder cannot be read ({error.strerror})")
            continue
        waiting += [(path / entry.name, is_folder) for entry, is_folder in wanted]
    if empty:
        suffixes = ", ".join(f".{name}" for name in READERS)
        yield Problem(unicode(folder), f"{unicode(folder)}: there is no article ({suffixes}) in this folder")


def _wanted(entries: Sequence[os.DirEntry[str]]) -> Iterator[tuple[os.DirEntry[str], bool]]:
    """Folders and articles, and which it is. Claims and records that a run wrote are none and are passed over."""
    written = written_by_runs(entries)
    for entry in entries:
        if entry.name.startswith(".") or entry.name in written:
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder or (format_of(entry.name) is not None and _may_be_file(entry)):
            yield entry, is_folder


def _may_be_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a regular file, or a link that leads nowhere: that is told when it is opened."""
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True
