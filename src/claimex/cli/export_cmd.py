"""`claimex export`: claims in the formats of other tools."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.cli.chosen import Chosen
from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.messages import plural, tell, tell_of_texts
from claimex.cli.options import DEFAULT_CLAIMS, ClaimsOption, TextsOption, choice_option, file_path
from claimex.cli.terminal import standard_output
from claimex.errors import UsageError
from claimex.export.formats import FORMATS, Format

if TYPE_CHECKING:
    from claimex.export.source import ArticleTexts


@filtering
def export_command(
    to: Annotated[
        str,
        choice_option(
            "--to",
            "format",
            FORMATS,
            "; ".join(f"{format_.name}: {format_.what}" for format_ in FORMATS.values()) + ".",
        ),
    ],
    claims: ClaimsOption = DEFAULT_CLAIMS,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="File to write; - for standard output.")
    ] = "-",
    texts: TextsOption = None,
    setup: Annotated[
        bool,
        typer.Option(
            "--setup",
            help="Write what the tool has to be told first, not the claims: "
            + "; ".join(f"for {format_.name} {format_.setup}" for format_ in FORMATS.values() if format_.setup)
            + ".",
        ),
    ] = False,
    filters: Filters = ALL,
) -> None:
    """Write claims in the format of another tool.

    \b
    Example:
      claimex export --to sqlite -o claims.db
    """
    format_, target = FORMATS[to], file_path(output)
    if setup:
        raise typer.Exit(write_setup(format_, target))
    raise typer.Exit(export(claims, format_, target, filters, texts=texts))


def export(path: str, format_: Format, target: Path | None, filters: Filters, *, texts: Path | None = None) -> ExitCode:
    """Write the claims of a file that pass the filters, to standard output where there is no target.

    INCOMPLETE where lines hold no claim, an article's text has changed, or one that is needed is not there. Raises
    StoreError when there is no such file or the export cannot be written, MissingExtraError without what the format
    needs, UsageError for an entity or an article that nobody knows, and for a format that needs a file.
    """
    from claimex.export.source import ArticleTexts

    if format_.binary and target is None:
        raise UsageError(f"{format_.name} is no text to print; name a file: -o claims{format_.suffix}")
    reader = ClaimReader(path)
    chosen, found = Chosen(reader, question(filters, reader)), ArticleTexts(texts)
    write(chosen, format_, target, found)
    if target:
        tell(f"{plural(chosen.count, 'claim')}: {target}")
    needed = format_.texts == "needed"
    outcome = "left out" if needed else "exported with the words of their claims' sentences alone"
    tell_of_texts(found.changed, found.gone, outcome)
    incomplete = found.changed or (found.gone and needed)
    return max(chosen.report(), ExitCode.INCOMPLETE if incomplete else ExitCode.DONE)


def write(chosen: Chosen, format_: Format, target: Path | None, texts: ArticleTexts | None = None) -> None:
    """Write claims in a format, in one step. Raises what `export` does."""
    from claimex.atomic import replacing
    from claimex.export.source import ArticleTexts, Source

    with replacing(target) if target else nullcontext(standard_output()) as handle:
        format_.write(Source(chosen, texts or ArticleTexts()), handle)


def write_setup(format_: Format, target: Path | None) -> ExitCode:
    """Write what the tool of a format has to be told first. Raises UsageError where it has to be told nothing."""
    from claimex.atomic import replacing

    if not format_.setup:
        raise UsageError(f"{format_.name} needs no setup; leave --setup out")
    text = format_.setup_text
    if target is None:
        sys.stdout.write(text)
    else:
        with replacing(target) as handle:
            handle.write(text.encode())
    return ExitCode.DONE
