"""A process that finds the article in web pages: `python -m claimex.inputs.page_process`, started by `pages.py`.

It reads pages from standard input and answers on standard output, each behind its length; so much processor time for a
page, so much memory, and no network.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

SECONDS = 30
"""Of the processor, for one page: past them the system ends the process."""
MAX_MEMORY = 4 * 2**30
LENGTH = 8
"""Bytes of the length in front of a page and of an answer."""
DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""For the date: what the page says, not what can be guessed from it, and no look at the clock."""


def send(stream: IO[bytes], data: bytes) -> None:
    """Write a message."""
    stream.write(len(data).to_bytes(LENGTH, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read a message; None where the other side is gone."""
    head = stream.read(LENGTH)
    length = int.from_bytes(head, "big")
    data = stream.read(length) if len(head) == LENGTH else b""
    return data if len(head) == LENGTH and len(data) == length else None


def answer(extract: Callable[..., Any], page: str) -> dict[str, Any]:
    """What stands in a page; 'error' says why that cannot be told."""
    try:
        found = extract(page, with_metadata=True, include_comments=False, date_extraction_params=DATES)
    except Exception as error:  # a parser of others, on pages of strangers
        return {"error": f"{type(error).__name__}: {error}"}
    if found is None:
        return {}
    return {
        "text": found.text,
        "title": found.title,
        "published": found.date,
        "publisher": found.sitename or found.hostname,
        "url": found.url,
    }


def main() -> None:
    """Answer until nobody asks."""
    from trafilatura import bare_extraction

    pages, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints is no answer.
    os.dup2(2, 1)
    socket.socket = _refused  # type: ignore[assignment, misc]
    while (page := receive(pages)) is not None:
        _limit()
        send(answers, json.dumps(answer(bare_extraction, page.decode())).encode())


def _refused(*_: object, **__: object) -> None:
    raise OSError("claimex reads pages without the network")


def _limit() -> None:
    """So much time from here on, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_AS: MAX_MEMORY, resource.RLIMIT_CPU: seconds}
    for what, limit in limits.items():
        with suppress(OSError, ValueError):  # where less is allowed already; the others hold all the same
            resource.setrlimit(what, (limit, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt, BrokenPipeError):
        main()
