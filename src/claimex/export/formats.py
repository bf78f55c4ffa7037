"""The table of export formats: the one place that a new one is entered. Options, documentation and tests follow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from claimex.export.source import Source

    Write = Callable[[Source, IO[bytes]], None]
    """Writes claims to a file that is open."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module `claimex.export.<module>` has its `write`, and its `setup` where the tool needs one."""

    name: str
    module: str
    what: str
    """What comes out, in a few words."""
    suffix: str
    binary: bool = False
    """Whether it is no text, and so needs a file."""
    texts: Literal["", "used", "needed"] = ""
    """Whether the articles' texts are used, and whether an article without its text is left out."""
    setup: str = ""
    """What the tool has to be told before it reads the export; empty where nothing is."""

    @property
    def write(self) -> Write:
        """Writes claims in this format."""
        return import_module(f"claimex.export.{self.module}").write  # type: ignore[no-any-return]

    @property
    def setup_text(self) -> str:
        """What `setup` describes."""
        return import_module(f"claimex.export.{self.module}").setup()  # type: ignore[no-any-return]


TABLE = (
    Format("csv", "csv_file", "one row a claim, for spreadsheets and data frames; formulas are defused", ".csv"),
    Format("parquet", "parquet", "the same columns with their types; needs claimex[parquet]", ".parquet", binary=True),
    Format(
        "sqlite",
        "sqlite",
        "a database of articles, entities and claims, with a view for each kind",
        ".db",
        binary=True,
        setup="Datasette's metadata: titles, facets and queries",
    ),
    Format(
        "w3c",
        "w3c",
        "W3C Web Annotations: a page with one for each claim, with position and quote",
        ".jsonld",
        texts="used",
    ),
    Format("ftm", "ftm", "FollowTheMoney entities, one a line: articles, events, mentions", ".ftm.json"),
    Format("claimreview", "claimreview", "schema.org claims as JSON-LD, without any rating", ".jsonld"),
    Format(
        "label-studio",
        "label_studio",
        "Label Studio tasks with the claims as predictions",
        ".json",
        texts="needed",
        setup="its labeling configuration",
    ),
    Format(
        "doccano",
        "doccano",
        "doccano examples with the claims as labelled spans, one article a line",
        ".jsonl",
        texts="needed",
        setup="its labels",
    ),
)
FORMATS = {format_.name.replace("-", "_"): format_ for format_ in TABLE}
"""Formats by name, as options have them."""
