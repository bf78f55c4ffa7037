"""Misspelt names, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimex.normalize.names import fold


def closest(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The known names most like a misspelt one, best first; none where nothing is near."""
    from difflib import get_close_matches

    by_fold = {fold(candidate): candidate for candidate in known}
    wanted = fold(name)
    # A name that has the word in it is nearer than one that merely shares letters: Korea, North Korea.
    parts = [c for folded, c in by_fold.items() if wanted and re.search(rf"\b{re.escape(wanted)}\b", folded)]
    similar = [by_fold[hit] for hit in get_close_matches(wanted, by_fold, n=limit, cutoff=0.75)]
    return list(dict.fromkeys([*similar, *sorted(parts, key=len)]))[:limit]
