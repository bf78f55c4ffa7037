"""The engine for many machines: actors of Ray that hold the pipeline, on any node of a cluster.

Not `ray.util.ActorPool`: it puts an actor that died back among the idle ones, and does not tell over which chunk it
died. `ray.wait` tells both. Nor does Ray restart the actors or try their chunks again, which `max_restarts` and
`max_task_retries` would: it would do so with a chunk that kills every actor too. One that died is replaced here, and
what becomes of its chunk is decided where it is for processes, in `jobs`.
"""

from __future__ import annotations

import logging
import pickle
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from claimex import __version__
from claimex.engine.base import Chunk, Found, Setup
from claimex.engine.jobs import AHEAD, FALSE_STARTS, Task, in_order
from claimex.engine.local import cores
from claimex.engine.ray_connection import Pulse, check_installed, connected
from claimex.errors import ClaimexError, EngineError

SECONDS_BETWEEN_LOOKS = 10.0
"""At the cluster: whether it is there."""
SECONDS_IN_VAIN = 60.0
"""Without any worker, after which that is said."""

log = logging.getLogger(__name__)


class OnRay:
    """Reads with `workers` actors, one for each processor of the cluster unless told.

    Ray is not even started where there is nothing to read. Raises MissingExtraError where it is not installed.
    """

    def __init__(self, setup: Setup, *, workers: int | None = None, address: str | None = None) -> None:
        check_installed()
        self.setup = setup
        self.workers = workers
        self.address = address

    def read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        """A list for each chunk, in order.

        Raises EngineError where no cluster can be reached or no worker gets to read, and what workers that load raise.
        """
        source = iter(chunks)
        for chunk in source:
            if chunk:
                yield from self._read(chain([chunk], source))
                return
            yield []

    def _read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        with connected(self.address, processors=self.workers or cores()) as processors:
            crew = _Crew(self.setup, self.workers or processors)
            # Its actors end with the connection.
            yield from in_order(chunks, crew, ahead=AHEAD * crew.size)


@dataclass(slots=True, eq=False)
class _Worker:
    """An actor, and the task that it has. Until it is ready it has none: the cluster may have no place for it."""

    actor: Any
    false_starts: int = 0
    is_ready: bool = False
    task: Task | None = None


class _Crew:
    """The actors of one run."""

    def __init__(self, setup: Setup, size: int) -> None:
        import ray
        from ray import cloudpickle

        from claimex.engine import ray_reader

        self.size = size
        self._identity = setup.identity()
        self._setup = ray.put(pickle.dumps(setup))
        cloudpickle.register_pickle_by_value(ray_reader)  # type: ignore[no-untyped-call]
        self._reader = ray.remote(num_cpus=1, scheduling_strategy="SPREAD")(ray_reader.Reader)
        self._tasks = 0
        self._waiting: deque[Task] = deque()
        self._idle: deque[_Worker] = deque()
        self._under_way: dict[Any, _Worker] = {}
        """What was asked of which worker, by what Ray calls the answer."""
        self._pulse = Pulse()
        self._looked_after = self._ready_at = time.monotonic()
        for _ in range(size):
            self._add()

    def has_room(self) -> bool:
        """Whether there are fewer tasks than workers."""
        return self._tasks < self.size

    def start(self, task: Task) -> None:
        """Hand a task to a worker that is ready, as soon as there is one."""
        self._tasks += 1
        self._waiting.append(task)
        self._hand_out()

    def wait(self) -> list[tuple[Task, list[Found] | None]]:
        """Tasks that have ended, with what was read; None where the worker died over it."""
        import ray

        ended: list[tuple[Task, list[Found] | None]] = []
        while not ended:
            answered, _ = ray.wait(list(self._under_way), timeout=SECONDS_BETWEEN_LOOKS)
            if answered:
                # Whatever else has come in the meantime: with a thousand workers each call costs.
                answered, _ = ray.wait(list(self._under_way), num_returns=len(self._under_way), timeout=0)
            self._look_after_cluster()
            for answer in answered:
                ended += self._hear(answer, self._under_way.pop(answer))
            self._hand_out()
        self._tasks -= len(ended)
        return ended

    def _add(self, false_starts: int = 0) -> None:
        worker = _Worker(self._reader.remote(), false_starts)
        self._under_way[worker.actor.load.remote(self._setup)] = worker

    def _look_after_cluster(self) -> None:
        """Now and then. Raises EngineError where it has gone, and says so where it gives no processor."""
        if time.monotonic() - self._looked_after < SECONDS_BETWEEN_LOOKS:
            return
        self._looked_after = time.monotonic()
        self._pulse.check()
        if any(worker.is_ready for worker in self._under_way.values()):
            self._ready_at = time.monotonic()
        elif time.monotonic() - self._ready_at > SECONDS_IN_VAIN:
            self._ready_at = time.monotonic()
            log.warning("waiting for the cluster to start a worker: its processors may be taken, or its nodes gone")

    def _hand_out(self) -> None:
        while self._waiting and self._idle:
            worker = self._idle.popleft()
            worker.task = self._waiting.popleft()
            self._under_way[worker.actor.read.remote(worker.task.articles)] = worker

    def _hear(self, answer: Any, worker: _Worker) -> Iterator[tuple[Task, list[Found] | None]]:
        """What became of a worker's task, where it had one."""
        import ray
        from ray.exceptions import RayError, RayTaskError

        try:
            found = ray.get(answer)
        except RayError as error:
            if not worker.is_ready and isinstance(error, RayTaskError):
                raise _not_ready(error.cause) from error
            ray.kill(worker.actor)
            self._replace(worker)
            if worker.task is not None:
                yield worker.task, None
            return
        if worker.is_ready:
            assert worker.task is not None
            yield worker.task, found
        else:
            self._check(found)
        worker.is_ready, worker.task = True, None
        self._idle.append(worker)

    def _replace(self, worker: _Worker) -> None:
        false_starts = 0 if worker.is_ready else worker.false_starts + 1
        if false_starts >= FALSE_STARTS:
            raise EngineError(
                f"{FALSE_STARTS} workers in a row were killed while they loaded the model, maybe for want of memory; "
                "try fewer of them with --workers"
            )
        self._add(false_starts)

    def _check(self, theirs: Mapping[str, str]) -> None:
        """Raises EngineError where a node has something else installed: its claims would not be those of this one."""
        differing = [name for name in {**self._identity, **theirs} if self._identity.get(name) != theirs.get(name)]
        if differing:
            raise EngineError(
                f"a node of the cluster would not make the same claims: {', '.join(differing)} differ from what "
                "is here; install the same on all nodes"
            )


def _not_ready(cause: Exception) -> ClaimexError:
    """Why a worker could not load, and where."""
    node = f"node {(getattr(cause, '__notes__', None) or ['?'])[-1]} of the cluster"
    if isinstance(cause, ClaimexError):
        return type(cause)(f"{node}: {cause}")
    if isinstance(cause, ModuleNotFoundError) and (cause.name or "").partition(".")[0] == "claimex":
        return EngineError(f"{node} has no claimex, or an old one; install claimex {__version__} on all nodes")
    return EngineError(f"{node}: no worker can get ready ({type(cause).__name__}: {cause})")
