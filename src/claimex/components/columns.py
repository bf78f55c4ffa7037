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
    """What a function makes of a Doc, made once; no layer behind may change what it is made of."""
    there = layers(doc)
    if name not in there:
        there[name] = make(doc)
    return there[name]  # type: ignore[no-any-return]


def strings(doc: Doc, attribute: str) -> list[str]:
    """An attribute of every token as a string, kept with the Doc; each value that occurs is looked up once."""
    name = f"strings: {attribute}"
    return kept(doc, name, lambda doc: _strings(doc, attribute))


def _strings(doc: Doc, attribute: str) -> list[str]:
    values = doc.to_array(attribute).tolist()
    store = doc.vocab.strings
    known = {value: store[value] for value in set(values)}
    return [known[value] for value in values]


def text_of(doc: Doc) -> str:
    """The text of a Doc, which claimex's tokenizer keeps with it: spaCy puts it together anew from all tokens."""
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
