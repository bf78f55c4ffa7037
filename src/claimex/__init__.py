"""Typed, traceable claims from war reporting: troop counts, treaty events and the entities in them."""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.extract import extract
    from claimex.store import read_claims

__all__ = ["__version__", "extract", "load", "read_claims"]
__version__ = version("claimex")

logging.getLogger("claimex").addHandler(logging.NullHandler())


def load(model: str | None = None) -> Language:
    """The whole pipeline as a spaCy Language; `model` names another trained model to read with.

    Raises ModelError when the model is not installed.
    """
    from claimex.pipeline import build_nlp

    return build_nlp(model)


def __getattr__(name: str) -> Any:
    # The command line shows claims without spaCy: nothing heavy is imported before it is asked for.
    if name == "extract":
        from claimex.extract import extract

        return extract
    if name == "read_claims":
        from claimex.store import read_claims

        return read_claims
    raise AttributeError(f"module 'claimex' has no attribute {name!r}")
