"""A trained pipeline run faster: the same weights and decisions, less time for each word.

Two costs of spaCy's own loop fall away. Its matrix products go through BLIS, which is about three times as slow as
the BLAS that comes with NumPy; and its transition steps release the interpreter lock and take it again for nearly every
transition that they weigh, which holding on to it avoids.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from thinc.api import NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

UNITS_AT_ONCE = 64


def prepare(nlp: Language) -> None:
    """Let the layers of a pipeline that computes on the processor use NumPy's BLAS."""
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        network: Any = getattr(component, "model", None)
        for node in network.walk() if hasattr(network, "walk") else ():
            if type(node.ops) is not NumpyOps:
                return
            node.ops = ops


def annotate(component: Any, units: Sequence[Doc]) -> None:
    """Run one component over Docs, in place."""
    greedy = hasattr(component, "transition_states") and component.cfg.get("beam_width", 1) == 1
    if not greedy or not isinstance(component.model.ops, NumpyOps):
        deque(component.pipe(units, batch_size=UNITS_AT_ONCE), maxlen=0)
        return
    # Units of like length together: a batch takes as many steps as its longest unit has.
    ordered = sorted(units, key=len)
    for start in range(0, len(ordered), UNITS_AT_ONCE):
        batch = ordered[start : start + UNITS_AT_ONCE]
        component.set_annotations(batch, _transitions(component, batch))


def _transitions(parser: Any, batch: list[Doc]) -> list[Any]:
    """The final states of a greedy parser or recogniser: its own loop with the interpreter lock held."""
    network, states = parser.model.predict(batch), parser.moves.init_batch(batch)
    going = [state for state in states if not state.is_final()]
    while going:
        going = parser.transition_states(going, network.predict(going))
    return states  # type: ignore[no-any-return]
