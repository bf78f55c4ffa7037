"""Who 'he', 'the two countries', 'the regime' and 'these soldiers' are: anaphors of news prose, each with its own way.

Resolution is deterministic and looks back only. A class that has no safe antecedent stays unresolved: a wrong name
under a claim is worse than none. The order of preference is that of centering (Grosz, Joshi and Weinstein 1995):
subjects before objects, the nearer sentence before the farther one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimex.annotations import Coreference
from claimex.components.antecedents import Candidate, Discourse, Words
from claimex.components.columns import parsed_tokens, strings
from claimex.components.layer import Layer
from claimex.layering import from_rules
from claimex.lexicon import read_toml

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    from claimex.annotations import EntityMention
    from claimex.model import Entity

NEAR = 3
"""Sentences that a pronoun or a demonstrative looks back over."""
MAX_PARTIES = 6


@from_rules
def words() -> Words:
    """The layer's word lists."""
    return read_toml(Words, "coreference.toml")


def find(doc: Doc) -> list[Coreference]:
    """Every anaphor that has an antecedent, in text order, none overlapping; empty for a Doc without a parse."""
    if not doc.has_annotation("DEP") or not len(doc):
        return []
    discourse = Discourse.of(doc, words())
    found: list[Coreference] = []
    end = 0
    for span, resolve in _anaphors(doc, discourse):
        if span.start < end:
            continue
        link = resolve(span, discourse)
        if link is not None:
            found.append(link)
            discourse.note(link)
            end = span.end
    return found


def _anaphors(doc: Doc, discourse: Discourse) -> Iterator[tuple[Span, Resolver]]:
    """Candidate anaphors with the way to resolve them, in text order."""
    w = words()
    lemmas, lowers = strings(doc, "LEMMA"), strings(doc, "LOWER")
    for i in parsed_tokens(doc):
        lower, lemma = lowers[i], lemmas[i].lower()
        if lower in w.pronoun_class:
            yield doc[i : i + 1], _pronoun
        elif lower in {"former", "latter"} and i and doc[i - 1].lower_ == "the":
            if doc[i].head.i < i or doc[i].dep_ not in {"amod", "compound"}:
                yield doc[i - 1 : i + 1], _former_or_latter
        elif lemma in w.anaphoric and doc[i].pos_ in {"NOUN", "PROPN", "ADJ"}:
            span = discourse.phrase(doc[i])
            if span is not None:
                yield span, _noun
            elif lemma in w.nouns.organ and discourse.is_bare_modifier(doc[i]):
                yield doc[i : i + 1], _organ


def _pronoun(span: Span, discourse: Discourse) -> Coreference | None:
    token = span.root
    group = words().pronoun_class[token.lower_]
    if group in {"he", "she"}:
        wanted = discourse.candidates("person", plural=False, before=token, near=NEAR, female=group == "she")
    elif group == "it":
        wanted = [
            c
            for c in discourse.candidates("institution", "country", "group", plural=False, before=token, near=2)
            if c.kind != "country" or token.dep_ == "poss" or _speaks(token)
        ]
    else:
        wanted = discourse.candidates("person", "people", "group", plural=True, before=token, near=2)
    if token.dep_ != "poss":
        wanted = [c for c in wanted if c.root.head != token.head or c.sentence != discourse.sentence(token)]
    if group == "it" and token.dep_ != "poss" and not _speaks(token):
        return None  # 'it' stands for things and for whole clauses more often than for a speaker
    return _link(span, max(wanted, key=lambda c: discourse.salience(c, token), default=None))


def _speaks(token: Token) -> bool:
    return token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_ in words().nouns.speaking


def _former_or_latter(span: Span, discourse: Discourse) -> Coreference | None:
    pair = discourse.coordinated_pair(span.start)
    if pair is None:
        return None
    mention = pair[0] if span[1].lower_ == "former" else pair[1]
    return Coreference(span, mention.span, (mention.entity,))


def _noun(span: Span, discourse: Discourse) -> Coreference | None:
    w, token = words(), span.root
    lemma = token.lemma_.lower()
    plural = token.tag_ in {"NNS", "NNPS"}
    if lemma in w.nouns.state_plural and (link := _states(span, discourse, plural=plural)) is not None:
        return link
    if lemma in w.nouns.people and span[0].lower_ in w.determiners.demonstrative:
        return _link(span, discourse.same_people(token))
    if lemma in w.nouns.title and not plural:
        return _title(span, discourse)
    if discourse.inside(span):
        return None  # 'the French government' says itself whose it is
    if lemma in w.nouns.group:
        return _mention(span, discourse.group(token))
    if lemma in w.nouns.organ:
        return _organ(span, discourse)
    if lemma in w.nouns.state_single and not plural:
        return _mention(span, discourse.state(token))
    return None


def _organ(span: Span, discourse: Discourse) -> Coreference | None:
    return _mention(span, discourse.state(span.root))


def _title(span: Span, discourse: Discourse) -> Coreference | None:
    """'The Ukrainian president', 'the spokesman': the last person who was called so, or an unnamed one."""
    token = span.root
    lemma = token.lemma_.lower()
    titles = set(words().nouns.leader) | {lemma} if lemma == "leader" else {lemma}
    country = next((m.entity.id for m in discourse.inside(span)), None)
    same = [
        c
        for c in discourse.candidates("person", plural=False, before=token, near=None)
        if c.titles & titles and (country is None or country in c.countries)
    ]
    named = [c for c in same if c.entities]
    return _link(span, (named or same)[-1] if same else None)


def _states(span: Span, discourse: Discourse, *, plural: bool) -> Coreference | None:
    """'The two countries', 'both sides', 'either nation': as many states or parties as are meant."""
    lowers = {t.lower_ for t in span}
    dual = "either" in lowers or "neither" in lowers
    if not (plural or dual) or discourse.inside(span):
        return None
    said = next((number for word, number in words().numbers.items() if word in lowers), None)
    if said is None and not lowers & set(words().determiners.definite):
        return None
    types = (
        {"country"} if span.root.lemma_ in words().nouns.state_single else {"country", "organisation", "armed_group"}
    )
    chosen = discourse.parties(span, said or 2, types) if (said or 2) <= MAX_PARTIES else []
    if len(chosen) < 2:
        return None
    first = min(chosen, key=lambda m: m.span.start)
    return Coreference(span, first.span, tuple(m.entity for m in chosen))


def _mention(span: Span, mention: EntityMention | None) -> Coreference | None:
    return Coreference(span, mention.span, (mention.entity,)) if mention is not None else None


def _link(span: Span, candidate: Candidate | None) -> Coreference | None:
    if candidate is None:
        return None
    entities: tuple[Entity, ...] = candidate.entities
    return Coreference(span, candidate.span, entities)


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_coreference`."""
    return Layer(name, "coreferences", find)


if TYPE_CHECKING:
    from collections.abc import Callable

    Resolver = Callable[[Span, Discourse], Coreference | None]
