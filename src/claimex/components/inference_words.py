"""Word classes and base forms looked up by word instead of worked out again for every token.

What the attribute ruler and the lemmatizer of spaCy's English models write on a token depends on its form and tag, for
some words and relations on the relation too, and beyond that only on a handful of phrases ("gonna", "there is").
Matching the ruler's patterns at every token takes as long as the parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

from claimex.components.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

WORDS_KEPT = 4_000
"""Words that come again; others are worked out each time, so that memory stays bounded."""
KEY: list[int | str] = ["ORTH", "TAG", "DEP"]
"""A relation that no pattern asks for is left out, so that a word is worked out once for all of those."""
ROW: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
SETTLED = frozenset({"ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "LENGTH", "IS_SPACE", "TAG", "DEP"})
"""Token attributes that the key settles. A pattern that asks for others, or repeats a token, cannot be looked up."""

Key = tuple[int, ...]


class Written(NamedTuple):
    """What the two components write on a token. The base form is a string: a hash alone dies with its memory zone."""

    tag: int
    dep: int
    pos: int
    morph: int
    lemma: str
    opens: bool
    """Whether a phrase of the ruler may begin with this word."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Where the patterns of a ruler ask for a token's relation: at these words and tags, and for these relations."""

    words: Any
    tags: Any
    relations: Any

    @classmethod
    def of(cls, ruler: AttributeRuler) -> Relations | None:
        """What its patterns ask; None where one asks in another way."""
        words, tags, relations = set[str](), set[str](), set[str]()
        for token in (token for pattern in _patterns(ruler) for token in pattern if "DEP" in token):
            if (lower := _values(token.get("LOWER"))) is not None:
                words |= lower
            elif (named := _values(token["DEP"])) is not None:
                relations |= named
            elif (tag := _values(token.get("TAG"))) is not None:
                tags |= tag
            elif not token.get("IS_SPACE"):
                return None
        strings = ruler.vocab.strings
        return cls(*(np.array([strings.add(s) for s in found], dtype=np.uint64) for found in (words, tags, relations)))

    def keys(self, docs: Sequence[Doc]) -> list[list[Key]]:
        """Form, tag and, where it is asked for, the relation of every token of each Doc."""
        columns: Any = np.concatenate([doc.to_array([*KEY, "LOWER", "IS_SPACE"]) for doc in docs])
        tag, relation, lower, space = columns[:, 1:].T
        asked = np.isin(relation, self.relations) | np.isin(lower, self.words) | np.isin(tag, self.tags) | (space > 0)
        columns[:, 2] = np.where(asked, relation, 0)
        rows = iter(map(tuple, columns[:, :3].tolist()))
        return [list(islice(rows, len(doc))) for doc in docs]


def _values(asked: Any) -> frozenset[str] | None:
    """The values of which a pattern asks for one; None where it asks otherwise or not at all."""
    if isinstance(asked, str):
        return frozenset({asked})
    return frozenset(asked["IN"]) if isinstance(asked, dict) and asked.keys() == {"IN"} else None


class WordTable:
    """Does the work of an attribute ruler and the lemmatizer behind it, each word once."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer, relations: Relations) -> None:
        self.ruler = ruler
        self.relations = relations
        self.lemmatizer = lemmatizer
        self.known: dict[Key, Written] = {}
        self.seen = Seen()
        phrases = [pattern for pattern in _patterns(ruler) if len(pattern) > 1]
        self.longest = max(map(len, phrases), default=1)
        self.openings = Matcher(ruler.vocab)
        if phrases:
            self.openings.add("opening", [pattern[:1] for pattern in phrases])

    @classmethod
    def of(cls, nlp: Language) -> WordTable | None:
        """The table of a pipeline; None where its components ask for more than a table can answer."""
        names = nlp.pipe_names
        if "attribute_ruler" not in names or names[names.index("attribute_ruler") :][1:2] != ["lemmatizer"]:
            return None
        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
            return None
        asked = {name for pattern in _patterns(ruler) for token in pattern for name in token}
        settled = asked <= SETTLED and not lemmatizer.overwrite and lemmatizer.mode in {"rule", "lookup"}
        relations = Relations.of(ruler) if settled else None
        return cls(ruler, lemmatizer, relations) if relations is not None else None

    def annotate(self, units: Sequence[Doc]) -> None:
        """Write on tagged and parsed Docs what the two components would."""
        if not units:
            return
        keys = self.relations.keys(units)
        new = list({key for own in keys for key in own if key not in self.known})
        self._learn(new)
        add = self.ruler.vocab.strings.add
        for unit, own in zip(units, keys, strict=True):
            written = [self.known[key] for key in own]
            for start, end in self._phrases(written):
                written[start:end] = self._worked_out(own[start:end])
            own_relations = unit.to_array("DEP").tolist()
            rows = [
                (w.tag, w.dep or relation, w.pos, w.morph, add(w.lemma))
                for w, relation in zip(written, own_relations, strict=True)
            ]
            columns: Any = np.array(rows, dtype=np.uint64).reshape(len(rows), len(ROW))
            unit.from_array(ROW, columns)
        for key in new:
            if not self.seen.again(hash(key)) or len(self.known) > WORDS_KEPT:
                del self.known[key]

    def _phrases(self, written: Sequence[Written]) -> Iterator[tuple[int, int]]:
        """Where words stand that the ruler may read together."""
        end = 0
        for start, word in enumerate(written):
            if start < end or not word.opens:
                continue
            end, reach = start + 1, start + self.longest
            while end < min(reach, len(written)):
                reach = end + self.longest if written[end].opens else reach
                end += 1
            yield start, end

    def _learn(self, keys: Sequence[Key]) -> None:
        """Add words to the table."""
        if not keys:
            return
        found = self.openings(self._doc(keys), allow_missing=True) if len(self.openings) else []
        opening = {start for _, start, _ in found}
        # None of these begins a phrase, so that side by side they are read one by one.
        alone = [key for i, key in enumerate(keys) if i not in opening]
        self.known.update(zip(alone, self._worked_out(alone), strict=True))
        for i in opening:
            self.known[keys[i]] = self._worked_out([keys[i]])[0]._replace(opens=True)

    def _worked_out(self, keys: Sequence[Key]) -> list[Written]:
        """What the components themselves write on these words in a row."""
        doc = self.lemmatizer(self.ruler(self._doc(keys)))
        self.lemmatizer.cache.clear()  # it would grow with every new word
        morphs = doc.to_array("MORPH").tolist()
        return [Written(t.tag, t.dep, t.pos, m, t.lemma_, opens=False) for t, m in zip(doc, morphs, strict=True)]

    def _doc(self, keys: Sequence[Key]) -> Doc:
        """A Doc of words with their tags and relations."""
        vocab = self.ruler.vocab
        doc = Doc(vocab, words=[vocab.strings[key[0]] for key in keys], spaces=[False] * len(keys))
        tags: Any = np.array([key[1:] for key in keys], dtype=np.uint64).reshape(-1, 2)
        return doc.from_array(KEY[1:], tags)


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    rules: list[dict[str, Any]] = ruler.patterns
    return [pattern for rule in rules for pattern in rule["patterns"]]
