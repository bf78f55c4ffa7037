"""What a run was made of, beside its claims: versions, model, options and a row for each input.

No clock and no machine in it: the same input gives the same bytes. It is written as the run goes on, since a run may
have more articles than fit into memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from claimex import __version__
from claimex.inputs.article import Article
from claimex.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from claimex.run.outcomes import Origin, Outcome


class RunRecord:
    """Counts what comes of the inputs, and writes a row for each once it has a file to write to."""

    def __init__(self, options: Mapping[str, Any], model: Mapping[str, str]) -> None:
        self.kinds: Counter[str] = Counter()
        """Claims of each kind."""
        self.articles: Counter[Origin] = Counter()
        """Articles that were read through, by how it is known what is in them."""
        self.problems = 0
        self._head = {"claimex": __version__, "schema": SCHEMA_VERSION, "model": model, "options": options}
        self._handle: IO[bytes] | None = None
        self._separator = ""

    @property
    def read(self) -> int:
        """How many articles were read through, now or earlier."""
        return self.articles.total()

    def begin(self, handle: IO[bytes]) -> None:
        """Write the head of the record."""
        self._handle = handle
        head = json.dumps(self._head, indent=1, ensure_ascii=False).removesuffix("\n}")
        self._write(f'{head},\n "articles": [')

    def add(self, outcome: Outcome) -> None:
        """Count an article, or an input that held none; write its row."""
        item, found = outcome.item, outcome.found
        self.problems += len(found.problems)
        self.kinds.update(found.kinds)
        if not found.problems:
            self.articles[outcome.origin] += 1
        article = item if isinstance(item, Article) else None
        row = {
            "id": article.ref.id if article else None,
            "path": item.ref.path if isinstance(item, Article) else item.path,
            "sha256": article.ref.sha256 if article else None,
            "encoding": article.encoding if article else None,
            "extractor": article.extractor if article else None,
            "claims": len(found.lines),
            "problems": found.problems,
            "notes": article.notes if article else (),
        }
        self._write(f"{self._separator}\n  {json.dumps(row, ensure_ascii=False)}")
        self._separator = ","

    def finish(self, claims_sha256: str) -> None:
        """Write the end of the record."""
        claims = json.dumps({"count": self.kinds.total(), "sha256": claims_sha256})
        self._write(f'\n ],\n "claims": {claims}\n}}\n')

    def _write(self, text: str) -> None:
        if self._handle is not None:
            self._handle.write(text.encode())
