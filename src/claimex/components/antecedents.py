"""What an article has mentioned so far: the candidates that an anaphor can stand for, and how salient each is."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, cast

from claimex.annotations import mentions_by_token
from claimex.components.columns import strings
from claimex.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from claimex.annotations import Coreference, EntityMention
    from claimex.model import Entity

TITLE_WINDOW = 8
"""Tokens left and right of a name in which its bearer's office stands."""
HORIZON = 300
"""Names or noun phrases that anything looks back over: more than a news item has, and a bound for a long text."""
NEAR_PEOPLE = 3
"""Sentences that 'these soldiers' looks back over."""


class Pronouns(Model):
    """Pronouns by the class of antecedent that they take."""

    he: tuple[str, ...]
    she: tuple[str, ...]
    it: tuple[str, ...]
    they: tuple[str, ...]
    possessive: tuple[str, ...]


class Determiners(Model):
    """Determiners that point back."""

    definite: tuple[str, ...]
    demonstrative: tuple[str, ...]
    dual: tuple[str, ...]


class Nouns(Model):
    """Nouns by what they can stand for."""

    title: frozenset[str]
    leader: frozenset[str]
    institution: frozenset[str]
    state_plural: frozenset[str]
    state_single: frozenset[str]
    organ: frozenset[str]
    group: frozenset[str]
    people: frozenset[str]
    speaking: frozenset[str]


class Sexes(Model):
    """Words beside a name that bar a pronoun."""

    female: frozenset[str]
    male: frozenset[str]


