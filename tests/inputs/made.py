"""Input files that tests make, and how they are read."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from claimex.inputs.article import Article, Problem
from claimex.inputs.reading import PLAIN, Reading, read_file

SENTENCE = "Chad sent 1,200 soldiers to Gao, the army said."


def made(folder: Path, name: str, content: str | bytes) -> str:
    """A file with this content; its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def lines(*records: Any) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def read(path: str, how: Reading = PLAIN) -> tuple[list[Article], list[str]]:
    """The articles of a file, and what is said about the rest."""
    items = list(read_file(path, how))
    said = [item.message.removeprefix(path) for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, Article)], said


def known(article: Article) -> dict[str, str | None]:
    """What is known of an article beside its text, without path and hash."""
    return {key: value for key, value in asdict(article.ref).items() if key not in {"path", "sha256"}}
