"""A large claims file of invented claims, valid in full: the same bytes each time.

    python benchmarks/made_store.py FILE [--claims 1000000]

An article has eight to twelve claims; some entities come often and most of them rarely, as words do. `RARE` stands in
one claim in a thousand. Names, paths and sentences are short: claims of news articles are half as long again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

RARE = "Republic of Tarkhov"
RARE_ID = "group:tarkhov"
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "va", "xe", "ya", "zo"]
TYPES = {"iso3166": "country", "geonames": "place", "person": "person", "org": "organisation"}
ACTIVITIES = ("deployed", "training", "present", "sent", "withdrawn", "killed", "wounded", "captured")
STAGES = ("signed", "ratified", "suspended", "negotiated", "rejected")
BOUNDS = ("exact", "approx", "at_least", "more_than", "at_most", "less_than")


class Names:
    """Invented entities and how often they come."""

    def __init__(self, chance: random.Random, count: int = 5000) -> None:
        self.entities: list[dict[str, str]] = []
        for number in range(count):
            name = "".join(chance.choices(SYLLABLES, k=3)).capitalize() + str(number % 7 or "")
            kind, type_ = chance.choice(list(TYPES.items()))
            self.entities.append({"id": f"{kind}:{number}", "name": name, "type": type_})
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(count)))
        self._chance = chance

    def some(self, count: int) -> list[dict[str, str]]:
        """A few of them, the first ones most often."""
        return self._chance.choices(self.entities, cum_weights=self._weights, k=count)


def claims(count: int) -> Iterator[bytes]:
    """Claims as lines of JSON."""
    chance = random.Random(4)
    names = Names(chance)
    made = number = 0
    while made < count:
        number += 1
        day = f"20{chance.randint(15, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        article = {
            "id": f"a{number}", "path": f"n/a{number}.txt", "sha256": hashlib.sha256(b"%d" % number).hexdigest(),
            "title": None, "published": day, "publisher": None, "url": None,
        }  # fmt: skip
        cast = names.some(chance.randint(4, 6))
        for position in range(min(chance.randint(8, 12), count - made)):
            claim = _claim(chance, article, cast, position)
            yield json.dumps(claim, ensure_ascii=False, separators=(",", ":")).encode()
            made += 1


def _claim(chance: random.Random, article: dict[str, Any], cast: list[dict[str, str]], position: int) -> dict[str, Any]:
    rare = chance.random() < 0.001
    first = {"id": RARE_ID, "name": RARE, "type": "armed_group"} if rare else cast[position % len(cast)]
    start = position * 90
    if position < len(cast):
        words = f"{first['name']} is named here."
        evidence = _evidence(start, first["name"], words, "entity.name")
        return _whole(
            article, "entity", evidence, None, "asserted", [_reference(first, start, "entity")],
            entity=first, mentions=[_mention(first["name"], start)],
        )  # fmt: skip
    other = chance.choice(cast)
    if chance.random() < 0.7:
        number, bound = chance.randint(1, 60) * 10 ** chance.randint(1, 3), chance.choice(BOUNDS)
        quote = f"{number:,} men"
        words = f"{first['name']} has {quote}, {other['name']} said."
        low = number if bound in ("exact", "at_least", "more_than") else None
        high = number if bound in ("exact", "at_most", "less_than") else None
        return _whole(
            article, "troop_count", _evidence(start, quote, words, "troop.have"), _said_by(other, start + 40),
            "reported", [_reference(first, start, "force"), _reference(other, start + 40, "source")],
            quantity={"text": quote, "value": number, "low": low, "high": high, "bound": bound}, unit="men",
            force=None, activity=chance.choice(ACTIVITIES), location=None, origin=None, date=None, part_of=None,
            coreferent=False,
        )  # fmt: skip
    stage = chance.choice(STAGES)
    words = f"{first['name']} {stage} the \u201cpact\u201d with {other['name']}."
    return _whole(
        article, "treaty_event", _evidence(start, stage, words, "treaty.act"), None, "asserted",
        [_reference(first, start, "actor"), _reference(other, start + 30, "party")], stage=stage,
        treaty={"text": "the pact", "start": start, "end": start + 8, "name": "pact", "type": "pact"}, parties=[],
        actor=None, body=None, provision=None, location=None, date=None,
    )  # fmt: skip


def _whole(
    article: dict[str, Any], kind: str, evidence: dict[str, Any], attribution: dict[str, Any] | None,
    factuality: str, entities: list[dict[str, Any]], **own: Any,
) -> dict[str, Any]:  # fmt: skip
    key = f"{article['id']} {kind} {evidence['start']}"
    return {
        "id": hashlib.sha256(key.encode()).hexdigest()[:16], "kind": kind, "schema": 1, "article": article,
        "evidence": evidence, "attribution": attribution, "factuality": factuality, "entities": entities, **own,
    }  # fmt: skip


def _evidence(start: int, quote: str, words: str, rule: str) -> dict[str, Any]:
    sentence = {"start": start, "end": start + len(words), "text": words}
    begin = start + words.index(quote)
    return {"start": begin, "end": begin + len(quote), "quote": quote, "sentence": sentence, "rule": rule}


def _reference(entity: dict[str, str], start: int, role: str) -> dict[str, Any]:
    return {**entity, "text": entity["name"], "start": start, "end": start + len(entity["name"]), "role": role}


def _mention(name: str, start: int) -> dict[str, Any]:
    return {"text": name, "start": start, "end": start + len(name), "label": "name", "reading": "literal"}


def _said_by(entity: dict[str, str], start: int) -> dict[str, Any]:
    name = entity["name"]
    return {
        "source": name, "text": name, "start": start, "end": start + len(name), "cue": "said", "type": "person",
        "via": None,
    }  # fmt: skip


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    options = parser.parse_args()
    with options.file.open("wb") as handle:
        for line in claims(options.claims):
            handle.write(line + b"\n")


if __name__ == "__main__":
    main()
