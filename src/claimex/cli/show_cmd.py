"""`claimex show`: claims as tables for people, as JSON Lines for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Annotated, get_args

import typer

from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import tell_all
from claimex.cli.options import (
    DEFAULT_CLAIMS,
    ClaimsOption,
    KindOption,
    amount,
    choice,
    facet_values,
    listed,
    whole_number,
)
from claimex.cli.output import FORMATS, chosen_format, print_claim, write
from claimex.errors import UsageError
from claimex.query import (
    Predicate,
    any_entity,
    can_reach,
    can_stay_within,
    closest,
    every,
    from_source,
    in_article,
    one_of,
    says,
)
from claimex.store import ClaimFile, Damage, StoredClaim
from claimex.vocabulary import Factuality
from claimex.wording import Claim

FACTUALITIES = get_args(Factuality)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show. Values of one filter are alternatives; different filters all have to hold."""

    entities: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field of a claim to the values wanted: kind, stage, activity, factuality."""
    minimum: float | None = None
    maximum: float | None = None
    search: str | None = None


def show_command(
    claim_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Show this claim in full; the first digits of its id do.")
    ] = None,
    claims: ClaimsOption = DEFAULT_CLAIMS,
    entity: Annotated[
        list[str] | None,
        typer.Option("--entity", metavar="NAME", help="Claims with this entity: name, alias or id; repeatable."),
    ] = None,
    kind: KindOption = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="NAME", help="Id (or how it begins), path or file name; repeatable."),
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="NAME", help="Words of who says so; repeatable.")
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option(
            "--stage",
            metavar="STAGE",
            parser=choice("stage", facet_values("stage")),
            help=listed("Stage of a treaty event", facet_values("stage")),
        ),
    ] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option(
            "--activity",
            metavar="ACTIVITY",
            parser=choice("activity", facet_values("activity")),
            help=listed("What is done by or to the people counted", facet_values("activity")),
        ),
    ] = None,
    factuality: Annotated[
        list[str] | None,
        typer.Option(
            "--factuality",
            metavar="VALUE",
            parser=choice("factuality", FACTUALITIES),
            help=listed("How certain it is said to be", FACTUALITIES),
        ),
    ] = None,
    minimum: Annotated[
        float | None,
        typer.Option("--min", metavar="N", parser=amount, help="Counts that can be N or more: >10,000 can be 50k."),
    ] = None,
    maximum: Annotated[
        float | None,
        typer.Option("--max", metavar="N", parser=amount, help="Counts that can be N or less: <500 can be 400."),
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help="Claims whose sentence has this text in it.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", parser=whole_number, help="Show the first N.")
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            parser=choice("format", ("auto", *FORMATS)),
            help=f"auto, {', '.join(FORMATS)}; auto is a table on a terminal and jsonl elsewhere.",
        ),
    ] = "auto",
) -> None:
    """Show claims: readable tables on a terminal, JSON Lines in a pipe.

    \b
    Example:
      claimex show --entity "North Korea" --kind troop_count --min 10k
    """
    fields = {"kind": kind, "stage": stage, "activity": activity, "factuality": factuality}
    filters = Filters(
        entities=tuple(entity or ()),
        articles=tuple(article or ()),
        sources=tuple(source or ()),
        fields={name: tuple(values) for name, values in fields.items() if values},
        minimum=minimum,
        maximum=maximum,
        search=search,
    )
    raise typer.Exit(show(claims, filters, claim_id=claim_id, limit=limit, format_=format_))


def show(
    path: str, filters: Filters, *, claim_id: str | None = None, limit: int | None = None, format_: str = "auto"
) -> ExitCode:
    """Print the claims of a file that pass the filters; INCOMPLETE where lines of it hold no claim.

    Raises StoreError when there is no such file, UsageError for an entity, an article or an id that nobody knows.
    """
    reader = _Reader(ClaimFile(path))
    wanted = predicate(filters, reader)
    found: Iterable[StoredClaim] = (claim for claim in reader.stored() if wanted(claim.data))
    if claim_id is not None:
        found = list(_with_id(found, claim_id, path))
    chosen = chosen_format(format_, sys.stdout)
    if claim_id is not None and chosen == "table":
        for claim in found:
            print_claim(claim.data, sys.stdout)
    else:
        write(chosen, islice(found, limit), sys.stdout)
    return reader.report()


class _Reader:
    """Reads the claims of a file, as often as asked, and keeps what is damaged in it, to be told once at the end."""

    def __init__(self, source: ClaimFile) -> None:
        self.source = source
        self._damage: dict[str, Damage] = {}

    def __iter__(self) -> Iterator[Claim]:
        return (item.data for item in self.stored())

    def stored(self) -> Iterator[StoredClaim]:
        """The claims with the bytes that hold them."""
        for item in self.source:
            if isinstance(item, Damage):
                self._damage[item.where] = item
            else:
                yield item

    def report(self) -> ExitCode:
        """Say on stderr what is damaged."""
        count = tell_all(f"{self.source.path}, {item.where}: {item.reason}" for item in self._damage.values())
        return ExitCode.INCOMPLETE if count else ExitCode.DONE


def predicate(filters: Filters, claims: Iterable[Claim]) -> Predicate:
    """One test for all the filters. `claims` is gone through where a name has to be looked up in it.

    Raises UsageError for an entity or an article that nobody knows.
    """
    from claimex.entity_names import find_entity

    tests = [one_of(name, values) for name, values in filters.fields.items()]
    if filters.entities:
        tests.append(any_entity([find_entity(name, claims) for name in filters.entities]))
    if filters.articles:
        _check_articles(filters.articles, claims)
        tests.append(in_article(filters.articles))
    if filters.sources:
        tests.append(from_source(filters.sources))
    if filters.minimum is not None:
        tests.append(can_reach(filters.minimum))
    if filters.maximum is not None:
        tests.append(can_stay_within(filters.maximum))
    if filters.search:
        tests.append(says(filters.search))
    return every(tests)


def _check_articles(names: Iterable[str], claims: Iterable[Claim]) -> None:
    articles = {claim["article"]["id"]: claim for claim in claims}
    for name in names:
        test = in_article([name])
        if not any(test(claim) for claim in articles.values()):
            near = closest(name, articles)
            raise UsageError(
                f"no claims from an article {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
            )


def _with_id(claims: Iterable[StoredClaim], claim_id: str, path: str) -> Iterator[StoredClaim]:
    """The claims whose id begins so; copies of one article share their ids.

    Raises UsageError where there is none, or more than one id begins so.
    """
    wanted = claim_id.strip().lower()
    found = [claim for claim in claims if wanted and claim.data["id"].startswith(wanted)]
    ids = sorted({claim.data["id"] for claim in found})
    if not ids:
        raise UsageError(f"{path}: no claim has an id that begins with {claim_id!r}; `claimex show` lists them")
    if len(ids) > 1:
        raise UsageError(f"{claim_id!r} is the beginning of {len(ids)} ids ({', '.join(ids[:3])} ...); give more of it")
    yield from found
