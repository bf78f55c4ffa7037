"""Whom a source stands for: pronouns back to names, the kind of source, the medium that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.annotations import mentions_by_token
from claimex.components.attribution_lexicon import index
from claimex.components.attribution_sources import child

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from claimex.components.attribution_text import Draft
    from claimex.model import EntityType, SourceType

NUMBER = {
    "he": "person", "she": "person", "him": "person", "her": "person", "his": "person", "hers": "person",
    "it": "body", "its": "body", "they": "group", "them": "group", "their": "group",
}  # fmt: skip
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
MAX_PHRASE = 30

TYPE_OF_ENTITY: dict[EntityType, SourceType] = {
    "person": "person",
    "country": "government",
    "place": "government",
    "organisation": "organisation",
    "armed_group": "organisation",
}


class Speakers:
    """The sources of a Doc in text order: a pronoun is resolved by coreference, else to the last speaker."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.antecedents = {i: c.antecedent for c in doc._.coreferences for i in range(c.anaphor.start, c.anaphor.end)}
        self.entities = mentions_by_token(doc)
        self.last: dict[str, Span] = {}

    def resolved(self, draft: Draft) -> Span | None:
        """The antecedent's words where the source is a pronoun, None where it names itself or nothing fits."""
        if draft.source is None or draft.root < 0:
            return None
        head = self.doc[draft.root]
        word = head.lower_
        found: Span | None = None
        if word in RELATIVE:
            found = self._relative(head)
        elif word in NUMBER:
            found = self._antecedent(head, NUMBER[word])
        if draft.frame is None or draft.frame.reporting or draft.frame.takes == "clause":
            self._remember(head, found or self._name(head), word)
        return found

    def _antecedent(self, head: Token, kind: str) -> Span | None:
        """Coreference inside the sentence and for women, otherwise whoever spoke last: reports follow one speaker."""
        linked = self._named(self.antecedents.get(head.i), kind)
        near = linked is not None and head.lower_ not in ("he", "it", "they")
        if linked is not None and not any(t.pos_ == "PROPN" for t in linked[-1:]):
            linked = self._name(linked.root)
        if linked is not None and (near or linked.sent.start == head.sent.start):
            return linked
        return self.last.get(kind) or linked

    def _name(self, head: Token) -> Span:
        """A speaker's title and name, with the name in apposition to a mere description."""
        end = head.i + 1
        if head.pos_ != "PROPN":
            name = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
            end = name.right_edge.i + 1 if name is not None else end
        return self.doc[max(head.left_edge.i, head.i - MAX_PHRASE) : end]

    def _remember(self, head: Token, span: Span, word: str) -> None:
        if word in NUMBER:
            if span.root.pos_ != "PRON":
                self.last[NUMBER[word]] = span
        elif head.pos_ in ("NOUN", "PROPN"):
            for kind in self._kinds(head):
                self.last[kind] = self._named(span, kind) or span

    def _kinds(self, head: Token) -> tuple[str, ...]:
        """Which pronouns can take up a speaker: 'he' a person, 'it' a body, 'they' several; a bare name both."""
        several = head.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in head.children)
        mention = self.entities.get(head.i)
        if mention is not None and mention.entity.type != "nationality_group":
            kind = "person" if mention.entity.type == "person" else "body"
            return (kind, "group") if several else (kind,)
        if several:
            return ("group",)
        if head.ent_type_ == "PERSON" or head.lemma_.lower() in index().people:
            return ("person",)
        if head.pos_ == "PROPN" and self.type(head) in ("person", "organisation", "government"):
            return ("person", "body")
        return ("body",)

    def _named(self, span: Span | None, kind: str) -> Span | None:
        """The last speaker's name where a description ('the commander', 'the agency') means him, else the span."""
        known = self.last.get(kind)
        if span is None or known is None or any(t.pos_ == "PROPN" for t in span):
            return span
        head = span.root
        words = {t.lemma_.lower() for t in known}
        same = head.lemma_.lower() in words or self.type(head) == "media" == self.type(known.root)
        return known if same and any(t.pos_ == "PROPN" for t in known) else span

    def _relative(self, head: Token) -> Span | None:
        """'The general, who said ...': the noun phrase before the relative clause."""
        verb = head.head
        while verb.dep_ in ("ccomp", "xcomp", "conj") and verb.head.i < verb.i:
            verb = verb.head
        if verb.dep_ != "relcl":
            return None
        noun = verb.head
        return self.doc[noun.left_edge.i : noun.i + 1] if noun.i < head.i else None

    def type(self, head: Token) -> SourceType:
        """Government, military, media ... by the words of the noun phrase, else by the name that it is."""
        lexicon = index()
        own = lexicon.heads.get(head.lemma_.lower()) or lexicon.heads.get(head.lower_)
        start = max(head.left_edge.i, head.i - MAX_PHRASE)
        for token in self.doc[start : head.right_edge.i + 1][:MAX_PHRASE]:
            if token.i > head.i and (token.is_punct or token.tag_ in ("WDT", "WP")):
                break
            kind = lexicon.modifiers.get(token.lower_)
            if kind is not None:
                return kind
        if own is not None:
            return own
        mention = self.entities.get(head.i)
        if mention is not None:
            return TYPE_OF_ENTITY.get(mention.entity.type, "organisation")
        if head.ent_type_ == "PERSON":
            return "person"
        if head.ent_type_ in ("GPE", "NORP"):
            return "government"
        word = self.doc._.words[head.i]
        if head.ent_type_ == "ORG" or (word.isupper() and len(word) > 1):
            return "organisation"
        return "person" if head.pos_ == "PROPN" else "unnamed"


def carrier(draft: Draft, doc: Doc) -> tuple[Span | None, Token | None]:
    """What carries the source and who speaks through it: 'Reports' and 'army' in 'Reports from the army'."""
    if draft.via is not None:
        return doc[draft.via[0] : draft.via[1]], None
    if draft.source is None or draft.root < 0:
        return None, None
    head = doc[draft.root]
    if head.lemma_.lower() in index().carriers:
        for c in head.children:
            if c.dep_ == "prep" and c.lower_ in ("from", "by", "of"):
                speaker = child(c, "pobj")
                if speaker is not None and speaker.i < draft.source[1]:
                    return doc[head.i : head.i + 1], speaker
    return None, None
