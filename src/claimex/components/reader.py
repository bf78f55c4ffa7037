"""Tags, parse and names by a trained spaCy model, read paragraph by paragraph.

A paragraph is parsed by itself, so a headline never runs into the text below it and what stands in front of a
paragraph cannot change how it is read. Where only claims are wanted (`parse="needed"`), paragraphs in which a cheap
scan sees no possible claim get names and sentence borders and are not parsed.

The model sees each word as edited prose would write it (capitals folded, plain quotation marks): `doc._.words` holds
those words, the Doc keeps the original ones, and token i is token i in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import spacy
from spacy.tokens import Doc

from claimex.claims import wanted_kinds
from claimex.components.extensions import register
from claimex.components.inference import steps
from claimex.components.mending import mend
from claimex.errors import ModelError
from claimex.gazetteer import known_names
from claimex.normalize.casing import Recaser
from claimex.normalize.scanning import raw_paragraphs
from claimex.trained import find_model

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.annotations import ArticleContext
    from claimex.claims.base import ClaimKind

Parse = Literal["all", "needed"]
PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
BACK = 2
"""Paragraphs that a pronoun looks back over."""
Plan = tuple[set[int], set[int]]
STOPS = frozenset(".!?")
ATTRS: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE"]
MAX_UNIT_TOKENS = 600
"""A paragraph longer than this is cut: parse cost and memory of one unit stay bounded whatever the input is."""
DOCS_AT_ONCE = 16


def load_model(name: str | None, *, vocab: Any = True) -> Language:
    """Load the model the user names, else an installed official one, else the one claimex depends on."""
    source = find_model(name).source
    try:
        return spacy.load(source, vocab=vocab, exclude=["senter"])
    except (OSError, ValueError) as error:
        raise ModelError(f"model {source!r} cannot be loaded: {error}") from error


def unit_bounds(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges of the paragraphs, in order and without gaps; a line break inside a sentence does not end one."""
    bounds, start = [], 0
    for token in doc:
        ends = token.is_space and "\n" in token.text and _ends_paragraph(doc, token.i)
        if (ends and token.i + 1 > start) or token.i + 1 - start >= MAX_UNIT_TOKENS:
            bounds.append((start, token.i + 1))
            start = token.i + 1
    if start < len(doc):
        bounds.append((start, len(doc)))
    return bounds


def needed_paragraphs(texts: Sequence[str], kinds: Iterable[ClaimKind]) -> set[int]:
    """Indices of the paragraphs that may hold a claim of these kinds, or name whom one of them speaks of."""
    parsed = set(range(len(texts))) & set[int]().union(*(kind.scan(texts) for kind in kinds))
    for _ in range(BACK):
        # Whoever a pronoun stands for is mostly named in the paragraph before, or by a pronoun there.
        parsed |= {i - 1 for i in parsed if i and PRONOUN.search(texts[i])}
    return parsed


def _ends_paragraph(doc: Doc, i: int) -> bool:
    """Whether the white space at token i separates paragraphs rather than wrapping one at a column."""
    if doc[i].text.count("\n") > 1 or i + 1 >= len(doc) or i == 0:
        return True
    before, after = doc[i - 1], doc[i + 1]
    # A wrapped line goes on in lower case with no stop before the break; a headline is not followed by lower case.
    return not (after.text[:1].islower() and before.text[-1:] not in ".!?\"'”’:")


def _flat_heads(unit: Doc) -> Any:
    """Heads of an unparsed unit: names hang on their last word, all else on the first; a full stop ends a sentence."""
    heads = np.zeros(len(unit), dtype=np.int64)
    named = {i: ent.end - 1 for ent in unit.ents for i in range(ent.start, ent.end)}
    root, ended = named.get(0, 0), False
    for i, token in enumerate(unit):
        if ended and not (token.is_punct or token.is_space):
            root, ended = named.get(i, i), False
        ended = ended or token.text in STOPS
        last = named.get(i, i)
        heads[i] = (last if last != i else root) - i
    return heads.astype(np.uint64)


