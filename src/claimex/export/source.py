"""What is exported: claims, as often as a format goes through them, and the texts of their articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from claimex.compare.texts import article_key, texts_in
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
        self._last: tuple[str, dict[str, str] | None] = ("", None)

    def of(self, article: Mapping[str, Any]) -> str | None:
        """The text that an article's claims were made from; None where it is gone or has changed."""
        digest, found = str(article["sha256"]), False
        if self.folder and (kept := _kept(self.folder / f"{digest}.txt", digest)) is not None:
            return kept
        for path in self._paths(str(article["path"])):
            texts = self._texts_in(path)
            if texts is not None and digest in texts:
                return texts[digest]
            found = found or texts is not None
        (self.changed if found else self.gone)[str(article["id"])] = None
        return None

    def _paths(self, path: str) -> Iterator[str]:
        name = PurePath(path).name
        if self.folder and name:
            yield str(self.folder / name)
        yield path

    def _texts_in(self, path: str) -> dict[str, str] | None:
        """The texts of a file; those of the last one are at hand, for files that hold many articles."""
        if self._last[0] != path:
            self._last = (path, texts_in(path))
        return self._last[1]


def _kept(path: Path, digest: str) -> str | None:
    """A text as it was kept, byte for byte: no reader may take its first lines for something else."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        return None
    return data.decode("utf-8", "surrogatepass") if sha256(data).hexdigest() == digest else None


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
