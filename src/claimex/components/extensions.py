"""The attributes that the layers write: registered in one visible place, before any component is made."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from claimex.annotations import ArticleContext, layer, layers

LISTS = (
    "quantities",
    "dates",
    "entity_mentions",
    "treaties",
    "coreferences",
    "attributions",
    "claims",
)


def _list(name: str) -> None:
    """A list; a Doc which no layer has seen answers with an empty one."""

    def get(doc: Doc) -> list[object]:
        return layer(doc, name)  # type: ignore[no-any-return]

    def set_(doc: Doc, value: list[object]) -> None:
        layers(doc)[name] = value

    Doc.set_extension(name, getter=get, setter=set_, force=True)


def _words(doc: Doc) -> list[str]:
    return layers(doc).get("words") or [token.text for token in doc]


def _set_words(doc: Doc, words: list[str]) -> None:
    layers(doc)["words"] = words


def _context(doc: Doc) -> ArticleContext:
    return layer(doc, "context", ArticleContext)  # type: ignore[no-any-return]


def _set_context(doc: Doc, context: ArticleContext) -> None:
    layers(doc)["context"] = context


def _factuality(token: Token) -> str | None:
    return layer(token.doc, "factuality", dict).get(token.i)  # type: ignore[no-any-return]


def _set_factuality(token: Token, value: str) -> None:
    layer(token.doc, "factuality", dict)[token.i] = value


def register() -> None:
    """Register every extension; safe to call again."""
    for name in LISTS:
        _list(name)
    Doc.set_extension("words", getter=_words, setter=_set_words, force=True)
    Doc.set_extension("context", getter=_context, setter=_set_context, force=True)
    Token.set_extension("factuality", getter=_factuality, setter=_set_factuality, force=True)
