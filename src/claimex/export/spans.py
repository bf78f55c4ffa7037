"""Claims as marked spans of their article, for annotation tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claimex.export.source import Source
from claimex.wording import Claim


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article that a claim stands on, in code points."""

    start: int
    end: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's text with the spans of its claims, in text order."""

    text: str
    spans: tuple[Span, ...]

    @property
    def about(self) -> dict[str, str]:
        """What is known of the article, its hash among it."""
        article = self.spans[0].claim["article"]
        # Annotation tools have ids of their own.
        return {("article" if name == "id" else name): str(value) for name, value in article.items() if value}


def marked_articles(source: Source) -> Iterator[MarkedArticle]:
    """Every article whose text can be had; the source's texts know of the others."""
    for claims in source.by_article():
        text = source.texts.of(claims[0]["article"])
        if text is not None:
            spans = [span for claim in claims for span in _spans(claim) if 0 <= span.start < span.end <= len(text)]
            if spans:
                yield MarkedArticle(text, tuple(sorted(spans, key=lambda span: (span.start, span.end))))


def _spans(claim: Claim) -> Iterator[Span]:
    """The words of a claim; every mention of an entity."""
    for place in claim.get("mentions") or (claim["evidence"],):
        yield Span(place["start"], place["end"], claim)


def utf16(text: str) -> list[int]:
    """For each code point of a text, and its end, how many UTF-16 units stand before it."""
    offsets = [0]
    for ch in text:
        offsets.append(offsets[-1] + (2 if ord(ch) > 0xFFFF else 1))
    return offsets
