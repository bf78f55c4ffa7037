"""`claimex stats`: how many claims there are, by kind, entity, source, article, month and more."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.messages import plural, tell
from claimex.cli.options import (
    DEFAULT_CLAIMS,
    ClaimsOption,
    choice_option,
    format_option,
    listed,
    whole_number,
)
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption, console_on
from claimex.dimensions import DIMENSIONS, USUAL

if TYPE_CHECKING:
    from claimex.stats import Breakdown, Statistics

FORMATS = ("table", "json", "csv")
FIRST = 10
BAR = 20
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


@filtering
def stats_command(
    claims: ClaimsOption = DEFAULT_CLAIMS,
    by: Annotated[
        list[str] | None,
        choice_option(
            "--by",
            "thing to count by",
            DIMENSIONS,
            listed("Count by", DIMENSIONS) + f"  [default: {', '.join(USUAL)}]",
            metavar="WHAT",
        ),
    ] = None,
    filters: Filters = ALL,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            parser=whole_number,
            help=f"The first N values of each; tables show {FIRST} unless told, json and csv all.",
        ),
    ] = None,
    format_: Annotated[str, format_option(FORMATS)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """Count claims by kind, entity, source, article and month.

    The month is that of the article's publication, else of the claim's own date.

    \b
    Example:
      claimex stats --by source --kind troop_count
    """
    raise typer.Exit(stats_of_file(claims, filters, by=tuple(dict.fromkeys(by or ())), limit=limit, format_=format_))


def stats_of_file(
    path: str, filters: Filters, *, by: tuple[str, ...] = (), limit: int | None = None, format_: str = "auto"
) -> ExitCode:
    """Print counts of the claims of a file that pass the filters; INCOMPLETE where lines of it hold no claim.

    Raises StoreError when there is no such file, UsageError for an entity or an article that nobody knows.
    """
    from claimex.stats import tabulated

    reader = ClaimReader(path)
    asked = question(filters, reader)
    chosen = chosen_format(format_, sys.stdout, FORMATS)
    if limit is None and chosen == "table":
        limit = FIRST
    result = tabulated(reader.counts(asked, by or USUAL, limit=limit))
    if chosen == "table":
        _print_tables(result, sys.stdout)
    elif chosen == "csv":
        _write_csv(result, sys.stdout)
    else:
        sys.stdout.write(result.model_dump_json(indent=1, by_alias=True, ensure_ascii=False) + "\n")
    if not result.claims:
        tell("no claim to count")
    return reader.report()


def _write_csv(result: Statistics, stream: TextIO) -> None:
    from claimex.flat import cell

    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("by", "value", "id", "claims", "articles"))
    for breakdown in result.breakdowns:
        for tally in breakdown.tallies:
            row = (breakdown.by, tally.value, tally.id, tally.claims, tally.articles)
            writer.writerow(map(cell, row))


def _print_tables(result: Statistics, stream: TextIO) -> None:
    from rich.text import Text

    from claimex.cli.tables import layout
    from claimex.wording import Column

    console = console_on(stream)
    console.print(Text(f"{plural(result.claims, 'claim')} in {plural(result.articles, 'article')}"))
    for breakdown in result.breakdowns:
        if not breakdown.tallies:
            continue
        most = max(tally.claims for tally in breakdown.tallies)
        columns = (
            Column(breakdown.by.capitalize(), lambda line: line["value"]),
            Column("Claims", lambda line: f"{line['claims']:,}", number=True),
            Column("Articles", lambda line: f"{line['articles']:,}", number=True),
            Column("", lambda line, most=most: bar(line["claims"], most)),  # type: ignore[misc]
        )
        console.print()
        lines = [tally.model_dump() for tally in breakdown.tallies]
        console.print(layout(_title(breakdown), columns, lines, console.width))


def _title(breakdown: Breakdown) -> str:
    more = f"; {breakdown.left_out:,} more" if breakdown.left_out else ""
    return f"by {breakdown.by}: {len(breakdown.tallies):,}{more}"


def bar(count: int, most: int) -> str:
    """A bar as long as the count is large, `BAR` characters for the largest; never empty."""
    eighths = max(1, round(count * BAR * 8 / most))
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8]
