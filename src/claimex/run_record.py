"""What a run was made of, beside its claims: versions, model, options and a row for each article.

No clock and no machine in it: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimex import __version__
from claimex.rule_files import user_files
from claimex.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.extraction import ArticleResult

NO_WEIGHTS = ("meta.json", "README.md", "LICENSE", "LICENSES_SOURCES", "accuracy.json")
"""Files of a model that do not change what it reads; packages of the same weights differ in them."""


@dataclass(slots=True)
class RunRecord:
    """Grows with each result."""

    options: dict[str, Any]
    model: dict[str, str] | None = None
    articles: list[dict[str, Any]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    problems: int = 0

    def add(self, result: ArticleResult) -> None:
        """A row for an article, or for an input that held none."""
        messages = [problem.message for problem in result.problems]
        self.problems += len(messages)
        self.kinds.update(claim.kind for claim in result.claims)
        ref = result.article
        self.articles.append(
            {
                "id": ref.id if ref else None,
                "path": ref.path if ref else result.problems[0].path,
                "sha256": ref.sha256 if ref else None,
                "encoding": result.encoding,
                "claims": len(result.claims),
                "problems": messages,
                "notes": result.notes,
            }
        )

    @property
    def read(self) -> int:
        """How many articles were read through."""
        return sum(1 for row in self.articles if row["sha256"] and not row["problems"])

    def text(self, *, claims_sha256: str) -> str:
        """The record as indented JSON with a final line break."""
        record = {
            "claimex": __version__,
            "schema": SCHEMA_VERSION,
            "model": self.model,
            "options": self.options,
            "claims": {"count": self.kinds.total(), "sha256": claims_sha256},
            "articles": self.articles,
        }
        return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def record_path(claims: Path) -> Path:
    """Where the record of a claims file stands: 'claims.run.json' beside 'claims.jsonl'."""
    return claims.with_suffix(".run.json")


def describe_model(nlp: Language) -> dict[str, str]:
    """Name, version and weight hash of the trained model that a pipeline reads with."""
    model = nlp.get_pipe("claimex_reader").model  # type: ignore[attr-defined]
    return {
        "name": f"{model.meta['lang']}_{model.meta['name']}",
        "version": str(model.meta["version"]),
        "weights_sha256": weights_sha256(Path(model.path)),
    }


def describe_rules() -> list[dict[str, str]]:
    """Path and hash of each file of rules that a user has laid over those of the package."""
    return [{"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in user_files()]


def weights_sha256(folder: Path) -> str:
    """One hash over every weight and data file of a model, in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if file.is_file() and file.name not in NO_WEIGHTS and file.suffix not in (".py", ".pyc"):
            name = file.relative_to(folder).as_posix()
            digest.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
