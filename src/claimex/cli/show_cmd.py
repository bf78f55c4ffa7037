"""`claimex show`: claims as tables for people, as JSON Lines for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Annotated

import typer

from claimex.claim_line import StoredClaim
from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.options import DEFAULT_CLAIMS, ClaimsOption, format_option, whole_number
from claimex.cli.output import FORMATS, chosen_format, print_claim, write
from claimex.cli.screen import ColorOption
from claimex.errors import UsageError


@filtering
def show_command(
    claim_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Show this claim in full; the first digits of its id do.")
    ] = None,
    claims: ClaimsOption = DEFAULT_CLAIMS,
    filters: Filters = ALL,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", parser=whole_number, help="Show the first N.")
    ] = None,
    format_: Annotated[str, format_option(FORMATS)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """Show claims: readable tables on a terminal, JSON Lines in a pipe.

    \b
    Example:
      claimex show --entity "North Korea" --kind troop_count --min 10k
    """
    filters = replace(filters, claim_id=claim_id)
    raise typer.Exit(show(claims, filters, limit=limit, format_=format_))


def show(path: str, filters: Filters, *, limit: int | None = None, format_: str = "auto") -> ExitCode:
    """Print the claims of a file that pass the filters; INCOMPLETE where lines of it hold no claim.

    Raises StoreError when there is no such file, UsageError for an entity, an article or an id that nobody knows.
    """
    reader = ClaimReader(path)
    found: Iterable[StoredClaim] = reader.select(question(filters, reader))
    if filters.claim_id is not None:
        found = _one(list(found), filters.claim_id, path)
    chosen = chosen_format(format_, sys.stdout, FORMATS)
    if filters.claim_id is not None and chosen == "table":
        for claim in found:
            print_claim(claim.data, sys.stdout)
    else:
        write(chosen, islice(found, limit), sys.stdout)
    return reader.report()


def _one(found: list[StoredClaim], claim_id: str, path: str) -> list[StoredClaim]:
    """The claims found, if they are one; copies of one article share their ids.

    Raises UsageError where there is none, or more than one id begins so.
    """
    ids = sorted({claim.data["id"] for claim in found})
    if not ids:
        raise UsageError(f"{path}: no claim has an id that begins with {claim_id!r}; `claimex show` lists them")
    if len(ids) > 1:
        raise UsageError(f"{claim_id!r} is the beginning of {len(ids)} ids ({', '.join(ids[:3])} ...); give more of it")
    return found
