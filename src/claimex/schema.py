"""The JSON Schemas of what claimex writes, generated from the models."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from claimex.claims import claim_adapter
from claimex.vocabulary import SCHEMA_VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def claim_schema() -> dict[str, Any]:
    """A schema for one claim of any kind, discriminated by `kind`; for JSON Lines, one claim a line."""
    return _schema("claim", claim_adapter().json_schema(mode="serialization", by_alias=True))


def comparison_schema() -> dict[str, Any]:
    """A schema for what `claimex compare --format json` prints."""
    from claimex.compare.model import Comparison

    return _schema("comparison", Comparison.model_json_schema(mode="serialization", by_alias=True))


def difference_schema() -> dict[str, Any]:
    """A schema for what `claimex diff --format json` prints."""
    from claimex.diff import Difference

    return _schema("difference", Difference.model_json_schema(mode="serialization", by_alias=True))


def statistics_schema() -> dict[str, Any]:
    """A schema for what `claimex stats --format json` prints."""
    from claimex.stats import Statistics

    return _schema("statistics", Statistics.model_json_schema(mode="serialization", by_alias=True))


def explanation_schema() -> dict[str, Any]:
    """A schema for each text that `claimex explain --format json` prints in its array."""
    from claimex.explanation.model import Explanation

    return _schema("explanation", Explanation.model_json_schema(mode="serialization", by_alias=True))


def _schema(name: str, generated: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": DIALECT,
        "$id": f"urn:claimex:{name}:{SCHEMA_VERSION}",
        "title": f"claimex {name}",
        "version": SCHEMA_VERSION,
        **{key: value for key, value in generated.items() if key != "title"},
    }


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "claim": claim_schema,
    "comparison": comparison_schema,
    "difference": difference_schema,
    "statistics": statistics_schema,
    "explanation": explanation_schema,
}
"""What has a schema."""


def schema_text(of: str = "claim") -> str:
    """One of `SCHEMAS` as indented JSON with a final line break."""
    return json.dumps(SCHEMAS[of](), indent=2, ensure_ascii=False) + "\n"
