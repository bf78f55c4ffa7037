"""Articles in, results out, one at a time and in order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from claimex.annotations import ArticleContext
from claimex.errors import LimitError, UsageError
from claimex.inputs.article import Article, Problem, article
from claimex.inputs.reading import Ids, read_paths, reading
from claimex.normalize.published import published_date

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.components.tokenizer import SafeTokenizer
    from claimex.model import ArticleRef, ClaimBase

ARTICLES_AT_ONCE = 16
"""Articles that go through the model together: more of them are no faster, and a defect sends as many round again."""
log = logging.getLogger(__name__)
Bounds = Callable[[int], AbstractContextManager[None]]
"""Makes a block that may read so many characters, and in which LimitError is raised where that takes too much."""


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The claims of one article in text order, and what went wrong with it. `article` is None for unreadable input."""

    article: ArticleRef | None
    claims: tuple[ClaimBase, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    encoding: str | None = None
    """How the article's bytes became text."""
    notes: tuple[str, ...] = ()
    """What a reader should know although the article was read."""


def _unbounded(characters: int) -> AbstractContextManager[None]:
    return nullcontext()


def extract_articles(
    nlp: Language,
    articles: Iterable[Article | Problem],
    *,
    kinds: tuple[str, ...] | None = None,
    bounds: Bounds = _unbounded,
) -> Iterator[ArticleResult]:
    """One result for each article or problem, in the order given. No article ends the run: what fails is a problem."""

    def claims_of(items: Sequence[Article]) -> list[tuple[ClaimBase, ...]]:
        with bounds(sum(len(item.text) for item in items)):
            return _claims(nlp, items, kinds)

    stream = iter(articles)
    while chunk := list(islice(stream, ARTICLES_AT_ONCE)):
        wanted = [item for item in chunk if isinstance(item, Article) and len(item.text) <= nlp.max_length]
        found: dict[int, tuple[ClaimBase, ...]] = {}
        if len(wanted) > 1:
            # A defect of a layer must cost one article and be told, never the run: which one it is comes out below.
            with suppress(Exception):
                found = dict(zip(map(id, wanted), claims_of(wanted), strict=True))
        for item in chunk:
            yield _result(nlp, item, found.get(id(item)), claims_of)


def too_long(nlp: Language, item: Article) -> str | None:
    """What to say of an article with more characters than the pipeline reads; None for any other."""
    if len(item.text) <= nlp.max_length:
        return None
    length = f"{len(item.text):,} characters are too long for one article"
    return f"{item.name}: {length}; split it in parts of at most {nlp.max_length:,}"


def unread(name: str, error: Exception, *, less: str = "split the article, or leave it out") -> str:
    """What to say where reading broke off: it took more than it may (`less` says what then), or a layer failed."""
    if isinstance(error, LimitError):
        return f"{name}: {error}; {less}"
    log.debug("%s", name, exc_info=error)
    return f"{name}: could not be read through ({type(error).__name__}: {error}); please report this"


def _result(
    nlp: Language,
    item: Article | Problem,
    claims: tuple[ClaimBase, ...] | None,
    claims_of: Callable[[Sequence[Article]], list[tuple[ClaimBase, ...]]],
) -> ArticleResult:
    """The result of one item; an article whose claims are not known yet is read by itself."""
    if isinstance(item, Problem):
        return ArticleResult(None, problems=(item,))
    result = ArticleResult(item.ref, encoding=item.encoding, notes=item.notes)
    name = item.name
    if (reason := too_long(nlp, item)) is not None:
        return replace(result, problems=(Problem(name, reason),))
    if claims is None:
        try:
            claims = claims_of([item])[0]
        except Exception as error:
            return replace(result, problems=(Problem(name, unread(name, error)),))
    return replace(result, claims=claims)


def _claims(nlp: Language, items: Sequence[Article], kinds: tuple[str, ...] | None) -> list[tuple[ClaimBase, ...]]:
    """The claims of each article; where only what is needed is parsed, one that can hold none is not even tokenized."""
    reader: Any = nlp.get_pipe("claimex_reader")
    tokenizer, vocab = cast("SafeTokenizer", nlp.tokenizer), cast("Any", nlp.vocab)
    contexts = {}
    for i, item in enumerate(items):
        context = ArticleContext(article=item.ref, kinds=kinds)
        if reader.may_hold_claims(item.text, context):
            contexts[i] = context
    tokenizer.learn(items[i].text for i in contexts)
    # What strings and tokens the articles bring along is dropped when their claims are made. Zones do not nest.
    with nullcontext() if vocab.in_memory_zone else nlp.memory_zone():
        docs = [nlp.make_doc(items[i].text) for i in contexts]
        for doc, context in zip(docs, contexts.values(), strict=True):
            doc._.context = context
        read = dict(zip(contexts, nlp.pipe(docs, batch_size=ARTICLES_AT_ONCE), strict=True))
        return [tuple(read[i]._.claims) if i in read else () for i in range(len(items))]


def extract(
    paths_or_texts: Iterable[str | Path] | str | Path,
    *,
    model: str | None = None,
    kinds: tuple[str, ...] | None = None,
    published: str | None = None,
    format: str | None = None,
    fields: Mapping[str, str] | None = None,
    limited: bool = False,
) -> Iterator[ArticleResult]:
    """Claims of files, folders and texts (or of one of them), streaming.

    A `Path` is a file or a folder; a string is one too where such a file exists, else it is the text of an article.
    No two articles share an id: one of a name that was there before has its path as id.
    `format` and `fields` are what `--format` and `--map` are on the command line, `limited` what is always so there.
    Raises ModelError when the model is not installed, UsageError for a kind, format, field or date that is none, and
    for limits where there are none to be had.
    """
    from claimex.claims import kinds as known
    from claimex.pipeline import build_nlp

    given = [paths_or_texts] if isinstance(paths_or_texts, str | Path) else paths_or_texts
    for kind in kinds or ():
        if kind not in known():
            raise UsageError(f"no kind {kind!r}; choose from {', '.join(known())}")

    bounds: Bounds = _unbounded
    if limited:
        from claimex.engine.bounds import bounded, can_bound

        if not can_bound():
            raise UsageError("limited: limits of time and memory need Linux or macOS, and the main thread")
        bounds = bounded
    if published and published_date(published) is None:
        raise UsageError(f"published {published!r} is no date; write it as 2024-11-14")
    how = reading(format=format, names=fields or {}, published=published and published_date(published))

    def items() -> Iterator[Article | Problem]:
        ids = Ids()
        for n, item in enumerate(given):
            if isinstance(item, Path) or _is_path(item):
                yield from read_paths([str(item)], how, ids=ids)
            else:
                yield ids.own(article(item, id=f"text-{n}", published=published))

    return extract_articles(build_nlp(model), items(), kinds=kinds, bounds=bounds)


def _is_path(text: str) -> bool:
    """Whether a string names an existing file or folder."""
    try:
        return len(text) < 4096 and Path(text).exists()
    except (OSError, ValueError):
        return False
