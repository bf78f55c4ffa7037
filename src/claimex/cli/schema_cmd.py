"""`claimex schema`: the JSON Schemas of what claimex writes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from claimex.cli.options import choice
from claimex.schema import SCHEMAS, schema_text


def schema_command(
    of: Annotated[
        str,
        typer.Option(
            "--of", metavar="WHAT", parser=choice("schema", SCHEMAS), help=f"What to describe: {', '.join(SCHEMAS)}."
        ),
    ] = "claim",
) -> None:
    """Print the JSON Schema (draft 2020-12) of a claim, or of what compare, diff, stats and explain print.

    \b
    Example:
      claimex schema > claim.schema.json
      claimex schema --of comparison
    """
    sys.stdout.write(schema_text(of))
