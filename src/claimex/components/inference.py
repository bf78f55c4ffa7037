"""A trained pipeline run faster: the same weights and decisions, less time for each word.

spaCy's own way does not need most of its time. Its matrix products go through BLIS, which is about three times as slow
as the BLAS that comes with NumPy; its parser releases the interpreter lock and takes it again for nearly every
transition that it weighs, or else prepares to learn from each; and what depends on a word alone is computed anew each
time the word comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import NumpyOps

from claimex.components.inference_names import Recogniser
from claimex.components.inference_vectors import batches, quicker
from claimex.components.inference_words import WordTable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    Run = Callable[[Sequence[Doc]], None]

UNITS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Step:
    """One step of reading: the component whose work it does, over Docs in place, and whether names come from it."""

    name: str
    run: Run
    names: bool


def steps(nlp: Language) -> list[Step]:
    """The components of a pipeline as steps; those of another make than the usual run as spaCy runs them."""
    quick = _use_numpy(nlp)
    table = WordTable.of(nlp)
    found = []
    for name, component in nlp.pipeline:
        if table is not None and component is table.lemmatizer:
            continue
        run: Run = partial(_annotate, component)
        if table is not None and component is table.ruler:
            run = table.annotate
        elif quick and _is_plain(component):
            recogniser = Recogniser.of(component)
            annotate = recogniser.annotate if recogniser is not None else partial(_transitions, component)
            run = partial(_in_batches, annotate)
        names = name == "ner" or "ner" in getattr(component, "listening_components", ())
        found.append(Step(name, run, names))
    return found


def _use_numpy(nlp: Language) -> bool:
    """Let the networks of a pipeline use NumPy's BLAS; False where one computes elsewhere, and then none is changed."""
    components: list[Any] = [c for _, c in nlp.pipeline if hasattr(getattr(c, "model", None), "walk")]
    nodes = [node for component in components for node in component.model.walk()]
    if any(type(node.ops) is not NumpyOps for node in nodes):
        return False
    ops = NumpyOps(use_blis=False)
    for node in nodes:
        node.ops = ops
        node.layers[:] = [quicker(layer) for layer in node.layers]
    for component in components:
        component.model = quicker(component.model)
    return True


def _annotate(component: Any, units: Sequence[Doc]) -> None:
    """Run one component over Docs as spaCy does."""
    deque(component.pipe(units, batch_size=UNITS_AT_ONCE), maxlen=0)


def _in_batches(annotate: Run, units: Sequence[Doc]) -> None:
    """Run a step over Docs of like length together: a batch takes as many turns as its longest Doc has."""
    for batch in batches(sorted(units, key=len)):
        annotate(batch)


def _is_plain(component: Any) -> bool:
    """Whether a component is a greedy parser that scores its moves in the usual way."""
    if not hasattr(component, "transition_states") or component.cfg.get("beam_width", 1) != 1:
        return False
    return bool(component.model.attrs["has_upper"]) and not component.model.attrs["unseen_classes"]


def product(rows: Any, weights: Any) -> Any:
    """Matrix product whose rows have the same bits whatever rows are beside them.

    For that the weights have to be contiguous, and a single row does not go by itself: NumPy has other routines for
    few rows of other matrices and for one, which round in another way.
    """
    return rows @ weights if len(rows) > 1 else (np.repeat(rows, 2, axis=0) @ weights)[: len(rows)]


def _transitions(parser: Any, batch: Sequence[Doc]) -> None:
    """The loop of a greedy parser: all Docs take a step together, and nothing is kept to learn from."""
    network, states = parser.model.predict(batch), parser.moves.init_batch(batch)
    upper = parser.model.get_ref("upper")
    weights, bias = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
    going = [state for state in states if not state.is_final()]
    while going:
        scores = product(network.state2vec.predict(network.get_token_ids(going)), weights)
        scores += bias
        going = parser.transition_states(going, scores)
    parser.set_annotations(batch, states)
    # It refers to itself, and to what every layer computed for every token.
    network.clear_memory()
