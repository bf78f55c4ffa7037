"""Words of the page around an article: marked as character ranges, never deleted, so that all offsets hold."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = re.compile(r"(?!)")


class FurnitureRules(Model):
    """What pages put around articles."""

    max_line: int = Field(gt=0, description="A longer line is text.")
    lines: tuple[str, ...] = Field(description="A line that starts so is furniture.")
    phrases: tuple[str, ...] = Field(description="Furniture wherever it stands.")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The rules as they are looked up."""

    longest: int
    line: re.Pattern[str]
    phrase: re.Pattern[str]
    phrases: tuple[str, ...]
    """What `phrase` matches: asked first, because to look for a few fixed strings is twenty times as quick."""


@from_rules
def _rules() -> Furniture:
    rules = read_toml(FurnitureRules, "furniture.toml")
    starts = "|".join(re.escape(line) for line in sorted(rules.lines, key=len, reverse=True))
    # A line that starts so must go on as a label or an order does, not as "Advertisement revenue fell".
    line = re.compile(rf"^[ \t]*(?:{starts})[^\n]*$", re.IGNORECASE | re.MULTILINE) if starts else NOTHING
    words = "|".join(re.escape(phrase) for phrase in sorted(rules.phrases, key=len, reverse=True))
    phrase = re.compile(words, re.IGNORECASE) if words else NOTHING
    return Furniture(rules.max_line, line, phrase, tuple(map(str.lower, rules.phrases)))


def furniture_ranges(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of site furniture, sorted and apart."""
    rules, low = _rules(), text.lower()
    found = [m.span() for m in rules.line.finditer(text) if m.end() - m.start() <= rules.longest]
    if any(phrase in low for phrase in rules.phrases):
        found += [m.span() for m in rules.phrase.finditer(text)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def in_furniture(ranges: Sequence[tuple[int, int]], start: int) -> bool:
    """Whether a character offset lies in one of these ranges."""
    i = bisect_right(ranges, start, key=lambda r: r[0]) - 1
    return i >= 0 and start < ranges[i][1]
