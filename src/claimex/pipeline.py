"""The one place that makes an nlp object and orders its components."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from claimex.components.extensions import register

if TYPE_CHECKING:
    from spacy.language import Language

LAYERS = (
    "claimex_quantities",
    "claimex_dates",
    "claimex_entities",
    "claimex_treaties",
    "claimex_coreference",
    "claimex_attribution",
    "claimex_factuality",
    "claimex_claims",
)


def build_nlp(model: str | None = None) -> Language:
    """The whole pipeline: tokenizer, a trained model read paragraph by paragraph, the layers, the claims.

    Raises ModelError when the model is not installed.
    """
    register()
    nlp = spacy.blank("en")
    nlp.add_pipe("claimex_reader", config={"model": model})
    for name in LAYERS:
        nlp.add_pipe(name)
    return nlp
