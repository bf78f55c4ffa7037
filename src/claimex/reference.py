"""Which article a claim stands in. A plain dataclass: whoever only reads texts need not import pydantic."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """Which article a claim stands in."""

    # Where the class stands in a model, pydantic checks what it reads by this and by the metadata below.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str = field(metadata={"description": "File stem, or the input's own id."})
    path: str = field(metadata={"description": "Path as given, '-' for standard input, empty for a text in memory."})
    sha256: str = field(metadata={"description": "SHA-256 of the text's UTF-8 bytes.", "pattern": "^[0-9a-f]{64}$"})
    title: str | None = field(default=None, metadata={"description": "Title, where the input has one."})
    published: str | None = field(default=None, metadata={"description": "Publication date, ISO 8601."})
    publisher: str | None = field(default=None, metadata={"description": "Publisher, where the input names one."})
    url: str | None = field(default=None, metadata={"description": "Address, where the input names one."})


def text_sha256(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes; lone surrogates are hashed as they stand."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
