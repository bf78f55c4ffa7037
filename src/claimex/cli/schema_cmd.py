"""`claimex schema`: the JSON Schemas of what claimex writes."""

from __future__ import annotations

import sys
from typing import Annotated

from claimex.cli.options import choice_option
from claimex.schema import SCHEMAS, schema_text


def schema_command(
    of: Annotated[
        str,
        choice_option("--of", "schema", SCHEMAS, f"What to describe: {', '.join(SCHEMAS)}.", metavar="WHAT"),
    ] = "claim",
) -> None:
    """Print the JSON Schema (draft 2020-12) of a claim, or of what compare, diff, stats and explain print.

    \b
    Example:
      claimex schema > claim.schema.json
      claimex schema --of comparison
    """
    sys.stdout.write(schema_text(of))
