"""A claim in one line: what its table says of it, without who says so and where."""

from __future__ import annotations

from claimex.claims import kinds
from claimex.wording import SAID, TRACE, Claim


def headline(claim: Claim) -> str:
    """'>10,000 troops, North Korea, deployed, Kursk'; the quote for a kind that does not say how it reads."""
    columns = (c for c in kinds()[claim["kind"]].columns if c not in (*SAID, *TRACE) and not c.number)
    return ", ".join(filter(None, (column.words(claim) for column in columns))) or str(claim["evidence"]["quote"])
