"""Is a seat of government the place or the government? Read off the parse, with the words in rules/metonymy.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MAX_CONJUNCTS = 8


class MetonymyRules(Model):
    """Words that decide; described in the file."""

    place_verbs: frozenset[str]
    copulas: frozenset[str]
    having: frozenset[str]
    acting_attributes: frozenset[str]
    acting_objects: frozenset[str]
    acted_on_passives: frozenset[str]
    acted_on: frozenset[str]
    dative_heads: frozenset[str]
    abstract_heads: frozenset[str]
    place_between: frozenset[str]
    place_prepositions: frozenset[str]
    acting_prepositions: frozenset[str]
    places_owned: frozenset[str]
    government_heads: frozenset[str]
    place_modifiers: frozenset[str]
    hyphen_participles: frozenset[str]
    hyphen_prefixes: frozenset[str]
    government_nouns: frozenset[str]


@from_rules
def _rules() -> MetonymyRules:
    return read_toml(MetonymyRules, "metonymy.toml")


def acts(doc: Doc, start: int, end: int, *, palace: bool) -> bool:
    """Whether the seat of government at these tokens stands for the government.

    A building of government does unless a word says that it is a place, a city only where the sentence makes it act.
    """
    words = doc._.words
    if _dateline(doc, start, end):
        return False
    before = words[start - 1].casefold() if start else ""
    if before in _rules().place_prepositions or before in _rules().place_modifiers:
        return False
    if before == "-" and start > 1 and words[start - 2].casefold() in _rules().hyphen_prefixes:
        return True
    after = words[end].casefold() if end < len(doc) else ""
    if after == "-" and end + 1 < len(doc):
        return words[end + 1].casefold() in _rules().hyphen_participles
    if after in _rules().government_heads:
        return True
    if not doc.has_annotation("DEP"):
        return palace
    verdict = _verdict(doc[start:end].root, 0)
    return palace if verdict is None else verdict


def _dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether the name opens a line as the place that a report comes from: 'MOSCOW (Reuters) -', 'Riyadh, 3 May'."""
    dated = end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text[:2].strip().isdecimal()
    if dated and (doc[start].is_upper or (end + 2 < len(doc) and doc[end + 2].text.istitle())):
        return True
    if start and not (doc[start - 1].is_space and "\n" in doc[start - 1].text):
        return False
    if end >= len(doc):
        return True
    after = doc[end].text
    if after == "-" and not doc[end - 1].whitespace_:
        return False
    if after in {"(", "-", "--", "–", "—", ":", "/"}:
        return True
    return after == "," and (doc[start].is_upper or any(t.like_num or t.is_upper for t in doc[end + 1 : end + 4]))


def _verdict(token: Token, depth: int) -> bool | None:
    """True for the government, False for the place, None where the sentence does not say."""
    rules, dep, head = _rules(), token.dep_, token.head
    if dep in {"conj", "appos"} and head.i != token.i and depth < MAX_CONJUNCTS:
        return _verdict(head, depth + 1)
    if dep == "nsubj":
        return _subject(token, head)
    if dep == "nsubjpass":
        return head.lemma_.casefold() in rules.acted_on_passives
    if dep in {"dobj", "dative", "obj"}:
        return head.lemma_.casefold() in rules.acted_on
    if dep == "poss":
        return _word(head) not in rules.places_owned and not any(
            _word(child) in rules.places_owned for child in head.lefts if child.i > token.i
        )
    if dep == "pobj":
        return _complement(head)
    return None


def _subject(token: Token, verb: Token) -> bool | None:
    rules = _rules()
    lemma = verb.lemma_.casefold()
    if lemma in rules.having:
        objects = [child for child in verb.children if child.dep_ in {"dobj", "obj"}]
        return any(_word(child) in rules.acting_objects or child.lemma_ in rules.acting_objects for child in objects)
    if lemma in rules.copulas:
        said = [child for child in verb.children if child.dep_ in {"acomp", "attr", "oprd", "xcomp", "advcl"}]
        said += [verb] if verb.pos_ == "ADJ" else []
        return any(child.lemma_.casefold() in rules.acting_attributes or _acting_clause(child) for child in said)
    if verb.pos_ in {"NOUN", "ADJ"}:
        return lemma in rules.acting_attributes
    if lemma not in rules.place_verbs:
        return True
    # "Moscow started its campaign" acts, "the talks in Moscow started" does not come here.
    return any(child.dep_ in {"dobj", "obj"} for child in verb.children)


def _acting_clause(child: Token) -> bool:
    return child.dep_ == "xcomp" and child.pos_ == "VERB" and child.lemma_.casefold() not in _rules().place_verbs


def _complement(preposition: Token) -> bool | None:
    """The object of a preposition: by the preposition, or by what that hangs on."""
    rules = _rules()
    word, governor = _word(preposition), preposition.head
    if word in rules.place_prepositions:
        return False
    heads = {_word(governor), governor.lemma_.casefold()}
    if word == "as" or (word in {"including", "like"}):
        return bool(heads & rules.government_nouns) or _such_as(preposition)
    if word in rules.acting_prepositions:
        return not heads & rules.place_between
    known = rules.dative_heads if word == "to" else rules.abstract_heads
    return True if heads & known else None


def _such_as(preposition: Token) -> bool:
    governor = preposition.head
    return _word(governor) in _rules().government_nouns or _word(governor.head) in _rules().government_nouns


def _word(token: Token) -> str:
    return token.text.casefold()
