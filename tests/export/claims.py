"""Claims and databases that the tests of exports share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claimex.claim_line import StoredClaim
from claimex.export.formats import FORMATS
from claimex.export.source import ArticleTexts, Source
from claimex.store import ClaimFile
from tests.conftest import ROOT


def seed_claims() -> list[dict[str, Any]]:
    """The claims of the seed articles."""
    return [item.data for item in ClaimFile(str(ROOT / "data" / "claims.jsonl")) if isinstance(item, StoredClaim)]


def exported(name: str, claims: Iterable[dict[str, Any]], path: Path, *, texts: Path | None = None) -> Path:
    """A file of claims in a format."""
    with path.open("wb") as handle:
        FORMATS[name].write(Source(list(claims), ArticleTexts(texts)), handle)
    return path
