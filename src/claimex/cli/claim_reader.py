"""Reads claims for the commands: with the help of an index where there is one, else from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from claimex.claim_line import Damage, StoredClaim
from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import tell, tell_all
from claimex.index.state import IndexUnusableError, index_path
from claimex.query import Question
from claimex.store import ClaimFile

if TYPE_CHECKING:
    from claimex.counts import Counts
    from claimex.index.reader import Index

T = TypeVar("T")


class ClaimReader:
    """Reads the claims of a file, as often as asked, and keeps what is damaged in it, to be told once at the end.

    The answers are the same with and without an index. One that cannot be used is told of, once. Raises StoreError
    where there is no such file or it cannot be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = ClaimFile(path)
        self._has_index = self._file.is_lines and index_path(Path(path)).exists()
        self._index: Index | None = None
        self._damage: dict[str, Damage] = {}

    def select(self, question: Question) -> Iterator[StoredClaim]:
        """The answers, with the bytes that hold them."""
        lines = self._ask(lambda index: index.find(question)) if question.conditions else None
        if lines is None or self._index is None:
            yield from self._undamaged(self._file.select(question))
        else:
            yield from self._undamaged(self._index.read(question, lines))

    def values(self, part: str, names: Iterable[str] = ()) -> Iterable[Any]:
        """The different values of a part in the order in which they first come.

        Of entities at least those that one of the names can mean.
        """
        found = self._ask(lambda index: index.values(part, names))
        return self._file.values(part, names) if found is None else found

    def counts(self, question: Question, dimensions: Sequence[str], *, limit: int | None = None) -> Counts:
        """How many claims answer the question, by each of the dimensions; the first `limit` values of each."""
        from claimex.counts import count_claims

        found = self._ask(lambda index: index.counts(question, dimensions, limit))
        if found is None or self._index is None:
            return count_claims((claim.data for claim in self.select(question)), dimensions, limit=limit)
        for _ in self._undamaged(self._index.damage(question)):
            raise AssertionError("a damaged line holds no claim")
        return found

    def _undamaged(self, items: Iterable[StoredClaim | Damage]) -> Iterator[StoredClaim]:
        for item in items:
            if isinstance(item, Damage):
                self._damage[item.where] = item
            else:
                yield item

    def _ask(self, what: Callable[[Index], T]) -> T | None:
        """What the index answers; None where it does not know, or there is none that can be used."""
        if not self._has_index:
            return None
        from claimex.index.reader import Index

        try:
            if self._index is None:
                self._index = Index(Path(self.path))
            return what(self._index)
        except IndexUnusableError as error:
            self._has_index, self._index = False, None
            tell(f"{error}; {self.path} is read from end to end, until `claimex index -i {self.path}` makes it anew")
            return None

    def report(self) -> ExitCode:
        """Say on stderr what is damaged."""
        count = tell_all(f"{self.path}, {item.where}: {item.reason}" for item in self._damage.values())
        return ExitCode.INCOMPLETE if count else ExitCode.DONE
