"""`claimex schema`: the JSON Schema of a claim."""

from __future__ import annotations

import sys


def schema_command() -> None:
    """Print the JSON Schema (draft 2020-12) of a claim.

    \b
    Example:
      claimex schema > claim.schema.json
    """
    from claimex.schema import schema_text

    sys.stdout.write(schema_text())
