"""`claimex compare`: who says how many, since when, and who says otherwise; what became of the agreements."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.claim_line import StoredClaim
from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import (
    ActivityOption,
    ArticleOption,
    EntityOption,
    FactualityOption,
    Filters,
    MaximumOption,
    MinimumOption,
    SearchOption,
    SourceOption,
    StageOption,
    question,
)
from claimex.cli.messages import tell, tell_all
from claimex.cli.options import DEFAULT_CLAIMS, ClaimsOption, KindOption, TextsOption, format_option
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption

if TYPE_CHECKING:
    from pathlib import Path

    from claimex.compare.model import Comparison
    from claimex.wording import Claim

FORMATS = ("table", "json")


def compare_command(
    claims: ClaimsOption = DEFAULT_CLAIMS,
    entity: EntityOption = None,
    kind: KindOption = None,
    article: ArticleOption = None,
    source: SourceOption = None,
    stage: StageOption = None,
    activity: ActivityOption = None,
    factuality: FactualityOption = None,
    minimum: MinimumOption = None,
    maximum: MaximumOption = None,
    search: SearchOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every relation and every life line in tables, not the first ones.")
    ] = False,
    texts: TextsOption = None,
    format_: Annotated[str, format_option(FORMATS, "json")] = "auto",
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
    filters = Filters.of(
        entity=entity, kind=kind, article=article, source=source, stage=stage, activity=activity,
        factuality=factuality, minimum=minimum, maximum=maximum, search=search,
    )  # fmt: skip
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
    if chosen_format(format_, sys.stdout) == "table":
        from claimex.cli.compare_tables import print_comparison

        print_comparison(result, sys.stdout, everything=everything)
    else:
        sys.stdout.write(result.model_dump_json(indent=1, by_alias=True, ensure_ascii=False) + "\n")
    _tell_of_texts(result)
    codes = (reader.report(), ExitCode.INCOMPLETE if tell_all(invalid) or result.changed else ExitCode.DONE)
    return max(codes)


def checked(claims: Iterable[StoredClaim], path: str, invalid: list[str]) -> Iterator[Claim]:
    """The claims that comparison uses, as far as they are valid in full; a sentence in `invalid` for others."""
    from claimex.compare.build import COMPARED

    return valid((item for item in claims if item.data["kind"] in COMPARED), path, invalid)


def of_activities(claims: Iterable[Claim], filters: Filters) -> Iterator[Claim]:
    """The claims of which one of the activities is said that are asked for, be it among what else they say."""
    from claimex.compare.counts import says_of

    return (claim for claim in claims if not filters.activities or says_of(claim, filters.activities))


def valid(claims: Iterable[StoredClaim], path: str, invalid: list[str]) -> Iterator[Claim]:
    """The claims that are valid in full; a sentence in `invalid` for others."""
    from pydantic import ValidationError

    from claimex.claims import claim_adapter

    adapter = claim_adapter()
    for item in claims:
        try:
            adapter.validate_python(item.data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            invalid.append(f"{path}, {item.where}: {where}: {first['msg']}")
        else:
            yield item.data


def _tell_of_texts(result: Comparison) -> None:
    if not result.claims:
        tell("there is no troop count and no treaty event to compare; `claimex show` lists what there is")
    for articles, what in ((result.changed, "another one"), (result.gone, "not there")):
        if articles:
            shown = ", ".join(articles[:3]) + (" ..." if len(articles) > 3 else "")
            words = f"the text of {len(articles)} of {result.articles} articles is {what} now"
            tell(f"{words} ({shown}): copies of it are told by the sentences in its claims alone; see --texts")
