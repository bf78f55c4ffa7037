"""What gold says of a claim, field by field: in words that people write, and read back from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from claimex.claims import facets
from claimex.normalize.numbers import parse_number
from claimex.vocabulary import Factuality
from claimex.wording import SIGNS, Claim, at, figure, name

Read = Callable[[str], Any]
BOUNDS = {**{sign: bound for bound, sign in SIGNS.items()}, ">=": "at_least", "<=": "at_most", "": "exact"}
FIGURE = re.compile(r"\s*(?P<sign>[~≥≤<>]=?|)\s*(?P<number>.*?)\s*", re.DOTALL)
RANGE = re.compile(r"\s*[–-]\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that gold says of a claim."""

    name: str
    say: Callable[[Claim], str]
    """What a claim says there, as people write it; empty where it says nothing."""
    read: Read
    """What gold holds for such words. Raises ValueError where they are none."""
    hint: str = ""
    """How it is written, in a few words."""
    choices: tuple[str, ...] = ()
    """The values it can have, where the list is closed."""

    @property
    def required(self) -> bool:
        """Whether every claim of the kind says something there."""
        try:
            self.read("")
        except ValueError:
            return True
        return False


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields that gold says of claims of a kind; none for a kind that is not scored."""
    return FIELDS.get(kind, ())


def gold_claim(claim: Claim) -> dict[str, Any]:
    """A claim as gold writes it, should everything in it be right."""
    evidence = claim["evidence"]
    said = {field.name: field.read(field.say(claim)) for field in fields_of(claim["kind"])}
    treaty = claim.get("treaty")
    mention = (
        {"mention": treaty["text"], "mention_start": treaty["start"], "mention_end": treaty["end"]} if treaty else {}
    )
    return {
        "id": claim["id"],
        "kind": claim["kind"],
        "start": evidence["start"],
        "end": evidence["end"],
        "text": evidence["quote"],
        "sentence": evidence["sentence"]["text"],
        **mention,
        **said,
        "optional": False,
    }


def read_figure(words: str) -> dict[str, Any]:
    """A quantity from '>10,000', '~2,000', '3,500-4,000', '1.5 million' or 'vague'. Raises ValueError for others."""
    empty = {"value": None, "low": None, "high": None}
    if words.strip() == "vague":
        return {**empty, "bound": "vague"}
    match = FIGURE.fullmatch(words)
    bound = BOUNDS.get(match["sign"]) if match else None
    if match and bound and (number := parse_number(match["number"])) is not None:
        low = number if bound in ("exact", "at_least", "more_than") else None
        high = number if bound in ("exact", "at_most", "less_than") else None
        return {"value": number, "low": low, "high": high, "bound": bound}
    ends = [parse_number(part) for part in RANGE.split(words)]
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[0] <= ends[1]:
        return {"value": None, "low": ends[0], "high": ends[1], "bound": "range"}
    raise ValueError(f"{words!r} is no figure; write 10,000, ~2,000, >500, ≤3,000, 3,500-4,000 or vague")


def _say_figure(claim: Claim) -> str:
    quantity = claim["quantity"]
    return "vague" if quantity["bound"] == "vague" else figure(quantity)


def _say_source(claim: Claim) -> str:
    attribution = claim.get("attribution")
    return str(attribution["source"]) if attribution else ""


def _names(claim: Claim) -> str:
    return "; ".join(dict.fromkeys(map(name, claim["parties"])))


def _words(text: str) -> str | None:
    return text.strip() or None


def _required(text: str) -> str:
    if not text.strip():
        raise ValueError("this field is never empty")
    return text.strip().lower()


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _choice(name: str, values: tuple[str, ...]) -> Field:
    def read(text: str) -> str:
        value = text.strip().lower().replace(" ", "_").replace("-", "_")
        begin_so = [known for known in values if value and known.startswith(value)]
        if value not in values and len(begin_so) != 1:
            raise ValueError(f"no {name} {text!r}; choose from {', '.join(values)}")
        return value if value in values else begin_so[0]

    return Field(name, at(name), read, choices=values)


FACTUALITY = _choice("factuality", get_args(Factuality))
SOURCE = Field("source", _say_source, _words, "who says so; empty in the writer's own voice")
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "troop_count": (
        Field("quantity", _say_figure, read_figure, "10,000, ~2,000, >500, ≤3,000, 3,500-4,000 or vague"),
        Field("unit", at("unit"), _required, "troops, soldiers, fighters ..."),
        Field("force", at("force.name"), _words, "whose people; empty where it is not said"),
        _choice("activity", facets()["activity"]),
        FACTUALITY,
        SOURCE,
    ),
    "treaty_event": (
        _choice("stage", facets()["stage"]),
        Field("parties", _names, _list, "names, with ; between them"),
        FACTUALITY,
        SOURCE,
    ),
}
"""Kind of claim to its fields, the core first."""
