"""The `claimex` program: its commands, and how errors become one sentence and an exit status."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimex.claims import unusable_kinds
from claimex.cli.browse_cmd import browse_command
from claimex.cli.compare_cmd import compare_command
from claimex.cli.diff_cmd import diff_command
from claimex.cli.doctor_cmd import doctor_command
from claimex.cli.evaluate_cmd import evaluate_command
from claimex.cli.exit_codes import SUMMARY, ExitCode
from claimex.cli.explain_cmd import explain_command
from claimex.cli.export_cmd import export_command
from claimex.cli.extract_cmd import extract_command
from claimex.cli.index_cmd import index_command
from claimex.cli.messages import tell
from claimex.cli.plain_values import Command, plain
from claimex.cli.report_cmd import report_command
from claimex.cli.review_cmd import review_command
from claimex.cli.rules_cmd import rules_command
from claimex.cli.schema_cmd import schema_command
from claimex.cli.settings import current_settings, defaults, options_of
from claimex.cli.show_cmd import show_command
from claimex.cli.stats_cmd import stats_command
from claimex.cli.terminal import Guarded, fill_closed_streams
from claimex.errors import ClaimexError, UsageError

DOCTOR = "doctor"
TELLING = {"-h", "--help", "--version"}
"""Options that print something and end the program: they and the doctor run whatever is wrong with the settings."""


class Program(TyperGroup):
    """Ends every command that raises an error of claimex with one sentence on stderr."""

    places: Mapping[tuple[str, str], str] = {}
    """Command and option to where a setting gives its value."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the program itself."""
        return plain(super().get_params(ctx))

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **options: Any) -> Any:
        """Read the arguments. Help and version are printed here: there may be no room for them."""
        with _told():
            if not options.get("resilient_parsing") and not _runs_always(args):
                commands = options_of(self)
                settings = defaults(current_settings(commands), commands)
                options["default_map"], self.places = settings.values, settings.where
            return super().make_context(info_name, args, *more, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with _told():
            try:
                return super().invoke(ctx)
            except typer.BadParameter as error:
                place = self._place(error)
                if place is None:
                    raise
                raise UsageError(f"{place}: {error.message}") from error

    def _place(self, error: typer.BadParameter) -> str | None:
        """Where a setting gives the value that its option does not take; None for one on the command line."""
        context, option = error.ctx, error.param
        if context is None or option is None or option.name is None:
            return None
        source = context.get_parameter_source(option.name)
        if source is None or source.name != "DEFAULT_MAP":
            return None
        return self.places.get((context.info_name or "", option.name))


def _runs_always(args: Sequence[str]) -> bool:
    """Whether a command line asks for what runs without settings. Behind the command any word may be a value."""
    command = next((arg for arg in args if not arg.startswith("-")), None)
    return command == DOCTOR or not TELLING.isdisjoint(args)


@contextmanager
def _told() -> Iterator[None]:
    """Turns an error into a sentence and an exit status."""
    try:
        yield
        return
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
for name, command, summary in (
    ("extract", extract_command, "Read articles and write the claims in them."),
    ("show", show_command, "Show claims as tables, JSON Lines, JSON or CSV."),
    ("compare", compare_command, "Set counts and treaties of all articles against each other."),
    ("report", report_command, "Write one HTML page with charts, tables and the marked articles."),
    ("export", export_command, "Write claims for spreadsheets, databases and annotation tools."),
    ("browse", browse_command, "Look through claims in a browser, with Datasette."),
    ("review", review_command, "Go through claims at a terminal: right, wrong, missed."),
    ("diff", diff_command, "Tell what differs between two claims files."),
    ("stats", stats_command, "Count claims by kind, entity, source, article and month."),
    ("explain", explain_command, "Tell what every layer saw in a text, and why claims were made or not."),
    ("rules", rules_command, "List the rules by which claims are made, with their sentences."),
    ("index", index_command, "Make an index beside a large claims file."),
    ("schema", schema_command, "Print the JSON Schema of a claim."),
    ("evaluate", evaluate_command, "Score claims against annotated articles."),
    ("doctor", doctor_command, "Check that claimex can work here, and say what to do where it cannot."),
):
    app.command(name, cls=Command, short_help=summary, epilog=SUMMARY)(command)


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
    for sentence in unusable_kinds():
        tell(sentence)


def _interrupted(number: int, frame: object) -> None:
    """Ctrl-C: an exit that no library on the way takes for an error of its own."""
    tell("interrupted; no file was changed")
    sys.exit(ExitCode.INTERRUPTED)


def main() -> None:
    """Entry point of the program."""
    # Both end as an exception: no half-written file is left behind. Ctrl-C that the caller ignores stays ignored.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    fill_closed_streams()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        # News text is not ASCII: what is printed is UTF-8 in any locale, and never fails on a lone surrogate.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        if stream.isatty():
            setattr(sys, name, Guarded(stream))
    app()
