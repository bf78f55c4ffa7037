"""The engine that needs nothing: little is read in this process, much in processes beside it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from itertools import chain

from claimex.engine.base import Chunk, Found, ReadChunk, Setup

MUCH = 200_000
"""Characters from which on workers pay for the time that each of them takes to load the model."""
EACH = 200
"""Characters that an article counts for beside its own, however short it is."""
LOOK_AHEAD = 64
"""Chunks to look for that many characters in."""


class Local:
    """Reads here as long as there is not much in sight, and with `workers` processes from then on."""

    def __init__(self, setup: Setup, *, workers: int) -> None:
        self.setup = setup
        self.workers = workers
        self._read_here: ReadChunk | None = None

    def read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        """A list for each chunk, in order. Raises ClaimexError where the model cannot be loaded."""
        source = iter(chunks)
        ahead: deque[tuple[Chunk, int]] = deque()
        for chunk in source:
            ahead.append((chunk, sum(len(article.text) + EACH for article in chunk)))
            if self.workers > 1 and sum(length for _, length in ahead) >= MUCH:
                from claimex.engine.processes import Processes  # not before it is needed: most runs are short

                rest = chain((chunk for chunk, _ in ahead), source)
                yield from Processes(self.setup, workers=self.workers).read(rest)
                return
            if self.workers == 1 or not ahead[0][0] or len(ahead) > LOOK_AHEAD:
                yield self._here(ahead.popleft()[0])
        for chunk, _ in ahead:
            yield self._here(chunk)

    def _here(self, chunk: Chunk) -> list[Found]:
        if not chunk:
            return []
        if self._read_here is None:
            self._read_here = self.setup.load()
        return self._read_here(chunk)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
