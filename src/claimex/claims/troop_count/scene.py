"""One annotated article as the troop rules see it: folded words, lemmas, names by token."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from claimex.annotations import mentions_by_token
from claimex.claims.troop_count.lexicon import rules
from claimex.components.columns import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

    from claimex.annotations import EntityMention
    from claimex.claims.troop_count.count import Passed

MANY_SPORTS = 3
IRREGULAR_PLURALS = {"men": "man", "women": "woman", "lives": "life", "children": "child", "bodies": "body"}


@dataclass
class Scene:
    """Lookups over one Doc, made once for all its counts."""

    doc: Doc
    words: list[str]
    passed: dict[int, Passed] = field(default_factory=dict)
    """First token of a quantity to why it counts no troops; one that another rule takes up after all stays noted."""

    @classmethod
    def of(cls, doc: Doc) -> Scene:
        """The scene of a Doc."""
        return cls(doc, lowered(doc))

    @cached_property
    def mentions(self) -> dict[int, EntityMention]:
        """The name at each token; where no people are counted nobody asks."""
        return mentions_by_token(self.doc)

    def word(self, token: Token) -> str:
        """The token as the model read it, in lower case."""
        return self.words[token.i]

    def forms(self, token: Token) -> tuple[str, ...]:
        """Word, lemma and singular: names ("Fighters" in a headline) have no useful lemma of their own."""
        word = self.words[token.i]
        lemma = token.lemma_.lower()
        singular = IRREGULAR_PLURALS.get(word)
        if singular is None:
            man = word[:-3] + "man" if word.endswith("men") else word
            singular = man if man != word else word[:-1] if word.endswith("s") and len(word) > 3 else word
        return (lemma, word, singular)

    def is_in(self, token: Token, words: frozenset[str]) -> bool:
        """Whether any form of the token stands in a word list."""
        return any(form in words for form in self.forms(token))

    def any_in(self, tokens: Iterable[Token], words: frozenset[str]) -> bool:
        """Whether any of the tokens stands in a word list."""
        return any(self.is_in(token, words) for token in tokens)

    def mentions_in(self, span: Span) -> list[EntityMention]:
        """The names inside a span, in order, each once."""
        found: list[EntityMention] = []
        for i in range(span.start, span.end):
            mention = self.mentions.get(i)
            if mention is not None and (not found or found[-1] is not mention):
                found.append(mention)
        return found

    def is_sports_page(self) -> bool:
        """Whether the article is about a match: its troops and fighters are players."""
        heads = rules().heads
        sports = sum(word in heads.sports or word.rstrip("s") in heads.sports for word in self.words)
        if sports < MANY_SPORTS:
            return False
        return sports > sum(word in heads.statecraft or word.rstrip("s") in heads.statecraft for word in self.words)


def top(span: Span, token: Token) -> Token:
    """The word of a span that governs one of its tokens; where the parser split the span, that token's part counts."""
    for _ in range(len(span)):
        if token.head == token or not span.start <= token.head.i < span.end:
            break
        token = token.head
    return token


def sentence_before(scene: Scene, start: int) -> int:
    """Where the sentence before token `start` begins; line breaks between the two are no sentence."""
    i = start - 1
    while i > 0 and scene.doc[i].is_space:
        i -= 1
    return scene.doc[i].sent.start if i >= 0 else 0
