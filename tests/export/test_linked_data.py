"""Web Annotations, FollowTheMoney and schema.org: what their published models ask for holds of everything exported."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from claimex.claims import kinds
from claimex.export.iris import article_iri
from claimex.model import text_sha256
from tests.cli.claims import CLAIMS
from tests.export.claims import exported, seed_claims
from tests.made_claims import treaty, troops
from tests.report.pages import PLAIN, count, hostile, plain

HERE = Path(__file__).parent
EMOJI = "👨‍🚒 Fire 📉! About 2,000 Chadian soldiers 🇹🇩 left, the army 🪖 said."
IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$"}
MOTIVATIONS = [
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
]  # fmt: skip
OFFSET = {"type": "integer", "minimum": 0}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "body": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["type", "value"],
                "properties": {
                    "type": {"const": "TextualBody"}, "value": {"type": "string"}, "purpose": {"enum": MOTIVATIONS},
                    "format": {"const": "text/plain"},
                },
                "additionalProperties": False,
            },
        },
        "target": {
            "required": ["source", "selector"],
            "properties": {
                "source": IRI,
                "selector": {
                    "type": "array",
                    "prefixItems": [
                        {
                            "required": ["type", "start", "end"],
                            "properties": {
                                "type": {"const": "TextPositionSelector"}, "start": OFFSET, "end": OFFSET
                            },
                            "additionalProperties": False,
                        },
                        {
                            "required": ["type", "exact"],
                            "properties": {
                                "type": {"const": "TextQuoteSelector"}, "exact": {"type": "string"},
                                "prefix": {"type": "string"}, "suffix": {"type": "string"},
                            },
                            "additionalProperties": False,
                        },
                    ],
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
        },
    },
}  # fmt: skip
PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": ANNOTATION},
    },
    "additionalProperties": False,
}
"""What the Web Annotation Data Model (W3C Recommendation of 2017) asks of a page of annotations like ours."""


def annotations(claims: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """The annotations of a page, once it is valid."""
    page = json.loads(exported("w3c", claims, folder / "page.jsonld").read_bytes())
    jsonschema.validate(page, PAGE)
    ids = [annotation["id"] for annotation in page["items"]]
    assert len(set(ids)) == len(ids)
    return list(page["items"])


def test_annotations_select_the_words(tmp_path: Path) -> None:
    """Position, quote and the words around it lead to the same place, emoji and CRLF before it or not."""
    path = tmp_path / "emoji.txt"
    path.write_bytes(EMOJI.encode())
    claims = [*plain(tmp_path), count(path, EMOJI, "About 2,000 Chadian soldiers", "~2,000")]
    texts = {article_iri(claim["article"]): text for claim, text in ((claims[0], PLAIN), (claims[-1], EMOJI))}
    for claim, annotation in zip(claims, annotations(claims, tmp_path), strict=True):
        text = texts[annotation["target"]["source"]]
        position, quote = annotation["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == claim["evidence"]["quote"]
        whole = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        assert text[position["start"] - len(quote.get("prefix", "")) :].startswith(whole)
        assert quote.get("prefix") or position["start"] == 0


def test_positions_count_code_points(tmp_path: Path) -> None:
    """As the model asks: not the UTF-16 units of JavaScript, in which an emoji is two."""
    path = tmp_path / "emoji.txt"
    path.write_bytes(EMOJI.encode())
    (one,) = annotations([count(path, EMOJI, "the army 🪖", "~2,000")], tmp_path)
    start = one["target"]["selector"][0]["start"]
    assert start == EMOJI.index("the army")
    assert start < len(EMOJI.partition("the army")[0].encode("utf-16-le")) // 2


def test_a_text_that_is_gone_leaves_the_sentence(tmp_path: Path) -> None:
    """The words around the quote are then those of its sentence, as far as it goes."""
    quote = annotations(CLAIMS[1:2], tmp_path)[0]["target"]["selector"][1]
    assert quote == {
        "type": "TextQuoteSelector", "exact": "more than 1,200 Chadian soldiers", "prefix": "Mali said on Monday that ",
        "suffix": " had reached Gao.",
    }  # fmt: skip


def test_annotations_of_hostile_claims(tmp_path: Path) -> None:
    """Still valid, whatever the article is called and wherever it says it is from."""
    claims = hostile(tmp_path)
    claims[1]["article"]["url"] = 'https://example.org/a b/\u202ec?<x>="1"#y'
    assert len(annotations(claims, tmp_path)) == len(claims)


def records(claims: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """The entities of FollowTheMoney."""
    return [json.loads(line) for line in exported("ftm", claims, folder / "out.ftm").read_bytes().splitlines()]


SCHEMATA = tomllib.loads((HERE / "ftm_schema.toml").read_text(encoding="utf-8"))
VALID = {
    "country": re.compile(r"[a-z]{2}|[a-z]{2}-[a-z]{2,4}|x-so|suhh|yucs|cshh|csxx"),
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "url": re.compile(r"https?://\S+"),
}


def properties(schema: str) -> Iterator[tuple[str, str, str]]:
    """Name, type and range of each property of a schema."""
    for type_, names in SCHEMATA[schema].items():
        for name in names if type_ not in ("is", "required") else ():
            yield name.partition(":")[0], type_, name.partition(":")[2]


@pytest.mark.parametrize("which", ["seeds", "made", "hostile"])
def test_entities_keep_to_the_model_of_followthemoney(which: str, tmp_path: Path) -> None:
    """Schemata, properties, their types and where references may lead; ids as it takes them, each once."""
    made = [troops("300", place="Gao", when="2024-10"), treaty("signed", when="2024-10-01..2024-12-31", actor="Putin")]
    claims = {"seeds": seed_claims(), "made": [*CLAIMS, *made], "hostile": hostile(tmp_path)}[which]
    found = records(claims, tmp_path)
    by_id = {record["id"]: record for record in found}
    assert len(by_id) == len(found)
    for record in found:
        assert re.fullmatch("[0-9a-f]{40}", record["id"])
        known = {name: (type_, range_) for name, type_, range_ in properties(record["schema"])}
        assert set(SCHEMATA[record["schema"]]["required"]) <= set(record["properties"])
        for name, values in record["properties"].items():
            assert values
            assert len(set(values)) == len(values)
            type_, range_ = known[name]
            for value in values:
                assert value.strip()
                assert VALID[type_].fullmatch(value) if type_ in VALID else True, (name, value)
                assert not range_ or range_ in SCHEMATA[by_id[value]["schema"]]["is"], (name, value)


def test_entities_of_a_claim(tmp_path: Path) -> None:
    """The article proves the event; who is in it is an entity, a country a code, a place a word, a source a note."""
    article, group, event = records(CLAIMS[2:3], tmp_path)
    assert (article["schema"], group["schema"], event["schema"]) == ("Article", "Organization", "Event")
    assert article["properties"] == {"fileName": ["news/lake_01.txt"], "publishedAt": ["2013-02-04"]}
    assert event["properties"] == {
        "name": ["~300 fighters, River Front, captured"],
        "summary": ["About 300 fighters were captured, an aide wrote."],
        "description": ["About 300 fighters"],
        "notes": ["reported, says an aide"],
        "keywords": ["troop_count", "reported", "captured"],
        "involved": [group["id"]],
        "proof": [article["id"]],
        "recordId": ["3333333333333333"],
    }
    _, event = records(CLAIMS[1:2], tmp_path)
    assert (event["properties"]["country"], event["properties"]["location"]) == (["td"], ["Gao"])


TERMS = {
    "Claim": {
        "identifier": str, "name": str, "text": str, "keywords": list, "author": dict, "isBasedOn": dict,
        "creditText": str, "about": list, "spatialCoverage": dict, "temporalCoverage": str, "appearance": dict,
    },
    "NewsArticle": {
        "identifier": str, "headline": str, "datePublished": str, "publisher": dict, "url": str,
    },
    "QuantitativeValue": {
        "name": str, "unitText": str, "value": int | float, "minValue": int | float, "maxValue": int | float,
    },
    **{
        name: {"identifier": str, "name": str}
        for name in (
            "Thing", "Place", "Country", "Person", "Organization", "Event", "GovernmentOrganization",
            "NewsMediaOrganization", "CreativeWork",
        )
    },
}  # fmt: skip
"""Types of schema.org that we use, with the properties that it lets them have, and what stands there."""


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every typed thing in a document."""
    if isinstance(value, dict):
        yield from [value] if "@type" in value else []
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from nodes(item)


