"""What claims can be counted by, and where a claim says it. Free of pydantic, for a quick command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from claimex.claims import facets
from claimex.wording import Claim, at, name

Value = tuple[str, str | None]
"""A value for people, and the id of the entity that it names."""


def _by(path: str) -> Callable[[Claim], list[Value]]:
    read = at(path)
    return lambda claim: [(read(claim), None)]


def _references(*paths: str) -> Callable[[Claim], list[Value]]:
    def read(claim: Claim) -> list[Value]:
        found = [claim.get(path) for path in paths]
        listed = [ref for item in found for ref in (item if isinstance(item, list | tuple) else [item])]
        return [(name(ref), ref["id"]) for ref in listed if isinstance(ref, Mapping) and ref.get("id")]

    return read


def month_of(published: str | None, date: Any) -> str:
    """The month in which an article was published, else that of the claim's own date; '' where neither is known."""
    if published:
        return published[:7]
    earliest, latest = (date.get("earliest"), date.get("latest")) if isinstance(date, Mapping) else (None, None)
    return earliest[:7] if isinstance(earliest, str) and earliest[:7] == str(latest)[:7] else ""


def _month(claim: Claim) -> list[Value]:
    return [(month_of(claim["article"].get("published"), claim.get("date")), None)]


def _source(claim: Claim) -> list[Value] | None:
    """Who says so; that an article names an entity is nobody's claim."""
    return None if claim["kind"] == "entity" else [(at("attribution.source")(claim), None)]


DIMENSIONS: dict[str, Callable[[Claim], list[Value] | None]] = {
    "kind": _by("kind"),
    "entity": _references("entities"),
    "source": _source,
    "article": _by("article.id"),
    "month": _month,
    "factuality": _by("factuality"),
    "force": _references("force"),
    "activity": _by("activity"),
    "location": _references("location"),
    "stage": _by("stage"),
    "treaty": _by("treaty.name"),
    "party": _references("parties"),
    "publisher": _by("article.publisher"),
    "rule": _by("evidence.rule"),
}
"""What claims can be counted by; the reader gives None where the question makes no sense."""
for _field in facets():
    DIMENSIONS.setdefault(_field, _by(_field))  # what kinds of other packages list
USUAL = ("kind", "entity", "source", "article", "month")
WITH_NONE = frozenset({"source", "month", "publisher"})
"""Where a claim without a value tells something; elsewhere its kind has no such field."""
