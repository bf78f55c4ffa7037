"""A comparison for people: a table for each question, what its figures are to each other, and treaties' lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from rich.padding import Padding
from rich.text import Text

from claimex.cli.messages import plural
from claimex.cli.screen import console_on
from claimex.cli.tables import layout
from claimex.compare.lines import RelationLine, relation_lines
from claimex.compare.model import Comparison, Question, Row, Telling, Topic, TreatyLine
from claimex.wording import Column, printable

if TYPE_CHECKING:
    from rich.console import Console

SHOWN_RELATIONS = 12
SHOWN_PAIRS = 9
SHOWN_TREATIES = 10
SHOWN_TELLINGS = 20


def print_comparison(result: Comparison, stream: TextIO, *, everything: bool = False) -> None:
    """Everything in a comparison, with the first relations and treaties only unless `everything` is asked for."""
    console = console_on(stream)
    if not result.claims:
        return
    _print_head(console, result)
    for topic in result.topics:
        _print_topic(console, topic, everything=everything)
    shown = result.treaties if everything else result.treaties[:SHOWN_TREATIES]
    for treaty in shown:
        _print_treaty(console, treaty, everything=everything)
    if len(shown) < len(result.treaties):
        _line(console, f"{plural(len(result.treaties) - len(shown), 'more agreement')}; --all prints them", style="dim")


def _line(console: Console, words: str, *, style: str = "", indent: int = 0) -> None:
    console.print(Padding(Text(printable(words), style=style), (0, 0, 0, indent)))


def _print_head(console: Console, result: Comparison) -> None:
    own = f"{plural(result.independent, 'origin')} in {plural(result.articles, 'article')}"
    percent = f"{result.tolerance:.0%}"
    _line(console, f"{plural(result.claims, 'claim')} of {own}; ~ is taken as {percent} either way")
    questions = [question for topic in result.topics for question in topic.questions]
    if any(row.when.known_by == "article" for one in questions for row in (*one.rows, *one.apart)):
        _line(console, "dates in brackets are those of the articles", indent=2)
    for origin in result.origins:
        _line(console, f"one origin: {', '.join((origin.article, *origin.copies))}", indent=2)
    for shared in result.shared_sources:
        _line(console, f"one witness: {shared.source}, in {', '.join(shared.articles)}", indent=2)


def _print_topic(console: Console, topic: Topic, *, everything: bool) -> None:
    console.print()
    force = topic.force or "Force not said"
    _line(console, f"{force}, {topic.activity}: {plural(topic.claims, 'claim')}", style="bold underline")
    for question in topic.questions:
        _print_question(console, topic, question)
    _print_relations(console, topic, everything=everything)


def _print_question(console: Console, topic: Topic, question: Question) -> None:
    if question.rows:
        count = plural(question.witnesses, "witness", "witnesses")
        console.print()
        _print_rows(console, f"{question.title}: {count}", question.rows, topic.activity)
    if question.apart:
        console.print()
        _print_rows(console, f"{question.title}, apart: not said as fact", question.apart, topic.activity)


ROW = (
    Column("#", lambda row: str(row["row"]), number=True),
    Column("Figure", lambda row: _counted(row)),
    Column("Does", lambda row: row["activity"], wide=True),
    Column("Where", lambda row: row["place"] or ""),
    Column("Source", lambda row: _source(row)),
    Column("Factuality", lambda row: row["factuality"], under="Source"),
    Column("When", lambda row: _when(row["when"]), under="Where"),
    Column("Article", lambda row: row["claims"][0]["article"], narrow=8),
    Column("More", lambda row: _more(row["claims"])),
    Column("Id", lambda row: row["claims"][0]["claim"][:8], under="Article"),
)


def _print_rows(console: Console, title: str, rows: Sequence[Row], activity: str) -> None:
    """A table of rows; what they do is told where it is not what the topic says."""
    records = [{**row.model_dump(), "activity": "" if row.activity == activity else row.activity} for row in rows]
    console.print(layout(title, ROW, records, console.width))


def _counted(row: Mapping[str, Any]) -> str:
    figure = row["figure"]
    words = figure if row["unit"].casefold() in figure.casefold() else f"{figure} {row['unit']}"
    return f"+ {words}" if row["additional"] else words


def _source(row: Mapping[str, Any]) -> str:
    source, via = row["source"] or "", row["via"]
    return f"{source} (via {via})" if via and via != source else source


def _when(when: Mapping[str, Any]) -> str:
    """The date as said; the article's in brackets where the claim has none."""
    if when["text"]:
        day = when["earliest"] if when["earliest"] == when["latest"] else None
        return str(day or when["text"])
    return f"({when['earliest']})" if when["earliest"] else "undated"


