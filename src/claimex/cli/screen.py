"""The console that tables and cards go through, and whether it writes styles."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, TextIO

from claimex.cli.options import choice_option

if TYPE_CHECKING:
    from rich.console import Console

COLORS = ("auto", "always", "never")
_chosen = {"color": "auto"}
"""What this run of the program was asked for: every command that prints tables sets it."""


def _choose(value: str) -> str:
    _chosen["color"] = value
    return value


ColorOption = Annotated[
    str,
    choice_option(
        "--color",
        "color",
        COLORS,
        f"Bold, colours and highlights: {', '.join(COLORS)}; auto is on a terminal without NO_COLOR.",
        metavar="WHEN",
        callback=_choose,
    ),
]


def console_on(stream: TextIO) -> Console:
    """A console on a stream that writes styles where they are wanted; `color_system` is None where they are not."""
    from rich.console import Console

    stream = getattr(stream, "styled", stream)
    chosen = _chosen["color"]
    if chosen == "never" or (chosen == "auto" and os.environ.get("NO_COLOR")):
        return Console(file=stream, highlight=False, color_system=None)
    if chosen == "always":
        return Console(file=stream, highlight=False, force_terminal=True, color_system="standard", no_color=False)
    return Console(file=stream, highlight=False)
