"""`claimex doctor`: whether claimex can work here, and what to do where it cannot."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from claimex.cli.exit_codes import ExitCode
from claimex.cli.options import TABLE_OR_JSON, ModelOption, format_option
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption, console_on
from claimex.cli.settings import Commands, current_settings, defaults, options_of
from claimex.errors import UsageError

if TYPE_CHECKING:
    from claimex.doctor import Check

SIGNS = {"fine": ("ok", "green"), "optional": ("-", "dim"), "wrong": ("wrong", "bold red")}


def doctor_command(
    context: typer.Context,
    claims: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Claims file to check, with its record and its index, instead.")
    ] = None,
    model: ModelOption = None,
    format_: Annotated[str, format_option(TABLE_OR_JSON)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """Check that claimex can work here: versions, model and weights, extras, other packages, settings.

    Each line says what was found, and where something is wrong or missing what to do. Exit status 0 where nothing is
    wrong, 1 where something is; an extra that is not installed is not wrong.

    With FILE: check a claims file instead. Lines that hold no claim, claims that are not valid, quotes that are not in
    their sentence, claims twice, and whether the file is the one that its record and its index were made of.

    \b
    Example:
      claimex doctor --format table
      claimex doctor data/claims.jsonl
    """
    from claimex.doctor import checks

    if claims is None:
        found = [*_settings(options_of(context.find_root().command)), *checks(model=model)]
    else:
        from claimex.store_check import store_checks

        found = list(store_checks(claims))
    if chosen_format(format_, sys.stdout, TABLE_OR_JSON) == "table":
        _print_table(found, sys.stdout)
    else:
        sys.stdout.write(json.dumps([asdict(check) for check in found], indent=1, ensure_ascii=False) + "\n")
    wrong = any(check.state == "wrong" for check in found)
    raise typer.Exit(ExitCode.INCOMPLETE if wrong else ExitCode.DONE)


def _settings(commands: Commands) -> Iterable[Check]:
    """A line for each setting in force, and for what is wrong with them."""
    from claimex.doctor import Check

    try:
        settings = current_settings(commands)
        defaults(settings, commands)
    except UsageError as error:
        yield Check("settings", "wrong", str(error), "No other command runs until this is mended.")
        return
    for setting in settings:
        yield Check("setting", "fine", f"{setting.where}: {setting.value}")


def _print_table(checks: Sequence[Check], stream: TextIO) -> None:
    from rich.table import Table
    from rich.text import Text

    from claimex.wording import printable

    console = console_on(stream)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in checks:
        sign, style = SIGNS[check.state]
        words = " ".join(filter(None, (check.found + ("." if check.advice else ""), check.advice)))
        table.add_row(Text(sign, style=style), Text(check.name), Text(printable(words)))
    console.print(table)
