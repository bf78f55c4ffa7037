"""The figures of a comparison as rows of a chart: one for each claim, as points and lines with open ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from claimex.compare.model import Link, Row, Topic
from claimex.wording import printable

LABEL = 80
"""Characters of a label: a source's name may be as long as a sentence."""
ROOM = 1.6
"""How far an axis reaches past the outermost number, as a factor, to leave room for open ends."""
WIDE = 30
"""From this ratio of the largest number to the smallest on an axis is logarithmic."""


def rows(topic: Topic, numbers: Mapping[tuple[str, str], int]) -> dict[str, Any] | None:
    """The rows of a topic and its axis, for the chart; None where no figure of it is a number.

    `numbers` gives the number of a claim on the page by its article and id.
    """
    found = [
        {**_row(row, link), "n": numbers[link.article, link.claim], "q": number}
        for number, question in enumerate(topic.questions)
        for row in (*question.rows, *question.apart)
        for link in row.claims
        if row.low is not None or row.high is not None
    ]
    if not found:
        return None
    axis = _axis(found)
    for one in found:
        _place(one, axis)
    return {"rows": found, "groups": [question.title for question in topic.questions], **axis}


def _row(row: Row, link: Link) -> dict[str, Any]:
    bound, value = row.quantity.bound, row.quantity.value
    low = value if bound in ("exact", "approx") else None if bound in ("at_most", "less_than") else row.low
    high = None if bound in ("exact", "approx", "at_least", "more_than") else row.high
    source = f"{row.source} (via {row.via})" if row.via and row.via != row.source else row.source
    nobody = unsourced(row.factuality)
    day = row.when.earliest or link.published
    return {
        "figure": short(row.figure),
        "unit": short(row.unit),
        "label": short(" · ".join(filter(None, (source or nobody, row.place)))),
        "source": short(source or nobody),
        "place": short(row.place or "not said"),
        "activity": row.activity,
        "factuality": row.factuality,
        "when": short(row.when.text or (f"article of {link.published}" if link.published else "undated")),
        "day": day or "",
        "article": short(link.article),
        "bound": bound,
        "low": low,
        "high": high,
        "from": row.low,
        "to": row.high,
    }


def unsourced(factuality: str) -> str:
    """What stands in the place of a source where nobody is named."""
    return "somebody not named" if factuality == "reported" else "own voice"


def short(words: str) -> str:
    """Words on one line, cut where they are too long for a label."""
    line = printable(words)
    return line if len(line) <= LABEL else line[: LABEL - 1] + "…"


def _axis(found: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    numbers = [float(v) for row in found for v in (row["low"], row["high"], row["from"], row["to"]) if v]
    largest, smallest = max(numbers, default=1.0), min(numbers, default=1.0)
    if largest / smallest >= WIDE:
        return {
            "log": True,
            "min": max(smallest / ROOM, 1.0) if smallest >= 1 else smallest / ROOM,
            "max": largest * ROOM,
        }
    return {"log": False, "min": 0.0, "max": largest * 1.15}


def _place(row: dict[str, Any], axis: Mapping[str, Any]) -> None:
    """Where a row's line begins and ends on the axis, which ends are open, and which points are hollow."""
    bound, least, most = row["bound"], axis["min"], axis["max"]
    low, high = row["low"], row["high"]
    if bound == "approx":
        start, end = row["from"], row["to"]
    else:
        start = least if low is None else low
        end = most if high is None and bound != "exact" else low if high is None else high
    row["x1"], row["x2"] = max(float(start), least), min(float(end), most)
    row["opens"] = {"at_least": "right", "more_than": "right", "at_most": "left", "less_than": "left"}.get(bound, "")
    row["p1"] = max(float(low), least) if low is not None else None
    row["p2"] = max(float(high), least) if high is not None and high != low else None
    row["hollow"] = bound in ("more_than", "less_than", "vague")
    for name in ("low", "high", "from", "to"):
        del row[name]
