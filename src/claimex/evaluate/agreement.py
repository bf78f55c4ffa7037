"""How a claim is compared with a gold claim, field by field, and what makes up the core of each kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from claimex.lexicon import read_toml
from claimex.model import Model

Record = Mapping[str, Any]
Agreement = Callable[[Record, Record], bool]


class _Sources(Model):
    empty_words: frozenset[str]


class _Sameness(Model):
    stages: dict[str, str]
    names: dict[str, str]
    source: _Sources


@cache
def _same() -> _Sameness:
    return read_toml(_Sameness, "evaluate.toml")


def folded(name: Any) -> str | None:
    """Canonical name of an entity reference (record, text or None) as it is compared."""
    if isinstance(name, Mapping):
        name = name.get("name")
    if not name:
        return None
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch))
    plain = re.sub(r"^the\s+", "", plain.strip().lower())
    return _same().names.get(plain, plain)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))


def is_same_source(gold: str | None, claimed: str) -> bool:
    """Both absent, or sharing a word that says something; any word where gold has only empty ones."""
    if not gold or not claimed.strip():
        return not gold and not claimed.strip()
    wanted, said, empty = _words(gold), _words(claimed), _same().source.empty_words
    return bool((wanted - empty) & said) if wanted - empty else bool(wanted & said)


def comparable_quantity(quantity: Record | None) -> tuple[Any, ...]:
    """A quantity as it is compared: what its bound makes of value, low and high."""
    quantity = quantity or {}
    bound = quantity.get("bound")
    value, low, high = (None if (n := quantity.get(k)) is None else float(n) for k in ("value", "low", "high"))
    if bound == "vague":
        return (bound,)
    if bound == "approx":
        return (bound, value)
    return (bound, None if bound == "range" else value, low, high)


def _quantity(gold: Record, claim: Record) -> bool:
    return comparable_quantity(gold["quantity"]) == comparable_quantity(claim.get("quantity"))


def _stage(gold: Record, claim: Record) -> bool:
    def coarse(stage: Any) -> Any:
        return _same().stages.get(stage, stage)

    return coarse(claim.get("stage")) in {coarse(stage) for stage in (gold["stage"], *gold.get("stage_alt", ()))}


def _force(gold: Record, claim: Record) -> bool:
    return folded(gold["force"]) == folded(claim.get("force"))


def _parties(gold: Record, claim: Record) -> bool:
    return {folded(party) for party in gold["parties"]} == {folded(party) for party in claim.get("parties") or ()}


def _source(gold: Record, claim: Record) -> bool:
    attribution = claim.get("attribution") or {}
    claimed = " ".join(str(attribution.get(key) or "") for key in ("text", "source"))
    return any(is_same_source(reading, claimed) for reading in (gold["source"], *gold.get("source_alt", ())))


def _value_of(name: str) -> Agreement:
    return lambda gold, claim: claim.get(name) in (gold[name], *gold.get(f"{name}_alt", ()))


def overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """How many characters two spans share; not positive where they share none."""
    return min(end, other_end) - max(start, other_start)


def _same_mention(gold: Record, claim: Record) -> float:
    """Overlap of the treaty mentions where gold stands in the claim's sentence; less than that of evidence."""
    treaty, sentence = claim.get("treaty") or {}, claim["evidence"].get("sentence") or {}
    if treaty.get("start") is None or not sentence or gold.get("mention_start") is None:
        return 0.0
    if overlap(gold["start"], gold["end"], sentence.get("start", 0), sentence.get("end", 0)) <= 0:
        return 0.0
    return overlap(gold["mention_start"], gold["mention_end"], treaty["start"], treaty["end"]) - 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """How one kind is graded. The first field is the core; `extra` ones are reported but not part of 'full'."""

    fields: Mapping[str, Agreement]
    extra: frozenset[str] = frozenset()
    near: Callable[[Record, Record], float] = lambda gold, claim: 0.0
    """Overlap in place of that of the evidence, for pairs that agree in the core."""

    @property
    def core(self) -> str:
        """The field that says what the claim is about."""
        return next(iter(self.fields))

    @property
    def full(self) -> list[str]:
        """The fields that make a claim right in full."""
        return [name for name in self.fields if name not in self.extra]

    def agrees(self, gold: Record, claim: Record) -> dict[str, bool]:
        """For each field that gold says something of, whether the claim says the same."""
        return {name: agree(gold, claim) for name, agree in self.fields.items() if name in gold}

    def agrees_in_core(self, gold: Record, claim: Record) -> bool:
        """Whether a pair agrees in what the claim is about; not where gold does not say it."""
        return self.core in gold and self.fields[self.core](gold, claim)


MEASURES: dict[str, Measure] = {
    "troop_count": Measure(
        {
            "quantity": _quantity,
            "unit": _value_of("unit"),
            "force": _force,
            "activity": _value_of("activity"),
            "factuality": _value_of("factuality"),
            "source": _source,
        },
        extra=frozenset({"unit"}),
    ),
    "treaty_event": Measure(
        {"stage": _stage, "parties": _parties, "factuality": _value_of("factuality"), "source": _source},
        near=_same_mention,
    ),
}
"""Kinds that gold annotates. A kind that is not here is not scored."""
