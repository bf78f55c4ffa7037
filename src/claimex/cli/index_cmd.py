"""`claimex index`: an index beside a large claims file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import plural, tell
from claimex.cli.options import DEFAULT_CLAIMS, ClaimsOption


def index_command(
    claims: ClaimsOption = DEFAULT_CLAIMS,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make it anew even where it fits the claims file as it is now.")
    ] = False,
) -> None:
    """Make an index beside a claims file, so that questions to a million claims are answered at once.

    It stands beside the claims as FILE.index. Every command that reads claims uses it where it fits the file, and reads
    the file from end to end where it does not; the answers are the same. Of claims.jsonl nothing is changed.

    \b
    Example:
      claimex index -i data/claims.jsonl
    """
    raise typer.Exit(make_index(claims, rebuild=rebuild))


def make_index(path: str, *, rebuild: bool = False) -> ExitCode:
    """Make the index of a claims file where it has none that can be used; INCOMPLETE where lines hold no claim.

    Raises StoreError where the file cannot be read or the index cannot be written, UsageError for no file of lines.
    """
    from claimex.index.build import build_index
    from claimex.index.reader import Index
    from claimex.index.state import IndexUnusableError, index_path

    target = index_path(Path(path))
    if not rebuild and target.exists():
        try:
            Index(Path(path))
        except IndexUnusableError as error:
            tell(f"{error}; making it anew")
        else:
            tell(f"{target}: fits {path} already")
            return ExitCode.DONE
    made = build_index(path)
    size = target.stat().st_size / 1e6
    tell(f"{plural(made.claims, 'claim')} of {plural(made.articles, 'article')}: {target}, {size:,.1f} MB")
    if made.damaged:
        lines = plural(len(made.damaged), "line")
        tell(f"{lines} of {path} hold no claim; `claimex doctor {path}` says what is wrong with them")
        return ExitCode.INCOMPLETE
    return ExitCode.DONE
