"""How claims leave the program: the one place that decides on a format, and a writer for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from claimex.claim_line import StoredClaim
from claimex.cli.options import AUTO, TABLE, for_programs
from claimex.wording import Claim

Writer = Callable[[Iterable[StoredClaim], TextIO], None]


def chosen_format(asked: str, stream: TextIO, formats: Iterable[str]) -> str:
    """The format that was asked for; for 'auto' a table on a terminal, elsewhere the first for programs."""
    if asked != AUTO:
        return asked
    return TABLE if stream.isatty() else for_programs(formats)


def write(format_: str, claims: Iterable[StoredClaim], stream: TextIO) -> None:
    """Write claims in one of `FORMATS`."""
    FORMATS[format_](claims, stream)


def _write_table(claims: Iterable[StoredClaim], stream: TextIO) -> None:
    from claimex.cli.tables import print_tables

    print_tables([claim.data for claim in claims], stream)


def print_claim(claim: Claim, stream: TextIO) -> None:
    """One claim in full, for people."""
    from claimex.cli.tables import print_card

    print_card(claim, stream)


def _write_json(claims: Iterable[StoredClaim], stream: TextIO) -> None:
    before = "[\n"
    for claim in claims:
        stream.write(before + claim.raw.decode())
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def _write_jsonl(claims: Iterable[StoredClaim], stream: TextIO) -> None:
    for claim in claims:
        stream.write(claim.raw.decode() + "\n")


def _write_csv(claims: Iterable[StoredClaim], stream: TextIO) -> None:
    from claimex.flat import write_csv

    write_csv((claim.data for claim in claims), stream)


FORMATS: dict[str, Writer] = {
    TABLE: _write_table,
    "jsonl": _write_jsonl,
    "json": _write_json,
    "csv": _write_csv,
}
