"""An explanation for people: each sentence, and below it a line for everything that was seen in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimex.cli.screen import console_on
from claimex.wording import figure, printable

if TYPE_CHECKING:
    from claimex.explanation.model import Dated, Event, Explanation, Made, Named, Said, Sentence

Line = tuple[str, str]
"""What it is, and the words."""
PLAIN = ("asserted", "reported")
LABEL = len("stands for")


def print_explanation(explanation: Explanation, stream: TextIO, *, tokens: bool = False) -> None:
    """The sentences of one text, a blank line behind each."""
    console = console_on(stream)
    for sentence in explanation.sentences:
        console.print(Text(printable(sentence.text), style="bold"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True, style="dim", min_width=LABEL)
        table.add_column(overflow="fold")
        last = ""
        for label, words in (*(_words_of(sentence) if tokens else ()), *_lines(sentence)):
            table.add_row(Text(label if label != last else ""), Text(printable(words)))
            last = label
        console.print(Padding(table, (0, 0, 1, 2), expand=False))


def _words_of(sentence: Sentence) -> Iterator[Line]:
    for n, token in enumerate(sentence.tokens):
        head = f"of {sentence.tokens[token.head].text!r}" if token.head != n else "of the sentence"
        yield "words", f"{token.text}  {token.tag}, {token.dep} {head}, lemma {token.lemma}"


def _lines(sentence: Sentence) -> Iterator[Line]:
    for counted in sentence.quantities:
        unit = f"unit {counted.unit}" if counted.unit else "no unit of its own"
        yield "quantity", f"{counted.text}: {figure(counted.model_dump())}, {unit}"
    for dated in sentence.dates:
        yield "date", f"{dated.text}: {_interval(dated)}"
    for named in sentence.entities:
        yield "name", _name(named)
    for agreed in sentence.treaties:
        parties = f"; parties {', '.join(agreed.parties)}" if agreed.parties else ""
        back = f"; points back to {agreed.antecedent!r}" if agreed.antecedent else ""
        yield "agreement", f"{agreed.text}: {agreed.type.replace('_', ' ')} {agreed.name!r}{parties}{back}"
    for anaphor in sentence.coreferences:
        meant = f", {', '.join(anaphor.entities)}" if anaphor.entities else ""
        yield "stands for", f"{anaphor.text}: {anaphor.antecedent!r}{meant}"
    for said in sentence.attributions:
        yield "says so", _source(said)
    yield from (("event", line) for line in _events(sentence.events))
    for made in sentence.claims:
        yield "claim", _claim(made)
    for passed in sentence.passed_over:
        yield "no claim", f"{passed.text}: no {passed.kind.replace('_', ' ')} ({passed.code}): {passed.why}"
    if sentence.claims and not sentence.parsed:
        yield "note", "extract parses this sentence only with --exhaustive"


def _interval(dated: Dated) -> str:
    if dated.earliest is None and dated.latest is None:
        return f"{dated.precision}, not resolvable without a date of publication"
    if dated.earliest == dated.latest:
        return f"{dated.precision}, {dated.earliest}"
    return f"{dated.precision}, {dated.earliest or 'open'} to {dated.latest or 'open'}"


def _name(named: Named) -> str:
    reading = ", meaning the government" if named.reading == "metonym" else ""
    return f"{named.text}: {named.name} ({named.id}), {named.type.replace('_', ' ')}{reading}"


def _source(said: Said) -> str:
    who = said.source or "nobody named"
    who += f" (that is, {said.resolved})" if said.resolved and said.resolved != said.source else ""
    via = f" via {said.via}" if said.via and said.via != said.source else ""
    wish = "" if said.reporting else ", a wish, plan or judgement"
    content = f": {said.content!r}" if said.content else ""
    return f"{who}{via}, {said.text!r} ({said.type}{wish}; {said.rule}){content}"


def _events(events: tuple[Event, ...]) -> Iterator[str]:
    for event in events:
        if event.marks:
            cues = ", ".join(f"{mark.cue!r} makes it {mark.value} ({mark.rule})" for mark in event.marks)
            yield f"{event.text}: {event.value}; {cues}"
    for value in PLAIN:
        words = ", ".join(event.text for event in events if event.value == value and not event.marks)
        if words:
            yield f"{words}: {value}"


def _claim(made: Made) -> str:
    why = f"; {made.why}" if made.why else ""
    note = f": {made.note}" if made.note else ""
    return f"{made.kind} {made.id[:8]}, {made.text!r}{why}; rule {made.rule}{note}"
