"""The `claimex` program: its commands, and how errors become one sentence and an exit status."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimex.cli.compare_cmd import compare_command
from claimex.cli.diff_cmd import diff_command
from claimex.cli.evaluate_cmd import evaluate_command
from claimex.cli.exit_codes import SUMMARY, ExitCode
from claimex.cli.extract_cmd import extract_command
from claimex.cli.messages import tell
from claimex.cli.schema_cmd import schema_command
from claimex.cli.show_cmd import show_command
from claimex.cli.stats_cmd import stats_command
from claimex.errors import ClaimexError, UsageError


class Program(TyperGroup):
    """Ends every command that raises an error of claimex with one sentence on stderr."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; turn what it raises into an exit status."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            tell(str(error))
            code = ExitCode.USAGE
        except ClaimexError as error:
            tell(str(error))
            code = ExitCode.FAILED
        except KeyboardInterrupt:
            tell("interrupted; no file was changed")
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            raise  # the reader has seen enough: Typer ends quietly
        except OSError as error:
            tell(f"{error.filename or 'output'}: {error.strerror or error}")
            code = ExitCode.FAILED
        raise typer.Exit(code)


app = typer.Typer(
    name="claimex",
    cls=Program,
    epilog=SUMMARY,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract_command)
app.command("show")(show_command)
app.command("compare")(compare_command)
app.command("diff")(diff_command)
app.command("stats")(stats_command)
app.command("schema")(schema_command)
app.command("evaluate")(evaluate_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        from claimex import __version__

        print(f"claimex {__version__}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Typed, traceable claims from war reporting: who says how many troops are where, and what became of the treaty.

    \b
    Example:
      claimex extract seeds/
      claimex show --entity "North Korea"
    """


def main() -> None:
    """Entry point of the program."""
    for stream in (sys.stdout, sys.stderr):
        # News text is not ASCII: what is printed is UTF-8 in any locale, and never fails on a lone surrogate.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app()
