"""`claimex extract`: articles in, a claims file and its run record out."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.cli.input_options import (
    FilesFromOption,
    FormatOption,
    KeepTextOption,
    MapOption,
    PathsArgument,
    renamed,
)
from claimex.cli.messages import LogLine
from claimex.cli.options import (
    DEFAULT_CLAIMS,
    KindOption,
    ModelOption,
    PublishedOption,
    QuietOption,
    RulesOption,
    VerboseOption,
    choice_option,
    number_from_one,
)
from claimex.cli.screen import ColorOption
from claimex.errors import UsageError
from claimex.inputs.reading import reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimex.engine.base import Engine, Setup

ENGINES = ("local", "ray")
LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)


def extract_command(
    paths: PathsArgument = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Claims file; .json holds one array, - is JSON Lines on stdout."
        ),
    ] = DEFAULT_CLAIMS,
    kind: KindOption = None,
    published: PublishedOption = None,
    format: FormatOption = None,
    map: MapOption = None,
    files_from: FilesFromOption = None,
    keep_text: KeepTextOption = None,
    model: ModelOption = None,
    rules: RulesOption = None,
    exhaustive: Annotated[
        bool, typer.Option("--exhaustive", help="Parse every sentence, also where no claim can be seen: slower.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            parser=number_from_one,
            help="Processes that read, one for each processor unless told; little is read in this one alone.",
        ),
    ] = None,
    engine: Annotated[
        str,
        choice_option(
            "--engine",
            "engine",
            ENGINES,
            "Where articles are read: local, or ray for the machines of a Ray cluster; the claims are the same.",
        ),
    ] = "local",
    ray_address: Annotated[
        str | None,
        typer.Option(
            "--ray-address",
            metavar="ADDR",
            help="Head of the Ray cluster, HOST:PORT, or auto for that of this machine; RAY_ADDRESS where it is not "
            "named, else a Ray that is started here for the run.",
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read every article again, also those that have not changed.")
    ] = False,
    verbose: VerboseOption = 0,
    quiet: QuietOption = 0,
    color: ColorOption = "auto",
) -> None:
    """Read articles and write the claims in them, with a record of the run beside the file.

    \b
    Example:
      claimex extract seeds/ -o data/claims.jsonl
    """
    verbosity = verbose - quiet
    handler = logging.StreamHandler()
    handler.setFormatter(LogLine())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("claimex").setLevel(LEVELS[min(max(verbosity + 1, 0), 3)])
    from claimex.cli.extract_run import Effort, Options, extract

    options = Options(
        kinds=tuple(dict.fromkeys(kind)) if kind else None,
        how=reading(format=format, names=renamed(map), published=published),
        keep_text=keep_text,
        model=model,
        exhaustive=exhaustive,
        rules=tuple(rules or ()),
    )
    effort = Effort(engine=_engine(engine, workers, ray_address), fresh=fresh, quiet=verbosity < 0)
    if not paths and not files_from:
        raise UsageError("Missing argument PATHS: name articles, folders of them, - or --files-from LIST")
    raise typer.Exit(extract(paths or (), output, options, effort, lists=files_from or ()))


def _engine(name: str, workers: int | None, ray_address: str | None) -> Callable[[Setup], Engine]:
    """What makes the engine of that name."""
    if name == "ray":
        from claimex.engine.on_ray import OnRay

        return partial(OnRay, workers=workers, address=ray_address)
    if ray_address is not None:
        raise UsageError("--ray-address is for --engine ray")
    from claimex.engine.local import Local, cores

    return partial(Local, workers=workers or cores())
