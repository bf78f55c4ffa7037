"""spaCy's word vectors in context, computed with less work: the same weights, the same vectors but for rounding.

A word's own vector, before its neighbours are looked at, depends on nothing but the word: it is computed once and kept.
The layers over it run in buffers of a few hundred words, which stay in the processor's cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model

from claimex.components.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WORDS_KEPT = 4_000
"""Words that come again; others are computed each time, so that memory stays bounded."""
WORDS_AT_ONCE = 1_000
LEXICAL = frozenset({"ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "SPACY"})
"""Attributes that a word and the space behind it settle."""
EPSILON = 1e-8


def quicker(tok2vec: Any) -> Any:
    """A model that gives the vectors of a tok2vec model; the model itself where it is not of spaCy's usual make."""
    if not {"embed", "encode"} <= set(tok2vec.ref_names):
        return tok2vec
    embed, encode = tok2vec.get_ref("embed"), tok2vec.get_ref("encode")
    words, layers = Words.of(embed), Layers.of(encode)
    if words is None or layers is None:
        return tok2vec

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Any]:
        vectors = [v for batch in batches(docs) for v in layers(words(batch), [len(doc) for doc in batch])]
        return vectors, None

    return Model("claimex_vectors", forward, dims={"nO": tok2vec.get_dim("nO")})


def batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The Docs in batches of about WORDS_AT_ONCE words: what is worked out for each of them is held together."""
    batch: list[Doc] = []
    words = 0
    for doc in docs:
        if batch and words + len(doc) > WORDS_AT_ONCE:
            yield batch
            batch, words = [], 0
        batch.append(doc)
        words += len(doc)
    if batch:
        yield batch


class Words:
    """The vectors of words by themselves."""

    def __init__(self, embed: Any) -> None:
        self.embed = embed
        self.row: dict[int, int] = {}
        self.seen = Seen()
        # Written to at once: a process that has read much then takes no more memory than one that begins.
        self.vectors = np.full((WORDS_KEPT, embed.get_dim("nO")), 0, dtype=np.float32)

    @classmethod
    def of(cls, embed: Any) -> Words | None:
        """The vectors of an embedding; None where it looks at more than a word."""
        features = embed.layers[0] if embed.layers else embed
        if features.name != "extract_features":
            return None
        return cls(embed) if LEXICAL.issuperset(features.attrs["columns"]) else None

    def __call__(self, docs: Sequence[Doc]) -> Any:
        """The vectors of every word of the Docs, one a row."""
        asked = np.concatenate([doc.to_array(["ORTH", "SPACY"]) for doc in docs])
        keys = ((asked[:, 0] << np.uint64(1)) | asked[:, 1]).tolist()
        row = self.row
        first = {key: i for i, key in enumerate(keys) if key not in row}
        if not first:
            return self.vectors[[row[key] for key in keys]]
        new = {key: WORDS_KEPT + n for n, key in enumerate(first)}
        places = np.array([row[key] if key in row else new[key] for key in keys])
        is_new = places >= WORDS_KEPT
        vectors = self._worked_out(docs[0].vocab, asked[list(first.values())])
        found = np.empty((len(keys), vectors.shape[1]), dtype=np.float32)
        found[~is_new] = self.vectors[places[~is_new]]
        found[is_new] = vectors[places[is_new] - WORDS_KEPT]
        self._keep(first, vectors)
        return found

    def _keep(self, new: Iterable[int], vectors: Any) -> None:
        """Keep of new words those that came before, as far as there is room."""
        for key, vector in zip(new, vectors, strict=True):
            if self.seen.again(key) and len(self.row) < WORDS_KEPT:
                self.vectors[len(self.row)] = vector
                self.row[key] = len(self.row)

    def _worked_out(self, vocab: Any, asked: Any) -> Any:
        """The vectors of words by form and the space behind them."""
        words = [vocab.strings[form] for form in asked[:, 0].tolist()]
        return self.embed.predict([Doc(vocab, words=words, spaces=asked[:, 1].astype(bool).tolist())])[0]


class Layers:
    """Convolutions over the words, each with maxout, layer normalisation and a residual connection."""

    def __init__(self, blocks: Sequence[tuple[Any, Any, Any, Any]], pad: int) -> None:
        self.blocks = blocks
        """Weights, bias, scale, shift; the pieces of a maxout stand side by side, so that NumPy compares whole rows."""
        self.pad = pad
        self.width = len(blocks[0][2])

    @classmethod
    def of(cls, encode: Any) -> Layers | None:
        """The layers of an encoder; None for another kind."""
        blocks = []
        for residual in encode.layers[0].layers if encode.name.startswith("with_array") else ():
            parts = {node.name: node for node in residual.walk() if not node.layers}
            if not parts.keys() <= {"expand_window", "maxout", "layernorm", "dropout"}:
                return None
            if "layernorm" not in parts or parts["expand_window"].attrs["window_size"] != 1:
                return None
            weights, bias = parts["maxout"].get_param("W"), parts["maxout"].get_param("b")
            outputs, pieces, inputs = weights.shape
            stacked = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs))
            norm = parts["layernorm"]
            blocks.append((stacked, bias.T.reshape(-1), norm.get_param("G"), norm.get_param("b")))
        return cls(blocks, encode.attrs["pad"]) if blocks else None

    def __call__(self, words: Any, lengths: Sequence[int]) -> list[Any]:
        """The vectors of texts of these lengths, one array a text."""
        width, pad = self.width, self.pad
        starts = np.cumsum([pad, *(length + pad for length in lengths)])[:-1]
        rows = np.concatenate([np.arange(start, start + length) for start, length in zip(starts, lengths, strict=True)])
        x = np.zeros((len(words) + pad * (len(lengths) + 1), width), dtype=np.float32)
        x[rows] = words
        window = np.zeros((len(x), 3 * width), dtype=np.float32)
        out = np.empty((len(x), self.blocks[0][0].shape[1]), dtype=np.float32)
        for weights, bias, scale, shift in self.blocks:
            window[1:, :width] = x[:-1]
            window[:, width : 2 * width] = x
            window[:-1, 2 * width :] = x[1:]
            np.matmul(window, weights, out=out)
            out += bias
            best = out[:, :width]
            for piece in range(width, out.shape[1], width):
                np.maximum(best, out[:, piece : piece + width], out=best)
            best -= best.mean(axis=1, keepdims=True)
            spread = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width) + np.float32(EPSILON)
            best *= spread ** np.float32(-0.5)
            best *= scale
            best += shift
            x += best
        return [x[start : start + length] for start, length in zip(starts, lengths, strict=True)]
