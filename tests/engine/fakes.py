"""A reader without a model, for tests that are about processes: the text of an article says what befalls its worker."""

from __future__ import annotations

import json
import multiprocessing.connection
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimex.engine.base import Chunk, Found, ReadChunk
from claimex.engine.bounds import CHARACTERS_A_SECOND, SECONDS, bounded
from claimex.errors import ModelError
from claimex.inputs.article import Article, article


@dataclass(frozen=True)
class FakeSetup:
    """Reads an article by repeating its words. Once-only mishaps leave a file in `folder`; so does each reading."""

    folder: str
    seconds: float = 0.0
    """That it takes to read an article."""
    mishap: str = ""
    """What befalls a worker that loads."""

    def load(self) -> ReadChunk:
        """Ready at once."""
        if self.mishap == "no model":
            raise ModelError("model 'fake' is not installed")
        if self.mishap == "broken":
            raise ValueError("no such layer")
        if self.mishap == "killed" or (self.mishap == "killed once" and self._first_time("load")):
            os.kill(os.getpid(), signal.SIGKILL)
        return self._read

    def identity(self) -> dict[str, str]:
        """The same everywhere, unless the mishap is that it is not."""
        return {"the model": str(os.getpid())} if self.mishap == "other model" else {}

    def _read(self, chunk: Chunk) -> list[Found]:
        return [self._found(item) for item in chunk]

    def _found(self, item: Article) -> Found:
        name, _, words = item.text.partition(" ")
        if name == "kill" or (name == "kill-once" and self._first_time(item.ref.id)):
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "deaf":
            with bounded(-SECONDS * CHARACTERS_A_SECOND):
                _hear_nothing()
        if name == "half-once" and self._first_time(item.ref.id):
            _die_in_the_middle_of_an_answer()
        time.sleep(self.seconds)
        with (Path(self.folder) / "read").open("a") as log:
            log.write(f"{item.ref.id} {os.getpid()}\n")
        line = json.dumps({"id": item.ref.id, "kind": "entity", "schema": 1, "words": words}).encode()
        return Found((line,) * (len(words) % 4), {"entity": len(words) % 4} if len(words) % 4 else {})

    def _first_time(self, id: str) -> bool:
        mark = Path(self.folder) / f"{id}.mark"
        if mark.exists():
            return False
        mark.touch()
        return True


def _hear_nothing() -> None:
    """Code that no signal handler of Python breaks off: it gets its turn between two steps of Python alone."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGVTALRM})
    while True:
        pass


def _die_in_the_middle_of_an_answer() -> None:
    def send(self: multiprocessing.connection.Connection, data: bytes) -> None:
        os.write(self.fileno(), bytes(data)[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    multiprocessing.connection.Connection._send = send  # type: ignore[attr-defined]


def articles(*texts: str) -> list[Article]:
    """Articles of these texts, numbered."""
    return [article(text, id=str(number), path=f"{number}.txt") for number, text in enumerate(texts)]


def chunks(items: list[Article], size: int = 4) -> Iterator[list[Article]]:
    """Chunks of that size, and an empty one between them."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
        yield []


def times_read(folder: Path) -> dict[str, int]:
    """How often each article was read to the end."""
    counts: dict[str, int] = {}
    for line in (folder / "read").read_text().splitlines():
        counts[line.split()[0]] = counts.get(line.split()[0], 0) + 1
    return counts
