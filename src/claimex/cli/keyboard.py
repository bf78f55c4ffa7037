"""The keyboard of a terminal: single keys without Enter, and lines."""

from __future__ import annotations

import os
import sys
import termios
import tty
from select import select
from types import TracebackType

SOON = 0.05
"""Seconds within which the rest of a key comes that is sent as several characters."""


class Keyboard:
    """Reads keys while it is open; what is pressed ahead of the question counts and is not shown.

    Ctrl-D raises EOFError, Ctrl-C KeyboardInterrupt.
    """

    def __enter__(self) -> Keyboard:
        self.file = sys.stdin.fileno()
        self.before = termios.tcgetattr(self.file)
        tty.setcbreak(self.file, termios.TCSADRAIN)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        termios.tcsetattr(self.file, termios.TCSADRAIN, self.before)

    def key(self) -> str:
        """The next key; a blank for an arrow and its like."""
        pressed = os.read(self.file, 1)
        if pressed == b"\x1b":
            # The rest of such a key are letters that nobody pressed: one, or '[' and all up to a letter.
            pressed, rest = b" ", b"["
            while rest in b"[O;0123456789" and select([self.file], [], [], SOON)[0]:
                rest = os.read(self.file, 1)
        if pressed in (b"", b"\x04"):
            raise EOFError
        return pressed.decode("latin-1")

    def line(self, question: str) -> str:
        """The line that answers a question."""
        termios.tcsetattr(self.file, termios.TCSADRAIN, self.before)
        try:
            # Python's own input() asks on stderr.
            sys.stdout.write(question)
            sys.stdout.flush()
            line = sys.stdin.readline()
        finally:
            tty.setcbreak(self.file, termios.TCSADRAIN)
        if not line:
            raise EOFError
        return line.removesuffix("\n")
