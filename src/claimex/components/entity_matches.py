"""Gazetteer names among the tokens of a Doc: longest match first, capitals as the name needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.gazetteer import gazetteer
from claimex.normalize.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.gazetteer import Form

JOINERS = frozenset("-/'")
MIN_STEM = 5
"""An article that leaves apostrophes out writes 'Syrias'; a shorter word is rather a plural."""


@dataclass(frozen=True, slots=True)
class Match:
    """A gazetteer name at tokens start to end (half-open), with all the entries that it can mean."""

    start: int
    end: int
    forms: tuple[Form, ...]

    @property
    def weak(self) -> bool:
        """Whether the name needs support from the article."""
        return all(form.weak for form in self.forms)


def _keys(doc: Doc, words: list[str]) -> tuple[list[int], list[str]]:
    """Tokens that carry a part of a name, and their folded text; a hyphenated token gives several words."""
    index: list[int] = []
    keys: list[str] = []
    for i, word in enumerate(words):
        if word.isalnum() and word.isascii():
            index.append(i)
            keys.append(word.casefold())
        elif word in JOINERS:
            continue
        elif word.isspace():
            if word.count("\n") > 1:
                index.append(i)
                keys.append("\n")
        else:
            index.append(i)
            keys.append(fold(word) or word)
    return index, keys


def _capitals(form: Form, written: list[str], original: list[str]) -> bool:
    """Whether the words are capitalised where the form is; in the words as read or, in capital text, as written."""
    if form.kind == "acronym":
        return "".join(written).replace(".", "").isupper()
    if len(form.capitals) != len(written):
        return written[0][:1] != written[0][:1].lower() or not written[0][:1].isalpha()
    for needs, word, raw in zip(form.capitals, written, original, strict=True):
        if needs and word[:1].islower() and (len(written) == 1 or raw[:1].islower()):
            return False
    return True


def matches(doc: Doc) -> list[Match]:
    """Names of the gazetteer, sorted, never overlapping; of two that overlap the longer, then the first, wins."""
    names = gazetteer()
    words = doc._.words
    index, keys = _keys(doc, words)
    found: list[Match] = []
    k, n = 0, len(keys)
    while k < n:
        key = keys[k]
        first = key.split(" ", 1)[0] if " " in key else key
        for length in names.lengths.get(first, ()):
            match = _match(doc, words, index, keys, k, length)
            if match is not None:
                found.append(match)
                while k < n and index[k] < match.end:
                    k += 1
                break
        else:
            match = _part(words, index[k], key) if "-" in words[index[k]] or key.endswith("s") else None
            if match is not None:
                found.append(match)
            k += 1
    return found


def _part(words: list[str], i: int, key: str) -> Match | None:
    """A name inside a token: 'U.S.' in 'U.S.-led', 'Syria' in 'Syrias' where an article leaves apostrophes out."""
    names, word = gazetteer(), words[i]
    if "-" in word and " " in key:
        stem = word.split("-", 1)[0]
        forms = names.forms(fold(stem))
    elif key.endswith("s") and len(key) > MIN_STEM and word[:1].isupper() and word[-2:-1].islower():
        stem = word[:-1]
        forms = tuple(
            f for f in names.forms(key[:-1]) if f.kind == "name" and f.entry.type in {"country", "place", "person"}
        )
    else:
        return None
    fits = tuple(form for form in forms if not form.weak and not form.shared and _capitals(form, [stem], [stem]))
    return Match(i, i + 1, fits) if fits else None


def _match(doc: Doc, words: list[str], index: list[int], keys: list[str], k: int, length: int) -> Match | None:
    """The match of a given number of words from key k on, or None. A key can hold more than one word."""
    parts: list[str] = []
    count, j = 0, k
    while j < len(keys) and count < length:
        parts.append(keys[j])
        count += keys[j].count(" ") + 1
        j += 1
    if count != length:
        return None
    forms = gazetteer().forms(" ".join(parts))
    if not forms and length > 1 and parts[-1].endswith("s"):
        # The possessive of an article that leaves apostrophes out: "North Koreas leader".
        forms = tuple(f for f in gazetteer().forms(" ".join(parts)[:-1]) if f.kind == "name")
    if not forms:
        return None
    span = index[k:j]
    start, end = span[0], span[-1] + 1
    written = [words[i] for i in span]
    original = [doc[i].text for i in span]
    joined = end < len(words) and words[end] == "-"
    fits = tuple(form for form in forms if _capitals(form, written, original) and (joined or form.kind != "combining"))
    acronyms = tuple(form for form in fits if form.kind == "acronym")
    return Match(start, end, acronyms or fits) if fits else None