def _more(claims: Sequence[Mapping[str, Any]]) -> str:
    """How many other claims say the same, and how many of them are copies."""
    rest = claims[1:]
    copies = sum(1 for claim in rest if claim["copy_of"] or claim["article"] == claims[0]["copy_of"])
    if not rest:
        return ""
    if copies == len(rest):
        return plural(copies, "copy", "copies")
    return f"+{len(rest)}, {copies} copied" if copies else f"+{len(rest)}"


RELATION = (
    Column("Relation", lambda line: line["relation"]),
    Column("Rows", lambda line: line["rows"]),
    Column("Why", lambda line: line["why"]),
)


def _print_relations(console: Console, topic: Topic, *, everything: bool) -> None:
    lines = relation_lines(topic.relations)
    shown = lines if everything else lines[:SHOWN_RELATIONS]
    if shown:
        records = [
            {"relation": one.words, "rows": _pairs(one, everything=everything), "why": one.reason} for one in shown
        ]
        console.print()
        console.print(layout("What they are to each other", RELATION, records, console.width))
    left = []
    if len(shown) < len(lines):
        left.append(f"{len(lines) - len(shown)} more; --all prints them")
    if topic.unrelated:
        left.append(f"{plural(topic.unrelated, 'pair')} left out: too many figures, or across countries")
    if left:
        _line(console, "; ".join(left), style="dim")


def _pairs(line: RelationLine, *, everything: bool) -> str:
    shown = line.pairs if everything else line.pairs[:SHOWN_PAIRS]
    words = ", ".join(f"{left}\N{EN DASH}{right}" for left, right in shown)
    return words if len(shown) == len(line.pairs) else f"{words} and {len(line.pairs) - len(shown)} more"


TELLING = (
    Column("Stage", lambda line: line["stage"]),
    Column("Factuality", lambda line: line["factuality"]),
    Column("Actor", lambda line: line["actor"] or ""),
    Column("Before", lambda line: line["body"] or "", wide=True),
    Column("Where", lambda line: line["place"] or "", wide=True),
    Column("When", lambda line: _when(line["when"]), under="Stage"),
    Column("Source", lambda line: line["source"] or "", under="Factuality"),
    Column("Article", lambda line: line["claims"][0]["article"], narrow=8),
    Column("More", lambda line: _more(line["claims"])),
    Column("Id", lambda line: line["claims"][0]["claim"][:8], under="Article"),
)


def _print_treaty(console: Console, treaty: TreatyLine, *, everything: bool) -> None:
    console.print()
    count = plural(treaty.witnesses, "witness", "witnesses")
    parties = f" ({', '.join(treaty.parties)})" if treaty.parties else ""
    _line(console, f"{treaty.name}{parties}: {plural(treaty.claims, 'claim')}, {count}", style="bold underline")
    short = {name.partition(" between ")[0].casefold(): name.partition(" between ")[0] for name in treaty.names}
    others = [name for folded, name in short.items() if folded != treaty.name.casefold()]
    if others:
        _line(console, f"also: {'; '.join(others)}", style="dim")
    lines = [_stage_line(line.stage, telling) for line in treaty.stages for telling in line.told]
    shown = lines if everything else lines[:SHOWN_TELLINGS]
    console.print(layout("", TELLING, shown, console.width))
    if len(shown) < len(lines):
        _line(console, f"{len(lines) - len(shown)} more; --all prints them", style="dim")
    for conflict in treaty.conflicts:
        _line(console, f"{conflict.kind}: {conflict.reason}", style="bold")


def _stage_line(stage: str, telling: Telling) -> dict[str, Any]:
    provides = telling.provision if telling.provision not in (None, "other") else None
    words = f"{stage}: {provides}" if provides else stage
    return {**telling.model_dump(), "stage": words.replace("_", " ")}
