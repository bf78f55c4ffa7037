"""Spans as marks: nested, crossing, over line ends; the text stays what it is."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimex.report.highlight import DEPTH, Span, paragraphs


def words(html: str) -> str:
    """The text of some HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def marked(html: str, claim: int) -> str:
    """The text inside the marks of a claim."""
    out, depth = [], []
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", html):
        if tag.startswith("<mark"):
            depth.append(str(claim) in (re.findall(r'data-n="([^"]*)"', tag) or [""])[0].split())
        elif tag == "</mark>":
            depth.pop()
        elif text and any(depth):
            out.append(unescape(text))
    assert not depth
    return "".join(out)


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([], "<p>abcdef</p>"),
        ([(1, 3)], '<p>a<mark class="count" id="w0" data-n="0">bc</mark>def</p>'),
        (
            [(1, 5), (2, 3)],
            '<p>a<mark class="count" id="w0" data-n="0">b<mark class="count" id="w1" data-n="1">c</mark>de</mark>f</p>',
        ),
        (
            [(0, 3), (2, 5)],
            '<p><mark class="count" id="w0" data-n="0">ab<mark class="count" id="w1" data-n="1">c</mark></mark>'
            '<mark class="count" data-n="1">de</mark>f</p>',
        ),
        ([(1, 2), (1, 2)], '<p>a<a id="w1"></a><mark class="count" id="w0" data-n="0 1">b</mark>cdef</p>'),
        ([(0, 6), (3, 9), (2, 2), (4, 1)], '<p><mark class="count" id="w0" data-n="0">abcdef</mark></p>'),
    ],
)
def test_marks(spans: list[tuple[int, int]], html: str) -> None:
    """Nested ones nest, crossing ones are split, equal ones are one, wrong ones are left out."""
    made = [Span(start, end, "count", n, f"w{n}") for n, (start, end) in enumerate(spans)]
    assert paragraphs("abcdef", made) == html


def test_lines_are_paragraphs() -> None:
    """A mark goes on in the next paragraph, under the id of its beginning; nothing is lost at line ends."""
    html = paragraphs("ab\r\n\ncd", [Span(1, 7, "count", 0, "w0")])
    assert html.count("<p") == 3
    assert html.count('id="w0"') == 1
    assert words(html) == "ab\r\n\ncd"
    assert marked(html, 0) == "b\r\n\ncd"


def test_text_stays_text() -> None:
    """What looks like HTML is escaped, in the text and in ids; NUL becomes U+FFFD."""
    html = paragraphs('<script>&amp;"\0', [Span(0, 8, "count", 0, '"><b>')])
    assert "<script" not in html
    assert '"><b>' not in html
    assert words(html) == '<script>&amp;"\ufffd'


def test_deep_nesting_is_cut_and_every_id_stays() -> None:
    """Hundreds of marks inside each other do not reach the browser; each claim still has a place to go to."""
    text = "x" * 400
    html = paragraphs(text, [Span(n, 400 - n, "count", n, f"w{n}") for n in range(200)])
    assert words(html) == text
    assert html.count("<mark") <= DEPTH
    assert all(f'id="w{n}"' in html for n in range(200))


@given(
    st.text(alphabet="ab<&\n\r ", max_size=40),
    st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=8),
)
def test_text_and_marks_are_exact(text: str, places: list[tuple[int, int]]) -> None:
    """The paragraphs hold the text and nothing else, and the marks of a claim exactly its words."""
    html = paragraphs(text, [Span(start, end, "count", n, f"w{n}") for n, (start, end) in enumerate(places)])
    assert words(html) == text
    for n, (start, end) in enumerate(places):
        assert marked(html, n) == (text[start:end] if 0 <= start < end <= len(text) else "")
