"""Troop counts: the case table, and every rule's own sentences."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from claimex.wording import place
from tests.conftest import Case, load_cases


class Expected(BaseModel):
    """The fields of one expected claim; a field that is left out is not compared. 'none' means null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str
    unit: str | None = None
    bound: str | None = None
    value: float | None = None
    force: str | None = None
    activity: str | None = None
    location: str | None = None
    origin: str | None = None
    date: str | None = None
    factuality: str | None = None
    further: tuple[str, ...] | None = None
    """What else is said of the same people: "deployed, Mali, planned"."""
    part: bool | None = None
    coreferent: bool | None = None


class TroopCase(Case):
    """A text and its counts, in order; none for texts without a count."""

    claims: tuple[Expected, ...] = ()


def troop_counts(nlp: Any, text: str) -> list[Any]:
    return [claim for claim in nlp(text)._.claims if claim.kind == "troop_count"]


def where(location: Any) -> str:
    """A place as tables show it."""
    return place(location.model_dump()) if location else "none"


def shown(claim: Any, wanted: Expected) -> dict[str, Any]:
    """The claim in the terms of the row, only the fields that the row names."""
    values = {
        "quote": claim.evidence.quote,
        "unit": claim.unit,
        "bound": claim.quantity.bound,
        "value": claim.quantity.value,
        "force": claim.force.name if claim.force else "none",
        "activity": claim.activity,
        "location": where(claim.location),
        "origin": claim.origin.name if claim.origin else "none",
        "date": claim.date.text if claim.date else "none",
        "factuality": claim.factuality,
        "further": tuple(f"{f.activity}, {where(f.location)}, {f.factuality}" for f in claim.further),
        "part": claim.part_of is not None,
        "coreferent": claim.coreferent,
    }
    return {key: values[key] for key in wanted.model_fields_set}


@pytest.mark.parametrize("case", load_cases("troop_count", TroopCase))
def test_case(nlp: Any, case: TroopCase) -> None:
    found = troop_counts(nlp, case.text)
    assert [claim.evidence.quote for claim in found] == [row.quote for row in case.claims], case.why
    for claim, row in zip(found, case.claims, strict=True):
        assert shown(claim, row) == row.model_dump(exclude_unset=True), case.why
        assert case.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_a_third_of_the_cases_expects_nothing() -> None:
    rows = [param.values[0] for param in load_cases("troop_count", TroopCase)]
    assert sum(not row.claims for row in rows) * 3 >= len(rows)
