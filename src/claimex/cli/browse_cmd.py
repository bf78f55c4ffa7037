"""`claimex browse`: claims in Datasette, on this machine."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import tell
from claimex.cli.options import DEFAULT_CLAIMS
from claimex.errors import MissingExtraError
from claimex.query import Question
from claimex.subprocesses import python_module

HOST = "127.0.0.1"
SQLITE = b"SQLite format 3\0"
"""How a database begins."""


def browse_command(
    claims: Annotated[
        str, typer.Argument(metavar="FILE", help="Claims file, or a database that `claimex export --to sqlite` wrote.")
    ] = DEFAULT_CLAIMS,
    port: Annotated[int, typer.Option("--port", metavar="N", help="Port to serve on.")] = 8001,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Look through claims in a browser: tables, facets, full-text search, queries. Ctrl-C ends it.

    Datasette serves a copy of the claims, to this machine only. Needs claimex[datasette].

    \b
    Example:
      claimex browse data/claims.jsonl
    """
    raise typer.Exit(browse(claims, port=port, options=["--open"] if open_ else []))


def browse(path: str, *, port: int, options: list[str]) -> ExitCode:
    """Serve the claims of a file until interrupted; INCOMPLETE where lines hold no claim.

    Raises StoreError when there is no such file, MissingExtraError without Datasette.
    """
    if find_spec("datasette") is None:
        raise MissingExtraError(
            "browsing needs Datasette, which is not installed; install it with: pip install 'claimex[datasette]'"
        )
    from claimex.export.sqlite import setup

    with TemporaryDirectory(prefix="claimex-") as folder:
        # Its metadata is for a database of this name.
        database, metadata = Path(folder) / "claims.db", Path(folder) / "metadata.yaml"
        code = _database(path, database)
        metadata.write_text(setup(), encoding="utf-8")
        command = ["serve", "--immutable", str(database), "--metadata", str(metadata)]
        command += ["--host", HOST, "--port", str(port), *options]
        tell(f"{path} is at http://{HOST}:{port}/claims; Ctrl-C ends it")
        # Its log is for people, too.
        status = subprocess.run(python_module("datasette", *command), stdout=sys.stderr).returncode
    if status:
        tell(f"Datasette ended with status {status}; what it said stands above")
    return ExitCode.FAILED if status else code


def _database(path: str, target: Path) -> ExitCode:
    """Put the database where Datasette finds it: a link to one that is there, else a new one."""
    from claimex.cli.chosen import Chosen
    from claimex.cli.export_cmd import write
    from claimex.export.formats import FORMATS

    file = Path(path)
    if file.is_file():
        with file.open("rb") as handle:
            if handle.read(len(SQLITE)) == SQLITE:
                target.symlink_to(file.resolve())
                return ExitCode.DONE
    chosen = Chosen(ClaimReader(path), Question())
    write(chosen, FORMATS["sqlite"], target)
    return chosen.report()
