"""A spaCy component that finds what in a Doc is arms, counted: `doc._.materiel`, for the kind and for anyone else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Token

from claimex.annotations import layer, layers
from claimex.components.layer import Layer
from claimex_materiel.lexicon import families, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimex.annotations import QuantityMention
    from claimex_materiel.values import Family

NAME = "claimex_materiel"
REACH = 3
"""Words before a noun in which what makes it arms, or something else, can stand."""


@dataclass(frozen=True, slots=True)
class Materiel:
    """A quantity of arms. `head` is what is counted: the crates of 'ten crates of rifles', the number of '60 of 74'."""

    quantity: QuantityMention
    head: Token
    family: Family


def find(doc: Doc) -> list[Materiel]:
    """The quantities of a Doc that count arms, in text order."""
    found = []
    for quantity in doc._.quantities:
        family = family_of(doc, quantity)
        if family is not None:
            head = quantity.head if quantity.head is not None and not quantity.elliptic else quantity.number.root
            found.append(Materiel(quantity, head, family))
    return found


def family_of(doc: Doc, quantity: QuantityMention) -> Family | None:
    """What kind of arms a quantity counts; None where it counts something else."""
    head = quantity.head
    if head is None or quantity.unit is None:
        return None
    inside = [token for token in _behind_of(head) if _forms(token) & families().keys()]
    before = _before(head, quantity)
    if inside and (_forms(head) & rules().containers or not _forms(head) & rules().civil):
        # "8 million rounds of ammunition", "7,000 containers of munitions"
        named = _family(inside[0], _before(inside[0]), around=[*before, head])
        if named is not None:
            return named
    after = [*_behind_of(head), *([doc[head.i + 1]] if head.dep_ == "compound" and head.i + 1 < len(doc) else [])]
    if _any_in([*before, *after], rules().civil):
        return None
    return _family(head, before, around=[*before, *after])


def _family(noun: Token, before: list[Token], *, around: list[Token]) -> Family | None:
    named = [nouns for form in _forms(noun) for nouns in families().get(form, ())]
    for nouns in named:
        if _forms(noun) & nouns.sure:
            return nouns.family
    for nouns in named:
        if _any_in(around, nouns.behind) or _any_in(before, nouns.behind):
            return nouns.family
    others = (token for token in noun.sent if token.i != noun.i)
    return named[0].family if named and _any_in(others, rules().scene) else None


def _before(head: Token, quantity: QuantityMention | None = None) -> list[Token]:
    """The words right before a noun that belong to it."""
    start = max(head.sent.start, head.i - REACH, quantity.number.end if quantity is not None else 0)
    return [head.doc[i] for i in range(start, head.i)]


def _behind_of(head: Token) -> list[Token]:
    """The noun behind 'of', with the words before it: 'rounds of artillery ammunition'."""
    nouns = [o for c in head.children if c.lower_ == "of" for o in c.children if o.dep_ == "pobj"]
    return [token for noun in nouns for token in (noun, *_before(noun)) if token.i > head.i]


def _forms(token: Token) -> set[str]:
    """Lemma and word in lower case, without a plural's s: names have no useful lemma of their own."""
    word = token.doc._.words[token.i].lower()
    return {token.lemma_.lower(), word, word.removesuffix("s")}


def _any_in(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(_forms(token) & words for token in tokens)


def _get(doc: Doc) -> list[Materiel]:
    return layer(doc, NAME)  # type: ignore[no-any-return]


def _set(doc: Doc, value: list[Materiel]) -> None:
    layers(doc)[NAME] = value


@Language.factory(NAME, requires=["doc._.quantities"], assigns=["doc._.materiel"])
def create(nlp: Language, name: str) -> Layer:
    """The factory of the component: arms are looked for when a kind asks for `doc._.materiel`."""
    Doc.set_extension("materiel", getter=_get, setter=_set, force=True)
    return Layer(name, NAME, find)
