"""Why something that could be a claim is one, or is none: what a kind's `explain` yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind's decision about some words. `code` stays the same from version to version, `why` is for people."""

    span: Span
    made: bool
    code: str
    why: str
