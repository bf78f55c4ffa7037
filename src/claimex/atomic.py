"""Files that are replaced in one step: whoever reads sees the old one or the new one, never half of it."""

from __future__ import annotations

import filecmp
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self

from claimex.errors import StoreError

SUFFIX = ".part"
DAY = 86_400
"""Seconds for which a file that nobody writes to may still be somebody's."""


def is_device(path: Path) -> bool:
    """Whether a path leads to a device or a pipe, which cannot be replaced and has nothing beside it."""
    return path.exists() and not path.is_file() and not path.is_dir()


def file_to_replace(path: Path) -> Path:
    """The file that a path leads to, over links too. Raises StoreError where none can be made there."""
    target = _at_the_end_of_links(path)
    if target.is_symlink():
        raise StoreError(f"{path}: cannot be written (this link leads back to itself)")
    if target.is_dir():
        raise StoreError(f"{path}: this is a folder; name a file in it")
    if not target.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {str(path.parent)!r}; make it first")
    return target


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` in one step when the block ends; on an error nothing changes.

    A device or a pipe is written straight. Raises StoreError when it cannot be written.
    """
    if is_device(path):
        # By its own name: what /dev/stdout leads to may have none.
        with _reported(path), path.open("wb") as handle:
            yield handle
        return
    with replacing_whole(path) as temporary, temporary.open("wb") as handle:
        yield handle


@contextmanager
def replacing_whole(path: Path) -> Iterator[Path]:
    """A new file, for whoever opens files by their names, that takes the place of `path` like one of `replacing`.

    What comes out the same as what is there is left alone, its time too: whatever was made from it stays good.
    """
    with preparing(path) as new:
        yield new.path
        new.flush()
        new.put()


@contextmanager
def preparing(path: Path, *, is_settled: Callable[[], bool] = lambda: False) -> Iterator[Replacement]:
    """A new file that can take the place of `path`: whoever prepares several puts them when all are whole.

    Where the block ends with an error the new file goes away, unless it is settled that it takes its place: somebody
    else will put it. Raises StoreError when it cannot be written.
    """
    target = file_to_replace(path)
    with _reported(path):
        _remove(leftover for leftover in _leftovers(target) if _is_old(leftover))
        descriptor, name = tempfile.mkstemp(prefix=_prefix(target), suffix=SUFFIX, dir=target.parent)
        os.close(descriptor)
        new = Replacement(Path(name), target)
        try:
            yield new
        except BaseException:
            if not is_settled():
                with suppress(OSError):
                    new.path.unlink()
            raise


class Replacement:
    """A file that is to take the place of another one."""

    def __init__(self, path: Path, target: Path) -> None:
        self.path, self.target = path, target

    @classmethod
    def again(cls, path: Path, token: str) -> Self:
        """One that another process has prepared, by its token."""
        target = _at_the_end_of_links(path)
        return cls(target.with_name(f"{_prefix(target)}{token}{SUFFIX}"), target)

    @property
    def token(self) -> str:
        """What tells its name from those of others for the same place: letters, digits and '_'."""
        return self.path.name.removeprefix(_prefix(self.target)).removesuffix(SUFFIX)

    def flush(self) -> None:
        """Have it on the disk, and give it the mode that it is to have. Nobody writes to it any more."""
        _write_out(self.path)
        self.path.chmod(_mode(self.target))

    def put(self) -> None:
        """Put it in its place in one step; where it was put already, nothing is done."""
        if not self.path.exists():
            return
        if self.target.is_file() and filecmp.cmp(self.path, self.target, shallow=False):
            self.path.unlink()
        else:
            self.path.replace(self.target)


def remove_leftovers(path: Path) -> None:
    """Delete what killed processes left of files that were to take the place of `path`.

    For those who know that nobody is writing there now.
    """
    _remove(_leftovers(_at_the_end_of_links(path)))


def _leftovers(target: Path) -> list[Path]:
    entries = target.parent.iterdir()
    return [entry for entry in entries if entry.name.startswith(_prefix(target)) and entry.name.endswith(SUFFIX)]


def _is_old(leftover: Path) -> bool:
    """Whether nobody can be writing a file any more."""
    try:
        return leftover.stat().st_mtime < time.time() - DAY
    except OSError:
        return False


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _at_the_end_of_links(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _prefix(target: Path) -> str:
    return f".{target.name}."


def _write_out(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); what was there is unchanged") from error


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what a new file would get."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
