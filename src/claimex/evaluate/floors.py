"""Pinned floors: figures that must not fall again, kept beside the gold they were measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from claimex.atomic import replacing
from claimex.errors import StoreError
from claimex.evaluate.gold import Gold

PINNED = ("F1", "core_F1", "full_F1")
Figures = Mapping[str, Mapping[str, float | None]]
"""Kind to its figures by name; None for one that the gold cannot tell."""


class Floor(msgspec.Struct):
    """The floors of one gold file, which they hold for as long as its bytes are these."""

    sha256: str
    floors: dict[str, dict[str, float]]


def read_floors(path: Path) -> dict[str, Floor]:
    """Floors by the name of the gold file; none where there is no such file.

    Raises StoreError when the file holds something else.
    """
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Floor])
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError) as error:
        raise StoreError(f"{path}: not a file of floors ({error}); mend it or pin anew with --update-floors") from error


def shortfalls(gold: Gold, figures: Figures, floors: Mapping[str, Floor]) -> list[str]:
    """A sentence for each figure below its floor, and one where the floors are of other gold or missing."""
    floor = floors.get(gold.name)
    if floor is None:
        return [f"{gold.name}: no floors are pinned for it; pin them with --update-floors"]
    if floor.sha256 != gold.sha256:
        return [f"{gold.name}: the gold has changed since its floors were pinned; pin them with --update-floors"]
    return _lower(gold.name, figures, floor)


def _lower(name: str, figures: Figures, floor: Floor) -> list[str]:
    return [
        f"{name}: {figure} of {kind} is {value:.3f}, below its floor {least:.3f}"
        for kind, pinned in floor.floors.items()
        for figure, least in pinned.items()
        if (value := figures.get(kind, {}).get(figure) or 0.0) < least
    ]


def pin(path: Path, measured: Mapping[str, tuple[Gold, Figures]], *, allow_regression: bool = False) -> list[str]:
    """Pin the figures of each gold file as its floors; what is lower than before, which alone keeps it from being done.

    Floors of changed gold are pinned anew without comparison.
    """
    floors = read_floors(path)
    lower = [
        sentence
        for name, (gold, figures) in measured.items()
        if name in floors and floors[name].sha256 == gold.sha256
        for sentence in _lower(name, figures, floors[name])
    ]
    if lower and not allow_regression:
        return lower
    for name, (gold, figures) in measured.items():
        pinned = {kind: {name: row[name] or 0.0 for name in PINNED} for kind, row in figures.items()}
        floors[name] = Floor(gold.sha256, pinned)
    content: Any = {name: msgspec.to_builtins(floors[name]) for name in sorted(floors)}
    with replacing(path) as handle:
        handle.write((json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
    return []
