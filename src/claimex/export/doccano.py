"""Claims as doccano examples: the article's text and its spans, a line for each article.

A label is a kind with the first of its closed fields: 'troop_count:deployed', 'treaty_event:signed'. Offsets count
UTF-16 units, as doccano's editor does while "Count grapheme clusters as one character" is off; claims that overlap need
a project that allows it.
"""

from __future__ import annotations

import json
from itertools import cycle
from typing import IO, Any

from claimex.claims import kinds
from claimex.export.json_text import write_lines
from claimex.export.source import Source
from claimex.export.spans import MarkedArticle, marked_articles, utf16
from claimex.wording import Claim

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims."""
    write_lines(map(_example, marked_articles(source)), handle)


def setup() -> str:
    """The labels to import, a colour for each kind."""
    labels = [
        {"text": ":".join(filter(None, (name, value))), "background_color": colour, "text_color": "#ffffff"}
        for (name, kind), colour in zip(kinds().items(), cycle(COLOURS), strict=False)
        for value in ("", *next(iter(kind.facets.values()), ()))
    ]
    return json.dumps(labels, indent=1) + "\n"


def label(claim: Claim) -> str:
    """The label of a claim."""
    field = next(iter(kinds()[claim["kind"]].facets), None)
    return f"{claim['kind']}:{claim[field]}" if field and claim.get(field) else str(claim["kind"])


def _example(article: MarkedArticle) -> dict[str, Any]:
    units = utf16(article.text)
    spans = [[units[span.start], units[span.end], label(span.claim)] for span in article.spans]
    return {"text": article.text, "label": spans, **article.about}
