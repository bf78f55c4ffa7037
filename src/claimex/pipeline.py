"""The one place that makes an nlp object and orders its components."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Literal

import spacy
from spacy.tokens import Doc

from claimex.components.extensions import register
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

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


LONG_RUN = re.compile(r"\S{500}")
"""Characters without a space that no word has. spaCy's tokenizer takes time in the square of such a run."""


class SafeTokenizer:
    """spaCy's tokenizer for text that strangers wrote; offsets stay as they are.

    A lone surrogate, which has no UTF-8, becomes U+FFFD, and a run of characters without a space is cut in pieces.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Tokenize one text."""
        text = LONE_SURROGATE.sub("\ufffd", text)
        if not LONG_RUN.search(text):
            return self.tokenizer(text)  # type: ignore[no-any-return]
        pieces, start = [], 0
        for run in LONG_RUN.finditer(text):
            pieces += [text[start : run.start()], run[0]]
            start = run.end()
        tokens = [token for piece in (*pieces, text[start:]) for token in self.tokenizer(piece)]
        return Doc(self.vocab, words=[t.text for t in tokens], spaces=[bool(t.whitespace_) for t in tokens])

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["tokenizer"], name)


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
