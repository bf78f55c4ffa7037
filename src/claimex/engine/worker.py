"""What a worker process does: load once, then read chunk after chunk until the line to the parent is cut.

Imports nothing heavy at the top, so that a new process is soon at the point where it notices the end of its parent.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection, wait

from claimex.engine.base import Setup
from claimex.errors import ClaimexError, EngineError

READY = "ready"


def serve(connection: Connection, setup: Setup) -> None:
    """Say READY, or send the error that prevents it; then answer each chunk with what was found in it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        read = setup.load()
    except Exception as error:
        told = isinstance(error, ClaimexError)
        connection.send(error if told else EngineError(f"no worker can get ready ({type(error).__name__}: {error})"))
        return
    connection.send(READY)
    while True:
        try:
            chunk = connection.recv()
        except EOFError:
            return
        connection.send(read(chunk))


def _end_with_parent() -> None:
    """A parent that is killed cannot tell its workers to stop."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
