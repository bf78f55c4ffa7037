"""The texts of the articles that claims come from: read again where they still are what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimex.inputs.article import Article
from claimex.inputs.keeping import kept_text
from claimex.inputs.reading import read_file
from claimex.store import STREAM
from claimex.wording import Claim

STREAMS = ("", STREAM)


def article_key(claim: Claim) -> str:
    """A key for the article: two texts under one id stay two articles."""
    article = claim["article"]
    return f"{article['id']}#{article['sha256'][:12]}"


def article_id(key: str) -> str:
    """The article's id again."""
    return key.rpartition("#")[0]


@dataclass(frozen=True)
class Texts:
    """What is known of the words of each article, by its key: the text, or the sentences of its claims."""

    pieces: Mapping[str, Sequence[str]]
    gone: tuple[str, ...] = ()
    """Keys of articles whose file is not there, or that never had one."""
    changed: tuple[str, ...] = ()
    """Keys of articles whose file now holds another text."""


def read_texts(claims: Iterable[Claim], folder: Path | None = None) -> Texts:
    """The text of every article that a claim names; the sentences of its claims where the text cannot be had.

    Texts that are kept in `folder` are taken from there.
    """
    sentences: dict[str, dict[str, None]] = defaultdict(dict)
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in claims:
        key, article = article_key(claim), claim["article"]
        sentences[key][claim["evidence"]["sentence"]["text"]] = None
        wanted[article["path"]][key] = article["sha256"]
    pieces: dict[str, Sequence[str]] = {key: tuple(found) for key, found in sentences.items()}
    gone: list[str] = []
    changed: list[str] = []
    for path, articles in wanted.items():
        for key, sha256 in list(articles.items()):
            if folder is not None and (kept := kept_text(folder, sha256)) is not None:
                pieces[key] = (kept,)
                del articles[key]
        if not articles:
            continue
        texts = texts_in(path, articles.values())
        for key, sha256 in articles.items():
            if texts is None:
                gone.append(key)
            elif sha256 in texts:
                pieces[key] = (texts[sha256],)
            else:
                changed.append(key)
    return Texts(pieces, tuple(sorted(gone)), tuple(sorted(changed)))


def texts_in(path: str, hashes: Collection[str] | None = None) -> dict[str, str] | None:
    """The texts in a file by their hash, those of `hashes` or all; None where there is no such file."""
    articles = articles_in(path)
    if articles is None:
        return None
    return {item.ref.sha256: item.text for item in articles if hashes is None or item.ref.sha256 in hashes}


def articles_in(path: str) -> Iterator[Article] | None:
    """The articles of a file, one at a time; None where there is no such file."""
    if path in STREAMS or not _is_file(path):
        return None
    return (item for item in read_file(path) if isinstance(item, Article))


def _is_file(path: str) -> bool:
    """Whether there is a regular file: a claims file may name anything, devices and pipes too."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False
