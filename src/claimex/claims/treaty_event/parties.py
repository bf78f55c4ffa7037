"""Who is bound: what the phrases of an agreement say, read through coreference and shared over its mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.treaty_parties import entity_lookup, is_party, party_words
from claimex.components.treaty_syntax import Link, links
from claimex.model import EntityRef

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimex.annotations import TreatyMention
    from claimex.model import Entity

MULTILATERAL = {"convention"}


class Parties:
    """The parties of every agreement of one article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.plain = entity_lookup(doc)
        self.anaphors = {i: c for c in doc._.coreferences for i in range(c.anaphor.start, c.anaphor.end)}
        self.links: dict[int, list[Link]] = {}
        self.own: dict[int, dict[str, Entity]] = {}
        self.of_chain: dict[int, dict[str, Entity]] = {}
        for mention in doc._.treaties:
            self._read(mention)

    def _read(self, mention: TreatyMention) -> None:
        hung = self.links[mention.head.i] = links(mention.head)
        own: dict[str, Entity] = {}
        for token, _ in party_words(self.doc, mention.span.start, mention.head, hung):
            for entity in self.look(token):
                own.setdefault(entity.id, entity)
        self.own[mention.head.i] = own
        known = self.of_chain.setdefault(mention.chain, {})
        if len(known) < 2:
            known.update(own)

    def look(self, token: Token) -> tuple[Entity, ...]:
        """Whom a party word means, through coreference where it names nobody."""
        named = self.plain(token)
        if named:
            return named
        anaphor = self.anaphors.get(token.i)
        if anaphor is None or token.i != anaphor.anaphor.root.i:
            return ()
        return tuple(e for e in anaphor.entities if is_party(e))

    def of(self, mention: TreatyMention) -> list[Entity]:
        """The parties of one mention by name: its own where it names two, else those of its agreement too."""
        own = self.own.get(mention.head.i, {})
        if len(own) < 2:
            own = {**self.of_chain.get(mention.chain, {}), **own}
        return sorted(own.values(), key=lambda e: e.name)

    def refs(self, mention: TreatyMention) -> tuple[EntityRef, ...]:
        """The parties as references, with their words where the sentence of the mention names them."""
        sentence = mention.span.sent
        here: dict[str, EntityRef] = {}
        for m in self.doc._.entity_mentions:
            if sentence.start <= m.span.start < sentence.end:
                here.setdefault(m.entity.id, EntityRef(
                    **m.entity.model_dump(), text=m.span.text, start=m.span.start_char, end=m.span.end_char
                ))
        return tuple(here.get(e.id) or EntityRef(**e.model_dump()) for e in self.of(mention))
