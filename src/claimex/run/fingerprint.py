"""What the claims of an article depend on, as one hash: known without reading it, and without importing spaCy.

Two articles with the same key have the same claims, to the byte. Whatever could change them has to go in here.
"""

from __future__ import annotations

import json
import platform
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import claimex
from claimex.claims import kinds
from claimex.plugins import plugin_packages
from claimex.trained import files_sha256
from claimex.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claimex.engine.pipeline import PipelineSetup
    from claimex.reference import ArticleRef

LIBRARIES = ("spacy", "thinc", "numpy", "pydantic")
"""Packages whose version can change what is found or how it is written."""
NOT_READING = frozenset({"cli", "compare", "diff.py", "evaluate", "query.py", "report", "stats.py"})
"""Parts of claimex that only look at claims: a change there makes no article worth reading again."""
KEY_BYTES = 16


def fingerprint(setup: PipelineSetup, model: Mapping[str, str], rules: Sequence[Mapping[str, str]]) -> bytes:
    """A hash of options, model, claimex's code and rules, what adds to them, and the libraries named above."""
    parts = {
        "schema": SCHEMA_VERSION,
        "kinds": sorted(setup.kinds or kinds()),
        "exhaustive": setup.exhaustive,
        "model": dict(model),
        "rules": [(Path(row["path"]).name, row["sha256"]) for row in rules],
        "code": {package: _code(package) for package in sorted({claimex.__name__, *plugin_packages()})},
        "libraries": {name: version(name) for name in LIBRARIES},
        "python": platform.python_version_tuple()[:2],
        "unicode": unicodedata.unidata_version,
    }
    return blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=KEY_BYTES).digest()


def article_key(fingerprint: bytes, ref: ArticleRef) -> bytes:
    """A hash of all that the claims of one article depend on; its text stands in `ref` as a hash."""
    return blake2b(fingerprint + json.dumps(astuple(ref)).encode(), digest_size=KEY_BYTES).digest()


def _code(package: str) -> list[str]:
    spec = find_spec(package)
    folders = [Path(place) for place in (spec.submodule_search_locations or () if spec else ())]
    return [files_sha256(folder, _source_files(folder)) for folder in folders]


def _source_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.suffix != ".pyc" and file.relative_to(folder).parts[0] not in NOT_READING:
            yield file
