"""What is installed and decides which claims are found, by a look at files: spaCy is not imported."""

from __future__ import annotations

import platform
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import claimex
from claimex.plugins import plugin_packages
from claimex.trained import files_sha256

LIBRARIES = ("spacy", "thinc", "numpy", "pydantic")
"""Packages whose version can change what is found or how it is written."""
NOT_READING = frozenset(
    {
        "__main__.py",
        "atomic.py",
        "cli",
        "compare",
        "counts.py",
        "diff.py",
        "dimensions.py",
        "doctor.py",
        "entity_names.py",
        "evaluate",
        "explanation",
        "export",
        "flat.py",
        "index",
        "report",
        "review",
        "rule_listing.py",
        "run",
        "schema.py",
        "stats.py",
        "store_check.py",
    }
)
"""Parts of claimex that nothing imports which reads articles: a change there makes none worth reading again.

They are named because a look at all imports takes longer than a short run; a test holds the names against it.
"""


def installed() -> dict[str, str]:
    """Each part by its name: machines where all are the same find the same."""
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "Unicode": unicodedata.unidata_version,
        **{name: version(name) for name in LIBRARIES},
        **{f"the code of {package}": _code(package) for package in sorted({claimex.__name__, *plugin_packages()})},
    }


def _code(package: str) -> str:
    spec = find_spec(package)
    folders = [Path(place) for place in (spec.submodule_search_locations or () if spec else ())]
    left_out = NOT_READING if package == claimex.__name__ else frozenset[str]()
    return " ".join(files_sha256(folder, _source_files(folder, left_out)) for folder in folders)


def _source_files(folder: Path, left_out: frozenset[str]) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.suffix != ".pyc" and file.relative_to(folder).parts[0] not in left_out:
            yield file
