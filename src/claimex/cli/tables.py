"""Claims for people: a table for each kind, and one claim in full. The only module that imports rich for claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claimex.claims import kinds
from claimex.wording import SAID, TRACE, Claim, Column, at, printable

WIDE = 120
UNKNOWN = (Column("Quote", at("evidence.quote")), *SAID, *TRACE)
"""For claims of a kind that is not installed, or does not say how it reads."""

COMMON = ("id", "kind", "schema", "article", "evidence", "attribution", "factuality", "entities")
"""Fields of every claim: in full they come after those of its kind."""


def print_tables(claims: Sequence[Claim], stream: TextIO) -> None:
    """A table for each kind, in the order of the table of kinds; nothing where there are no claims."""
    console = Console(file=stream, highlight=False)
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
    shown: list[tuple[Column, list[str]]] = []
    for column in columns:
        cells = [printable(column.words(record)) for record in records]
        if any(cells) and (width >= WIDE or not column.wide):
            shown.append((column, cells))
    widths, gap = _widths(shown, width)
    table = Table(
        title=Text(title, style="bold"),
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


def _widths(shown: Sequence[tuple[Column, list[str]]], width: int) -> tuple[list[int], int]:
    """How wide each column is, and how far apart they stand.

    No word is broken while there is room; what is left over goes first to the columns where most cells would be
    broken over lines, then to those with a few long ones.
    """
    least, usual, longest = [], [], []
    for column, cells in shown:
        cut = column.narrow if column.narrow is not None and width < WIDE else width
        lengths = sorted(map(cell_len, cells))
        word = max(cell_len(word) for text in {column.title, *cells} for word in text.split() or [""])
        least.append(min(word, cut))
        usual.append(max(least[-1], min(lengths[len(lengths) * 4 // 5], cut)))
        longest.append(max(least[-1], min(lengths[-1], cut), cell_len(column.title)))
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
    console = Console(file=stream, highlight=False)
    console.print(Text(f"{claim['kind']} {claim['id']}", style="bold"))
    console.print()
    console.print(_sentence(claim["evidence"], marks=not console.is_terminal))
    console.print()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, words in _lines(claim):
        table.add_row(Text(label), Text(printable(words)))
    console.print(table)


def _sentence(evidence: Mapping[str, Any], *, marks: bool) -> Text:
    """The sentence with the evidence highlighted, between marks where there is no terminal to show it on."""
    sentence = evidence["sentence"]
    words, start = sentence["text"], evidence["start"] - sentence["start"]
    end = start + len(evidence["quote"])
    if start < 0 or words[start:end] != evidence["quote"]:
        return Text(printable(f"{words} [{evidence['quote']}]"))
    before, quote, after = (printable(part) for part in (words[:start], words[start:end], words[end:]))
    return Text.assemble("  ", before, (f"»{quote}«" if marks else quote, "bold reverse"), after)


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
        return f"{role}{value['name']} ({value['id']}){written}"
    said = ((k, v) for k, v in value.items() if v is not None and k not in ("start", "end"))
    return ", ".join(f"{k} {_words(v)}" for k, v in said)
