"""The noun that a number counts, found by walking right over tags; the parse is asked only where tags cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.components.plain_words import BREAK
from claimex.components.quantity_words import lexicon
from claimex.normalize.numbers import starters

if TYPE_CHECKING:
    from claimex.components.plain_words import PlainWords

NOUNS = {"NN", "NNS", "NNP", "NNPS"}
PLURAL = {"NNS", "NNPS"}
ADJECTIVES = {"JJ", "JJR", "JJS", "AFX"}
PARTICIPLES = {"VBN", "VBG", "VBD"}
CLAUSE_DEPS = {"ROOT", "acl", "relcl", "ccomp", "advcl", "xcomp", "pcomp", "parataxis"}
QUOTES = {'"', "'"}
MAX_WORDS = 14
"""A noun phrase longer than this is a headline or a list that lost its commas."""
UNTAGGED_WORDS = 4


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Words from a number's end to `end`; `head` is the counted noun."""

    end: int
    head: int


def noun_phrase(view: PlainWords, start: int) -> NounPhrase | None:
    """Adjectives and nouns from word `start` to the last noun, coordinated ones included; None without a noun."""
    if not view.tag(start):
        return _untagged(view, start)
    head: int | None = None
    pos, quoted = start, False
    while pos < min(len(view.low), start + MAX_WORDS):
        tag, word = view.tags[pos], view.low[pos]
        if word in lexicon().names.phrase_stops or word == BREAK:
            break
        compound_end = _compound_end(view, pos)
        if compound_end > pos + 1 and word.isalpha():
            if head is not None and view.tags[head] in PLURAL:
                break
            head = compound_end - 1 if view.tags[compound_end - 1] in NOUNS else None
            pos = compound_end
        elif tag in NOUNS:
            if head is not None and not _goes_on(view, head, pos):
                break
            head, pos = pos, pos + 1
            if word in lexicon().measures:
                break
        elif word in QUOTES and (head is None or quoted):
            if head is None and view.tag(pos + 1) not in NOUNS | ADJECTIVES | PARTICIPLES:
                break
            pos += 1
            if quoted:
                break
            quoted = True
        elif word == "," and _joins_adjectives(view, start, pos):
            pos += 1
        elif word in {"and", "or"} and (after := _coordinated(view, start, head, pos)) is not None:
            head, pos = after.head, after.end
        elif (head is None or view.tags[head] not in PLURAL) and _modifies(view, pos, after_noun=head is not None):
            pos += 1
        else:
            break
    if head is None:
        return _nationality(view, start)
    end = head + 1
    if quoted and view.at(end) in QUOTES:
        end += 1
    for phrase in lexicon().words.of_heads:
        words = tuple(phrase.split())
        if view.low[head] == words[0] and view.starts_with(head, words):
            end = head + len(words)
    return NounPhrase(end, head)


def _nationality(view: PlainWords, start: int) -> NounPhrase | None:
    """'four Lebanese accused of': a capitalised adjective that stands for its people, unless a noun is shared with
    a second count ('12 Turkish and 5 Iraqi soldiers')."""
    if view.tag(start) != "JJ" or not view.words[start].istitle():
        return None
    after = view.at(start + 1)
    if after == "-" or (after in {"and", "or", ","} and view.tag(start + 2) in {"CD", "JJ", "NNP"}):
        return None
    return NounPhrase(start + 1, start)


def _goes_on(view: PlainWords, head: int, pos: int) -> bool:
    """Whether a noun after a noun is still the same phrase: 'arms inspectors', not 'soldiers Monday'."""
    if view.tags[head] not in PLURAL:
        return not (view.tags[pos] == "NNP" and view.tags[head] == "NN" and not _is_compound(view, head, pos))
    if view.low[pos] in lexicon().names.after_plural_stops:
        return False
    return _is_compound(view, head, pos)


def _is_compound(view: PlainWords, head: int, pos: int) -> bool:
    token = view.doc[view.tokens[head]]
    return token.dep_ in {"compound", "nmod", "amod"} and token.head.i >= view.tokens[pos]


