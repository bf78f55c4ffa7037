"""How other packages add to claimex: entry points in these groups, and which packages there are."""

from __future__ import annotations

from importlib.metadata import entry_points

KINDS = "claimex_kinds"
"""Kinds of claims: each leads to a package like those in `claims/`."""
COMPONENTS = "claimex_components"
"""Layers: the name of a spaCy factory, and the module or function that registers it."""


def plugin_packages() -> set[str]:
    """The packages that add something, by the name they are imported under."""
    points = [point for group in (KINDS, COMPONENTS) for point in entry_points(group=group)]
    return {point.module.partition(".")[0] for point in points}
