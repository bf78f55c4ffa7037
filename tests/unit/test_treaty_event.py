"""Treaty events: the case table, and every rule's own sentences."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from tests.conftest import Case, load_cases


class Expected(BaseModel):
    """The fields of one expected claim; a field that is left out is not compared. 'none' means null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: str
    quote: str | None = None
    treaty: str | None = None
    name: str | None = None
    type: str | None = None
    parties: tuple[str, ...] | None = None
    actor: str | None = None
    body: str | None = None
    factuality: str | None = None
    source: str | None = None
    provision: str | None = None
    condition: str | None = None
    rule: str | None = None


class TreatyEventCase(Case):
    """A text and its treaty events, in order; none for texts without one."""

    claims: tuple[Expected, ...] = ()


def treaty_events(nlp: Any, text: str) -> list[Any]:
    return [claim for claim in nlp(text)._.claims if claim.kind == "treaty_event"]


def shown(claim: Any, wanted: Expected) -> dict[str, Any]:
    """The claim in the terms of the row, only the fields that the row names."""
    values = {
        "stage": claim.stage,
        "quote": claim.evidence.quote,
        "treaty": claim.treaty.text,
        "name": claim.treaty.name,
        "type": claim.treaty.type,
        "parties": tuple(party.name for party in claim.parties),
        "actor": claim.actor.name if claim.actor else "none",
        "body": claim.body.name if claim.body else "none",
        "factuality": claim.factuality,
        "source": claim.attribution.source if claim.attribution else "none",
        "provision": claim.provision.kind if claim.provision else "none",
        "condition": (claim.provision and claim.provision.condition) or "none",
        "rule": claim.evidence.rule,
    }
    return {key: values[key] for key in wanted.model_fields_set}


@pytest.mark.parametrize("case", load_cases("treaty_event", TreatyEventCase))
def test_case(nlp: Any, case: TreatyEventCase) -> None:
    found = treaty_events(nlp, case.text)
    assert [claim.stage for claim in found] == [row.stage for row in case.claims], case.why
    for claim, row in zip(found, case.claims, strict=True):
        assert shown(claim, row) == row.model_dump(exclude_unset=True), case.why
        assert case.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
