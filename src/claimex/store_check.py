"""Whether a claims file is sound: its lines, its claims, the record of its run and its index; and what to do if not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from claimex.claim_line import Damage, StoredClaim
from claimex.claims import claim_adapter
from claimex.doctor import Check
from claimex.index.state import IndexUnusableError, index_path
from claimex.run.journal import is_settled
from claimex.run_files import record_path
from claimex.store import BUFFER, ClaimFile

SHOWN = 3
"""So many places are named; the others are counted."""
AGAIN = "Run claimex extract again to have them anew; other commands pass over them."


def store_checks(path: str) -> Iterator[Check]:
    """What is found in a claims file, the record of its run and its index.

    Raises StoreError where there is no such file or it cannot be read.
    """
    file = ClaimFile(path)
    seen = _Seen()
    for item in file:
        seen.add(item)
    yield Check("claims", "fine", f"{seen.claims:,} claims of {len(seen.texts):,} articles in {path}")
    yield from seen.checks()
    if file.is_lines:
        yield from _record(Path(path), seen.claims)
        yield _index(Path(path))


@dataclass(slots=True)
class _Seen:
    """What is wrong, by what it is."""

    claims: int = 0
    wrong: dict[str, list[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    places: set[tuple[str, str]] = field(default_factory=set)
    wholes: dict[str, str] = field(default_factory=dict)
    """Id of a claim that another is said to be a part of, and where that is said."""
    texts: dict[str, str] = field(default_factory=dict)
    """Id of an article to the hash of its text."""
    validate: Callable[[Any], Any] = field(default_factory=lambda: claim_adapter().validate_python)

    def add(self, item: StoredClaim | Damage) -> None:
        """Look at a line."""
        if isinstance(item, Damage):
            self._note("lines", f"{item.where}: {item.reason}")
            return
        self.claims += 1
        claim = item.data
        article = claim["article"]
        for what, reason in _faults(claim, self.validate):
            self._note(what, f"{item.where}: {reason}")
        if (claim["id"], article["id"]) in self.places:
            self._note("twice", f"{item.where}: {claim['id']} of {article['id']}")
        if self.texts.setdefault(article["id"], article["sha256"]) != article["sha256"]:
            self._note("texts", f"{item.where}: {article['id']}")
        self.places.add((claim["id"], article["id"]))
        self.ids.add(claim["id"])
        if isinstance(claim.get("part_of"), str):
            self.wholes.setdefault(claim["part_of"], item.where)

    def _note(self, what: str, where: str) -> None:
        self.counts[what] += 1
        if self.counts[what] <= SHOWN:
            self.wrong.setdefault(what, []).append(where)

    def checks(self) -> Iterator[Check]:
        """A line for each kind of fault."""
        for whole, where in self.wholes.items():
            if whole not in self.ids:
                self._note("parts", f"{where}: {whole}")
        for what, (found, advice) in FAULTS.items():
            if self.counts[what]:
                more = f" and {self.counts[what] - SHOWN:,} more" if self.counts[what] > SHOWN else ""
                yield Check(what, "wrong", f"{found}: {'; '.join(self.wrong[what])}{more}", advice)


FAULTS = {
    "lines": ("Lines that hold no claim", f"Take these lines out of the file. {AGAIN}"),
    "claims": ("Claims that are not valid", AGAIN),
    "quotes": ("Quotes that do not stand in their sentence where they say", AGAIN),
    "twice": ("Claims that stand in the file twice", "Keep one of them: whoever counts, counts both."),
    "texts": ("Articles of one name with different texts", "Give one of them another name and read it again."),
    "parts": ("Parts of claims that are not in the file", "Look for the claim in the file that these were taken from."),
}
"""What can be wrong with claims: how it is said, and what to do."""


def _faults(claim: Mapping[str, Any], validate: Callable[[Any], Any]) -> Iterator[tuple[str, str]]:
    from pydantic import ValidationError

    try:
        validate(claim)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        yield "claims", f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        return
    evidence = claim["evidence"]
    sentence = evidence["sentence"]
    start, end = (evidence[name] - sentence["start"] for name in ("start", "end"))
    if not 0 <= start <= end or sentence["text"][start:end] != evidence["quote"]:
        yield "quotes", f"{evidence['quote']!r}"


class _Told(msgspec.Struct):
    """What a record says of its claims file."""

    sha256: str
    count: int


class _Record(msgspec.Struct):
    """A record, as far as it is looked at here."""

    claims: _Told


def _record(claims: Path, count: int) -> Iterator[Check]:
    """Whether the file is as the run left it that the record tells of."""
    path = record_path(claims)
    if is_settled(Path(os.path.realpath(claims))):
        said = "a run that was killed at its end has not put all its files in their places"
        yield Check("record", "optional", said, "The next claimex extract into this file does; it reads nothing anew.")
        return
    if not path.exists():
        yield Check("record", "optional", "none")
        return
    try:
        told = msgspec.json.decode(path.read_bytes(), type=_Record).claims
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError) as error:
        advice = "Run claimex extract again to have it anew."
        yield Check("record", "wrong", f"{path} cannot be read ({error})", advice)
        return
    found = sha256()
    with claims.open("rb", buffering=BUFFER) as handle:
        while block := handle.read(BUFFER):
            found.update(block)
    if found.hexdigest() == told.sha256:
        yield Check("record", "fine", f"the file is as the run in {path} wrote it")
    else:
        size = "" if told.count == count else f"{told.count:,} claims and "
        said = f"{path} tells of a file with {size}other content"
        advice = "Run claimex extract again, or remove the record if the file was changed on purpose."
        yield Check("record", "wrong", said, advice)


def _index(claims: Path) -> Check:
    from claimex.index.reader import Index

    if not index_path(claims).exists():
        return Check("index", "optional", "none", f"claimex index -i {claims} makes one, for a large file.")
    try:
        Index(claims)
    except IndexUnusableError as error:
        return Check("index", "wrong", str(error), f"claimex index -i {claims} --rebuild makes it anew.")
    return Check("index", "fine", f"{index_path(claims)} fits the file")