@pytest.mark.parametrize("which", ["seeds", "made", "hostile"])
def test_claims_in_the_words_of_schema_org(which: str, tmp_path: Path) -> None:
    """Only its types and properties, nothing null, and no rating anywhere."""
    claims = {"seeds": seed_claims(), "made": CLAIMS, "hostile": hostile(tmp_path)}[which]
    data = exported("claimreview", claims, tmp_path / "c.jsonld").read_bytes()
    document = json.loads(data)
    assert set(document) == {"@context", "@graph"}
    assert document["@context"] == "https://schema.org"
    assert [item["identifier"] for item in document["@graph"]] == [claim["id"] for claim in claims]
    for node in nodes(document):
        known = TERMS[node["@type"]]
        assert jsonschema.Draft202012Validator(IRI).is_valid(node.get("@id", "urn:none:x"))
        for name, value in node.items():
            if not name.startswith("@"):
                assert isinstance(value, known[name]), (node["@type"], name, value)
    assert b"ating" not in re.sub(rb'"(text|name)":"(\\.|[^"\\])*"', b"", data)


def test_who_says_so_in_schema_org(tmp_path: Path) -> None:
    """A named source is the author, an unnamed one is credited in words, a document is what it is based on."""
    claims = [
        troops("1", source="Mali"), troops("2", source="officials"), troops("3"),
    ]  # fmt: skip
    claims.append(troops("4", source="Reports"))
    claims[3]["attribution"]["type"] = "document"
    graph = json.loads(exported("claimreview", claims, tmp_path / "c").read_bytes())["@graph"]
    said = [{k: v for k, v in item.items() if k in ("author", "creditText", "isBasedOn")} for item in graph]
    assert said == [
        {"author": {"@type": "GovernmentOrganization", "name": "Mali"}}, {"creditText": "officials"}, {},
        {"isBasedOn": {"@type": "CreativeWork", "name": "Reports"}},
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["w3c", "ftm", "claimreview"])
def test_a_kind_that_says_nothing_of_its_looks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind from another package without columns is called by its quote."""
    monkeypatch.setitem(kinds()["troop_count"].__dict__, "columns", ())
    one = troops("300", quote="300 men")
    assert "300 men" in exported(name, [one], tmp_path / "out").read_text(encoding="utf-8")


def test_an_article_without_address_goes_by_its_hash() -> None:
    """As RFC 6920 writes it."""
    article = {"url": None, "path": "-", "sha256": text_sha256("Hello World!")}
    assert article_iri(article) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
