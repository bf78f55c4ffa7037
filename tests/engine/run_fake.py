"""`claimex` with the fake reader in its workers, as a process of its own that can be killed.

python -m tests.engine.run_fake MARKS SECONDS extract PATHS... -o OUTPUT --workers 2
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from claimex.atomic import Replacement
from claimex.cli.app import main
from claimex.engine import local, on_ray
from claimex.engine.base import Engine, Setup
from claimex.engine.processes import Processes
from tests.engine.fakes import FakeSetup

KILLED_AFTER = "KILLED_AFTER"
"""The environment variable with the number of files that may take their places until the process is killed."""


def killed_after(puts: int) -> None:
    """Have this process killed just before one file more takes its place, or, where that was the last, just after."""
    put, left = Replacement.put, puts

    def count(self: Replacement) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        put(self)
        left -= 1
        if left == 0 and puts == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    Replacement.put = count  # type: ignore[method-assign]


if __name__ == "__main__":
    if KILLED_AFTER in os.environ:
        killed_after(int(os.environ[KILLED_AFTER]))
    marks, seconds = sys.argv[1:3]

    def engine(setup: Setup, *, workers: int) -> Engine:
        """The engine in place of the real one."""
        return Processes(FakeSetup(marks, float(seconds)), workers=workers)

    class Ray(on_ray.OnRay):
        """The engine for many machines, with the fake reader."""

        def __init__(self, setup: Setup, **options: Any) -> None:
            super().__init__(FakeSetup(marks, float(seconds)), **options)

    local.Local = engine  # type: ignore[assignment,misc]
    on_ray.OnRay = Ray  # type: ignore[misc]
    sys.argv[1:] = sys.argv[3:]
    main()
