"""`claimex report`: claims, their comparison and their articles as one page to look at."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.messages import plural, tell, tell_all, tell_of_texts
from claimex.cli.options import DEFAULT_CLAIMS, ClaimsOption, TextsOption, file_path
from claimex.cli.terminal import standard_output

DEFAULT_REPORT = "report.html"


@filtering
def report_command(
    claims: ClaimsOption = DEFAULT_CLAIMS,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="HTML file to write; - for standard output.")
    ] = DEFAULT_REPORT,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title of the page.")] = None,
    filters: Filters = ALL,
    texts: TextsOption = None,
) -> None:
    """Write a report: one HTML page that opens from disk and asks no other machine for anything.

    It has the figures as a chart and as tables with how they stand to each other, the lives of agreements, and every
    article with its claims marked; filters, search and keys (? lists them) work in any browser. Articles are read again
    from where they were; a text that is gone or has changed is not shown, its claims are. Needs claimex[report].
    Exit status 1 too where an article's text is another one than the claims were made from.

    \b
    Example:
      claimex report -o report.html
    """
    raise typer.Exit(report_file(claims, file_path(output), filters, title=title, texts=texts))


def report_file(
    path: str, target: Path | None, filters: Filters, *, title: str | None = None, texts: Path | None = None
) -> ExitCode:
    """Write the report on the claims of a file that pass the filters, to standard output where there is no target.

    INCOMPLETE where lines hold no claim, or an article has changed since. Raises StoreError when there is no such
    file or the report cannot be written, MissingExtraError without what a report needs, UsageError for an entity or
    an article that nobody knows.
    """
    from claimex.atomic import replacing
    from claimex.cli.chosen import of_activities, valid
    from claimex.report.build import TITLE, check_installed, encoded, report

    check_installed()
    reader = ClaimReader(path)
    chosen = reader.select(question(filters.of_any_activity(), reader))
    invalid: list[str] = []
    # The file is opened first: nobody waits for a report that cannot be written.
    with replacing(target) if target else nullcontext(standard_output()) as handle:
        asked = of_activities(valid(chosen, path, invalid), filters)
        html, made = report(asked, title=title or TITLE, folder=texts, activities=filters.activities)
        data = encoded(html)
        handle.write(data)
    if target:
        articles, claims = plural(len(made.articles), "article"), plural(made.size, "claim")
        tell(f"{articles}, {claims}, {len(data) / 1e6:.1f} MB: {target}")
    if not made.articles:
        tell("there are no claims to report on; `claimex show` lists what there is")
    compared = made.comparison
    tell_of_texts(compared.changed, compared.gone, "the report has the quotes of its claims without the article")
    damage = reader.report()
    return max(damage, ExitCode.INCOMPLETE if tell_all(invalid) or compared.changed else ExitCode.DONE)
