"""The one place that makes an nlp object and orders its components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import spacy

from claimex.components.extensions import register

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class SafeTokenizer:
    """spaCy's tokenizer, but a lone surrogate, which has no UTF-8, becomes U+FFFD. Offsets stay as they are."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Tokenize one text."""
        return self.tokenizer(LONE_SURROGATE.sub("\ufffd", text))  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["tokenizer"], name)


def build_nlp(model: str | None = None, *, parse: Literal["all", "needed"] = "all") -> Language:
    """The whole pipeline: tokenizer, a trained model read paragraph by paragraph, the layers, the claims.

    With `parse="needed"` paragraphs that cannot hold a claim of the kinds asked for are not parsed.

    Raises ModelError when the model is not installed.
    """
    register()
    nlp = spacy.blank("en")
    nlp.tokenizer = SafeTokenizer(nlp.tokenizer)
    nlp.add_pipe("claimex_reader", config={"model": model, "parse": parse})
    for name in LAYERS:
        nlp.add_pipe(name)
    return nlp
