"""Files that are replaced in one step: whoever reads sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from claimex.errors import StoreError


def is_device(path: Path) -> bool:
    """Whether a path leads to a device or a pipe, which cannot be replaced and has nothing beside it."""
    return path.exists() and not path.is_file() and not path.is_dir()


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
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise StoreError(f"{path}: cannot be written (this link leads back to itself)")
    if target.is_dir():
        raise StoreError(f"{path}: this is a folder; name a file in it")
    if not target.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {str(path.parent)!r}; make it first")
    with _reported(path):
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                yield handle
                handle.flush()
                os.fsync(handle.fileno())
            temporary.chmod(_mode(target))
            temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise


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
