"""Claims as FollowTheMoney entities, one a line, for Aleph and its like.

An article is an `Article`, a claim an `Event` that it proves, an entity claim a `Mention`; persons and organisations
are entities of their own. Countries are codes, places are words: FollowTheMoney has them so.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import IO, Any

from claimex.claims import facets
from claimex.compare.texts import article_key
from claimex.export.headline import headline
from claimex.export.json_text import write_lines
from claimex.export.source import Source
from claimex.wording import Claim

SCHEMATA = {"person": "Person", "organisation": "Organization", "armed_group": "Organization"}
"""Types of entities that FollowTheMoney has as parties, with their schema."""
COUNTRY = "iso3166:"
PLACES = ("place", "facility")

Record = dict[str, Any]


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims."""
    write_lines(_records(source.claims), handle)


def _records(claims: Iterable[Claim]) -> Iterator[Record]:
    """Every entity, each once: those that others refer to first."""
    known: set[str] = set()
    for claim in claims:
        article = _article(claim)
        parties = [_party(reference) for reference in claim["entities"] if reference["type"] in SCHEMATA]
        about = _mention if claim["kind"] == "entity" else _event
        for record in (article, *parties, about(claim, article["id"])):
            if record["id"] not in known:
                known.add(record["id"])
                yield record


def identifier(*parts: str) -> str:
    """An id that FollowTheMoney takes: letters and digits, the same for the same parts."""
    return hashlib.sha1("\x1f".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _record(id_: str, schema: str, **properties: Iterable[str | None] | str | None) -> Record:
    """An entity; properties without a value are left out, each value stands once."""
    listed = {name: [value] if value is None or isinstance(value, str) else value for name, value in properties.items()}
    said = {name: list(dict.fromkeys(filter(None, values))) for name, values in listed.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in said.items() if values}}


def _article(claim: Claim) -> Record:
    article = claim["article"]
    return _record(
        identifier("article", article_key(claim)),
        "Article",
        title=article.get("title"),
        fileName=article["path"] or article["id"],
        publishedAt=article.get("published"),
        publisher=article.get("publisher"),
        sourceUrl=article.get("url"),
    )


def _party(reference: Mapping[str, Any]) -> Record:
    return _record(identifier("entity", reference["id"]), SCHEMATA[reference["type"]], name=reference["name"])


def _event(claim: Claim, article: str) -> Record:
    # Who says so is not in what happened.
    references = [one for one in claim["entities"] if one["role"] != "source"]
    date, attribution = claim.get("date") or {}, claim.get("attribution")
    earliest, latest = date.get("earliest"), date.get("latest")
    values = (str(claim[field]) for field in facets() if claim.get(field))
    return _record(
        identifier("claim", article, claim["id"]),
        "Event",
        name=headline(claim),
        summary=claim["evidence"]["sentence"]["text"],
        description=claim["evidence"]["quote"],
        notes=f"{claim['factuality']}, says {attribution['source']}" if attribution else claim["factuality"],
        keywords=[claim["kind"], claim["factuality"], *values],
        date=earliest if earliest == latest else None,
        startDate=None if earliest == latest else earliest,
        endDate=None if earliest == latest else latest,
        country=map(_country, references),
        location=[reference["name"] for reference in references if reference["type"] in PLACES],
        involved=[identifier("entity", one["id"]) for one in references if one["type"] in SCHEMATA],
        proof=article,
        recordId=claim["id"],
        publisher=claim["article"].get("publisher"),
        sourceUrl=claim["article"].get("url"),
    )


def _mention(claim: Claim, article: str) -> Record:
    entity = claim["entity"]
    schema = SCHEMATA.get(entity["type"])
    return _record(
        identifier("claim", article, claim["id"]),
        "Mention",
        document=article,
        name=[entity["name"], *(mention["text"] for mention in claim["mentions"])],
        resolved=identifier("entity", entity["id"]) if schema else None,
        detectedSchema=schema,
        contextCountry=_country(entity),
    )


def _country(reference: Mapping[str, Any]) -> str | None:
    """A country's code in two letters; None for whatever is no country."""
    code = str(reference["id"])
    return _codes().get(code.removeprefix(COUNTRY)) if code.startswith(COUNTRY) else None


@cache
def _codes() -> Mapping[str, str]:
    text = resources.files("claimex.export").joinpath("countries.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
