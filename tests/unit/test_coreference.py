"""Anaphors against tests/cases/coreference.toml."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from tests.conftest import Case, load_cases


class Link(BaseModel):
    """An anaphor and its antecedent; `entities` only where they matter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    anaphor: str
    antecedent: str
    entities: tuple[str, ...] | None = None


class CoreferenceCase(Case):
    """A row of the table."""

    links: tuple[Link, ...]


@pytest.mark.parametrize("case", load_cases("coreference", CoreferenceCase))
def test_coreference(nlp: Any, case: CoreferenceCase) -> None:
    """Exactly the anaphors of the row are linked, each to its antecedent."""
    found = nlp(case.text)._.coreferences
    assert [(c.anaphor.text, c.antecedent.text) for c in found] == [(k.anaphor, k.antecedent) for k in case.links]
    for link, expected in zip(found, case.links, strict=True):
        if expected.entities is not None:
            assert tuple(e.name for e in link.entities) == expected.entities