class Reader:
    """Runs a trained model over the paragraphs of Docs and writes its annotations on the whole Docs."""

    def __init__(self, nlp: Language, name: str, model: str | None, parse: Parse) -> None:
        self.name = name
        self.parse = parse
        self.model = load_model(model, vocab=nlp.vocab)
        self.steps = steps(self.model)
        self.recaser = Recaser(self._is_common_word, known_names)
        lemmatizer: Any = self.model.get_pipe("lemmatizer") if self.model.has_pipe("lemmatizer") else None
        self._lexicon: frozenset[str] = frozenset()
        if lemmatizer is not None and lemmatizer.lookups.has_table("lemma_index"):
            index, exceptions = (lemmatizer.lookups.get_table(t) for t in ("lemma_index", "lemma_exc"))
            self._lexicon = frozenset(
                chain(
                    chain.from_iterable(index.values()),
                    chain.from_iterable(table for table in exceptions.values()),
                )
            )

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = DOCS_AT_ONCE) -> Iterator[Doc]:
        """Annotate a stream of Docs; their paragraphs go through the model together."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            bounds = [unit_bounds(doc) for doc in batch]
            plans = [self._plan(doc, ab) for doc, ab in zip(batch, bounds, strict=True)]
            units = [[self.unit(doc, a, b) for a, b in ab] for doc, ab in zip(batch, bounds, strict=True)]
            self._read(units, plans)
            for doc, parts, (parsed, _) in zip(batch, units, plans, strict=True):
                if parts:
                    self._write(doc, parts, parsed)
                yield doc

    def may_hold_claims(self, text: str, context: ArticleContext) -> bool:
        """Whether a look at an article's characters leaves room for claims of these kinds; where, the context keeps."""
        wanted = wanted_kinds(context.kinds)
        if self.parse == "all" or any(kind.names_everywhere for kind in wanted):
            return True
        texts = raw_paragraphs(text)
        context.looked_over = len(texts) - (not texts[-1]), needed_paragraphs(texts, wanted)
        return bool(context.looked_over[1])

    def _plan(self, doc: Doc, bounds: list[tuple[int, int]]) -> Plan:
        """Which paragraphs are parsed, and in which others the model seeks names."""
        everything = set(range(len(bounds)))
        if self.parse == "all":
            return everything, set()
        context, wanted = doc._.context, wanted_kinds(doc._.context.kinds)
        texts = [doc[a:b].text for a, b in bounds]
        count, parsed = context.looked_over or (None, set())
        if count != len(bounds):  # not looked over, or one of the paragraphs is so long that it was cut
            parsed = needed_paragraphs(texts, wanted)
        context.names_only = not parsed
        named = bool(parsed) or any(kind.names_everywhere for kind in wanted)
        return parsed, everything - parsed if named else set()

    def unit(self, doc: Doc, start: int, end: int) -> Doc:
        """A paragraph as a Doc of its own, in the words that the model is to see."""
        tokens = doc[start:end]
        words = self.recaser([t.text for t in tokens])
        return Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in tokens])

    def _read(self, units: list[list[Doc]], plans: list[Plan]) -> None:
        """Run the model over the units, in place: all of it over the parsed ones, what finds names over the others."""
        full = [parts[i] for parts, (parsed, _) in zip(units, plans, strict=True) for i in sorted(parsed)]
        rest = [parts[i] for parts, (_, named) in zip(units, plans, strict=True) for i in sorted(named)]
        for step in self.steps:
            step.run([*full, *rest] if step.names else full)
        for unit in full:
            if unit.has_annotation("DEP"):
                mend(unit)

    def _write(self, doc: Doc, parts: list[Doc], parsed: set[int]) -> None:
        doc._.words = [t.text for part in parts for t in part]
        arrays = [part.to_array(ATTRS) for part in parts]
        for i, (part, array) in enumerate(zip(parts, arrays, strict=True)):
            if i not in parsed:
                array[:, 0] = _flat_heads(part)
                array[:, 1] = doc.vocab.strings["dep"]
        annotations: Any = np.concatenate(arrays)
        doc.from_array(ATTRS, annotations)

    def _is_common_word(self, word: str) -> bool:
        """Whether a lower-case word, in its base form, stands in the model's dictionary."""
        if word in self._lexicon or self.model.vocab[word].is_stop:
            return True
        for suffix, base in (
            ("s", ""),
            ("es", ""),
            ("ies", "y"),
            ("ed", ""),
            ("ed", "e"),
            ("d", "e"),
            ("ing", ""),
            ("ing", "e"),
            ("ly", ""),
            ("er", ""),
            ("est", ""),
        ):
            if word.endswith(suffix) and word[: -len(suffix)] + base in self._lexicon:
                return True
        return False


def create(nlp: Language, name: str, model: str | None = None, parse: Parse = "all") -> Reader:
    """Factory `claimex_reader`. `model` names a trained pipeline; None takes the default one."""
    register()
    return Reader(nlp, name, model, parse)
