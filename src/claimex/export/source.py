"""What is exported: claims, as often as a format goes through them, and the texts of their articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from claimex.compare.texts import article_key, articles_in, texts_in
from claimex.inputs.keeping import kept_text
from claimex.wording import Claim


class ArticleTexts:
    """The texts of articles, one after the other, checked by their hash; notes which of them are not to be had.

    `folder` is looked into first: for 'SHA256.txt', as `claimex extract --keep-text` saves them, then for a file of
    the article's own name.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.gone: dict[str, None] = {}
        """Ids of articles whose file is not there, or that never had one."""
        self.changed: dict[str, None] = {}
        """Ids of articles whose file now holds another text."""
        self._file = _TextsOfFile("")

    def of(self, article: Mapping[str, Any]) -> str | None:
        """The text that an article's claims were made from; None where it is gone or has changed."""
        digest, found = str(article["sha256"]), False
        if self.folder and (kept := kept_text(self.folder, digest)) is not None:
            return kept
        for path in self._paths(str(article["path"])):
            if self._file.path != path:
                self._file = _TextsOfFile(path)
            if (text := self._file.text_of(digest)) is not None:
                return text
            found = found or self._file.is_there
        (self.changed if found else self.gone)[str(article["id"])] = None
        return None

    def _paths(self, path: str) -> Iterator[str]:
        name = PurePath(path).name
        if self.folder and name:
            yield str(self.folder / name)
        yield path


class _TextsOfFile:
    """The texts of one file, which may hold many: read on as they are asked for, all of them once one is not ahead."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._ahead = articles_in(path)
        self.is_there = self._ahead is not None
        self._all: dict[str, str] | None = None

    def text_of(self, digest: str) -> str | None:
        """The text with this hash; None where the file has none."""
        if self._all is None:
            text = next((item.text for item in self._ahead or () if item.ref.sha256 == digest), None)
            if text is not None:
                return text
            self._all = texts_in(self.path) or {}
        return self._all.get(digest)


@dataclass(frozen=True, slots=True)
class Source:
    """Claims, valid in full, that can be gone through as often as needed, and the texts of their articles."""

    claims: Iterable[Claim]
    texts: ArticleTexts = field(default_factory=ArticleTexts)

    def by_article(self) -> Iterator[list[Claim]]:
        """The claims of each article together, wherever they stand; as soon as its last one is there."""
        left = Counter(map(article_key, self.claims))
        together: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            key = article_key(claim)
            together[key].append(claim)
            left[key] -= 1
            if not left[key]:
                yield together.pop(key)
