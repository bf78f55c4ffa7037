"""The files beside a claims file that belong to its run: their names, and what they begin with.

Nobody has named them: they may take the place of no file of the user's, nor of those of another claims file. So each is
called as the claims file is, with an ending behind it. The record alone leaves out '.jsonl'.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LINES = ".jsonl"
RECORD = ".run.json"
JOURNAL = ".journal"
TABLE = ".articles.sqlite"
JOURNALS = b"claimex journal "
"""How a journal of any version begins."""
HEADS = {RECORD: re.compile(rb'\s*\{\s*"claimex":'), JOURNAL: re.compile(re.escape(JOURNALS))}
"""What files of these endings begin with that a run wrote."""
CLAIMS = re.compile(rb'\s*\[?\s*(?:\{\s*"id":\s*"[^"]*",\s*"kind":\s*"[^"]*",\s*"schema":|\]?\s*\Z)')
ENOUGH = 256
"""Bytes that tell."""


def record_path(claims: Path) -> Path:
    """Where the record of a claims file stands: 'claims.run.json' for 'claims.jsonl', else all of its name in front."""
    return claims.with_name(claims.name.removesuffix(LINES) + RECORD)


def journal_path(claims: Path) -> Path:
    """Where the journal of a claims file stands: 'claims.jsonl.journal' beside 'claims.jsonl'."""
    return claims.with_name(claims.name + JOURNAL)


def table_path(claims: Path) -> Path:
    """Where the table of articles of a claims file stands: 'claims.jsonl.articles.sqlite' beside 'claims.jsonl'."""
    return claims.with_name(claims.name + TABLE)


def rivals(claims: Path) -> Iterator[Path]:
    """Other claims files that are there and would have the same record: 'a' for 'a.jsonl', 'a.jsonl' for 'a'."""
    for name in _owners(record_path(claims).name):
        other = claims.with_name(name)
        if name != claims.name and _begins(other, CLAIMS):
            yield other


def is_of_a_run(path: Path) -> bool:
    """Whether a path leads to a record or a journal: by its name and by how it begins."""
    return any(path.name.endswith(ending) and _begins(path, head) for ending, head in HEADS.items())


def written_by_runs(entries: Iterable[os.DirEntry[str]]) -> set[str]:
    """The names in a folder of records and journals, and of claims files that one of these belongs to.

    What only has such a name is not among them: it may be anybody's.
    """
    paths = {entry.name: entry.path for entry in entries}
    beside = [name for name in paths if name.endswith(tuple(HEADS)) and is_of_a_run(Path(paths[name]))]
    owners = {owner for name in beside for owner in _owners(name)}
    return {*beside, *(name for name in owners & paths.keys() if _begins(Path(paths[name]), CLAIMS))}


def _owners(name: str) -> set[str]:
    """Names that the claims file of a record or a journal may have."""
    if name.endswith(JOURNAL):
        return {name.removesuffix(JOURNAL)}
    bare = name.removesuffix(RECORD)
    return {bare + LINES, *([bare] if bare else [])}


def _begins(path: Path, head: re.Pattern[bytes]) -> bool:
    """Whether a path leads to a regular file that begins so."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113 (Path.is_file raises where it may not look)
            return False
        with path.open("rb") as file:
            return head.match(file.read(ENOUGH)) is not None
    except OSError:
        return False
