"""What people are told, on stderr: one line each, safe for a terminal whatever stands in it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

from claimex.wording import printable

PROGRAM = "claimex"
SHOWN = 20
NAMED = 3
"""Articles that a line names."""


def tell(message: str) -> None:
    """One line on stderr."""
    print(f"{PROGRAM}: {printable(message)}", file=sys.stderr)


class LogLine(logging.Formatter):
    """A line of the log in the manner of what is told."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        """The message without what stands in it to steer a terminal."""
        return f"{PROGRAM}: {printable(record.getMessage())}"


def plural(count: int, noun: str, many: str = "") -> str:
    """'1 article', '2,000 articles'; `many` where more of them are not called by the noun and an s."""
    return f"{count:,} {noun if count == 1 else many or f'{noun}s'}"


def tell_of_texts(changed: Iterable[str], gone: Iterable[str], outcome: str) -> None:
    """Which articles have another text than their claims were made from, or none, and what comes of it."""
    for ids, what in ((tuple(changed), "another one"), (tuple(gone), "not there")):
        if ids:
            shown = ", ".join(ids[:NAMED]) + (" ..." if len(ids) > NAMED else "")
            tell(f"the text of {plural(len(ids), 'article')} is {what} now ({shown}): {outcome}; see --texts")


def tell_all(messages: Iterable[str]) -> int:
    """The first lines on stderr and a count of the rest; how many there were."""
    count = 0
    for message in messages:
        count += 1
        if count <= SHOWN:
            tell(message)
    if count > SHOWN:
        tell(f"and {count - SHOWN} more like these")
    return count
