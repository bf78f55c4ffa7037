"""What `extract` is told about its inputs: their format, the names of their fields, lists of paths."""

from __future__ import annotations

from typing import Annotated

import typer

from claimex.cli.options import choice
from claimex.errors import UsageError
from claimex.inputs.article import FIELDS, unicode
from claimex.inputs.readers import READERS

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATHS", help=f"Articles ({', '.join(READERS)}; also .gz), folders of them, or - for standard input."
    ),
]
FilesFromOption = Annotated[
    list[str] | None,
    typer.Option(
        "--files-from", metavar="FILE", help="Read the paths in this list too, one a line; - for standard input."
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=choice("format", READERS),
        help=f"Read every input as {', '.join(READERS)}; else the names of files say it, and text is read from -.",
    ),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=NAME,...",
        help=f"What JSON records call {', '.join(FIELDS)}: text=body,publisher=source.name; repeatable.",
    ),
]
KeepTextOption = Annotated[
    str | None,
    typer.Option(
        "--keep-text", metavar="DIR", help="Save the text that offsets count in, as DIR/SHA256.txt, of every article."
    ),
]


def renamed(pairs: list[str] | None) -> dict[str, str]:
    """The names of `--map` by the fields they stand for. Raises UsageError for what is no pair."""
    names = {}
    for pair in (pair for value in pairs or () for pair in value.split(",") if pair.strip()):
        field, equals, name = (part.strip() for part in pair.partition("="))
        if not field or not equals or not name:
            raise UsageError(f"--map {pair!r}: write it as FIELD=NAME, with a field of {', '.join(FIELDS)}")
        names[field] = unicode(name)
    return names
