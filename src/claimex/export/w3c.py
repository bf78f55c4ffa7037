"""Claims as W3C Web Annotations: an annotation page with an annotation for each claim, on the words it came from.

A position counts Unicode code points, as the Web Annotation Data Model asks and claimex counts; annotators written in
JavaScript often count UTF-16 units instead. The quote with the words around it finds the place in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from claimex import __version__
from claimex.export.headline import headline
from claimex.export.iris import article_iri, claim_iri
from claimex.export.json_text import write_array
from claimex.export.source import Source
from claimex.flat import listed
from claimex.wording import Claim

CONTEXT = (
    b'{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:claimex:annotations","type":"AnnotationPage","items":'
)
AROUND = 32
"""How many characters before and after a quote tell it from others of the same words."""


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims."""
    annotations = (_annotation(claim, source.texts.of(claim["article"])) for claim in source.claims)
    write_array(annotations, handle, before=CONTEXT, after=b"}")


def _annotation(claim: Claim, text: str | None) -> dict[str, Any]:
    evidence = claim["evidence"]
    tags = [claim["kind"], claim["factuality"], *listed(claim["entities"])]
    bodies = [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": headline(claim)}]
    bodies += [{"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag} for tag in tags]
    return {
        "id": claim_iri(claim),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"claimex {__version__}"},
        "body": bodies,
        "target": {
            "source": article_iri(claim["article"]),
            "selector": [
                {"type": "TextPositionSelector", "start": evidence["start"], "end": evidence["end"]},
                {"type": "TextQuoteSelector", "exact": evidence["quote"], **_around(evidence, text)},
            ],
        },
    }


def _around(evidence: Mapping[str, Any], text: str | None) -> dict[str, str]:
    """What stands before and after the quote: in the article, or as far as the sentence goes."""
    start, end = evidence["start"], evidence["end"]
    if text is None:
        text, first = evidence["sentence"]["text"], evidence["sentence"]["start"]
        start, end = start - first, end - first
    if start < 0 or text[start:end] != evidence["quote"]:
        return {}
    around = {"prefix": text[max(start - AROUND, 0) : start], "suffix": text[end : end + AROUND]}
    return {name: words for name, words in around.items() if words}
