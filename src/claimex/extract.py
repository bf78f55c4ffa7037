"""Articles in, results out, one at a time and in order."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimex.annotations import ArticleContext
from claimex.articles import Article, Problem, article, read_paths
from claimex.claims import may_hold

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.model import ArticleRef, ClaimBase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The claims of one article in text order, and what went wrong with it. `article` is None for unreadable input."""

    article: ArticleRef | None
    claims: tuple[ClaimBase, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def extract_articles(
    nlp: Language, articles: Iterable[Article | Problem], *, kinds: tuple[str, ...] | None = None
) -> Iterator[ArticleResult]:
    """One result for each article or problem, in the order given. No article ends the run: what fails is a problem."""
    for item in articles:
        if isinstance(item, Problem):
            yield ArticleResult(None, problems=(item,))
            continue
        name = item.ref.path or item.ref.id
        if len(item.text) > nlp.max_length:
            length = f"{len(item.text):,} characters are too long for one article"
            reason = f"{name}: {length}; split it in parts of at most {nlp.max_length:,}"
            yield ArticleResult(item.ref, problems=(Problem(name, reason),))
            continue
        try:
            claims = _claims(nlp, item, kinds)
        except Exception as error:
            # A defect of a layer must cost one article and be told, never the run.
            log.debug("%s", name, exc_info=True)
            reason = f"{name}: could not be read through ({type(error).__name__}: {error}); please report this"
            yield ArticleResult(item.ref, problems=(Problem(name, reason),))
            continue
        yield ArticleResult(item.ref, claims)


def _claims(nlp: Language, item: Article, kinds: tuple[str, ...] | None) -> tuple[ClaimBase, ...]:
    reader: Any = nlp.get_pipe("claimex_reader") if nlp.has_pipe("claimex_reader") else None
    if reader is not None and reader.parse == "needed" and not may_hold(item.text, kinds):
        return ()
    doc = nlp.make_doc(item.text)
    doc._.context = ArticleContext(article=item.ref, kinds=kinds)
    return tuple(nlp(doc)._.claims)


def extract(
    paths_or_texts: Iterable[str | Path],
    *,
    model: str | None = None,
    kinds: tuple[str, ...] | None = None,
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
    """Whether a string names an existing file or folder."""
    try:
        return len(text) < 4096 and Path(text).exists()
    except (OSError, ValueError):
        return False
