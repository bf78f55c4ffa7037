"""The one place that makes an nlp object and orders its components."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Literal

import spacy

from claimex.components.extensions import register
from claimex.components.tokenizer import SafeTokenizer
from claimex.errors import PluginError
from claimex.plugins import COMPONENTS

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
)
CLAIMS = "claimex_claims"


def build_nlp(model: str | None = None, *, parse: Literal["all", "needed"] = "all") -> Language:
    """The whole pipeline: tokenizer, a trained model read paragraph by paragraph, the layers, the claims.

    With `parse="needed"` paragraphs that cannot hold a claim of the kinds asked for are not parsed.

    Raises ModelError when the model is not installed, PluginError for a component or a kind of another package that
    cannot be loaded.
    """
    register()
    nlp = spacy.blank("en")
    nlp.tokenizer = SafeTokenizer(nlp.tokenizer)
    nlp.add_pipe("claimex_reader", config={"model": model, "parse": parse})
    for name in LAYERS:
        nlp.add_pipe(name)
    _add_components(nlp)
    nlp.add_pipe(CLAIMS)
    return nlp


def _add_components(nlp: Language) -> None:
    """The layers of other packages: behind claimex's own, before the claims."""
    for point in sorted(entry_points(group=COMPONENTS), key=lambda point: point.name):
        try:
            point.load()
            nlp.add_pipe(point.name)
        except Exception as error:
            package, cause = point.dist.name if point.dist else point.value, f"{type(error).__name__}: {error}"
            raise PluginError(
                f"the component {point.name!r} of the package {package} cannot be loaded ({cause}); "
                "mend the package or uninstall it"
            ) from error
