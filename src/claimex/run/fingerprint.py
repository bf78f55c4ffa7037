"""What the claims of an article depend on, as one hash: known without reading it, and without importing spaCy.

Two articles with the same key have the same claims, to the byte. Whatever could change them has to go in here.
"""

from __future__ import annotations

import json
from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from claimex.claims import kinds
from claimex.engine.installed import installed
from claimex.reference import ArticleRef
from claimex.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claimex.engine.pipeline import PipelineSetup

KEY_BYTES = 16
_values = attrgetter(*(field.name for field in fields(ArticleRef)))


def fingerprint(setup: PipelineSetup, model: Mapping[str, str], rules: Sequence[Mapping[str, str]]) -> bytes:
    """A hash of options, model, rules laid over those of the package, and what is installed."""
    parts = {
        "schema": SCHEMA_VERSION,
        "kinds": sorted(setup.kinds or kinds()),
        "exhaustive": setup.exhaustive,
        "model": dict(model),
        "rules": [(Path(row["path"]).name, row["sha256"]) for row in rules],
        "installed": installed(),
    }
    return blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=KEY_BYTES).digest()


def article_key(fingerprint: bytes, ref: ArticleRef) -> bytes:
    """A hash of all that the claims of one article depend on; its text stands in `ref` as a hash."""
    return blake2b(fingerprint + json.dumps(_values(ref)).encode(), digest_size=KEY_BYTES).digest()
