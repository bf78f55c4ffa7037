"""Articles in, results out, one at a time and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from claimex.annotations import ArticleContext
from claimex.articles import Article, article, find_files, read_file
from claimex.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.model import ArticleRef, ClaimBase


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one input, in one sentence."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The claims of one article in text order, and what went wrong with it. `article` is None for unreadable input."""

    article: ArticleRef | None
    claims: tuple[ClaimBase, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read_paths(paths: Iterable[str], *, published: str | None = None) -> Iterator[Article | Problem]:
    """Every article the paths name; what cannot be read comes as a Problem in its place."""
    for path in find_files(paths):
        try:
            yield from read_file(path, published=published)
        except InputError as error:
            yield Problem(path, str(error))


def extract_articles(
    nlp: Language, articles: Iterable[Article | Problem], *, kinds: tuple[str, ...] | None = None
) -> Iterator[ArticleResult]:
    """One result for each article or problem, in the order given."""
    for item in articles:
        if isinstance(item, Problem):
            yield ArticleResult(None, problems=(item,))
            continue
        doc = nlp.make_doc(item.text)
        doc._.context = ArticleContext(article=item.ref, kinds=kinds)
        doc = nlp(doc)
        yield ArticleResult(item.ref, tuple(doc._.claims))


def extract(
    paths_or_texts: Iterable[str | Path], *, model: str | None = None, kinds: tuple[str, ...] | None = None,
    published: str | None = None,
) -> Iterator[ArticleResult]:
    """Claims of files, folders and texts, streaming.

    A `Path` is a file or a folder; a string is one too where such a file exists, else it is the text of an article.
    Raises ModelError when the model is not installed.
    """
    from claimex.pipeline import build_nlp

    def items() -> Iterator[Article | Problem]:
        for n, item in enumerate(paths_or_texts):
            if isinstance(item, Path) or _is_path(item):
                yield from read_paths([str(item)], published=published)
            else:
                yield article(item, id=f"text-{n}", published=published)

    return extract_articles(build_nlp(model), items(), kinds=kinds)


def _is_path(text: str) -> bool:
    try:
        return len(text) < 1024 and "\n" not in text and Path(text).exists()
    except (OSError, ValueError):
        return False
