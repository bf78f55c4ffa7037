"""Exports of annotation tools as gold: Label Studio's JSON, doccano's JSON Lines.

Both hold the text that was annotated. A field that nobody filled in is not said, and is not graded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import msgspec

from claimex.claims import kinds
from claimex.evaluate.fields import fields_of
from claimex.model import text_sha256

LABELS = "labels"


class _Annotation(msgspec.Struct):
    result: list[dict[str, Any]]
    was_cancelled: bool = False
    ground_truth: bool = False


class _Task(msgspec.Struct):
    data: dict[str, Any]
    annotations: list[_Annotation]


class _Entity(msgspec.Struct):
    start_offset: int
    end_offset: int
    label: str


class _Example(msgspec.Struct):
    text: str
    label: list[tuple[int, int, str]] | None = None
    entities: list[_Entity] | None = None
    article: str | None = None
    path: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that somebody labelled, in code points, and what is said of them."""

    start: int
    end: int
    label: str
    said: Mapping[str, str]
    """Words by the name of their field."""
    filled_in: bool = False
    """Whether a field without words says that there is nothing."""


def label_studio(tasks: Any) -> Iterator[dict[str, Any]]:
    """The gold article of each task that somebody annotated. Raises ValueError where something is no such task.

    Of several annotations the one marked as ground truth counts, else the last that was not cancelled.
    """
    for number, record in enumerate(tasks, 1):
        task = msgspec.convert(record, _Task)
        done = [one for one in task.annotations if not one.was_cancelled]
        if not done:
            continue
        chosen = next((one for one in done if one.ground_truth), done[-1])
        text = task.data.get("text")
        if not isinstance(text, str):
            raise ValueError(f"task {number} has no text under 'text'")
        yield _article(text, _regions(chosen.result), task.data, f"task {number}")


def _regions(results: Iterable[dict[str, Any]]) -> Iterator[Marked]:
    """The regions of an annotation: what was said of each, put together by its id."""
    places: dict[str, dict[str, Any]] = {}
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for result in results:
        value, id_ = result.get("value"), str(result.get("id"))
        if not isinstance(value, Mapping):
            continue
        if result.get("type") == LABELS and value.get(LABELS):
            places[id_] = {**value, "label": value[LABELS][0]}
        else:
            words = value.get("choices") or value.get("text") or ""
            said[id_][str(result.get("from_name"))] = "; ".join(words) if isinstance(words, list) else str(words)
    for id_, place in places.items():
        yield Marked(int(place["start"]), int(place["end"]), str(place["label"]), said[id_], bool(said[id_]))


def doccano(example: Any) -> dict[str, Any]:
    """The gold article of an example. Raises ValueError where it is none."""
    read = msgspec.convert(example, _Example)
    points = _code_points(read.text)
    spans = [*(read.label or ()), *((one.start_offset, one.end_offset, one.label) for one in read.entities or ())]
    marked = []
    for start, end, label in spans:
        if start not in points or end not in points:
            raise ValueError(f"{label} at {start} to {end} does not fit the text; doccano has to count UTF-16 units")
        kind, _, value = label.partition(":")
        first = next((field.name for field in fields_of(kind) if field.name in kinds()[kind].facets), "")
        marked.append(Marked(points[start], points[end], kind, {first: value} if value and first else {}))
    return _article(read.text, marked, example, "the text")


def _code_points(text: str) -> dict[int, int]:
    """UTF-16 offset to offset in code points; an offset in the middle of a character is none."""
    points, units = {0: 0}, 0
    for number, ch in enumerate(text, 1):
        units += 2 if ord(ch) > 0xFFFF else 1
        points[units] = number
    return points


def _article(text: str, marked: Iterable[Marked], about: Mapping[str, Any], where: str) -> dict[str, Any]:
    return {
        "doc": PurePath(str(about.get("path") or "")).name or str(about.get("article") or where),
        "article": str(about.get("article") or where),
        "sha256": text_sha256(text),
        "published": about.get("published"),
        "text": text,
        "claims": [_claim(text, one, where) for one in sorted(marked, key=lambda one: (one.start, one.end))],
    }


def _claim(text: str, marked: Marked, where: str) -> dict[str, Any]:
    """A gold claim of a kind, on these words. Raises ValueError for a label or a value that is none."""
    if marked.label not in kinds():
        raise ValueError(f"{where}: no kind of claim is called {marked.label!r}; there are {', '.join(kinds())}")
    if not 0 <= marked.start < marked.end <= len(text):
        raise ValueError(f"{where}: {marked.start} to {marked.end} is no place in the text")
    first, last = text.rfind("\n", 0, marked.start) + 1, text.find("\n", marked.end)
    return {
        "kind": marked.label,
        "start": marked.start,
        "end": marked.end,
        "text": text[marked.start : marked.end],
        "sentence": text[first : last if last >= 0 else len(text)].strip(),
        **dict(_fields(marked, where)),
        "optional": False,
    }


def _fields(marked: Marked, where: str) -> Iterator[tuple[str, Any]]:
    """What is said of a claim; a field that may be empty is, where others of the claim were filled in."""
    for field in fields_of(marked.label):
        words = marked.said.get(field.name, "")
        if words or (marked.filled_in and not field.required):
            try:
                yield field.name, field.read(words)
            except ValueError as error:
                raise ValueError(f"{where}, {field.name}: {error}") from error
