"""The JSON Schema of a claim, generated from the models."""

from __future__ import annotations

import json
from typing import Any

from claimex.claims import claim_adapter
from claimex.vocabulary import SCHEMA_VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def claim_schema() -> dict[str, Any]:
    """A schema for one claim of any kind, discriminated by `kind`; for JSON Lines, one claim a line."""
    generated = claim_adapter().json_schema(mode="serialization", by_alias=True)
    return {
        "$schema": DIALECT,
        "$id": f"urn:claimex:claim:{SCHEMA_VERSION}",
        "title": "claimex claim",
        "version": SCHEMA_VERSION,
        **generated,
    }


def schema_text() -> str:
    """The schema as indented JSON with a final line break."""
    return json.dumps(claim_schema(), indent=2, ensure_ascii=False) + "\n"
