"""Claims as schema.org `Claim`, for tools of fact-checkers. A claim says what is said: nobody rates it here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

from claimex.export.headline import headline
from claimex.export.iris import article_iri, claim_iri
from claimex.export.json_text import write_array
from claimex.export.source import Source
from claimex.wording import Claim

CONTEXT = b'{"@context":"https://schema.org","@graph":'
TYPES = {
    "country": "Country",
    "place": "Place",
    "facility": "Place",
    "person": "Person",
    "organisation": "Organization",
    "armed_group": "Organization",
    "event": "Event",
}
"""Type of an entity to schema.org's; a `Thing` where it has none."""
AUTHORS = {
    "person": "Person",
    "government": "GovernmentOrganization",
    "military": "Organization",
    "intelligence": "Organization",
    "organisation": "Organization",
    "media": "NewsMediaOrganization",
}
"""Type of a source to that of an author. Unnamed sources are credited in words, documents are what it rests on."""


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims."""
    write_array(map(_claim, source.claims), handle, before=CONTEXT, after=b"}")


def _claim(claim: Claim) -> dict[str, Any]:
    article, evidence = claim["article"], claim["evidence"]
    record = {
        "@type": "Claim",
        "@id": claim_iri(claim),
        "identifier": claim["id"],
        "name": headline(claim),
        "text": evidence["sentence"]["text"],
        "keywords": [claim["kind"], claim["factuality"]],
        **_author(claim.get("attribution")),
        "about": list(_about(claim)),
        "spatialCoverage": _thing(claim["location"]) if claim.get("location") else None,
        "temporalCoverage": _interval(claim.get("date")),
        "appearance": {
            "@type": "NewsArticle",
            "@id": article_iri(article),
            "identifier": article["id"],
            "headline": article.get("title"),
            "datePublished": article.get("published"),
            "publisher": {"@type": "Organization", "name": article["publisher"]} if article.get("publisher") else None,
            "url": article.get("url"),
        },
    }
    record["appearance"] = _said(record["appearance"])
    return _said(record)


def _said(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what is not known: JSON-LD has no use for null."""
    return {name: value for name, value in record.items() if value not in (None, [])}


def _author(attribution: Mapping[str, Any] | None) -> dict[str, Any]:
    if attribution is None:
        return {}
    name = attribution["source"]
    if attribution["type"] in AUTHORS:
        return {"author": {"@type": AUTHORS[attribution["type"]], "name": name}}
    if attribution["type"] == "document":
        return {"isBasedOn": {"@type": "CreativeWork", "name": name}}
    return {"creditText": name}


def _about(claim: Claim) -> Iterator[dict[str, Any]]:
    seen = set()
    for reference in claim["entities"]:
        if reference["role"] != "source" and reference["id"] not in seen:
            seen.add(reference["id"])
            yield _thing(reference)
    if quantity := claim.get("quantity"):
        numbers = {"value": quantity["value"], "minValue": quantity["low"], "maxValue": quantity["high"]}
        yield _said({"@type": "QuantitativeValue", "name": quantity["text"], "unitText": claim.get("unit"), **numbers})
    if treaty := claim.get("treaty"):
        yield {"@type": "Thing", "name": treaty["name"]}


def _thing(reference: Mapping[str, Any]) -> dict[str, Any]:
    type_ = TYPES.get(reference["type"], "Thing")
    return {"@type": type_, "identifier": reference["id"], "name": reference["name"]}


def _interval(date: Mapping[str, Any] | None) -> str | None:
    """An ISO 8601 interval, open where one end is not known; None where the words tell no day."""
    if not date or not (date["earliest"] or date["latest"]):
        return None
    earliest, latest = date["earliest"] or "..", date["latest"] or ".."
    return earliest if earliest == latest else f"{earliest}/{latest}"
