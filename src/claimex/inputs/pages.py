"""The other side of `page_process.py`: one process for all pages of a run, started anew where a page ended it."""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from typing import IO, Any

from claimex.errors import InputError
from claimex.inputs.page_process import SECONDS, receive, send
from claimex.subprocesses import python_module


class PageProcess:
    """Asks about pages, and starts the process where there is none: it lasts longer than one page."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @cached_property
    def extractor(self) -> str:
        """What finds the article in a page: 'trafilatura 2.3.1'."""
        return f"trafilatura {version('trafilatura')}"

    def ask(self, page: str) -> dict[str, Any]:
        """What stands in a page. Raises InputError where the extra is missing and where the page cannot be read."""
        if find_spec("trafilatura") is None:
            raise InputError("reading web pages needs an extra: pip install 'claimex[html]'")
        data = self._answer(page.encode())
        if data is None:
            status = self.close()
            late = status == -signal.SIGXCPU
            raise InputError(
                f"trafilatura was not done with this page in {SECONDS} seconds"
                if late
                else f"trafilatura broke off at this page (status {status})"
            )
        answer: dict[str, Any] = json.loads(data)
        if "error" in answer:
            raise InputError(f"trafilatura cannot read this page ({answer['error']})")
        return answer

    def _answer(self, page: bytes) -> bytes | None:
        """The answer as it comes; None where the process ends instead."""
        questions, answers = self._streams()
        try:
            send(questions, page)
            return receive(answers)
        except OSError:
            return None

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = subprocess.Popen(
                python_module("claimex.inputs.page_process"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what a library says about a page is the page's words
            )
        assert self._process.stdin and self._process.stdout
        return self._process.stdin, self._process.stdout

    def close(self) -> int | None:
        """End the process; what it ended with."""
        process, self._process = self._process, None
        if process is None:
            return None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return process.wait()


PAGES = PageProcess()
atexit.register(PAGES.close)
