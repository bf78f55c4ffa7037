"""Claims made by hand over an invented article, so that the command line is tested without a model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TEXT = (
    "Mali said on Monday that more than 1,200 Chadian soldiers had reached Gao. "
    "About 300 fighters were captured, an aide wrote. "
    "Up to 500 troops may leave Kidal. "
    "Between 2,000 and 3,000 rebels remain in the north. "
    "Hundreds of militants were killed. "
    "Chad and Niger have not ratified the Lake Accord. "
    "Under the Lake Accord both must consult each other."
)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
CHAD = {"id": "iso3166:TCD", "name": "Chad", "type": "country"}
NIGER = {"id": "iso3166:NER", "name": "Niger", "type": "country"}
MALI = {"id": "iso3166:MLI", "name": "Mali", "type": "country"}
GAO = {"id": "geonames:2457161", "name": "Gao", "type": "place"}
RIVER_GROUP = {"id": "group:river-front", "name": "River Front", "type": "armed_group"}


def reference(entity: dict[str, Any], words: str | None = None) -> dict[str, Any]:
    """An entity reference with the first place where the article has the words."""
    if words is None:
        return {**entity, "text": None, "start": None, "end": None}
    start = TEXT.index(words)
    return {**entity, "text": words, "start": start, "end": start + len(words)}


def claim(kind: str, quote: str, number: int, **fields: Any) -> dict[str, Any]:
    """A claim with its evidence; `number` makes the id."""
    start = TEXT.index(quote)
    first = TEXT.rfind(". ", 0, start) + 2 if ". " in TEXT[:start] else 0
    last = TEXT.find(". ", start) + 1 or len(TEXT)
    roles = {"force": "force", "location": "location", "actor": "actor"}
    entities = [{**fields[name], "role": role} for name, role in roles.items() if fields.get(name)]
    for entity in entities:
        entity.pop("border", None)
    entities += [{**party, "role": "party"} for party in fields.get("parties", ())]
    entities += fields.pop("others", [])
    return {
        "id": f"{number:x}" * 16,
        "kind": kind,
        "schema": 1,
        "article": {
            "id": "lake_01",
            "path": "news/lake_01.txt",
            "sha256": SHA256,
            "title": None,
            "published": "2013-02-04",
            "publisher": None,
            "url": None,
        },
        "evidence": {
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "sentence": {"start": first, "end": last, "text": TEXT[first:last]},
            "rule": "test.rule",
        },
        "attribution": None,
        "factuality": "asserted",
        "entities": entities,
        **fields,
    }


def quantity(text: str, bound: str, value: int | None, low: int | None, high: int | None) -> dict[str, Any]:
    """A quantity."""
    return {"text": text, "value": value, "low": low, "high": high, "bound": bound}


def count(quote: str, number: int, figure: dict[str, Any], unit: str, activity: str, **fields: Any) -> dict[str, Any]:
    """A troop count."""
    empty = {"force": None, "location": None, "origin": None, "date": None, "part_of": None, "coreferent": False}
    known = {"quantity": figure, "unit": unit, "activity": activity, "further": [], **empty}
    return claim("troop_count", quote, number, **{**known, **fields})


def said_by(source: str, text: str, cue: str, type_: str) -> dict[str, Any]:
    """An attribution."""
    start = TEXT.index(text)
    return {
        "source": source, "text": text, "start": start, "end": start + len(text), "cue": cue, "type": type_, "via": None
    }  # fmt: skip


TREATY = {"text": "the Lake Accord", "start": TEXT.index("the Lake Accord"), "name": "Lake Accord", "type": "pact"}
TREATY["end"] = int(TREATY["start"]) + len("the Lake Accord")
EVENT = {"treaty": TREATY, "actor": None, "body": None, "provision": None, "location": None, "date": None}
BOTH = [reference(CHAD, "Chad and"[:4]), reference(NIGER, "Niger")]

CLAIMS: list[dict[str, Any]] = [
    claim(
        "entity",
        "Mali",
        1,
        others=[{**reference(MALI, "Mali"), "role": "entity"}],
        entity=MALI,
        mentions=[{"text": "Mali", "start": 0, "end": 4, "label": "name", "reading": "literal"}],
    ),
    count(
        "more than 1,200 Chadian soldiers",
        2,
        quantity("more than 1,200 Chadian soldiers", "more_than", 1200, 1200, None),
        "soldiers",
        "deployed",
        force=reference(CHAD, "Chadian"),
        location={**reference(GAO, "Gao"), "border": False},
        attribution=said_by("Mali", "Mali", "said", "government"),
        factuality="reported",
        others=[{**reference(MALI, "Mali"), "role": "source"}],
    ),
    count(
        "About 300 fighters",
        3,
        quantity("About 300 fighters", "approx", 300, None, None),
        "fighters",
        "captured",
        force=reference(RIVER_GROUP),
        attribution=said_by("an aide", "an aide", "wrote", "unnamed"),
        factuality="reported",
    ),
    count(
        "Up to 500 troops",
        4,
        quantity("Up to 500 troops", "at_most", 500, None, 500),
        "troops",
        "withdrawn",
        factuality="possible",
    ),
    count(
        "Between 2,000 and 3,000 rebels",
        5,
        quantity("Between 2,000 and 3,000 rebels", "range", None, 2000, 3000),
        "rebels",
        "present",
    ),
    count(
        "Hundreds of militants",
        6,
        quantity("Hundreds of militants", "vague", None, 200, 999),
        "militants",
        "killed",
    ),
    claim("treaty_event", "ratified", 7, stage="ratified", parties=BOTH, factuality="negated", **EVENT),
    claim(
        "treaty_event",
        "must consult",
        8,
        stage="provision",
        parties=BOTH,
        **{**EVENT, "provision": {"kind": "consultation", "obligation": "consult each other", "condition": None}},
    ),
]


def write(path: Path, claims: Iterable[dict[str, Any]] | None = None) -> Path:
    """A claims file with these claims."""
    rows = CLAIMS if claims is None else claims
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path
