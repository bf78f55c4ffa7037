"""Names as keys: how two spellings of one name come to be equal, and the identifier that a new name gets."""

from __future__ import annotations

import re
import unicodedata

DROPPED = "'`."
"""What is left out of names, of ASCII."""
PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe",
     **dict.fromkeys(DROPPED), "’": None, "‘": None, "ʼ": None, "ʿ": None, "-": " ", "–": " ", "‑": " ",
     "/": " ", ",": " ", "_": " ", "\n": " ", "\t": " "}
)  # fmt: skip
ARTICLE = "the "
NOT_SLUG = re.compile(r"[^a-z0-9]+")


def without_marks(text: str) -> str:
    """The text without diacritics: 'Erdoğan' to 'Erdogan'."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(name: str) -> str:
    """The key of a name: no case, diacritics, apostrophes, dots, hyphens or leading 'the'; '' when nothing is left."""
    key = " ".join(without_marks(name).translate(PLAIN).casefold().split())
    return key[len(ARTICLE) :] if key.startswith(ARTICLE) else key


def keys_of(typed: str) -> set[str]:
    """What goes by the words that somebody typed: an id, in any case, and a name."""
    return {typed.strip().casefold(), fold(typed)}


def slug(name: str) -> str:
    """The name as the last part of an identifier: 'volodymyr-zelensky'; 'unnamed' when it has no letter or digit."""
    return NOT_SLUG.sub("-", without_marks(fold(name))).strip("-") or "unnamed"
