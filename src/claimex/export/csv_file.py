"""Claims as comma-separated values: one row a claim, formulas defused."""

from __future__ import annotations

from codecs import getwriter
from typing import IO

from claimex.export.source import Source
from claimex.flat import write_csv


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims."""
    write_csv(source.claims, getwriter("utf-8")(handle))
