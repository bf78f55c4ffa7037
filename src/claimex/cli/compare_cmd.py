"""`claimex compare`: who says how many, since when, and who says otherwise; what became of the agreements."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.claim_line import StoredClaim
from claimex.cli.chosen import of_activities, valid
from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.messages import tell, tell_all, tell_of_texts
from claimex.cli.options import DEFAULT_CLAIMS, TABLE_OR_JSON, ClaimsOption, TextsOption, format_option
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption

if TYPE_CHECKING:
    from pathlib import Path

    from claimex.wording import Claim


@filtering
def compare_command(
    claims: ClaimsOption = DEFAULT_CLAIMS,
    filters: Filters = ALL,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every relation and every life line in tables, not the first ones.")
    ] = False,
    texts: TextsOption = None,
    format_: Annotated[str, format_option(TABLE_OR_JSON)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """Set troop counts and treaty events of all articles against each other.

    Counts are grouped by whose people, doing what, in which country. For each pair: same, compatible, contradicts,
    update, different scope or undated, and why. What is denied, planned, predicted or only possible stands apart.
    Copies of one text are one witness, and so is a named source in several articles.
    Exit status 1 too where an article's text is another one than the claims were made from.

    \b
    Example:
      claimex compare --entity "North Korea"
    """
    raise typer.Exit(compare_file(claims, filters, texts=texts, everything=everything, format_=format_))


def compare_file(
    path: str, filters: Filters, *, texts: Path | None = None, everything: bool = False, format_: str = "auto"
) -> ExitCode:
    """Print the comparison of the claims of a file that pass the filters.

    INCOMPLETE where lines hold no claim, or an article has changed since. Raises StoreError when there is no such
    file, UsageError for an entity or an article that nobody knows.
    """
    from claimex.compare.build import compare

    reader = ClaimReader(path)
    invalid: list[str] = []
    claims = of_activities(checked(reader.select(question(filters.of_any_activity(), reader)), path, invalid), filters)
    result = compare(claims, folder=texts, activities=filters.activities)
    if chosen_format(format_, sys.stdout, TABLE_OR_JSON) == "table":
        from claimex.cli.compare_tables import print_comparison

        print_comparison(result, sys.stdout, everything=everything)
    else:
        sys.stdout.write(result.model_dump_json(indent=1, by_alias=True, ensure_ascii=False) + "\n")
    if not result.claims:
        tell("there is no troop count and no treaty event to compare; `claimex show` lists what there is")
    tell_of_texts(result.changed, result.gone, "copies of it are told by the sentences in its claims alone")
    codes = (reader.report(), ExitCode.INCOMPLETE if tell_all(invalid) or result.changed else ExitCode.DONE)
    return max(codes)


def checked(claims: Iterable[StoredClaim], path: str, invalid: list[str]) -> Iterator[Claim]:
    """The claims that comparison uses, as far as they are valid in full; a sentence in `invalid` for others."""
    from claimex.compare.build import COMPARED

    return valid((item for item in claims if item.data["kind"] in COMPARED), path, invalid)
