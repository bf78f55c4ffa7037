"""The setup of a real run: the claimex pipeline around a trained model."""

from __future__ import annotations

import gc
import os
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.engine.base import Chunk, Found, ReadChunk
from claimex.engine.bounds import bounded
from claimex.engine.installed import installed
from claimex.store import encode
from claimex.trained import find_model

if TYPE_CHECKING:
    from claimex.extraction import ArticleResult


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineSetup:
    """Which pipeline reads, and what for."""

    kinds: tuple[str, ...] | None = None
    model: str | None = None
    exhaustive: bool = False
    rules: tuple[str, ...] = ()
    """Folders of rule files over those of the package."""

    def load(self) -> ReadChunk:
        """Load the model. Raises ModelError when it is not installed, RuleError for a rule file at fault."""
        # NumPy asks once, when it is first imported. Matrices this small gain nothing from a second thread.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from claimex.extraction import extract_articles
        from claimex.pipeline import build_nlp
        from claimex.rule_files import use_rules

        use_rules(self.rules)
        nlp = build_nlp(self.model, parse="all" if self.exhaustive else "needed")

        def read(chunk: Chunk) -> list[Found]:
            found = [_found(result) for result in extract_articles(nlp, chunk, kinds=self.kinds, bounds=bounded)]
            # Docs and what is written on them refer to each other: left to the collector's own turn, the circles of
            # many chunks pile up. What outlives a chunk is there for good, and is not looked through again.
            gc.collect()
            gc.freeze()
            return found

        return read

    def identity(self) -> dict[str, str]:
        """What is installed here, the model and the rules."""
        from claimex.rule_files import rules_digest

        model = find_model(self.model).described()
        return {**installed(), "the model": " ".join(model.values()), "the rules": rules_digest()}


def _found(result: ArticleResult) -> Found:
    return Found(
        lines=tuple(encode(claim) for claim in result.claims),
        kinds=Counter(claim.kind for claim in result.claims),
        problems=tuple(problem.message for problem in result.problems),
    )
