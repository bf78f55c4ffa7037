"""Lines of a claims file in which a name cannot stand, told from their bytes: quicker than reading them as JSON.

Names are compared without case, accents, apostrophes, dots and hyphens. So a line is let through wherever letters
may be written in another way: with an escape, or not in ASCII.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable

from claimex.normalize.names import DROPPED

_LOWER = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
_DROPPED = DROPPED.encode()
_ESCAPE = ord("\\")
_BETWEEN = re.compile(r'[^!-~]|[-/,_"\\]')
"""What stands between two runs of characters that JSON and the key of a name leave as they are."""
_RARE = "jzqkwvfhucbgpydlmnoriatse"
"""Letters, those first that the fewest claims have: a byte is found much sooner than a word."""

Sieve = Callable[[bytes], bool]
"""Whether a line can be passed over."""


def sieve(part: str, names: Iterable[str]) -> Sieve | None:
    """Tells lines whose `part` cannot have one of the names, keys or ids, in it; None where only reading tells.

    A line that does not begin and end as an object does is never passed over, nor one in which the part is missing.
    """
    runs = {_telling_run(name) for name in names}
    if not runs or "" in runs:
        return None
    rarest = {run: min(run, key=_commonness) for run in runs}
    words = [(run.encode(), ord(one), ord(one.upper())) for run, one in rarest.items()]
    key = f'"{part}"'.encode()

    # Each line of a large file comes here: what looks clumsy takes half the time of what does not.
    def passes_over(line: bytes) -> bool:
        # Whatever the order of the fields, the part stands behind the first place where its name does.
        start = line.find(key)
        rest = line[start:]
        if start < 0 or not rest.isascii() or (_ESCAPE in line and (_ESCAPE in rest or b"\\u" in line)):
            return False
        if (line[:1] != b"{" or rest[-2:] != b"}\n") and not _is_bare_object(line):
            return False
        for word, small, large in words:
            if (small in rest or large in rest) and rest.translate(_LOWER, _DROPPED).find(word) >= 0:
                return False
        return True

    return passes_over


def _telling_run(name: str) -> str:
    """The part of a name that fewest claims have, of those that stand in every way of writing it as it is compared."""
    plain = name.casefold().translate(dict.fromkeys(map(ord, DROPPED)))
    return min(filter(None, _BETWEEN.split(plain)), key=lambda run: min(map(_commonness, run)), default="")


def _commonness(character: str) -> int:
    return _RARE.find(character) % (len(_RARE) + 1)


def _is_bare_object(line: bytes) -> bool:
    line = line.strip()
    return line[:1] == b"{" and line[-1:] == b"}"
