"""The input formats: the seam where a new one comes in."""

from __future__ import annotations

from claimex.inputs.html import read_html
from claimex.inputs.json_files import read_json, read_json_lines
from claimex.inputs.source import Reader, suffix
from claimex.inputs.text import read_text

READERS: dict[str, Reader] = {
    "txt": read_text,
    "html": read_html,
    "htm": read_html,
    "json": read_json,
    "jsonl": read_json_lines,
    "ndjson": read_json_lines,
}
"""Format, which is the suffix without its dot too, to reader. With `.gz` behind it a file is of the same format."""
MANY = {"json", "jsonl", "ndjson"}
"""Formats whose files hold any number of articles."""


def format_of(path: str) -> str | None:
    """The format that the name of a file says; None where it says none."""
    named = suffix(path)
    return named if named in READERS else None
