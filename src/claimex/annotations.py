"""What the layers write on a Doc: small frozen records, all offsets in tokens of the Doc.

A layer finds mentions (pure) and then writes them to `doc._` (one place). Claim kinds read them from there and never
look for words themselves. `Span`s are half-open token ranges; `.start_char` and `.end_char` give code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Span, Token

    from claimex.model import ArticleRef, Bound, Entity, SourceType
    from claimex.vocabulary import DatePrecision


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A counted or measured thing: 'more than 300 Danish troops', '$5 billion', 'about 600 of them'.

    `span` covers modifier, number, adjectives and head noun; `number` the number words alone ('300'); `head` is the
    unit's head noun, or None for a bare number ('six others' has head 'others' with `unit` None).
    """

    span: Span
    number: Span
    head: Token | None
    unit: str | None
    value: float | int | None
    low: float | int | None
    high: float | int | None
    bound: Bound
    elliptic: bool = False
    """True where the counted noun is only understood: 'six others', '30 more', 'killed 41'."""

    @property
    def start(self) -> int:
        """First code point."""
        return self.span.start_char

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.span.end_char

    @property
    def text(self) -> str:
        """The words as written."""
        return self.span.text


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as said, with the interval it can mean (ISO dates, None when it cannot be resolved)."""

    span: Span
    precision: DatePrecision
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A name in the text and the canonical entity that it names. `reading` is metonym for 'Moscow announced'."""

    span: Span
    label: str
    entity: Entity
    reading: Literal["literal", "metonym"] = "literal"


@dataclass(frozen=True, slots=True)
class TreatyMention:
    """An agreement noun phrase: 'the military treaty between X and Y', 'This pact', 'it'.

    `head` is the agreement noun. Mentions of one treaty share `name` (the fullest in the article) and `parties`.
    """

    span: Span
    head: Token
    name: str
    type: str
    parties: tuple[Entity, ...]
    chain: int
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Coreference:
    """An anaphor ('he', 'the two countries', 'these soldiers', 'the group') and what it stands for."""

    anaphor: Span
    antecedent: Span
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class AttributionMention:
    """Who says what: 'X said that Y'. `content` is what is said, `source` None when nobody is named.

    `resolved` is the antecedent's Span where `source` is a pronoun or a bare title. `reporting` is False where the
    source wishes, plans or judges rather than vouches for the content: 'hopes to sign', 'rejected the plan'.
    """

    source: Span | None
    cue: Span
    content: Span | None
    type: SourceType
    via: Span | None = None
    resolved: Span | None = None
    rule: str = ""
    reporting: bool = True


@dataclass(slots=True)
class ArticleContext:
    """What the pipeline must know about a text beside its characters. Travels in `doc._.context`."""

    article: ArticleRef | None = None
    kinds: tuple[str, ...] | None = None
    passages: list[str] | None = None
    """The text cut into passages, where somebody has looked over its characters."""
    needed: set[int] | None = None
    """Which of them have to be parsed."""
    parsed: list[tuple[int, int]] | None = None
    """Token ranges of the passages that were parsed; None where no reader has said."""

    @property
    def names_only(self) -> bool:
        """Whether no passage can hold a claim of the kinds asked for but those of names: most layers may rest."""
        return self.parsed == []


class Layers(dict[str, Any]):
    """What the layers have written on a Doc, by name, in `written`; as a dict it is empty.

    Spans and Tokens have no bytes of their own, and a Doc with claims must still go into a DocBin, a pickle or another
    process: there this counts as an empty dict, and the Doc comes back bare.
    """

    def __init__(self) -> None:
        self.written: dict[str, Any] = {}
        self.promised: dict[str, Callable[[Doc], Any]] = {}
        """What finds the rest, once it is asked for."""

    def __reduce__(self) -> tuple[type[Layers], tuple[()]]:
        return Layers, ()


def _layers(doc: Doc) -> Layers:
    kept = doc.user_data.get("claimex")
    if not isinstance(kept, Layers):
        doc.user_data["claimex"] = kept = Layers()
    return kept


def layers(doc: Doc) -> dict[str, Any]:
    """What the layers have written on a Doc, by name; what is promised and was not asked for is not in it."""
    return _layers(doc).written


def promise(doc: Doc, name: str, find: Callable[[Doc], Any]) -> None:
    """Let a layer be found when it is first asked for, in place of what stands there."""
    kept = _layers(doc)
    kept.written.pop(name, None)
    kept.promised[name] = find


def layer(doc: Doc, name: str, default: Callable[[], Any] = list) -> Any:
    """What a layer has written on a Doc; an empty `default` where none has seen it."""
    kept = _layers(doc)
    if name not in kept.written:
        find = kept.promised.get(name)
        kept.written[name] = find(doc) if find is not None else default()
    return kept.written[name]


def entity_at(doc: Doc, token_index: int) -> EntityMention | None:
    """The entity mention that covers a token, or None."""
    return mentions_by_token(doc).get(token_index)


def mentions_by_token(doc: Doc) -> dict[int, EntityMention]:
    """The entity mention that covers each token that one covers; made once for the mentions of a Doc."""
    mentions, kept = doc._.entity_mentions, layers(doc)
    if "mentions by token" not in kept or kept["mentions by token"][0] is not mentions:
        kept["mentions by token"] = mentions, {i: m for m in mentions for i in range(m.span.start, m.span.end)}
    return kept["mentions by token"][1]  # type: ignore[no-any-return]
