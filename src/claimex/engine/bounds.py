"""How much time and memory the reading of articles may take: past it reading breaks off, a problem of the article.

An article of a million characters in its most laborious shape takes less than half of this (`benchmarks/length.py`).
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from claimex.errors import LimitError

SECONDS = 20
"""Of the processor, for any article."""
CHARACTERS_A_SECOND = 1_500
"""For long ones: twice the length gets twice the time."""
MEMORY = 4 * 2**30
"""Bytes of the process that reads, model included."""
AGAIN = 2
"""Seconds of the processor until reading is broken off once more: code on the way may have taken the error for its own,
and a destructor drops it. Time enough for what leaves a block in order."""
GRACE = 2
"""Times the limit until a worker that does not break off is ended by the system: code in C need not listen."""


def seconds_for(characters: int) -> int:
    """What the reading of so much text may take."""
    return SECONDS + characters // CHARACTERS_A_SECOND


def can_bound() -> bool:
    """Whether time and memory can be bounded here: the system has such limits, and this is the main thread."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def bounded(characters: int) -> Iterator[None]:
    """A block that reads so much text. Raises LimitError in it, and whatever it does, where it takes too much.

    Off the main thread, and on systems without such limits, nothing is bounded.
    """
    seconds = seconds_for(characters)
    try:
        with _time(seconds), _resources(seconds):
            yield
    except MemoryError as error:
        raise LimitError(f"reading it takes more than {MEMORY // 2**30} GB of memory") from error


@contextmanager
def _time(seconds: int) -> Iterator[None]:
    if not can_bound():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise LimitError(f"reading it takes more than {seconds} seconds of the processor")

    before = signal.signal(signal.SIGVTALRM, over)
    try:
        # Twice: the time may end on the way out, and the error comes in the place of what is to end it.
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _resources(seconds: int) -> Iterator[None]:
    """Limits of the system: of memory, and in a worker, which can be replaced, of time too."""
    try:
        import resource
    except ImportError:
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {resource.RLIMIT_DATA: MEMORY}
    if multiprocessing.parent_process() is not None:
        limits[resource.RLIMIT_CPU] = int(used.ru_utime + used.ru_stime) + GRACE * seconds
    before = {what: resource.getrlimit(what) for what in limits}
    try:
        for what, limit in limits.items():
            with suppress(OSError, ValueError):  # where less is allowed already
                resource.setrlimit(what, (limit, before[what][1]))
        yield
    finally:
        for what, limit_before in before.items():
            resource.setrlimit(what, limit_before)