class Words(Model):
    """The word lists of rules/coreference.toml."""

    pronouns: Pronouns
    sexes: Sexes
    numbers: dict[str, int]
    determiners: Determiners
    nouns: Nouns

    @cached_property
    def pronoun_class(self) -> dict[str, str]:
        """Pronoun to class."""
        classes = {
            "he": self.pronouns.he,
            "she": self.pronouns.she,
            "it": self.pronouns.it,
            "they": self.pronouns.they,
        }
        return {form: name for name, forms in classes.items() for form in forms}

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """What a noun phrase stands for, by its head."""
        n = self.nouns
        return {
            **dict.fromkeys(n.institution, "institution"),
            **dict.fromkeys(n.people, "people"),
            **dict.fromkeys(n.title, "person"),
        }

    @cached_property
    def anaphoric(self) -> frozenset[str]:
        """Every noun that can head an anaphor."""
        n = self.nouns
        return n.title | n.state_plural | n.state_single | n.organ | n.group | n.people


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase that something later can stand for. `countries` holds ids, `titles` lemmas."""

    span: Span
    root: Token
    kind: str
    sentence: int
    plural: bool
    subject: bool
    entities: tuple[Entity, ...]
    titles: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass
class Discourse:
    """An article's candidates in text order, with look-ups that look back only."""

    doc: Doc
    words: Words
    mentions: list[EntityMention]
    starts: list[int]
    sentence_starts: list[int]
    items: list[Candidate] = field(default_factory=list)
    item_starts: list[int] = field(default_factory=list)
    resolved: dict[int, Coreference] = field(default_factory=dict)
    owner: dict[int, EntityMention] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc, words: Words) -> Discourse:
        """Collect the candidates of a parsed Doc."""
        mentions = sorted(doc._.entity_mentions, key=lambda m: m.span.start)
        self = cls(doc, words, mentions, [m.span.start for m in mentions], [s.start for s in doc.sents])
        self.owner = mentions_by_token(doc)
        seen: set[int] = set()
        for mention in mentions:
            item = self._named(mention)
            if item is not None:
                self.items.append(item)
                seen.add(item.root.i)
        lemmas = strings(doc, "LEMMA")
        for start, end in _noun_chunks(doc):
            lemma = lemmas[end - 1].lower()
            kind = words.kind_of.get(lemma)
            if kind is not None and end - 1 not in seen and end - 1 not in self.owner:
                self.items.append(self._unnamed(doc[start:end], kind, lemma))
        self.items.sort(key=lambda c: c.span.start)
        self.item_starts = [c.span.start for c in self.items]
        return self

    def sentence(self, token: Token) -> int:
        """Index of the token's sentence."""
        return bisect_right(self.sentence_starts, token.i) - 1

    def inside(self, span: Span) -> list[EntityMention]:
        """Entity mentions within a span."""
        lo = bisect_right(self.starts, span.start - 1)
        hi = bisect_right(self.starts, span.end - 1)
        return self.mentions[lo:hi]

    def note(self, link: Coreference) -> None:
        """Remember a resolved anaphor: it keeps its antecedent in mind."""
        self.resolved[link.anaphor.root.i] = link

    def _named(self, mention: EntityMention) -> Candidate | None:
        kinds = {
            "person": "person",
            "country": "country",
            "organisation": "institution",
            "armed_group": "group",
        }
        kind = kinds.get(mention.entity.type)
        root = mention.span.root
        if kind is None or (kind == "country" and mention.label == "demonym" and root.dep_ in {"amod", "compound"}):
            return None
        titles, countries, around = frozenset[str](), frozenset[str](), frozenset[str]()
        if kind == "person":
            titles, countries, around = self._office(mention.span)
        return Candidate(
            mention.span, root, kind, self.sentence(root), plural=False, subject=root.dep_ in {"nsubj", "nsubjpass"},
            entities=(mention.entity,), titles=titles, countries=countries, words=around,
        )  # fmt: skip

    def _unnamed(self, chunk: Span, kind: str, lemma: str) -> Candidate:
        root, inside = self.doc[chunk.end - 1], self.inside(chunk)
        return Candidate(
            chunk, root, kind, self.sentence(root), plural=root.tag_ in {"NNS", "NNPS"} or lemma == "personnel",
            subject=root.dep_ in {"nsubj", "nsubjpass"},
            entities=() if kind == "person" else tuple(m.entity for m in inside),
            titles=frozenset({lemma}), countries=frozenset(m.entity.id for m in inside),
            words=frozenset(t.lower_ for t in chunk),
        )  # fmt: skip

    def _office(self, span: Span) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Titles and countries that stand beside a person's name: 'Russian President X', 'X, the U.S. envoy,'."""
        doc = self.doc
        titles, countries, around = set[str](), set[str](), set[str]()
        for i in range(span.start - 1, max(span.start - TITLE_WINDOW, -1), -1):
            if doc[i].pos_ in {"VERB", "AUX", "PUNCT", "SPACE", "ADP"} and doc[i].lower_ not in {
                "-",
                "of",
                "for",
            }:
                break
            self._take(i, titles, countries, around)
        if span.end < len(doc) and doc[span.end].text == ",":
            for i in range(span.end + 1, min(span.end + TITLE_WINDOW, len(doc))):
                if doc[i].pos_ in {"VERB", "AUX", "PUNCT", "SPACE"} and doc[i].lower_ != "-":
                    break
                self._take(i, titles, countries, around)
        return frozenset(titles), frozenset(countries), frozenset(around)

    def _take(self, i: int, titles: set[str], countries: set[str], around: set[str]) -> None:
        lemma = self.doc[i].lemma_.lower()
        around.add(self.doc[i].lower_)
        if lemma in self.words.nouns.title:
            titles.add(lemma)
        if i in self.owner:
            countries.add(self.owner[i].entity.id)

    def candidates(
        self, *kinds: str, plural: bool, before: Token, near: int | None, female: bool | None = None
    ) -> list[Candidate]:
        """Candidates of some kinds and number that end before a token, at most `near` sentences back."""
        here = self.sentence(before)
        sexes = self.words.sexes
        bar = frozenset[str]() if female is None else sexes.male if female else sexes.female
        last = bisect_right(self.item_starts, before.i)
        return [
            c
            for c in self.items[max(last - HORIZON, 0) : last]
            if c.span.end <= before.i
            and c.kind in kinds
            and c.plural == plural
            and (near is None or here - c.sentence <= near)
            and not c.words & bar
        ]

    def salience(self, candidate: Candidate, token: Token) -> tuple[float, int]:
        """Nearer sentences first, subjects before objects, speakers before other subjects, then the later one."""
        distance = self.sentence(token) - candidate.sentence
        speaker = candidate.subject and candidate.root.head.lemma_ in self.words.nouns.speaking
        named = bool(candidate.entities)
        score = 1.2 * candidate.subject + 0.6 * speaker + 0.6 * named - distance
        return score, candidate.span.start

    def phrase(self, token: Token) -> Span | None:
        """The definite noun phrase that a noun heads, if it can point back: no name, no 'of ...' of its own."""
        if token.dep_ in {"compound", "amod", "nmod"} or token.i in self.owner:
            return None
        start = token.i
        while (
            start
            and token.i - start < TITLE_WINDOW
            and self.doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "NUM", "DET", "ADV", "PRON"}
        ):
            start -= 1
            if self.doc[start].pos_ in {"DET", "PRON"} and self.doc[start].lower_ not in {"two", "both"}:
                break
        first = self.doc[start].lower_
        if first not in self.words.determiners.definite and first not in self.words.determiners.dual:
            return None
        if any(c.lower_ == "of" and c.i > token.i for c in token.children) and first != "both":
            return None
        return self.doc[start : token.i + 1]

    def is_bare_modifier(self, token: Token) -> bool:
        """'government' in 'government troops', with no name before it."""
        return token.dep_ == "compound" and not any(i in self.owner for i in range(max(token.i - 2, 0), token.i))

    def same_people(self, token: Token) -> Candidate | None:
        """The last counted or named people that 'these soldiers' can be."""
        back = [c for c in self.candidates("people", plural=True, before=token, near=NEAR_PEOPLE) if len(c.span) > 1]
        counted = [c for c in back if any(t.like_num for t in c.span)]
        return (counted or back)[-1] if back else None

    def coordinated_pair(self, before: int) -> tuple[EntityMention, EntityMention] | None:
        """The last two names joined by 'and' or 'or' before a token."""
        earlier = self._earlier(before)
        for a, b in zip(reversed(earlier[:-1]), reversed(earlier[1:]), strict=False):
            gap = self.doc[a.span.end : b.span.start]
            if a.entity != b.entity and len(gap) == 1 and gap[0].lower_ in {"and", "or"}:
                return a, b
        return None

    def parties(self, span: Span, number: int, types: set[str]) -> list[EntityMention]:
        """The `number` distinct parties last mentioned together, by entity; fewer when the text has no more."""
        earlier = [m for m in self._earlier(span.start) if m.entity.type in types]
        counts = Counter(m.entity.id for m in earlier)
        by_sentence: dict[int, dict[str, EntityMention]] = {}
        for mention in earlier:
            by_sentence.setdefault(self.sentence(mention.span.root), {}).setdefault(mention.entity.id, mention)
        for index in sorted(by_sentence, reverse=True):
            together = by_sentence[index]
            if len(together) >= number:
                top = sorted(together.values(), key=lambda m: (-counts[m.entity.id], m.span.start))[:number]
                return sorted(top, key=lambda m: m.span.start)
        distinct = {m.entity.id: m for m in reversed(earlier)}
        if len(distinct) < number:
            return []
        return sorted(distinct.values(), key=lambda m: (-counts[m.entity.id], m.span.start))[:number]

    def _earlier(self, before: int) -> list[EntityMention]:
        """The last names before a token, in text order."""
        last = bisect_right(self.starts, before - 1)
        return self.mentions[max(last - HORIZON, 0) : last]

    def state(self, token: Token) -> EntityMention | None:
        """The country that 'the country' or 'the government' is: most mentioned nearby, then in the article so far."""
        return self._most_salient(token, frozenset({"country"}))

    def group(self, token: Token) -> EntityMention | None:
        """The armed group that 'the rebels' are."""
        return self._most_salient(token, frozenset({"armed_group"}))

    def _most_salient(self, token: Token, types: frozenset[str]) -> EntityMention | None:
        here = self.sentence(token)
        scores: Counter[str] = Counter()
        last: dict[str, EntityMention] = {}
        for mention in self._earlier(token.i):
            if mention.entity.type not in types:
                continue
            distance = here - self.sentence(mention.span.root)
            # 'French planes' speaks of France less than 'Mali' does of Mali.
            weight = 4 if distance <= 1 else 2 if distance <= NEAR_PEOPLE else 1
            scores[mention.entity.id] += weight * (1 if mention.label == "demonym" else 2)
            last[mention.entity.id] = mention
        if not scores:
            return None
        best = max(scores, key=lambda k: (scores[k], last[k].span.start))
        return last[best]


def _noun_chunks(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges of the base noun phrases of what was parsed of a Doc, the head last: elsewhere stand none."""
    chunks, bounds = doc.vocab.get_noun_chunks, doc._.context.parsed
    if chunks is None:
        return
    for part in [doc[:]] if bounds is None else [doc[start:end] for start, end in bounds]:
        for start, end, _ in chunks(part):
            yield cast("tuple[int, int]", (start, end))
