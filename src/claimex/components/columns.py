"""What stands on the tokens of a Doc as plain lists: to make a Token takes longer than to look at what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from claimex.annotations import layers

if TYPE_CHECKING:
    from spacy.tokens import Doc


def strings(doc: Doc, attribute: str) -> list[str]:
    """An attribute of every token as a string; each value that occurs is looked up once."""
    values = doc.to_array(attribute).tolist()
    store = doc.vocab.strings
    known = {value: store[value] for value in set(values)}
    return [known[value] for value in values]


def text_of(doc: Doc) -> str:
    """The text of a Doc, kept with it: spaCy puts it together anew from all tokens each time."""
    kept = layers(doc)
    if "text" not in kept:
        kept["text"] = doc.text
    return kept["text"]  # type: ignore[no-any-return]


def flags(doc: Doc, attribute: str) -> list[bool]:
    """An attribute of every token that is so or not."""
    return doc.to_array(attribute).astype(bool).tolist()  # type: ignore[no-any-return]


def heads(doc: Doc) -> list[int]:
    """Where the head of every token stands."""
    steps: Any = doc.to_array("HEAD")
    return (steps.view(np.int64) + np.arange(len(doc))).tolist()  # type: ignore[no-any-return]
