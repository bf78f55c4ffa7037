"""Claims made by hand from a few words, for tests of what reads claims: valid in full, over invented sentences."""

from __future__ import annotations

import hashlib
import re
from typing import Any

SIGNS = {"~": "approx", "≥": "at_least", ">": "more_than", "≤": "at_most", "<": "less_than"}
VAGUE = {"dozens": (24, 99), "hundreds": (200, 999), "thousands": (2000, 9999), "many": (None, None)}
PLACES = {
    "Russia": ("iso3166:RUS", "country"),
    "Ukraine": ("iso3166:UKR", "country"),
    "North Korea": ("iso3166:PRK", "country"),
    "South Korea": ("iso3166:KOR", "country"),
    "United States": ("iso3166:USA", "country"),
    "Mali": ("iso3166:MLI", "country"),
    "Chad": ("iso3166:TCD", "country"),
    "Niger": ("iso3166:NER", "country"),
    "Guinea": ("iso3166:GIN", "country"),
    "Guinea-Bissau": ("iso3166:GNB", "country"),
    "Kursk": ("geonames:538560", "place"),
    "Pyongyang": ("geonames:1871859", "place"),
    "Crimea": ("place:crimea", "place"),
    "Donbas": ("place:donbas", "place"),
    "Nowhere": ("place:nowhere", "place"),
    "Nowhere Oblast": ("place:nowhere-oblast", "place"),
}


def quantity(words: str) -> dict[str, Any]:
    """A quantity from '~2,000', '>10k' without the k, '10,000-12,000', 'hundreds'."""
    empty = {"text": words, "value": None, "low": None, "high": None}
    if words in VAGUE:
        low, high = VAGUE[words]
        return {**empty, "low": low, "high": high, "bound": "vague"}
    if "-" in words:
        low, high = (int(part.replace(",", "")) for part in words.split("-"))
        return {**empty, "low": low, "high": high, "bound": "range"}
    bound = SIGNS.get(words[0], "exact")
    number = int(re.sub(r"\D", "", words))
    low = number if bound in ("exact", "at_least", "more_than") else None
    high = number if bound in ("exact", "at_most", "less_than") else None
    return {"text": words, "value": number, "low": low, "high": high, "bound": bound}


def reference(name: str | None) -> dict[str, Any] | None:
    """An entity reference; names outside `PLACES` are people or organisations of their own."""
    if name is None:
        return None
    id_, type_ = PLACES.get(name, (f"org:{name.lower().replace(' ', '-')}", "organisation"))
    return {"id": id_, "name": name, "type": type_, "text": name, "start": None, "end": None}


def place_reference(name: str | None) -> dict[str, Any] | None:
    """A place; 'border of Chad' is the border."""
    found = reference(name.removeprefix("border of ") if name else None)
    return found and {**found, "border": str(name).startswith("border of ")}


def date(words: str | None) -> dict[str, Any] | None:
    """A date from '2024-10-18', '2024-10' (a month), '2024-10-01..2024-12-31', or words that tell no day."""
    if words is None:
        return None
    earliest, latest, precision = None, None, "unknown"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        earliest, latest, precision = words, words, "day"
    elif re.fullmatch(r"\d{4}-\d\d", words):
        earliest, latest, precision = f"{words}-01", f"{words}-28", "month"
    elif ".." in words:
        first, last = words.split("..")
        earliest, latest, precision = first or None, last or None, "interval"
    return {
        "text": words, "start": 0, "end": len(words), "precision": precision, "earliest": earliest, "latest": latest
    }  # fmt: skip


def said_by(source: str | None, type_: str | None = None) -> dict[str, Any] | None:
    """An attribution; 'reports', 'officials' and other words without a capital name nobody."""
    if source is None:
        return None
    named = source[0].isupper()
    return {
        "source": source, "text": source, "start": 3, "end": 3 + len(source), "cue": "said",
        "type": type_ or ("government" if named else "unnamed"), "via": None,
    }  # fmt: skip


def made(
    kind: str,
    quote: str,
    *,
    article: str = "a1",
    sentence: str | None = None,
    source: str | None = None,
    factuality: str | None = None,
    published: str | None = None,
    path: str = "",
    roles: dict[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """A claim; its id hangs on everything in it, its sentence is its article's own unless given."""
    words = sentence or f"In {article} they write of {quote}."
    start = max(words.find(quote), 0)
    key = repr((kind, quote, article, words, source, factuality, published, sorted(fields.items(), key=str)))
    entities = [{**ref, "role": role} for role, ref in (roles or {}).items() if ref]
    return {
        "id": hashlib.sha256(key.encode()).hexdigest()[:16],
        "kind": kind,
        "schema": 1,
        "article": {
            "id": article, "path": path, "sha256": hashlib.sha256(article.encode()).hexdigest(), "title": None,
            "published": published, "publisher": None, "url": None,
        },
        "evidence": {
            "start": start, "end": start + len(quote), "quote": quote,
            "sentence": {"start": 0, "end": len(words), "text": words}, "rule": "test.rule",
        },
        "attribution": said_by(source),
        "factuality": factuality or ("reported" if source else "asserted"),
        "entities": entities,
        **fields,
    }  # fmt: skip


def troops(
    figure: str,
    *,
    force: str | None = "North Korea",
    activity: str = "deployed",
    place: str | None = None,
    unit: str = "troops",
    when: str | None = None,
    part_of: str | None = None,
    further: tuple[dict[str, Any], ...] = (),
    **about: Any,
) -> dict[str, Any]:
    """A troop count: `troops("~2,000", place="Russia", source="reports")`."""
    location, people = place_reference(place), reference(force)
    quote = about.pop("quote", f"{figure} {unit}")
    return made(
        "troop_count", quote, roles={"force": people, "location": reference(place)}, quantity=quantity(figure),
        unit=unit, force=people, activity=activity, location=location, origin=None, date=date(when), part_of=part_of,
        further=list(further), coreferent=False, **about,
    )  # fmt: skip


def also(activity: str, *, place: str | None = None, when: str | None = None, factuality: str = "reported") -> Any:
    """What else a troop count says of the same people."""
    return {
        "text": activity, "start": 0, "end": len(activity), "rule": "test.rule", "factuality": factuality,
        "activity": activity, "location": place_reference(place), "origin": None, "date": date(when),
    }  # fmt: skip


def treaty(
    stage: str,
    name: str = "defense pact",
    *,
    type: str = "pact",
    parties: tuple[str, ...] = ("North Korea", "Russia"),
    actor: str | None = None,
    body: str | None = None,
    place: str | None = None,
    when: str | None = None,
    provision: str | None = None,
    **about: Any,
) -> dict[str, Any]:
    """A treaty event: `treaty("signed", "New START", parties=("Russia", "United States"))`."""
    bound = [reference(party) for party in parties]
    provides = {"kind": provision, "obligation": "must help", "condition": None} if provision else None
    return made(
        "treaty_event", stage, roles={}, stage=stage, parties=bound, actor=reference(actor), body=reference(body),
        treaty={"text": name, "start": 0, "end": len(name), "name": name, "type": type}, provision=provides,
        location=place_reference(place), date=date(when), **about,
    )  # fmt: skip
