"""Texts of articles as files of their own: what the offsets of their claims count in, whatever they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimex.atomic import replacing
from claimex.errors import StoreError
from claimex.inputs.article import Article, Problem


def kept_path(folder: Path, sha256: str) -> Path:
    """Where the text of a hash is kept: ids are the words of strangers, and no file names."""
    return folder / f"{sha256}.txt"


def keep_texts(items: Iterable[Article | Problem], folder: Path) -> Iterator[Article | Problem]:
    """Passes articles on, each after its text is in the folder. Raises StoreError where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: texts cannot be kept here ({error.strerror}); name another folder") from error
    for item in items:
        if isinstance(item, Article):
            _keep(item, kept_path(folder, item.ref.sha256))
        yield item


def _keep(item: Article, path: Path) -> None:
    data = item.text.encode("utf-8", "surrogatepass")
    # The name is the hash of what is in it: a file of the same length is the same text.
    if path.is_file() and path.stat().st_size == len(data):
        return
    with replacing(path) as handle:
        handle.write(data)


def kept_text(folder: Path, sha256: str) -> str | None:
    """The text of a hash, byte for byte as it was kept; None where it is not there or is another one by now."""
    try:
        data = kept_path(folder, sha256).read_bytes()
    except (OSError, ValueError):
        return None
    return data.decode("utf-8", "surrogatepass") if hashlib.sha256(data).hexdigest() == sha256 else None
