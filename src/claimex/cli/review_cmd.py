"""`claimex review`: claim by claim at a terminal, is it right?"""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.cli.claim_reader import ClaimReader
from claimex.cli.exit_codes import ExitCode
from claimex.cli.filters import ALL, Filters, filtering, question
from claimex.cli.messages import plural, tell
from claimex.cli.options import DEFAULT_CLAIMS
from claimex.cli.screen import ColorOption
from claimex.errors import UsageError

if TYPE_CHECKING:
    from claimex.cli.review_questions import Ask, Key


@filtering
def review_command(
    claims: Annotated[str, typer.Argument(metavar="CLAIMS", help="Claims file to go through.")] = DEFAULT_CLAIMS,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Decisions, which this command adds to.  [default: CLAIMS with .review.jsonl]",
        ),
    ] = None,
    filters: Filters = ALL,
    color: ColorOption = "auto",
) -> None:
    """Go through claims, one after the other, and say which are right, wrong, wrong in a field, or missing.

    Each decision is written down at once, so that work can stop and go on: claims with a decision are not asked about
    again. `claimex evaluate` takes the file of decisions as gold. Without --kind: the kinds that it scores.

    \b
    Example:
      claimex review data/claims.jsonl --kind troop_count
      claimex evaluate data/claims.review.jsonl -i data/claims.jsonl
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "review asks questions: run it at a terminal; `claimex export` makes files for annotation tools"
        )
    # A question that is broken off is no interrupted command: what was decided is kept, and told.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from claimex.cli.keyboard import Keyboard

    decisions = output or Path(claims).with_suffix(".review.jsonl")
    with Keyboard() as keyboard:
        code = review(claims, decisions, filters, keyboard.key, keyboard.line)
    raise typer.Exit(code)


def review(path: str, decisions: Path, filters: Filters, key: Key, ask: Ask) -> ExitCode:
    """Ask about the claims of a file that pass the filters and have no decision; INCOMPLETE where lines hold no claim.

    `key` waits for a key, `ask` for a line. Raises StoreError for files that cannot be read or written, UsageError for
    an entity or an article that nobody knows.
    """
    from claimex.cli.chosen import Chosen
    from claimex.cli.review_questions import Enough, ask_about
    from claimex.evaluate.fields import FIELDS
    from claimex.review.decisions import DecisionFile
    from claimex.review.session import Session

    if "kind" not in filters.fields:
        filters = replace(filters, fields={**filters.fields, "kind": tuple(FIELDS)})
    reader = ClaimReader(path)
    chosen = Chosen(reader, question(filters, reader))
    file = DecisionFile(decisions)
    if file.mended:
        tell(f"{decisions}: the last decision was cut off; its claim is asked about again")
    session = Session(chosen, file)
    interrupted = False
    try:
        while session.current is not None:
            ask_about(session, key, ask, sys.stdout)
    except (Enough, EOFError):
        pass
    except KeyboardInterrupt:
        interrupted = True
    left = len(session.claims) - session.place
    done = f"{plural(session.made, 'decision')} added to {decisions}"
    tell(f"{done}; {plural(left, 'claim')} left; `claimex evaluate {decisions} -i {path}` scores them")
    return ExitCode.INTERRUPTED if interrupted else chosen.report()
