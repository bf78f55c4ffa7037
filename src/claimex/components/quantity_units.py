"""What a number counts: money, percent, a measure, a noun phrase, a part of a group, or nothing that is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.components.noun_phrases import noun_phrase
from claimex.components.quantity_words import lexicon

if TYPE_CHECKING:
    from claimex.components.plain_words import PlainWords

TYPE_NUMBER = re.compile(r"\d{1,4}|\d{1,3}[a-h]\d?")
"""'2', '2A6', '136', '16C'."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The words from a number's end to `end`, the counted noun's word and its name."""

    end: int
    head: int | None
    name: str | None
    elliptic: bool = False
    """True where the noun is only understood."""
    compound: bool = False
    """True in '48-hour', whose article belongs to the noun that follows."""


def unit_after(view: PlainWords, i: int) -> Unit | None:
    """What the number that ends before word i counts; None where the words make it no count ('two-thirds')."""
    lex = lexicon()
    word = view.at(i)
    if word in lex.words.percent or (word == "per" and view.at(i + 1) == "cent"):
        end = i + 2 if word == "per" else i + 1
        if view.at(end) in {"point", "points"}:
            end += 1
        return Unit(end, i, "percent")
    for k in (i, i + 1):
        if view.at(k) in lex.currency_words and (k == i or view.tag(i) in {"JJ", "NNP"}):
            return Unit(k + 1, k, lex.currency_words[view.low[k]])
    if word in {"-", "–"} and _is_glued(view, i):
        return _hyphenated(view, i + 1)
    if word in lex.measures and view.at(i + 1) in {"-", "–"} and view.at(i + 2) == "old":
        return Unit(i + 3, i, lex.measures[word], compound=True)
    if word in lex.measures and not view.doc[view.tokens[i - 1]].whitespace_:
        return Unit(i + 1, i, lex.measures[word])
    return _of_group(view, i) or _counted(view, i)


def _is_glued(view: PlainWords, i: int) -> bool:
    before, here = view.doc[view.tokens[i - 1]], view.doc[view.tokens[i]]
    return i + 1 < len(view.low) and not before.whitespace_ and not here.whitespace_


def _hyphenated(view: PlainWords, i: int) -> Unit | None:
    """'900-strong contingent', '48-hour', '35-year-old'; other compounds count nothing here ('two-state')."""
    lex = lexicon()
    word = view.low[i]
    if word in lex.words.strong:
        phrase = noun_phrase(view, i + 1)
        if phrase is not None:
            return Unit(phrase.end, phrase.head, view.low[phrase.head])
        return Unit(i + 1, None, None, elliptic=True) if word == "strong" else None
    if word in lex.measures:
        end = i + 3 if view.at(i + 1) == "-" and view.at(i + 2) == "old" else i + 1
        return Unit(end, i, lex.measures[word], compound=True)
    return None


def _of_group(view: PlainWords, i: int) -> Unit | None:
    """'200 of its personnel', 'dozens of militants', '600 of them'."""
    words = lexicon().words
    k = i + 1 if view.at(i) in words.more else i
    if view.at(k) != "of":
        return None
    k += 1
    if view.at(k) in words.pronouns and view.tag(k + 1) not in {"NN", "NNS", "NNP", "NNPS", "JJ"}:
        end = k + 1 if view.at(k) not in {"whom", "which"} else k - 1
        return Unit(end, None, None, elliptic=True)
    start = k
    while view.at(start) in words.partitive_determiners:
        start += 1
    if view.at(start) == "others":
        return Unit(start + 1, start, None, elliptic=True)
    phrase = noun_phrase(view, start)
    if phrase is None:
        return None
    return Unit(phrase.end, phrase.head, view.low[phrase.head])


def _counted(view: PlainWords, i: int) -> Unit:
    """The noun phrase after a number; without one, 'others', 'more' or 'dead' if they stand there."""
    words = lexicon().words
    start = i
    while view.at(start) in words.more and view.at(start + 1) != "than":
        start += 1
    if view.at(start) == "others":
        return Unit(start + 1, start, None, elliptic=True)
    start = _past_type(view, start)
    if view.at(start) in words.adjective_heads and view.tag(start) not in {"VBN", "VBD"}:
        phrase = noun_phrase(view, start)
        # "at least 11 dead Syrian Observatory says": a name after it begins something else.
        if phrase is None or phrase.head == start or view.tag(start + 1) in {"NNP", "NNPS"}:
            return Unit(start + 1, start, view.low[start], elliptic=True)
        return Unit(phrase.end, phrase.head, view.low[phrase.head])
    phrase = noun_phrase(view, start)
    word = view.at(start)
    is_verb = word in words.participle_heads or (word in words.verb_nouns and view.tag(start + 1) == "JJ")
    if phrase is not None and not (phrase.head == start and is_verb):
        name = lexicon().measures.get(view.low[phrase.head], view.low[phrase.head])
        return Unit(phrase.end, phrase.head, name)
    return Unit(start, None, None, elliptic=True)


def _past_type(view: PlainWords, i: int) -> int:
    """One past 'Leopard 2' in '14 Leopard 2 tanks', a type whose number counts nothing; i where no type stands there.

    A name that the model knows as something else begins another count: '20 Taliban 3 soldiers', where commas were lost.
    """
    if i + 2 >= len(view.words) or not (view.words[i].isalpha() and view.words[i][0].isupper()):
        return i
    named = view.tag(i) in {"NNP", "NN"} and view.doc[view.tokens[i]].ent_type_ in {"", "PRODUCT"}
    numbered = TYPE_NUMBER.fullmatch(view.low[i + 1]) is not None
    noun = view.tag(i + 2) in {"NN", "NNS"} and view.words[i + 2].islower()
    return i + 2 if named and numbered and noun else i
