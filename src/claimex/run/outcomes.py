"""What comes of each input of a run, in order: taken over from an earlier run, or read by an engine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum, auto

from claimex.engine.base import Chunk, Engine, Found
from claimex.inputs.article import Article, Problem
from claimex.reference import ArticleRef

ARTICLES_AT_ONCE = 16
"""Articles in a chunk: what goes through the model together. More of them are no faster, and are lost together."""
CHARACTERS_AT_ONCE = 60_000
"""Of a chunk of long articles: it shall neither keep one worker busy while others wait, nor fill its memory."""
INPUTS_AT_ONCE = 64
"""Inputs that may wait for a chunk to fill up: most of them may be known already."""


class Origin(Enum):
    """Where it is known from what was found in an article."""

    READ = auto()
    """It was read now."""
    STORE = auto()
    """It stands in the claims file that the last run wrote."""
    JOURNAL = auto()
    """A run that was interrupted had finished it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One input and what came of it."""

    item: Article | Problem
    found: Found
    origin: Origin = Origin.READ
    key: bytes | None = None
    """Under which an article can be found again; None where nobody will look for it."""


Known = Callable[[bytes], tuple[Found, Origin] | None]
"""What earlier runs found in the article of a key."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """An article that has to be read."""

    item: Article
    key: bytes | None


@dataclass(slots=True)
class _Batch:
    """Inputs in order, and a chunk of those among them that have to be read."""

    entries: list[Outcome | _Unread] = field(default_factory=list)
    chunk: list[Article] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return (
            len(self.entries) >= INPUTS_AT_ONCE
            or len(self.chunk) >= ARTICLES_AT_ONCE
            or sum(len(article.text) for article in self.chunk) >= CHARACTERS_AT_ONCE
        )


def outcomes(
    items: Iterable[Article | Problem],
    engine: Engine,
    *,
    key: Callable[[ArticleRef], bytes] | None = None,
    known: Known = lambda key: None,
) -> Iterator[Outcome]:
    """What came of each item, in order; articles that are not known go through the engine. Without `key` none is.

    Raises ClaimexError where the engine does.
    """
    waiting: deque[_Batch] = deque()

    def chunks() -> Iterator[Chunk]:
        for batch in _batches(items, key, known):
            waiting.append(batch)
            yield batch.chunk

    with closing(engine.read(chunks())) as chunks_read:
        for found in chunks_read:
            answers = iter(found)
            for entry in waiting.popleft().entries:
                yield Outcome(entry.item, next(answers), key=entry.key) if isinstance(entry, _Unread) else entry


def _batches(
    items: Iterable[Article | Problem], key: Callable[[ArticleRef], bytes] | None, known: Known
) -> Iterator[_Batch]:
    batch = _Batch()
    for item in items:
        batch.entries.append(entry := _entry(item, key, known))
        if isinstance(entry, _Unread):
            batch.chunk.append(entry.item)
        if batch.is_full:
            yield batch
            batch = _Batch()
    yield batch


def _entry(item: Article | Problem, key: Callable[[ArticleRef], bytes] | None, known: Known) -> Outcome | _Unread:
    if isinstance(item, Problem):
        return Outcome(item, Found(problems=(item.message,)))
    if key is None:
        return _Unread(item, None)
    its_key = key(item.ref)
    before = known(its_key)
    return Outcome(item, *before, key=its_key) if before else _Unread(item, its_key)
