"""Options that several commands share, and the checks of their values."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from claimex.claims import facets, kinds
from claimex.errors import UsageError
from claimex.normalize.spelling import closest
from claimex.store import STREAM

DEFAULT_CLAIMS = "data/claims.jsonl"
AUTO, TABLE = "auto", "table"
TABLE_OR_JSON = (TABLE, "json")
"""Formats of what is one object or one array."""


def choice(what: str, values: Iterable[str]) -> Callable[[str], str]:
    """A parser that takes one of `values` and says what is near when it is none of them."""
    known = tuple(values)

    def parse(text: str) -> str:
        value = text.strip().lower().replace("-", "_")
        if value in known:
            return value
        near = closest(value, known, limit=1)
        hint = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(known)}"
        raise typer.BadParameter(f"no {what} {text!r}; {hint}")

    return parse


def choice_option(
    name: str,
    what: str,
    values: Iterable[str],
    help_text: str,
    *,
    metavar: str = "",
    callback: Callable[[str], str] | None = None,
) -> Any:
    """An option that takes one of some values, and completes them in a shell."""
    known = tuple(values)
    return typer.Option(
        name,
        metavar=metavar or what.upper(),
        callback=callback,
        parser=choice(what, known),
        autocompletion=lambda incomplete: [value for value in known if value.startswith(incomplete.replace("-", "_"))],
        help=help_text,
    )


def format_option(formats: Iterable[str]) -> Any:
    """The option `--format`, which takes `formats` and 'auto'."""
    known = (AUTO, *formats)
    what = f"{', '.join(known)}; {AUTO} is a table on a terminal and {for_programs(known[1:])} elsewhere."
    return choice_option("--format", "format", known, what)


def for_programs(formats: Iterable[str]) -> str:
    """The first format that is no table: what is written where nobody looks on."""
    return next(name for name in formats if name != TABLE)


def listed(help_text: str, values: Iterable[str]) -> str:
    """Help for an option with a closed list of values."""
    return f"{help_text}: {', '.join(values)}; repeatable."


def amount(text: str) -> float:
    """A number as people type it: 10000, 10,000, 10k, 1.5m."""
    match = re.fullmatch(r"(\d[\d,_]*(?:\.\d+)?|\.\d+)\s*([km]?)", text.strip().lower())
    if not match:
        raise typer.BadParameter(f"{text!r} is no number; write 10000, 10,000 or 10k")
    return float(re.sub("[,_]", "", match[1])) * {"": 1, "k": 1_000, "m": 1_000_000}[match[2]]


def whole_number(text: str) -> int:
    """A whole number that is not negative. Typer's own check of a range costs the import of pydantic."""
    text = text.strip()
    if not text.isdecimal():
        raise typer.BadParameter(f"{text!r} is no whole number")
    # More digits than any file has claims: as many as there are.
    return int(text) if len(text) < 18 else sys.maxsize


def number_from_one(text: str) -> int:
    """A whole number, one at least."""
    number = whole_number(text)
    if not number:
        raise typer.BadParameter(f"{text!r}: it takes one at least")
    return number


def iso_date(text: str) -> str:
    """An ISO date."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2024-11-14") from error


KindOption = Annotated[
    list[str] | None,
    choice_option("--kind", "kind", kinds(), listed("Only claims of this kind", kinds())),
]
ClaimsOption = Annotated[
    str, typer.Option("--input", "-i", metavar="FILE", help="Claims file to read; - for standard input.")
]
VerboseOption = Annotated[
    int, typer.Option("--verbose", "-v", count=True, show_default=False, help="Say more on stderr; twice for all.")
]
QuietOption = Annotated[
    int, typer.Option("--quiet", "-q", count=True, show_default=False, help="Say nothing but problems on stderr.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published", metavar="DATE", parser=iso_date, help="Publication date of articles that do not name one."
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Trained spaCy model to read with; the installed en_core_web_sm where none is named.",
    ),
]

RulesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder of rule files laid over those of the package: more names, words and rules; repeatable.",
    ),
]


def facet_values(field: str) -> tuple[str, ...]:
    """The values that some kind lists for a field."""
    return facets().get(field, ())


def text_folder(text: str) -> Path:
    """A folder that is there."""
    if not Path(text).is_dir():
        raise UsageError(f"--texts {text}: there is no such folder")
    return Path(text)


TextsOption = Annotated[
    Path | None,
    typer.Option(
        "--texts",
        metavar="DIR",
        parser=text_folder,
        help="Where articles' texts are looked for first, as `extract --keep-text DIR` saves them.",
    ),
]


def file_path(text: str) -> Path | None:
    """A path, or None for the standard stream."""
    return None if text == STREAM else Path(text)
