"""Mends systematic errors of the small model's parser in the tree itself, so that every layer profits.

One class so far, of agency copy and of web text that has lost its commas: the speaker who closes a report
('Troops left the town, a monitor said on Monday.'). Words: `rules/parse.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MISREAD = {"conj", "acl", "relcl", "appos", "dep", "advcl", "npadvmod", "parataxis"}
"""What the parser takes a closing verb for."""
VERBAL = {"VBD", "VBZ", "VBN", "NNS"}
"""Its tags: 'claims' may pass for a noun, 'announced' for a participle."""
INSIDE = {"NN", "NNS", "NNP", "NNPS", "JJ", "DT", "CD", "POS", "HYPH", "NFP"}
"""Tags of a speaker's noun phrase."""
WHEN = 6
"""Words behind the verb: 'said in a statement on Monday'."""
SPEAKER = 8
"""Words of the speaker."""
BODY = 5
"""Words that a report has at the least."""


class Trailing(Model):
    """Words of a speaker who closes a report."""

    verbs: frozenset[str]
    auxiliaries: frozenset[str]


class Repairs(Model):
    """rules/parse.toml."""

    trailing: Trailing


@from_rules
def _words() -> Trailing:
    return read_toml(Repairs, "parse.toml").trailing


def mend(doc: Doc) -> None:
    """Reattach what the parser misread, in place; a Doc without such a sentence stays as it is."""
    for sentence in list(doc.sents):
        verb = _closing_verb(sentence)
        if verb is not None:
            _close(sentence, verb)


def _closing_verb(sentence: Span) -> Token | None:
    """The verb of a speaker at the end of a sentence, where the parser took it for something else."""
    if len(sentence) < BODY + 2:
        return None
    for token in reversed(list(sentence)[-WHEN - 2 :]):
        if token.tag_ in VERBAL and token.lemma_ in _words().verbs:
            return token if token.dep_ in MISREAD and not _has_object(token) else None
    return None


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in {"dobj", "ccomp", "xcomp", "auxpass", "agent"} for c in verb.children)


def _close(sentence: Span, verb: Token) -> None:
    """Make the closing verb the root, the noun phrase before it its subject and the old root its clause."""
    root, words = sentence.root, _words()
    last = verb.i - 1
    while last > sentence.start and sentence.doc[last].lower_ in words.auxiliaries:
        last -= 1
    speaker = sentence.doc[last]
    first = _speaker_start(sentence, last)
    if first is None or root.i >= first - 1 or root == verb or root.pos_ not in {"VERB", "AUX"}:
        return
    for token in sentence.doc[first : verb.i]:
        if token.head.i < first or token.head.i > verb.i:
            token.head, token.dep_ = (verb, "aux") if token.i > last else (speaker, "compound")
    verb.head, verb.dep_, verb.pos_ = verb, "ROOT", "VERB"
    root.head, root.dep_ = verb, "ccomp"
    speaker.head, speaker.dep_ = verb, "nsubj"


def _speaker_start(sentence: Span, last: int) -> int | None:
    """First token of a noun phrase by its last: behind a comma or from its article on; None for no phrase."""
    doc = sentence.doc
    if doc[last].tag_ not in {"NN", "NNS", "NNP", "NNPS"}:
        return None
    i = last
    while i > max(sentence.start, last - SPEAKER) and doc[i - 1].tag_ in INSIDE and doc[i].tag_ != "DT":
        i -= 1
    if i - 1 > sentence.start and doc[i - 1].text in {",", '"', "”", "''"}:
        return i
    return i if doc[i].tag_ == "DT" and i - 1 > sentence.start and doc[i - 1].tag_ not in {"IN", "TO"} else None
