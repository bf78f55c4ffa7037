"""`claimex diff`: what two claims files differ in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.options import TABLE_OR_JSON, format_option
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption, console_on
from claimex.errors import UsageError
from claimex.store import STREAM

if TYPE_CHECKING:
    from claimex.diff import Difference
    from claimex.wording import Claim


@filtering
def diff_command(
    before: Annotated[str, typer.Argument(metavar="A", help="Claims file to start from; - for standard input.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Claims file to compare with it.")],
    filters: Filters = ALL,
    format_: Annotated[str, format_option(TABLE_OR_JSON)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """Tell which claims are new in B, gone from A or changed, field by field.

    Claims are matched by their stable id, then by the best match within article and kind.
    Exit status 0 where both say the same, 1 where they differ or hold damaged lines.

    \b
    Example:
      claimex extract seeds/ -o today.jsonl
      claimex diff data/claims.jsonl today.jsonl --kind troop_count
    """
    raise typer.Exit(diff_files(before, after, filters, format_=format_))


def diff_files(before: str, after: str, filters: Filters, *, format_: str = "auto") -> ExitCode:
    """Print what the claims of two files that pass the filters differ in; INCOMPLETE where they do.

    Raises StoreError when there is no such file, UsageError for an entity or an article that neither knows.
    """
    from claimex.diff import diff

    if before == after == STREAM:
        raise UsageError("only one of the two files can be standard input; name the other")
    readers = [ClaimReader(path) for path in (before, after)]
    # A name is looked up in both: an entity that is gone is still one to ask for.
    asked = question(filters, *readers)
    result = diff(*([claim.data for claim in reader.select(asked)] for reader in readers))
    if chosen_format(format_, sys.stdout, TABLE_OR_JSON) == "table":
        _print_tables(result, sys.stdout)
    else:
        sys.stdout.write(result.model_dump_json(indent=1, by_alias=True, ensure_ascii=False) + "\n")
    damaged = max(reader.report() for reader in readers)
    return ExitCode.DONE if result.is_empty and not damaged else ExitCode.INCOMPLETE


def _print_tables(result: Difference, stream: TextIO) -> None:
    from rich.text import Text

    from claimex.cli.tables import layout, print_tables
    from claimex.wording import Column

    console = console_on(stream)
    counts = (f"{len(result.new):,} new", f"{len(result.gone):,} gone", f"{len(result.changed):,} changed")
    console.print(Text(f"{', '.join(counts)}, {result.same:,} the same"))
    for title, claims in (("New", result.new), ("Gone", result.gone)):
        if claims:
            console.print()
            console.print(Text(title, style="bold underline"))
            print_tables(claims, stream)
    if result.changed:
        console.print()
        columns = (
            Column("Kind", lambda line: line["kind"], wide=True),
            Column("Words", lambda line: line["quote"]),
            Column("Field", lambda line: line["field"]),
            Column("Before", lambda line: line["before"]),
            Column("After", lambda line: line["after"]),
            Column("Article", lambda line: line["article"], narrow=8),
            Column("Id", lambda line: line["id"], under="Article"),
        )
        console.print(layout("Changed", columns, _lines(result), console.width))


def _lines(result: Difference) -> list[Claim]:
    """A line for each field that has changed; what is the same for a claim stands in its first line."""
    lines: list[Claim] = []
    for change in result.changed:
        about = {
            "kind": change.kind.replace("_", " "),
            "quote": change.quote,
            "article": change.article,
            "id": change.after[:8],
        }
        # Another entity is told by its name; the JSON has its id, type and place too.
        others = {_owner(field.field) for field in change.fields if field.field.endswith(".id")}
        fields = [
            field for field in change.fields if field.field.endswith(".name") or _owner(field.field) not in others
        ]
        for number, field in enumerate(fields):
            said = {"field": field.field, "before": _words(field.before), "after": _words(field.after)}
            lines.append({**(about if number == 0 else dict.fromkeys(about, "")), **said})
    return lines


def _owner(field: str) -> str:
    """What a field belongs to: 'force' for 'force.id'."""
    return field.rpartition(".")[0]


def _words(value: Any) -> str:
    """A value in a cell: references by name, nothing as a dash."""
    if value is None or value == []:
        return "\N{EN DASH}"
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(_words(item) for item in value))
    if isinstance(value, dict):
        role = f" ({value['role']})" if value.get("role") else ""
        return str(value.get("name") or value.get("text") or value) + role
    return str(value)
