"""What stands on the tokens of a Doc as plain lists: to make a Token takes longer than to look at what it holds.

Lists that several layers ask for are kept with the Doc, from when the reader has written on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from claimex.annotations import layers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

T = TypeVar("T")


def kept(doc: Doc, name: str, make: Callable[[Doc], T]) -> T:
    """What a function makes of a Doc that is read, made once."""
    there = layers(doc).setdefault("kept", {})
    if name not in there:
        there[name] = make(doc)
    return there[name]  # type: ignore[no-any-return]


def begin(doc: Doc, text: str) -> None:
    """Keep the text of a Doc with it, and nothing that was made of what was written on it before."""
    layers(doc)["kept"] = {"text": text}


def strings(doc: Doc, attribute: str) -> list[str]:
    """An attribute of every token that was parsed as a string, '' for the others; kept with the Doc."""
    return kept(doc, f"strings: {attribute}", lambda doc: _strings(doc, attribute))


def _strings(doc: Doc, attribute: str) -> list[str]:
    """Each value that occurs is looked up once."""
    values, store = doc.to_array(attribute).tolist(), doc.vocab.strings
    parsed = doc._.context.parsed
    found = [""] * len(values)
    for start, end in [(0, len(values))] if parsed is None else parsed:
        known = {value: store[value] for value in set(values[start:end])}
        found[start:end] = [known[value] for value in values[start:end]]
    return found


def text_of(doc: Doc) -> str:
    """The text of a Doc, kept with it: spaCy puts it together anew from all tokens each time."""
    return kept(doc, "text", lambda doc: doc.text)


def lowered(doc: Doc) -> list[str]:
    """The words of a Doc in lower case, as the model read them."""
    return kept(doc, "lowered", lambda doc: [word.lower() for word in doc._.words])


def parsed_tokens(doc: Doc) -> Sequence[int]:
    """The tokens of the passages that were parsed, in order; all where no reader has said which."""
    parsed = doc._.context.parsed
    return range(len(doc)) if parsed is None else [i for start, end in parsed for i in range(start, end)]


def flags(doc: Doc, attribute: str) -> list[bool]:
    """An attribute of every token that is so or not."""
    return doc.to_array(attribute).astype(bool).tolist()  # type: ignore[no-any-return]


def heads(doc: Doc) -> list[int]:
    """Where the head of every token stands."""
    steps: Any = doc.to_array("HEAD")
    return (steps.view(np.int64) + np.arange(len(doc))).tolist()  # type: ignore[no-any-return]