def _compound_end(view: PlainWords, pos: int) -> int:
    """One past the hyphenated word that starts at pos: 'Russian-backed', 'all-terrain'; pos + 1 for a plain word."""
    end = pos + 1
    while _glued_hyphen(view, end):
        end += 2
    return end


def _glued_hyphen(view: PlainWords, pos: int) -> bool:
    """Whether a hyphen here ties two words."""
    if view.at(pos) not in {"-", "–", "/"} or pos + 1 >= len(view.low) or pos == 0:
        return False
    before, here = view.doc[view.tokens[pos - 1]], view.doc[view.tokens[pos]]
    return not before.whitespace_ and not here.whitespace_ and view.low[pos + 1][:1].isalpha()


def _joins_adjectives(view: PlainWords, start: int, pos: int) -> bool:
    """Whether a comma stands between two adjectives of one noun: 'tall, armed men'."""
    between = pos > start and view.tag(pos - 1) in ADJECTIVES and view.tag(pos + 1) in ADJECTIVES | {"VBN"}
    return between and _modifies(view, pos + 1, after_noun=False)


def _modifies(view: PlainWords, pos: int, *, after_noun: bool) -> bool:
    """Whether an adjective, participle or adverb here leads to a noun further on."""
    tag = view.tags[pos]
    if tag in PARTICIPLES:
        token = view.doc[view.tokens[pos]]
        if token.dep_ in CLAUSE_DEPS or (after_noun and view.at(pos - 2) != "-" and tag != "VBG"):
            return False
        if tag == "VBD" and token.dep_ not in {"amod", "compound", "nmod"}:
            return False
    elif tag not in ADJECTIVES and not (tag == "RB" and not after_noun):
        return False
    stops = lexicon().names.phrase_stops
    for k in range(pos + 1, min(len(view.low), pos + 6)):
        tag, word = view.tags[k], view.low[k]
        if word in stops:
            return False
        if tag in NOUNS:
            return True
        if tag == "RB" and view.tag(k + 1) not in ADJECTIVES | PARTICIPLES:
            return False
        if not (tag in ADJECTIVES | PARTICIPLES | {"HYPH", "RB"} or word in QUOTES | {"-", "and", "or", ","}):
            return False
    return False


def _coordinated(view: PlainWords, start: int, head: int | None, pos: int) -> NounPhrase | None:
    """The second half of 'police and troops' or 'regime and rebel fighters', where one number governs both."""
    words = lexicon().words
    nxt = pos + 1
    if pos == start or view.tag(nxt) not in NOUNS | ADJECTIVES | {"VBN"}:
        return None
    if view.at(nxt) in words.more or view.at(nxt) in lexicon().names.phrase_stops or view.at(nxt) in starters():
        return None
    second = nxt
    while second < len(view.low) and view.tags[second] in NOUNS | ADJECTIVES | {"VBN", "HYPH"}:
        second += 1
    while second > nxt and view.tags[second - 1] not in NOUNS:
        second -= 1
    if second == nxt or second - nxt > 4:
        return None
    last = second - 1
    plural = view.tags[last] in PLURAL or view.low[last] in words.mass_nouns
    if not plural:
        return None
    if head is None or (view.tags[head] not in PLURAL and view.low[head] not in words.mass_nouns):
        return NounPhrase(second, last)
    token = view.doc[view.tokens[last]]
    first, until = view.tokens[start], view.tokens[pos]
    if token.dep_ == "conj" and first <= token.head.i < until:
        return NounPhrase(second, last)
    return None


def _untagged(view: PlainWords, start: int) -> NounPhrase | None:
    """The first word that looks like a plural within a few words of a text without tags."""
    words = lexicon().words
    for pos in range(start, min(len(view.low), start + UNTAGGED_WORDS)):
        word = view.low[pos]
        if not word.isalpha() or word in lexicon().names.phrase_stops:
            return None
        if word in words.mass_nouns or word in words.plural_nouns or (word.endswith("s") and len(word) > 3):
            return NounPhrase(pos + 1, pos)
        if word in words.function_words:
            return None
    return None
