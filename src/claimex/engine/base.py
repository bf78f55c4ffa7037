"""What an engine is: chunks of articles go in, what was read in them comes out, in the same order.

How many workers an engine has and which of them dies must not show in what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from claimex.inputs.article import Article

Chunk = Sequence[Article]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one article. Claims are lines of JSON already: models are neither pickled nor sent."""

    lines: tuple[bytes, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many of the lines are of each kind."""
    problems: tuple[str, ...] = ()


ReadChunk = Callable[[Chunk], list[Found]]
"""Reads a chunk, a Found for each article. A defect of one article is a problem of that article."""


class Setup(Protocol):
    """How to read. It travels to workers, so it can be pickled."""

    def load(self) -> ReadChunk:
        """Make ready to read: this is what takes a worker time and memory. Raises ClaimexError where it cannot."""
        ...

    def identity(self) -> Mapping[str, str]:
        """What the claims depend on beside articles and options, by its name: known where it has been loaded.

        Machines where all of it is the same find the same.
        """
        ...


class Engine(Protocol):
    """Reads chunks somewhere."""

    def read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        """A list for each chunk, in order; few chunks are taken ahead. Closing the iterator ends all workers.

        Raises ClaimexError where reading cannot begin or cannot go on.
        """
        ...
