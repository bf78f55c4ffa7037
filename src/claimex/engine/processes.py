"""Worker processes on this machine, each at the other end of a pipe of its own.

Not `concurrent.futures.ProcessPoolExecutor`: its workers share one pipe for results, of which the parent holds both
ends, so that a worker killed while it sends leaves the pool waiting for the rest for ever (Python 3.11 to 3.13); and
where one worker dies it ends all others. Here the end of a pipe tells which worker died and over what, and that one is
replaced.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import Any

from claimex.engine.base import Chunk, Found, Setup
from claimex.engine.jobs import AHEAD, FALSE_STARTS, Task, in_order
from claimex.engine.worker import READY, serve
from claimex.errors import ClaimexError, EngineError
from claimex.subprocesses import safe_path


class Processes:
    """Engine of `workers` processes; each is started when there is something for it to read."""

    def __init__(self, setup: Setup, *, workers: int) -> None:
        self.setup = setup
        self.workers = workers

    def read(self, chunks: Iterable[Chunk]) -> Generator[list[Found], None, None]:
        """A list for each chunk, in order.

        Raises EngineError where no worker gets to read, ModelError where the model is not installed.
        """
        crew = _Crew(self.setup, self.workers)
        try:
            yield from in_order(chunks, crew, ahead=AHEAD * self.workers)
        finally:
            crew.end()


class _Worker:
    """A process, and the task that it has."""

    def __init__(self, setup: Setup, task: Task) -> None:
        self.task: Task | None = task
        self.is_ready = False
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        # A daemon: whatever way the parent ends, it takes its workers along.
        self.process = context.Process(target=serve, args=(theirs, setup), daemon=True)
        try:
            with _without_interrupts(), safe_path():
                self.process.start()
        except OSError as error:
            raise EngineError(f"no worker process can be started ({error.strerror}); try --workers 1") from error
        theirs.close()

    def send(self) -> None:
        """Send the articles of the task. Before the worker is ready nobody would read them, and the pipe is small."""
        if self.is_ready and self.task is not None:
            with suppress(OSError):  # it is dead: whoever waits for its answer finds that out
                self.connection.send(self.task.articles)

    def receive(self) -> Any:
        """What the worker sent; None where it died instead, even in the middle of a message."""
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Crew:
    """The workers of one run."""

    def __init__(self, setup: Setup, size: int) -> None:
        self.setup = setup
        self.size = size
        self.workers: list[_Worker] = []
        self.false_starts = 0

    def has_room(self) -> bool:
        """Whether a worker is idle or can be added."""
        return len(self.workers) < self.size or any(worker.task is None for worker in self.workers)

    def start(self, task: Task) -> None:
        """Hand a task to an idle worker, else to a new one."""
        for worker in self.workers:
            if worker.task is None:
                worker.task = task
                worker.send()
                return
        self.workers.append(_Worker(self.setup, task))

    def wait(self) -> list[tuple[Task, list[Found] | None]]:
        """Tasks that have ended, with what was read; None where the worker died over it."""
        ended: list[tuple[Task, list[Found] | None]] = []
        while not ended:
            busy = {worker.connection: worker for worker in self.workers if worker.task is not None}
            for connection in wait(list(busy)):
                ended += self._hear(busy[connection])  # type: ignore[index]
        return ended

    def _hear(self, worker: _Worker) -> Iterator[tuple[Task, list[Found] | None]]:
        """What became of a worker's task, if that is known now."""
        message, task = worker.receive(), worker.task
        assert task is not None
        if isinstance(message, ClaimexError):
            raise message
        if message == READY:
            worker.is_ready, self.false_starts = True, 0
            worker.send()
        elif message is not None:
            worker.task = None
            yield task, message
        else:
            self.workers.remove(worker)
            worker.end()
            if worker.is_ready:
                yield task, None
            else:
                self._start_again(task)

    def _start_again(self, task: Task) -> None:
        self.false_starts += 1
        if self.false_starts >= FALSE_STARTS:
            raise EngineError(
                f"{FALSE_STARTS} workers in a row were killed while they loaded the model, maybe for want of memory; "
                "try --workers 1"
            )
        self.start(task)

    def end(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.end()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal; those started here leave it to the parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
