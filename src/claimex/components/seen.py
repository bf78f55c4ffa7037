"""Which of many things came before, told in a fixed room: what is kept of a word pays where the word comes again."""

from __future__ import annotations

MARKS = 1 << 16
"""Places for marks; things that share one are taken for the same."""


class Seen:
    """The things that came, by a number of each."""

    def __init__(self) -> None:
        self._marks = bytearray(MARKS)

    def again(self, number: int) -> bool:
        """Whether a thing came before; from now on it did."""
        place = number % MARKS
        came, self._marks[place] = self._marks[place], 1
        return bool(came)
