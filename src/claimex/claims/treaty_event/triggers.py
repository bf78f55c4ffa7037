"""Which word of a sentence tells what becomes of an agreement, by rules.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.claims.treaty_event.lexicon import ALIASES, Trigger, rules

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from claimex.components.treaty_syntax import Link

PREFIXES = {"non", "re", "co"}
POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}
TAIL = 12
"""How far from its first word the rest of a phrase may stand: 'put the treaty before parliament'."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired: `word` carries tense and negation, `span` is the evidence."""

    rule: Trigger
    word: Token
    span: Span


def match(link: Link) -> list[Hit]:
    """The rules whose word governs the agreement, the longest phrase first."""
    index, word = rules().index, link.word
    found: list[tuple[int, Hit]] = []
    loose = link.relation == "particle"
    relation = "obj" if loose else link.relation
    for base in dict.fromkeys((_base(word), word.lower_, *_stems(word), *(() if loose else ("*",)))):
        for phrase, rule in index.get((relation, base), ()):
            if loose and (link.via is None or phrase[1:] != (link.via.lower_,)):
                continue
            if rule.intransitive and len(phrase) == 1 and any(c.dep_ in {"dobj", "oprd"} for c in word.rights):
                continue
            if rule.parliament and not {t.lower_ for t in word.subtree} & rules().parliaments:
                continue
            if rule.executive and not _is_executive(word, link.relation):
                continue
            span = _span(link, phrase, base)
            if span is not None:
                found.append((len(phrase), Hit(rule, word, span)))
    # 'calls' is a verb or a noun: the rule for what it is here goes first, then 'no longer bound' before 'bound'
    found.sort(key=lambda item: (item[1].rule.pos is not None and item[1].rule.pos != POS.get(word.pos_), -item[0]))
    return [hit for _, hit in found]


def _stems(token: Token) -> tuple[str, ...]:
    """The verb of a gerund that is tagged a noun: 'the signing off on the accord'."""
    lemma = token.lemma_.lower()
    if token.pos_ != "NOUN" or not lemma.endswith("ing") or len(lemma) < 6:
        return ()
    return (lemma[:-3], lemma[:-3] + "e")


def _is_executive(word: Token, relation: str) -> bool:
    """Whether the one who approves is a government rather than a parliament."""
    who = rules().executives
    if {t.lower_ for t in word.subtree} & rules().parliaments:
        return False
    if word.pos_ == "VERB" and (relation == "obj" or relation.startswith("prep:")):
        return any(c.dep_ == "nsubj" and (_base(c) in who or c.ent_type_ == "PERSON") for c in word.lefts)
    named = {t.lower_ for c in word.rights for t in c.subtree if c.dep_ in {"agent", "prep", "dobj"}}
    return bool(named & who)


def _base(token: Token) -> str:
    lemma = token.lemma_.lower()
    return f"{token.nbor(-2).lower_}-{lemma}" if _prefixed(token) else lemma


def _prefixed(token: Token) -> bool:
    """Whether the tokenizer parted a prefix from the word: 'non-compliance'."""
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in PREFIXES


def _span(link: Link, phrase: tuple[str, ...], base: str) -> Span | None:
    """The words of the phrase around the governing one, or that one alone where others stand between."""
    word = link.word
    doc = word.doc
    if phrase == ("*",) and link.via is not None:
        return doc[link.via.i : link.via.i + 1]
    if len(phrase) == 1:
        if (
            link.relation in ALIASES["object"]
            and base == "call"
            and word.i + 1 < len(doc)
            and doc[word.i + 1].lower_ == "for"
        ):
            return None  # 'to call a truce', but not what 'called for' governs
        return doc[word.i - 2 * (_prefixed(word) and "-" in phrase[0]) : word.i + 1]
    if base != phrase[0] or link.relation == "pred":
        first = word.i - len(phrase) + 1
        if first >= 0 and all(doc[first + n].lower_ == part for n, part in enumerate(phrase[:-1])):
            return doc[first : word.i + 1]
        return None
    at, limit = word.i + 1, min(word.sent.end, word.i + TAIL)
    for part in phrase[1:]:
        while at < limit and doc[at].lower_ != part and _base(doc[at]) != part:
            at += 1
        if at >= limit:
            return None
        at += 1
    return doc[word.i : at] if at - word.i <= len(phrase) + 2 else doc[word.i : word.i + 1]
