"""Asking an index: which lines hold the answers, how many claims there are, and what they name."""

from __future__ import annotations

import os
import sqlite3
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimex.claim_line import Damage, StoredClaim
from claimex.counts import Counts, Ranking, ranked
from claimex.index.layout import ALL, DECIDED, ID_LENGTH, LINES_A_BLOCK, Columns, from_text
from claimex.index.line_lists import NUMBER, unpacked, unpacked_for_numpy
from claimex.index.state import IndexUnusableError, index_path, is_whole, state_of
from claimex.index.tallies import COUNTED, Articles, articles_in, counted, listed
from claimex.normalize.names import keys_of
from claimex.query import MANY, Condition, Question
from claimex.store import bare

if TYPE_CHECKING:
    from numpy.typing import NDArray

BROAD = 10
"""Where more than one line in so many can hold an answer, reading the file from end to end takes no longer."""
AT_HAND = 10_000
"""So many lines that were looked up are kept until they are read."""
_ALL_PLACES = 1 << 62
_NOT_SOUND = (sqlite3.Error, zlib.error, ValueError, TypeError, LookupError, OverflowError, OSError)


class Index:
    """An index that matches its claims file and is whole.

    Making one, and whatever is asked of it, raises IndexUnusableError where it turns out not to be.
    """

    def __init__(self, claims: Path) -> None:
        self._claims, self._path = claims, index_path(claims)
        with self._reported():
            if not is_whole(self._path):
                raise IndexUnusableError(f"{self._path}: damaged")
            with self._opened() as lists:
                about = lists.about()
            if about["state"] != state_of(claims):
                raise IndexUnusableError(f"{self._path}: made from another state of {claims}")
            self._lines, self._total, self._articles = (int(about[name]) for name in ("lines", "claims", "articles"))
            self._damaged = unpacked(about["damaged"])
            self._odd = set(about["odd"].split())
            self._at_hand: dict[int, bytes] = {}

    def find(self, question: Question) -> list[int] | None:
        """The lines that hold the answers, and those that are damaged; None where that is no small part of them.

        Each has been looked up in the claims file.
        """
        with self._opened() as lists:
            found = [lines for condition in question.conditions if (lines := lists.lines(condition)) is not None]
            lines = set.intersection(*found) if found else None
            if lines is None or len(lines) * BROAD > self._lines:
                return None
            decided = Question(condition for condition in question.conditions if condition.part in DECIDED)
            for number, line in self._fetch(lists, sorted(lines)):
                if not (decided.fits(line) or isinstance(decided.answer("", line), StoredClaim)):
                    raise IndexUnusableError(f"{self._path}: does not tell what stands in line {number}")
                if len(lines) <= AT_HAND:
                    self._at_hand[number] = line
        return sorted(lines.union(self._damaged))

    def read(self, question: Question, lines: Iterable[int]) -> Iterator[StoredClaim | Damage]:
        """The answers in some lines; in their places damaged ones, as far as the question has them read."""
        with self._opened() as lists:
            for number, line in self._fetch(lists, lines):
                item = None if question.fits(line) is False else question.answer(f"line {number}", line)
                if item is not None:
                    yield item

    def damage(self, question: Question) -> Iterator[StoredClaim | Damage]:
        """What is damaged in the file, as far as the question has it read."""
        return self.read(question, self._damaged)

    def values(self, part: str, names: Iterable[str] = ()) -> list[Any]:
        """The different values of a part in the order in which they first come; of entities those that go by a name."""
        keys = set().union(*map(keys_of, names))
        with self._opened() as lists:
            return list(lists.values(part, keys))

    def counts(self, question: Question, dimensions: Collection[str], limit: int | None = None) -> Counts | None:
        """The claims that answer a question, and their articles, by the values of each dimension.

        None where the lists do not tell.
        """
        known = COUNTED.keys() - self._odd
        if not known.issuperset(dimensions) or not all(c.part in DECIDED for c in question.conditions):
            return None
        with self._opened() as lists:
            kind = _only_kind(question)
            if kind is not None:
                return self._counts_of_kind(lists, kind, dimensions, limit)
            kept = lists.marked(question.conditions, self._lines)
            article_of = lists.article_of()
            by = {}
            for dimension in dimensions:
                if dimension == "article":
                    by[dimension] = Articles(lists.values("article")).ranking(article_of, kept, limit)
                else:
                    found = ((value, unpacked_for_numpy(lines)) for value, lines in lists.of(COUNTED[dimension][0]))
                    counts = counted(listed(dimension, found), article_of, kept)
                    by[dimension] = ranked(dimension, counts, limit)
            return Counts(int(kept.sum()), articles_in(article_of, kept), by)

    def _counts_of_kind(self, lists: _Lists, kind: str, dimensions: Collection[str], limit: int | None) -> Counts:
        """What was counted when the index was made."""
        claims, articles = self._total, self._articles
        if kind != ALL:
            kinds = {count.value[0]: count for count in lists.ranking(ALL, "kind").counts}
            _, claims, articles = kinds.get(kind, (None, 0, 0))
        by = {dimension: lists.ranking(kind, dimension, limit) for dimension in dimensions}
        return Counts(claims, articles, by)

    @contextmanager
    def _opened(self) -> Iterator[_Lists]:
        # Nobody writes to it: no lock is needed, nor room for one in a folder that cannot be written.
        address = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        with self._reported(), closing(sqlite3.connect(address, uri=True)) as database:
            yield _Lists(database)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except _NOT_SOUND as error:
            raise IndexUnusableError(f"{self._path}: cannot be read ({error})") from error

    def _fetch(self, lists: _Lists, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Lines of the claims file with their numbers."""
        block, start, ends = -1, 0, array(NUMBER)
        with self._claims.open("rb", buffering=0) as handle:
            size = os.fstat(handle.fileno()).st_size
            for number in numbers:
                if number in self._at_hand:
                    yield number, self._at_hand[number]
                    continue
                wanted, place = divmod(number - 1, LINES_A_BLOCK)
                if wanted != block:
                    block, (start, ends) = wanted, lists.block(wanted)
                begin, end = start + (ends[place - 1] if place else 0), start + ends[place]
                # With the byte before it, which has to end another line.
                handle.seek(max(0, begin - 1))
                data = handle.read(end - max(0, begin - 1))
                line = data[1:] if begin else data
                broken = begin > 0 and data[:1] != b"\n"
                if broken or b"\n" in line[:-1] or (line[-1:] != b"\n" and end != size):
                    raise IndexUnusableError(f"{self._path}: line {number} of {self._claims} is somewhere else")
                yield number, bare(line, number)


def _only_kind(question: Question) -> str | None:
    """The kind whose claims a question asks for, without any other condition; ALL where it asks for all claims."""
    if not question.conditions:
        return ALL
    (condition, *more) = question.conditions
    if more or condition.part != "kind" or len(condition.names) != 1:
        return None
    (kind,) = condition.names
    return kind if kind != ALL else None


class _Lists:
    """The tables of an index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def about(self) -> dict[str, Any]:
        """What the index says of itself."""
        return dict(self._database.execute("SELECT name, value FROM about"))

    def lines(self, condition: Condition) -> set[int] | None:
        """The lines for which a condition holds, or by the beginning of their ids may; None where no list tells."""
        if condition.part in DECIDED:
            lists = self.of(condition.part, condition.names)
            return set().union(*(unpacked(lines) for value, lines in lists if condition.holds(value)))
        beginnings = [name[:ID_LENGTH] for name in condition.names]
        if condition.part == "id" and min(map(len, beginnings)) == ID_LENGTH:
            return set().union(*(unpacked(lines) for _, lines in self.of("id", beginnings)))
        return None

    def marked(self, conditions: Iterable[Condition], lines: int) -> NDArray[Any]:
        """True at the number of each line for which all conditions hold."""
        import numpy

        kept = numpy.ones(lines + 1, bool)
        kept[0] = False
        for condition in conditions:
            held = numpy.zeros(lines + 1, bool)
            for value, numbers in self.of(condition.part, condition.names):
                if condition.holds(value):
                    held[unpacked_for_numpy(numbers)] = True
            kept &= held
        return kept

    def of(self, part: str, names: Collection[str] = ()) -> Iterator[tuple[Any, bytes]]:
        """The values of a part with their lines, packed; those that go by one of the names, where some are given."""
        rows = self._select("value, lines", part, names)
        return ((from_text(part, text), lines) for text, lines in rows)

    def values(self, part: str, names: Collection[str] = ()) -> Iterator[Any]:
        """The values of a part in the order in which they first come."""
        return (from_text(part, text) for (text,) in self._select("value", part, names))

    def _select(self, columns: str, part: str, names: Collection[str]) -> sqlite3.Cursor:
        chosen, places = "", ", ".join("?" * len(names))
        if names and part == MANY:
            chosen = f"WHERE number IN (SELECT number FROM names WHERE name IN ({places}))"
        elif names:
            chosen = f"WHERE value IN ({places})"
        return self._database.execute(f'SELECT {columns} FROM "{part}" {chosen} ORDER BY number', list(names))

    def block(self, number: int) -> tuple[int, array[int]]:
        """Where a block of lines begins, and where, from there on, each of its lines ends."""
        start, ends = self._database.execute("SELECT start, ends FROM blocks WHERE number = ?", (number,)).fetchone()
        return start, array(NUMBER, ends)

    def ranking(self, kind: str, dimension: str, limit: int | None = None) -> Ranking:
        """The first values of a dimension, counted in the claims of a kind."""
        query = "SELECT rest, counts FROM rankings WHERE kind = ? AND dimension = ? AND place < ? ORDER BY place"
        pieces = self._database.execute(query, (kind, dimension, _ALL_PLACES if limit is None else limit)).fetchall()
        counts = [count for _, piece in pieces for count in Columns.from_bytes(piece).counts()][:limit]
        return Ranking(counts, pieces[0][0] - len(counts) if pieces else 0)

    def article_of(self) -> NDArray[Any]:
        """A number for the article of each line."""
        import numpy

        return numpy.frombuffer(zlib.decompress(self.about()["article_of"]), numpy.dtype(NUMBER))
