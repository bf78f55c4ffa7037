"""How exports write JSON: one record on each line, as they come, alone or inside one document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from claimex.store import json_bytes


def write_lines(records: Iterable[Any], handle: IO[bytes]) -> None:
    """JSON Lines: a record a line."""
    for record in records:
        handle.write(json_bytes(record) + b"\n")


def write_array(records: Iterable[Any], handle: IO[bytes], *, before: bytes = b"", after: bytes = b"") -> None:
    """An array with a record on each line, and around it what makes it a part of a larger document."""
    handle.write(before + b"[")
    separator = b"\n"
    for record in records:
        handle.write(separator + json_bytes(record))
        separator = b",\n"
    handle.write(b"\n]" + after + b"\n")
