"""The claims of a file that a command is about: those that answer its question and are valid in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import tell_all

if TYPE_CHECKING:
    from claimex.claim_line import StoredClaim
    from claimex.cli.claim_reader import ClaimReader
    from claimex.cli.filters import Filters
    from claimex.query import Question
    from claimex.wording import Claim


class Chosen:
    """The claims of a file that answer a question and are valid in full, as often as somebody goes through them."""

    def __init__(self, reader: ClaimReader, asked: Question) -> None:
        self.reader = reader
        self.asked = asked
        self.count = 0
        """How many there are, after a pass."""
        self.invalid: list[str] = []
        """A sentence for each that is not valid, after a pass."""

    def __iter__(self) -> Iterator[Claim]:
        count, invalid = 0, list[str]()
        for claim in valid(self.reader.select(self.asked), self.reader.path, invalid):
            count += 1
            yield claim
        self.count, self.invalid = count, invalid

    def report(self) -> ExitCode:
        """Say on stderr what is no claim or not valid."""
        invalid = ExitCode.INCOMPLETE if tell_all(self.invalid) else ExitCode.DONE
        return max(self.reader.report(), invalid)


def of_activities(claims: Iterable[Claim], filters: Filters) -> Iterator[Claim]:
    """The claims of which one of the activities is said that are asked for, be it among what else they say."""
    from claimex.compare.counts import says_of

    return (claim for claim in claims if not filters.activities or says_of(claim, filters.activities))


def valid(claims: Iterable[StoredClaim], path: str, invalid: list[str]) -> Iterator[Claim]:
    """The claims that are valid in full; a sentence in `invalid` for others."""
    from pydantic import ValidationError

    from claimex.claims import claim_adapter

    adapter = claim_adapter()
    for item in claims:
        try:
            adapter.validate_python(item.data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            invalid.append(f"{path}, {item.where}: {where}: {first['msg']}")
        else:
            yield item.data
