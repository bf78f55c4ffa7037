"""How other Python processes are started: with nothing in the way of their modules.

The folder that somebody works in may be an archive of others, and hold a file of any name. Python as it is started for
`-m` and `-c` looks there first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SAFE_PATH = "PYTHONSAFEPATH"
"""Does for a whole process what -P does on its command line."""


def python_module(name: str, *words: str) -> list[str]:
    """The command line that runs a module with this Python."""
    return [sys.executable, "-P", "-m", name, *words]


@contextmanager
def safe_path() -> Iterator[None]:
    """Keeps the working folder out of what processes import that are started in the block, whoever starts them."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before
