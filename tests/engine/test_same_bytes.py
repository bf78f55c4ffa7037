"""The claims of an article do not depend on what is read with it or was read before it, to the byte.

Arithmetic in batches could round in another way where a batch has other rows; which articles are read together depends
on what earlier runs have finished and on which workers die.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

import pytest

from claimex.engine.base import Chunk, Found, ReadChunk
from claimex.engine.pipeline import PipelineSetup
from claimex.inputs.article import Article, article
from claimex.run.outcomes import outcomes


@pytest.fixture(scope="module")
def read() -> ReadChunk:
    """The real reader, everything parsed."""
    return PipelineSetup(exhaustive=True).load()


@pytest.fixture(scope="module")
def articles(seeds: list[Path]) -> list[Article]:
    """The seeds, and each of their paragraphs."""
    texts = [seed.read_text(encoding="utf-8") for seed in seeds]
    texts += [paragraph for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    return [article(text, id=str(number), path=f"{number}.txt") for number, text in enumerate(texts)]


def found(read: ReadChunk, items: Sequence[Article], size: int) -> dict[str, tuple[bytes, ...]]:
    """The claims of each article, in chunks of a size."""
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    return {item.ref.id: one.lines for chunk in chunks for item, one in zip(chunk, read(chunk), strict=True)}


def test_whatever_is_read_together(read: ReadChunk, articles: list[Article]) -> None:
    """Chunks as in a first run, each article by itself, any order."""
    right = found(read, articles, 16)
    shuffled = random.Random(4).sample(articles, len(articles))
    assert sum(map(len, right.values())) > 100
    assert found(read, articles, 1) == right
    assert found(read, shuffled, 16) == right
    assert found(read, shuffled, 5) == right


class Ahead:
    """An engine that takes some chunks before it answers the first, as engines with more workers do."""

    def __init__(self, ahead: int) -> None:
        self.ahead = ahead
        self.chunks: list[list[str]] = []

    def read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        """Nothing in any article."""
        waiting: deque[Chunk] = deque()
        for chunk in chunks:
            self.chunks.append([item.ref.id for item in chunk])
            waiting.append(chunk)
            if len(waiting) > self.ahead:
                yield [Found()] * len(waiting.popleft())
        for chunk in waiting:
            yield [Found()] * len(chunk)


def test_chunks_are_cut_before_any_engine_sees_them(articles: list[Article]) -> None:
    """The same ones for any number of workers."""
    engines = [Ahead(ahead) for ahead in (0, 1, 7)]
    for engine in engines:
        assert len(list(outcomes(articles, engine))) == len(articles)
    assert engines[0].chunks == engines[1].chunks == engines[2].chunks
    assert max(map(len, engines[0].chunks)) == 16
