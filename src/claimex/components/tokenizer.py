"""spaCy's tokenizer for text that strangers wrote, with a memory for the words that come again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zlib import crc32

from spacy.tokens import Doc

from claimex.components.columns import begin
from claimex.components.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LONG_RUN = re.compile(r"\S{500}")
"""Characters without a space that no word has. spaCy's tokenizer takes time in the square of such a run."""
WORDS_KEPT = 5_000
"""Words that are remembered: of a corpus of any size those few that come again and again."""
LONGEST_KEPT = 30
"""A longer run of characters is an address or a rule of dashes, and does not come again."""


class SafeTokenizer:
    """spaCy's tokenizer; offsets stay as they are.

    A lone surrogate, which has no UTF-8, becomes U+FFFD, and a run of characters without a space is cut in pieces.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.known: set[str] = set()
        self._seen = Seen()

    def __call__(self, text: str) -> Doc:
        """Tokenize one text."""
        text = LONE_SURROGATE.sub("\ufffd", text)
        doc = self._cut(text)
        begin(doc, text)
        return doc

    def _cut(self, text: str) -> Doc:
        if not LONG_RUN.search(text):
            return self.tokenizer(text)  # type: ignore[no-any-return]
        pieces, start = [], 0
        for run in LONG_RUN.finditer(text):
            pieces += [text[start : run.start()], run[0]]
            start = run.end()
        tokens = [token for piece in (*pieces, text[start:]) for token in self.tokenizer(piece)]
        return Doc(self.vocab, words=[t.text for t in tokens], spaces=[bool(t.whitespace_) for t in tokens])

    def learn(self, texts: Iterable[str]) -> None:
        """Remember the parts of words that come a second time, outside a memory zone.

        Within one, spaCy forgets every word at its end and works out its parts, shape and flags anew when it comes
        again: that takes longer than all else that is done to cut a text.
        """
        if self.vocab.in_memory_zone:
            return
        for text in texts:
            room = WORDS_KEPT - len(self.known)
            if room <= 0:
                return
            new = {word for word in text.split() if len(word) <= LONGEST_KEPT}.difference(self.known)
            # Most words are names and numbers that come once and never again.
            kept = sorted(word for word in new if self._seen.again(crc32(word.encode(errors="replace"))))[:room]
            self.known.update(kept)
            self(" ".join(kept))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["tokenizer"], name)
