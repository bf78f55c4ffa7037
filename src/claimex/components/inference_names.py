"""spaCy's greedy name recogniser without its loop over tokens: the same weights, the same decisions.

Outside a name the recogniser sees nothing but the word itself, so that all words of a batch are decided on at once.
Only inside a name does it look back to where the name began: there all names go on in step, a word at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

FEATURES = 3
"""What a decision sees: the word, the first word of the name that is open, the word before in that name."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The recogniser's decisions: columns of its scores, by what they do."""

    outside: Any
    """Columns of what can be decided where no name is open: none begins, one of one word, one of more."""
    begins: Any
    units: Any
    labels: list[str]
    """Label of each column; '' for none."""
    inside: Any
    """By the column that begins a name: the column that goes on with it, and the one that ends it."""
    last: Any

    @classmethod
    def of(cls, recogniser: Any) -> Moves | None:
        """The moves of a recogniser; None for one of another kind."""
        moves = recogniser.moves
        names = [moves.get_class_name(i) for i in range(moves.n_moves)]
        column = {name: i for i, name in enumerate(names)}
        labels = [name.partition("-")[2] for name in names]
        begins = [i for i, name in enumerate(names) if name.startswith("B-")]
        units = [i for i, name in enumerate(names) if name.startswith("U-") and labels[i]]
        if "O" not in column or not all(column[f"I-{labels[i]}"] < column[f"L-{labels[i]}"] for i in begins):
            return None  # of two that score the same the first is taken
        inside, last = np.zeros((2, len(names)), dtype=np.int64)
        for i in begins:
            inside[i], last[i] = column[f"I-{labels[i]}"], column[f"L-{labels[i]}"]
        outside = np.array(sorted([column["O"], *begins, *units]))
        return cls(outside, np.array(begins), np.array(units), labels, inside, last)


class Recogniser:
    """Finds names as a spaCy recogniser does."""

    def __init__(self, component: Any, moves: Moves) -> None:
        self.component = component
        self.moves = moves
        self.tok2vec, self.lower, self.upper = component.model.layers
        self.bias = self.lower.get_param("b")
        pad = self.lower.get_param("pad")[0]
        self.closed_bias = pad[1] + pad[2] + self.bias

    @classmethod
    def of(cls, component: Any) -> Recogniser | None:
        """The stand-in for a component; None where it is no greedy recogniser of spaCy's usual make."""
        if type(component) is not EntityRecognizer:
            return None
        model = component.model
        if (model.layers[1].get_dim("nF"), model.layers[1].get_dim("nP") > 1) != (FEATURES, True):
            return None
        moves = Moves.of(component)
        return cls(component, moves) if moves is not None else None

    def annotate(self, units: Sequence[Doc]) -> None:
        """Write the names of Docs that hold none yet."""
        found: list[list[Span]] = [[] for _ in units]
        if any(len(unit) for unit in units):
            for k, start, end, label in self._names(units):
                found[k].append(Span(units[k], start, end, label=label))
        for unit, names in zip(units, found, strict=True):
            unit.set_ents(names)

    def _names(self, units: Sequence[Doc]) -> Iterator[tuple[int, int, int, str]]:
        """Unit, first token, one past the last, label."""
        flags = np.concatenate([unit.to_array(["IS_SPACE", "SENT_START"]) for unit in units])
        ends = np.cumsum([len(unit) for unit in units])
        # A name never runs over the end of a sentence.
        goes_on = np.append(flags[1:, 1] != 1, False)
        goes_on[ends[ends > 0] - 1] = False
        features = self.lower.predict(self.tok2vec.predict(units))[1:]
        chosen = self._outside(features, flags[:, 0] == 1, goes_on)
        starts = np.flatnonzero(np.isin(chosen, self.moves.begins))
        stops = np.arange(1, len(chosen) + 1)
        stops[starts] = self._inside(features, starts, chosen[starts], goes_on)
        labels, k, first, end = self.moves.labels, 0, 0, 0
        for start in np.flatnonzero([bool(labels[move]) for move in chosen.tolist()]).tolist():
            if start < end:
                continue
            end = int(stops[start])
            while start >= ends[k]:
                first = int(ends[k])
                k += 1
            yield k, start - first, end - first, labels[chosen[start]]

    def _outside(self, features: Any, spaces: Any, goes_on: Any) -> Any:
        """The move at every word, were no name open there."""
        scores = self.upper.predict(_best(features[:, 0], self.closed_bias))
        scores[np.ix_(spaces | ~goes_on, self.moves.begins)] = -np.inf
        scores[np.ix_(spaces, self.moves.units)] = -np.inf
        return self.moves.outside[scores[:, self.moves.outside].argmax(axis=1)]

    def _inside(self, features: Any, starts: Any, moves: Any, goes_on: Any) -> Any:
        """One past the last word of each name that begins at one of `starts`."""
        inside, last = self.moves.inside[moves], self.moves.last[moves]
        at = starts + 1
        open_ = np.arange(len(starts))
        while len(open_):
            word = at[open_]
            seen = features[word, 0] + features[starts[open_], 1] + features[word - 1, 2]
            scores = self.upper.predict(_best(seen, self.bias))
            row = np.arange(len(open_))
            on = goes_on[word] & (scores[row, inside[open_]] >= scores[row, last[open_]])
            at[open_] += 1
            open_ = open_[on]
        return at


def _best(features: Any, bias: Any) -> Any:
    """The larger piece of each maxout unit. NumPy is slow to reduce a last axis as short as this one."""
    found = features[..., 0] + bias[..., 0]
    for piece in range(1, features.shape[-1]):
        np.maximum(found, features[..., piece] + bias[..., piece], out=found)
    return found
