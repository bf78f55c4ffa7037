"""Claims for people: a table for each kind, and one claim in full. The only module that imports rich for claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TextIO

from rich import box
from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimex.claims import kinds
from claimex.cli.screen import console_on
from claimex.wording import SAID, TRACE, Claim, Column, at, place, printable

WIDE = 120
UNKNOWN = (Column("Quote", at("evidence.quote")), *SAID, *TRACE)
"""For claims of a kind that is not installed, or does not say how it reads."""

Shown = tuple[Column, list[str]]
"""A column and its cells."""

COMMON = ("id", "kind", "schema", "article", "evidence", "attribution", "factuality", "entities")
"""Fields of every claim: in full they come after those of its kind."""


def print_tables(claims: Sequence[Claim], stream: TextIO) -> None:
    """A table for each kind, in the order of the table of kinds; nothing where there are no claims."""
    console = console_on(stream)
    by_kind: dict[str, list[Claim]] = {name: [] for name in kinds()}
    for claim in claims:
        by_kind.setdefault(str(claim["kind"]), []).append(claim)
    printed = False
    for kind, group in by_kind.items():
        if group:
            if printed:
                console.print()
            console.print(_table(kind, group, console.width))
            printed = True


def _table(kind: str, claims: Sequence[Claim], width: int) -> Table:
    columns = (kinds()[kind].columns if kind in kinds() else ()) or UNKNOWN
    return layout(f"{kind.replace('_', ' ')}: {len(claims)}", columns, claims, width)


def layout(title: str, columns: Iterable[Column], records: Sequence[Mapping[str, Any]], width: int) -> Table:
    """A table of records; columns that say nothing are left out, and the wide ones on a narrow terminal."""
    shown: list[Shown] = []
    for column in columns:
        cells = [printable(column.words(record)) for record in records]
        if any(cells) and (width >= WIDE or not column.wide):
            shown.append((column, cells))
    while _missing(shown, width) and (lower := _last_that_goes_under(shown)):
        shown = _one_above_the_other(shown, lower)
    widths, gap = _widths(shown, width)
    table = Table(
        title=Text(printable(title), style="bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, gap - 1, 0, 0),
        pad_edge=False,
    )
    for (column, _), cells_wide in zip(shown, widths, strict=True):
        cut = column.narrow is not None and width < WIDE
        table.add_column(
            column.title,
            justify="right" if column.number else "left",
            width=cells_wide,
            no_wrap=cut,
            overflow="ellipsis" if cut else "fold",
        )
    for row in zip(*(cells for _, cells in shown), strict=True):
        table.add_row(*map(Text, row))
    return table


def _last_that_goes_under(shown: Sequence[Shown]) -> Column | None:
    """The column furthest to the right that may stand under another one; None where there is none left."""
    titles = {column.title for column, _ in shown}
    return next((column for column, _ in reversed(shown) if column.under in titles), None)


def _one_above_the_other(shown: Sequence[Shown], lower: Column) -> list[Shown]:
    """The columns with `lower` under the one it goes under: two lines in each cell, where both say something."""
    below = next(cells for column, cells in shown if column is lower)
    stacked: list[Shown] = []
    for column, cells in shown:
        if column.title == lower.under:
            both = ["\n".join(filter(None, pair)) for pair in zip(cells, below, strict=True)]
            stacked.append((replace(column, title=f"{column.title}\n{lower.title}"), both))
        elif column is not lower:
            stacked.append((column, cells))
    return stacked


def _cut(column: Column, width: int) -> int:
    """How many characters a cell shows at most."""
    return column.narrow if column.narrow is not None and width < WIDE else width


def _least(shown: Sequence[Shown], width: int) -> list[int]:
    """How wide each column must be that no word in it is broken."""
    words = ([word for text in (column.title, *cells) for word in text.split()] for column, cells in shown)
    return [
        min(max(map(cell_len, group), default=0), _cut(column, width))
        for (column, _), group in zip(shown, words, strict=True)
    ]


def _missing(shown: Sequence[Shown], width: int) -> bool:
    """Whether words would have to be broken."""
    return sum(_least(shown, width)) + len(shown) - 1 > width


def _widths(shown: Sequence[Shown], width: int) -> tuple[list[int], int]:
    """How wide each column is, and how far apart they stand.

    No word is broken while there is room; what is left over goes first to the columns where most cells would be
    broken over lines, then to those with a few long ones.
    """
    least, usual, longest = _least(shown, width), [], []
    for (column, cells), narrowest in zip(shown, least, strict=True):
        cut = _cut(column, width)
        lengths = sorted(max(map(cell_len, text.split("\n"))) for text in cells)
        usual.append(max(narrowest, min(lengths[len(lengths) * 4 // 5], cut)))
        longest.append(max(narrowest, min(lengths[-1], cut), *map(cell_len, column.title.split("\n"))))
    gap = 2 if sum(longest) + 2 * (len(longest) - 1) <= width else 1
    widths, free = list(least), width - sum(least) - gap * (len(least) - 1)
    for goal in (usual, longest):
        while free > 0 and any(has < wants for has, wants in zip(widths, goal, strict=True)):
            poorest = max(range(len(widths)), key=lambda i: goal[i] / widths[i])
            widths[poorest] += 1
            free -= 1
    while free < 0 and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
        free += 1
    return widths, gap


def print_card(claim: Claim, stream: TextIO) -> None:
    """Everything about one claim: the sentence with the evidence marked, then its fields."""
    console = console_on(stream)
    console.print(Text(printable(f"{claim['kind']} {claim['id']}"), style="bold"))
    console.print()
    sentence = _sentence(claim["evidence"], marks=console.color_system is None)
    console.print(Padding(sentence, (0, 0, 0, 2), expand=False))
    console.print()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, words in _lines(claim):
        table.add_row(Text(printable(label)), Text(printable(words)))
    console.print(table)


def _sentence(evidence: Mapping[str, Any], *, marks: bool) -> Text:
    """The sentence with the evidence highlighted, between marks where no style can show it."""
    sentence = evidence["sentence"]
    words, start = sentence["text"], evidence["start"] - sentence["start"]
    end = start + len(evidence["quote"])
    if start < 0 or words[start:end] != evidence["quote"]:
        return Text(printable(f"{words} [{evidence['quote']}]"))
    before, quote, after = (printable(part) for part in (words[:start], words[start:end], words[end:]))
    return Text.assemble(before, (f"»{quote}«" if marks else quote, "bold reverse"), after)


def _lines(claim: Claim) -> Iterator[tuple[str, str]]:
    """Label and words of each field that says something: the kind's own, then those of every claim."""
    for key in (*(key for key in claim if key not in COMMON), "attribution", "factuality", "entities"):
        yield from _field(key.replace("_", " "), claim[key])
    evidence, article = claim["evidence"], claim["article"]
    yield "evidence", f"characters {evidence['start']} to {evidence['end']}, rule {evidence['rule']}"
    known = [article.get(key) for key in ("id", "title", "published", "publisher", "url", "path")]
    yield "article", ", ".join(dict.fromkeys(str(item) for item in known if item))


def _field(label: str, value: Any) -> Iterable[tuple[str, str]]:
    if value is None or value == [] or value == "":
        return
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield label if number == 0 else "", _words(item)
    else:
        yield label, _words(value)


def _words(value: Any) -> str:
    """A value in a line: references as name and id, other records as their fields."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, Mapping):
        return str(value)
    if "name" in value and "id" in value:
        role = f"{value['role']}: " if value.get("role") else ""
        written = f', written "{value["text"]}"' if value.get("text") and value["text"] != value["name"] else ""
        return f"{role}{place(value)} ({value['id']}){written}"
    said = ((k, v) for k, v in value.items() if v is not None and k not in ("start", "end"))
    return ", ".join(f"{k} {_words(v)}" for k, v in said)
