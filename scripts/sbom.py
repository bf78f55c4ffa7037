"""Print what claimex is installed with, as a CycloneDX 1.6 bill of materials: made of requirements.lock.

    python scripts/sbom.py > claimex.cdx.json

Versions and SHA-256 are those that pip is held to; licences are what the installed packages say of themselves.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
LONGEST = 100
"""Characters of a licence's name: some packages put the whole text there."""


def components(lock: str) -> Iterator[dict[str, Any]]:
    """A component for each package of a lock."""
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        match = PINNED.match(entry.splitlines()[0])
        if match is None:
            raise SystemExit(f"requirements.lock: this is no pinned package: {entry.splitlines()[0]}")
        name, version, marker = match["name"], match["version"], match["marker"]
        yield {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            **({"licenses": [{"license": {"name": licence}}]} if (licence := _licence(name)) else {}),
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in sorted(HASH.findall(entry))],
            **({"properties": [{"name": "claimex:marker", "value": marker}]} if marker else {}),
        }


def _licence(name: str) -> str | None:
    try:
        about = metadata(name)
    except PackageNotFoundError:  # it is for other systems
        return None
    said = about.get("License-Expression") or about.get("License") or ""
    named = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    short = said if said and len(said) <= LONGEST and "\n" not in said else None
    return short or (", ".join(named) or None)


def bill() -> dict[str, Any]:
    """The bill of materials."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"pkg:pypi/claimex@{project['version']}",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": list(components((ROOT / "requirements.lock").read_text(encoding="utf-8"))),
    }


if __name__ == "__main__":
    print(json.dumps(bill(), indent=2))
