"""From an annotated Doc to its explanation, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from claimex.claims import wanted_kinds
from claimex.components.factuality import read
from claimex.components.looking import needed_passages
from claimex.components.passages import passages_of
from claimex.explanation.model import (
    Agreed,
    Anaphor,
    Counted,
    Dated,
    Event,
    Explanation,
    Made,
    Mark,
    Named,
    PassedOver,
    Said,
    Sentence,
    Token,
)
from claimex.rule_listing import listed_rules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from claimex.claims.verdict import Verdict

T = TypeVar("T")


def explain(doc: Doc, *, search: str | None = None) -> Explanation:
    """What every layer and kind saw in a Doc; only the sentences with some words where `search` names them."""
    context = doc._.context
    wanted = [s for s in doc.sents if s.text.strip() and (search is None or search.casefold() in s.text.casefold())]
    verdicts = [(kind.name, verdict) for kind in wanted_kinds(context.kinds) for verdict in kind.explain(doc)]
    group = _Groups(wanted)
    layers = {
        "quantities": group.of(doc._.quantities, lambda m: m.span, _counted),
        "dates": group.of(doc._.dates, lambda m: m.span, _dated),
        "entities": group.of(doc._.entity_mentions, lambda m: m.span, _named),
        "treaties": group.of(doc._.treaties, lambda m: m.span, _agreed),
        "coreferences": group.of(doc._.coreferences, lambda m: m.anaphor, _anaphor),
        "attributions": group.of(doc._.attributions, lambda m: m.cue, _said),
        "events": group.of(_events(doc), lambda event: event[0], lambda event: event[1]),
        "claims": group.of(_claims(doc, verdicts), lambda made: made[0], lambda made: made[1]),
        "passed_over": group.of(_passed_over(verdicts), lambda passed: passed[0], lambda passed: passed[1]),
    }
    parsed = _parsed(doc)
    sentences = tuple(
        Sentence(
            **_words(sentence),
            parsed=sentence.start in parsed,
            tokens=_tokens(sentence),
            **{name: tuple(found[n]) for name, found in layers.items()},
        )
        for n, sentence in enumerate(wanted)
    )
    return Explanation(article=context.article.id if context.article else "text", sentences=sentences)


class _Groups:
    """Sorts what the layers found by the sentence that it begins in."""

    def __init__(self, sentences: Sequence[Span]) -> None:
        self.sentences = sentences
        self.starts = [sentence.start for sentence in sentences]

    def of(self, items: Iterable[T], span: Callable[[T], Span], record: Callable[[T], Any]) -> list[list[Any]]:
        """The records of each sentence."""
        groups: list[list[Any]] = [[] for _ in self.sentences]
        for item in items:
            n = bisect_right(self.starts, span(item).start) - 1
            if n >= 0 and span(item).start < self.sentences[n].end:
                groups[n].append(record(item))
        return groups


def _parsed(doc: Doc) -> set[int]:
    """The tokens of the passages that `extract` parses unless it is told to parse all."""
    cut = passages_of(doc)
    needed = needed_passages([text for _, text in cut], wanted_kinds(doc._.context.kinds))
    return {i for n in needed for i in range(*cut[n][0])}


def _words(span: Span) -> dict[str, Any]:
    text = span.text.rstrip()
    return {"text": text, "start": span.start_char, "end": span.start_char + len(text)}


def _tokens(sentence: Span) -> tuple[Token, ...]:
    words = [token for token in sentence if not token.is_space]
    place = {token.i: n for n, token in enumerate(words)}
    return tuple(
        Token(text=t.text, lemma=t.lemma_, tag=t.tag_, dep=t.dep_, head=place.get(t.head.i, n))
        for n, t in enumerate(words)
    )


def _counted(m: Any) -> Counted:
    return Counted(**_words(m.span), value=m.value, low=m.low, high=m.high, bound=m.bound, unit=m.unit)


def _dated(m: Any) -> Dated:
    return Dated(**_words(m.span), precision=m.precision, earliest=m.earliest, latest=m.latest)


def _named(m: Any) -> Named:
    return Named(**_words(m.span), **m.entity.model_dump(), label=m.label, reading=m.reading)


def _agreed(m: Any) -> Agreed:
    parties = tuple(entity.name for entity in m.parties)
    antecedent = m.antecedent.text if m.antecedent is not None else None
    return Agreed(**_words(m.span), name=m.name, type=m.type, parties=parties, antecedent=antecedent)


def _anaphor(m: Any) -> Anaphor:
    names = tuple(entity.name for entity in m.entities)
    return Anaphor(**_words(m.anaphor), antecedent=m.antecedent.text, entities=names)


def _said(m: Any) -> Said:
    text = {name: span.text if span is not None else None for name, span in (
        ("source", m.source), ("resolved", m.resolved), ("content", m.content), ("via", m.via))}  # fmt: skip
    return Said(**_words(m.cue), **text, type=m.type, reporting=m.reporting, rule=m.rule)


def _events(doc: Doc) -> Iterator[tuple[Span, Event]]:
    _, marks = read(doc)
    for token in doc:
        value = token._.factuality
        if value is not None:
            span = doc[token.i : token.i + 1]
            told = tuple(Mark(cue=doc[m.cue].text, value=m.value, rule=m.rule) for m in marks[token.i])
            yield span, Event(**_words(span), value=value, marks=told)


def _claims(doc: Doc, verdicts: Sequence[tuple[str, Verdict]]) -> Iterator[tuple[Span, Made]]:
    notes = {rule.id: rule.note for rule in listed_rules()}
    whys = {(kind, v.span.start_char, v.span.end_char): v.why for kind, v in verdicts if v.made}
    for claim in doc._.claims:
        said = claim.evidence
        span = doc.char_span(said.start, said.end, alignment_mode="expand")
        made = Made(
            text=said.quote,
            start=said.start,
            end=said.end,
            kind=claim.kind,
            id=claim.id,
            rule=said.rule,
            note=notes.get(said.rule),
            why=whys.get((claim.kind, said.start, said.end)),
        )
        if span is not None:
            yield span, made


def _passed_over(verdicts: Sequence[tuple[str, Verdict]]) -> Iterator[tuple[Span, PassedOver]]:
    for kind, verdict in verdicts:
        if not verdict.made:
            yield verdict.span, PassedOver(**_words(verdict.span), kind=kind, code=verdict.code, why=verdict.why)
