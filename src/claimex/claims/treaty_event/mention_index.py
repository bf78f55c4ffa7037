"""Names by where they begin: an article may have thousands, and as many agreements that ask for those near by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimex.annotations import EntityMention


class MentionIndex:
    """Names in text order."""

    def __init__(self, mentions: Iterable[EntityMention]) -> None:
        self.mentions = sorted(mentions, key=lambda m: m.span.start)
        self._starts = [m.span.start for m in self.mentions]

    def between(self, start: int, end: int) -> list[EntityMention]:
        """Those that begin between two tokens."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
