"""Chunks in the hands of workers that may die: what is lost is read again, and what comes out is in order.

A chunk whose worker dies is given to another one. If that dies too, the articles of the chunk are read one by one, and
an article that again takes two workers with it is a problem of its own; the run goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from claimex.engine.base import Chunk, Found
from claimex.inputs.article import Article

TRIES = 2
"""Workers that may die over the same articles. One may be killed by anybody; two in a row are no accident."""
FALSE_STARTS = 3
"""Workers in a row that may die while they load: it is not the articles then."""
AHEAD = 4
"""Chunks a worker that may be under way: enough that nobody waits for one slow chunk, few enough for the memory."""


@dataclass(slots=True)
class Job:
    """A chunk on its way, and what is known of it so far."""

    chunk: Chunk
    found: dict[int, Found] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether every article is."""
        return len(self.found) == len(self.chunk)

    def in_order(self) -> list[Found]:
        """What was found in each article."""
        return [self.found[place] for place in range(len(self.chunk))]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Articles of one job that a worker gets to read together."""

    job: Job
    places: Sequence[int]
    losses: int = 0

    @property
    def articles(self) -> list[Article]:
        """What the worker gets."""
        return [self.job.chunk[place] for place in self.places]

    def read(self, found: Sequence[Found]) -> None:
        """Put down what a worker read."""
        self.job.found.update(zip(self.places, found, strict=True))

    def lost(self) -> list[Task]:
        """What is to be done now that the worker died: tasks, or none where the article is given up."""
        if self.losses + 1 < TRIES:
            return [Task(self.job, self.places, self.losses + 1)]
        if len(self.places) > 1:
            return [Task(self.job, [place]) for place in self.places]
        reason = f"{self.articles[0].name}: whatever reads this article is killed, for want of memory or of time"
        self.read([Found(problems=(f"{reason}; split the article, or leave it out",))])
        return []


class Crew(Protocol):
    """Workers that have one task each at a time."""

    def has_room(self) -> bool:
        """Whether another task can be started now."""
        ...

    def start(self, task: Task) -> None:
        """Give a task to a worker that has none."""
        ...

    def wait(self) -> Iterable[tuple[Task, Sequence[Found] | None]]:
        """Tasks that have ended, one at least, with what was read; None where the worker died over it."""
        ...


def in_order(chunks: Iterable[Chunk], crew: Crew, *, ahead: int) -> Generator[list[Found], None, None]:
    """What was found in each chunk, in order. At most `ahead` chunks are under way or wait for those before them."""
    source, more = iter(chunks), True
    jobs: deque[Job] = deque()
    waiting: deque[Task] = deque()
    while more or jobs:
        while crew.has_room() and (waiting or (more and len(jobs) < ahead)):
            if waiting:
                crew.start(waiting.popleft())
            elif (chunk := next(source, None)) is None:
                more = False
            else:
                jobs.append(Job(chunk))
                if chunk:
                    waiting.append(Task(jobs[-1], range(len(chunk))))
        if jobs and jobs[0].is_read:
            yield jobs.popleft().in_order()
        elif jobs:
            for task, found in crew.wait():
                if found is None:
                    waiting.extend(task.lost())
                else:
                    task.read(found)
