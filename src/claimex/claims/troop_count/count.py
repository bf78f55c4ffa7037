"""A quantity of military people, before anything is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from claimex.claims.troop_count.lexicon import rules

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.verbs import Frame

How = Literal["noun", "nationality", "context", "part", "strength", "ellipsis", "level", "coreferent"]
"""Why a quantity counts military people: its noun, its context, an earlier count, a unit's strength."""
Passed = Literal[
    "measure", "unit", "nothing_before", "body", "excluded", "aircraft", "somebody", "novice", "nationality", "context",
    "sports",
]  # fmt: skip
"""Why a quantity does not count any; `explain.py` has the words."""
TROOPS = "troops"


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity of military people. `antecedent` is the count whose noun (and side) it takes over."""

    quantity: QuantityMention
    span: Span
    head: Token
    unit: str
    how: How
    frames: tuple[Frame, ...]
    antecedent: Count | None = None
    coreferent: bool = False
    verb: Token | None = None
    theme: Token | None = None
    """For a level: the verb that sets it, and the noun whose level it is."""
    understood: Token | None = None
    """The uncounted noun that a number takes over: 'a soldier died and five others were wounded'."""


def plural(noun: str) -> str:
    """The plural of a noun for people."""
    heads = rules().heads
    if noun.endswith("man") and noun not in heads.no_men:
        return f"{noun[:-3]}men"
    return noun if noun.endswith(("s", "men", "ese", *heads.invariable)) else f"{noun}s"
