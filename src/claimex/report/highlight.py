"""Spans of a text as nested HTML marks: every character of the text is escaped and stands exactly once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from html import escape

DEPTH = 12
"""Marks inside marks: browsers flatten what is nested hundreds deep, and nobody can tell so many apart."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a claim: those it came from, or a part of it such as its source."""

    start: int
    end: int
    layer: str
    """What it is: entity, count, treaty, source, cue, date."""
    claim: int
    """Number of the claim on the page."""
    anchor: str = ""
    """Id of the words on the page; empty for parts of a claim."""


@dataclass(slots=True)
class _Mark:
    """All spans over the same words."""

    start: int
    end: int
    layers: dict[str, None] = field(default_factory=dict)
    claims: dict[int, None] = field(default_factory=dict)
    parts: dict[int, None] = field(default_factory=dict)
    anchors: dict[str, None] = field(default_factory=dict)


@dataclass(order=True, slots=True)
class _Piece:
    """A mark, or what is left of it where it crosses the end of another one."""

    start: int
    minus_end: int
    number: int
    mark: _Mark = field(compare=False)
    first: bool = field(default=True, compare=False)

    @property
    def end(self) -> int:
        return -self.minus_end


def paragraphs(text: str, spans: Iterable[Span]) -> str:
    """The text as HTML paragraphs, one a line, with marks around the spans.

    The text of the paragraphs together is the text: only NUL, which HTML cannot hold, becomes U+FFFD. Spans that
    cross are split where the outer one ends; spans over the same words are one mark.
    """
    lines = list(_lines(text))
    starts = [start for start, _ in lines]
    by_line: list[list[_Piece]] = [[] for _ in lines]
    for number, mark in enumerate(_merged(spans, len(text))):
        line, first = bisect_right(starts, mark.start) - 1, True
        while line < len(lines) and starts[line] < mark.end:
            start, end = max(mark.start, starts[line]), min(mark.end, lines[line][1])
            by_line[line].append(_Piece(start, -end, number, mark, first))
            line, first = line + 1, False
    return "".join(
        _paragraph(text[start:end], _marked(text, start, end, pieces))
        for (start, end), pieces in zip(lines, by_line, strict=True)
    )


def _paragraph(line: str, html: str) -> str:
    return f"<p>{html}</p>" if line.strip() else f'<p class="gap">{html}</p>'


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, end
        start = end


def _merged(spans: Iterable[Span], length: int) -> Sequence[_Mark]:
    """One mark for the spans over the same words, outer ones first; spans outside the text are left out."""
    marks: dict[tuple[int, int], _Mark] = {}
    for span in spans:
        if not 0 <= span.start < span.end <= length:
            continue
        mark = marks.setdefault((span.start, -span.end), _Mark(span.start, span.end))
        mark.layers[span.layer] = None
        (mark.claims if span.anchor else mark.parts)[span.claim] = None
        if span.anchor:
            mark.anchors[span.anchor] = None
    return [marks[key] for key in sorted(marks)]


def _marked(text: str, start: int, end: int, pieces: list[_Piece]) -> str:
    """text[start:end] with the pieces as nested elements."""
    heapify(pieces)
    out: list[str] = []
    open_: list[_Piece] = []
    at = start
    while pieces or open_:
        if open_ and (not pieces or pieces[0].start >= open_[-1].end):
            closed = open_.pop()
            out.append(shown(text[at : closed.end]) + "</mark>")
            at = closed.end
            continue
        piece = heappop(pieces)
        out.append(shown(text[at : piece.start]))
        at = piece.start
        if open_ and piece.end > open_[-1].end:
            edge = open_[-1].end
            heappush(pieces, replace(piece, start=edge, first=False))
            piece = replace(piece, minus_end=-edge)
        if piece.first:
            out += [
                f'<a id="{escape(anchor)}"></a>'
                for anchor in list(piece.mark.anchors)[1 if len(open_) < DEPTH else 0 :]
            ]
        if len(open_) < DEPTH:
            out.append(_opening(piece))
            open_.append(piece)
    out.append(shown(text[at:end]))
    return "".join(out)


def _opening(piece: _Piece) -> str:
    mark = piece.mark
    attributes = [f'class="{" ".join(mark.layers)}"']
    if piece.first and mark.anchors:
        attributes.append(f'id="{escape(next(iter(mark.anchors)))}"')
    if mark.claims:
        attributes.append(f'data-n="{" ".join(map(str, mark.claims))}"')
    if mark.parts:
        attributes.append(f'data-p="{" ".join(map(str, mark.parts))}"')
    return f"<mark {' '.join(attributes)}>"


def shown(text: str) -> str:
    """Text as HTML, without what HTML cannot hold."""
    return escape(text.replace("\0", "\ufffd"))
