"""Tags, parse and names by a trained spaCy model, read passage by passage.

A passage is parsed by itself, so a headline never runs into the text below it and what stands around a passage cannot
change how it is read. Where only claims are wanted (`parse="needed"`), passages in which a cheap scan sees no possible
claim are not parsed: they get sentence borders, and names where names are wanted.

The model sees each word as edited prose would write it (capitals folded, plain quotation marks): `doc._.words` holds
those words, the Doc keeps the original ones, and token i is token i in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import spacy
from spacy.tokens import Doc

from claimex.claims import wanted_kinds
from claimex.components.columns import begin, flags, strings, text_of
from claimex.components.extensions import register
from claimex.components.inference import steps
from claimex.components.looking import introducing_passages, needed_passages
from claimex.components.mending import mend
from claimex.components.passages import passages, passages_of
from claimex.errors import ModelError
from claimex.gazetteer import known_names
from claimex.normalize.casing import Recaser
from claimex.trained import find_model

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.annotations import ArticleContext

Parse = Literal["all", "needed"]
Plan = tuple[set[int], set[int]]
"""Which passages are parsed, and in which others the model seeks names."""
Range = tuple[int, int]
STOPS = frozenset(".!?")
ATTRS: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE"]
DOCS_AT_ONCE = 16


def load_model(name: str | None, *, vocab: Any = True) -> Language:
    """Load the model the user names, else an installed official one, else the one claimex depends on."""
    source = find_model(name).source
    try:
        return spacy.load(source, vocab=vocab, exclude=["senter"])
    except (OSError, ValueError) as error:
        raise ModelError(f"model {source!r} cannot be loaded: {error}") from error


def _flat_heads(words: Sequence[str], names: Iterable[Range]) -> list[int]:
    """Heads of an unparsed passage, relative: names hang on their last word, all else on the first word of the
    sentence; a full stop ends one."""
    named = {i: end - 1 for start, end in names for i in range(start, end)}
    heads, root, ended = [], named.get(0, 0), False
    for i, word in enumerate(words):
        if ended and any(map(str.isalnum, word)):
            root, ended = named.get(i, i), False
        ended = ended or word in STOPS
        last = named.get(i, i)
        heads.append((last if last != i else root) - i)
    return heads


@dataclass(slots=True)
class Copy:
    """A Doc as the model is to see it."""

    doc: Doc
    bounds: list[Range]
    """Token ranges of its passages."""
    plan: Plan
    words: list[list[str]]
    """The words of each passage, recased."""
    units: dict[int, Doc]
    """Each passage that the model reads, as a Doc of its own."""


class Reader:
    """Runs a trained model over the passages of Docs and writes its annotations on the whole Docs."""

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
        """Annotate a stream of Docs; their passages go through the model together."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            copies = [self._copy(doc) for doc in batch]
            self._read(copies)
            for copy in copies:
                if copy.bounds:
                    self._write(copy)
                yield copy.doc

    def may_hold_claims(self, text: str, context: ArticleContext) -> bool:
        """Whether a look at an article's characters leaves room for claims of these kinds; where, the context keeps."""
        wanted = wanted_kinds(context.kinds)
        if self.parse == "all" or any(kind.names_everywhere for kind in wanted):
            return True
        context.passages = passages(text)
        context.needed = needed_passages(context.passages, wanted)
        return bool(context.needed)

    def _plan(self, doc: Doc, texts: Sequence[str]) -> Plan:
        """Which passages are parsed, and in which others the model seeks names."""
        everything = set(range(len(texts)))
        if self.parse == "all":
            return everything, set()
        context, wanted = doc._.context, wanted_kinds(doc._.context.kinds)
        parsed = context.needed
        if parsed is None or len(texts) != len(context.passages):  # one of them is so long that it was cut
            parsed = needed_passages(texts, wanted)
        if any(kind.names_everywhere for kind in wanted):
            return parsed, everything - parsed
        return parsed, introducing_passages(texts, parsed)

    def _copy(self, doc: Doc) -> Copy:
        """What the model is to read of a Doc."""
        begin(doc, text_of(doc))
        doc._.context.parsed = None
        cut = passages_of(doc)
        bounds = [where for where, _ in cut]
        written = strings(doc, "ORTH")
        words = [self.recaser(written[a:b]) for a, b in bounds]
        plan = self._plan(doc, [text for _, text in cut])
        doc._.context.parsed = [bounds[i] for i in sorted(plan[0])]
        spaces = flags(doc, "SPACY")
        units = {
            i: Doc(doc.vocab, words=words[i], spaces=spaces[slice(*bounds[i])]) for i in sorted(set().union(*plan))
        }
        return Copy(doc, bounds, plan, words, units)

    def _read(self, copies: Sequence[Copy]) -> None:
        """Run the model over the units, in place: all of it over the parsed ones, what finds names over the others."""
        full = [copy.units[i] for copy in copies for i in sorted(copy.plan[0])]
        rest = [copy.units[i] for copy in copies for i in sorted(copy.plan[1])]
        for step in self.steps:
            step.run([*full, *rest] if step.names else full)
        for unit in full:
            if unit.has_annotation("DEP"):
                mend(unit)

    def _write(self, copy: Copy) -> None:
        """Write what the model found; a passage that it did not parse gets flat heads and no tags."""
        doc, (parsed, _) = copy.doc, copy.plan
        doc._.words = list(chain.from_iterable(copy.words))
        annotations: Any = np.zeros((len(doc), len(ATTRS)), dtype=np.uint64)
        for i, (start, end) in enumerate(copy.bounds):
            unit = copy.units.get(i)
            if unit is not None:
                annotations[start:end] = unit.to_array(ATTRS)
            if i not in parsed:
                names = [(ent.start, ent.end) for ent in unit.ents] if unit is not None else []
                annotations[start:end, 0] = np.array(_flat_heads(copy.words[i], names), dtype=np.int64).view(np.uint64)
                annotations[start:end, 1] = doc.vocab.strings["dep"]
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
