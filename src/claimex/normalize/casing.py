"""Words as edited prose writes them: capitals of all-capital text and of headlines folded, quotation marks plain.

One word in, one word out, so token indices stay. Trained models read lower-case prose best; an agency that wires in
capitals or a web page with Every Word Capitalised would otherwise come out as a row of names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

MARKS = {
    "``": '"', "''": '"', "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'",
    "’s": "'s", "’S": "'s", "n’t": "n't", "’re": "'re", "’ve": "'ve", "’ll": "'ll", "’d": "'d", "’m": "'m",
    "_": "-", "--": "-", "—": "-", "–": "-",
}  # fmt: skip
VOWELS = frozenset("aeiouy")
MIN_WORDS = 4
"""A line shorter than this says too little about how it is written."""


@dataclass(frozen=True)
class KnownNames:
    """Names with the capitals that edited prose gives them."""

    words: frozenset[str] = frozenset()
    """Single words that are names even where a common word is spelled so: 'Turkey', 'Polish', 'Monday'."""
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """First word in lower case to the names that start with it, as tokens, the longest first."""


class Recaser:
    """Restores lower case where a whole paragraph is written in capitals or in headline style.

    `names` is asked for when the first such paragraph comes.
    """

    def __init__(self, is_common: Callable[[str], bool], names: Callable[[], KnownNames] = KnownNames) -> None:
        self.is_common = is_common
        self.names = names

    def __call__(self, words: Sequence[str]) -> list[str]:
        """The words of one paragraph, each replaced by its edited form."""
        plain = [MARKS.get(word, word) for word in words]
        style = self._style(plain)
        if style is None:
            return plain
        out: list[str] = []
        starts = True
        names = self.names()
        while len(out) < len(plain):
            word = plain[len(out)]
            name = self._name(names, plain, len(out))
            out += name or [self._fold(word, names, starts=starts, style=style)]
            starts = word in {".", "!", "?", ":"} or (starts and not any(c.isalnum() for c in word))
        return out

    def _name(self, names: KnownNames, words: Sequence[str], i: int) -> list[str] | None:
        """The known name that starts at word i, in its own capitals; a single common word is none."""
        for name in names.phrases.get(words[i].lower(), ()):
            part = [word.lower() for word in words[i : i + len(name)]]
            if part == [word.lower() for word in name] and (len(name) > 1 or not self.is_common(part[0])):
                return list(name)
        return None

    def _style(self, words: Sequence[str]) -> str | None:
        """'capitals', 'headline' or None for ordinary prose."""
        alpha = [w for w in words if w.isalpha() and len(w) > 1]
        if len(alpha) < MIN_WORDS:
            return None
        if sum(w.isupper() for w in alpha) > 0.8 * len(alpha):
            return "capitals"
        long = [w for w in alpha if len(w) > 3]
        if len(words) <= 40 and len(long) >= MIN_WORDS and all(w[0].isupper() for w in long):
            return "headline"
        return None

    def _fold(self, word: str, names: KnownNames, *, starts: bool, style: str) -> str:
        lower = word.lower()
        if style == "headline" and (word.isupper() or not word.istitle()):
            return word
        title = word[:1].upper() + lower[1:]
        if title in names.words:
            return title
        if style == "capitals" and _is_dotted(word):
            return word
        if not word.isalpha():
            return lower if lower in {"'s", "n't"} else word if style == "headline" else _capitalise(lower)
        if self.is_common(lower):
            return title if starts else lower
        # No vowel: an acronym that nobody told us of.
        return word if style == "headline" or not VOWELS.intersection(lower) else title


def _is_dotted(word: str) -> bool:
    """Whether a word is an acronym with dots: 'U.S.', 'G.C.C.'."""
    letters = word.split(".")
    return len(letters) > 2 and all(len(letter) <= 1 for letter in letters)


def _capitalise(word: str) -> str:
    """'al-qaeda' to 'Al-Qaeda'; a word with digits stays as it is."""
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
