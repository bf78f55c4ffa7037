"""`claimex rules`: the rules in use, with the sentences on which each fires and does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import plural, tell, tell_all
from claimex.cli.options import TABLE_OR_JSON, RulesOption, format_option
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption, console_on
from claimex.errors import UsageError
from claimex.wording import Column, printable

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.rule_listing import ListedRule


def rules_command(
    rule_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Show this rule in full, or all whose ids begin so.")
    ] = None,
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", metavar="NAME", help="Only rules of this layer or kind of claim; repeatable."),
    ] = None,
    word: Annotated[
        list[str] | None, typer.Option("--word", metavar="WORD", help="Only rules that have this word; repeatable.")
    ] = None,
    rules: RulesOption = None,
    own: Annotated[bool, typer.Option("--own", help="Only rules that the folders of --rules add or add to.")] = False,
    files: Annotated[bool, typer.Option("--files", help="List the rule files that a folder may hold instead.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Run the rules' own sentences: exit status 1 where one is not borne out.")
    ] = False,
    format_: Annotated[str, format_option(TABLE_OR_JSON)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """List the rules by which claims are made, each with sentences on which it fires (yes) and does not (no).

    \b
    Example:
      claimex rules treaty.ratify --format table
      claimex rules --layer factuality --word unless
    """
    from claimex.rule_files import use_rules

    use_rules(rules or ())
    chosen = chosen_format(format_, sys.stdout, TABLE_OR_JSON)
    if files:
        raise typer.Exit(list_files(chosen))
    found = wanted_rules(rule_id, layers=layer or (), words=word or (), own=own)
    raise typer.Exit(check_rules(found) if check else list_rules(found, chosen))


def wanted_rules(
    rule_id: str | None, *, layers: Sequence[str] = (), words: Sequence[str] = (), own: bool = False
) -> list[ListedRule]:
    """The rules that fit every filter.

    Raises UsageError for an id or a layer that no rule has.
    """
    from claimex.normalize.spelling import closest
    from claimex.rule_listing import listed_rules, words_of

    found = listed_rules()
    known = list(dict.fromkeys(rule.layer for rule in found))
    for layer in layers:
        if layer not in known:
            raise UsageError(f"no layer {layer!r} has rules; choose from {', '.join(known)}")
    if rule_id is not None and not any(rule.id.startswith(rule_id) for rule in found):
        near = closest(rule_id, (rule.id for rule in found))
        hint = f"did you mean {' or '.join(near)}?" if near else "`claimex rules` lists them"
        raise UsageError(f"no rule has an id that begins with {rule_id!r}; {hint}")
    if any(rule.id == rule_id for rule in found):
        found = [rule for rule in found if rule.id == rule_id]
    wanted = {word.strip().lower() for word in words}
    return [
        rule
        for rule in found
        if (rule_id is None or rule.id.startswith(rule_id))
        and (not layers or rule.layer in layers)
        and (not own or rule.file is not None)
        and (not wanted or any(wanted & {words, *words.split()} for words in words_of(rule)))
    ]


def list_rules(rules: Sequence[ListedRule], format_: str) -> ExitCode:
    """Print the rules: a card for one, a table for several, or a JSON array."""
    if format_ == "json":
        _write_json(map(asdict, rules), sys.stdout)
    elif len(rules) == 1:
        _print_card(rules[0], sys.stdout)
    elif rules:
        _print_table(rules, sys.stdout)
    if not rules:
        tell("no rule fits; `claimex rules` lists them all")
    return ExitCode.DONE


def list_files(format_: str) -> ExitCode:
    """Print what the files of a folder of rules are called, and which are laid over the package's."""
    from claimex.layering import laid_over
    from claimex.rule_files import rule_files

    rows = [
        {"file": name, "layer": file.layer, "over": [str(path) for path in laid_over(*file.place)]}
        for name, file in rule_files().items()
    ]
    if format_ == "json":
        _write_json(rows, sys.stdout)
    else:
        columns = (
            Column("File", lambda row: row["file"]),
            Column("Layer or kind", lambda row: row["layer"]),
            Column("Laid over it", lambda row: ", ".join(row["over"])),
        )
        _print_layout("rule files", columns, rows, sys.stdout)
    return ExitCode.DONE


def check_rules(rules: Sequence[ListedRule]) -> ExitCode:
    """Run the sentences of the rules; INCOMPLETE where one does not show what it should, or cannot be read."""
    from claimex.pipeline import build_nlp
    from claimex.rule_listing import can_be_checked

    checked = [rule for rule in rules if can_be_checked(rule)]
    nlp = build_nlp()
    count = tell_all(line for rule in checked for line in _failed(nlp, rule))
    tell(f"{plural(len(checked), 'rule')} checked, {plural(count, 'sentence')} not as told")
    return ExitCode.INCOMPLETE if count else ExitCode.DONE


def _failed(nlp: Language, rule: ListedRule) -> list[str]:
    """What there is to say of a rule's sentences; they have the time and memory of an article."""
    from claimex.engine.bounds import bounded
    from claimex.extraction import unread
    from claimex.rule_listing import failures

    try:
        with bounded(sum(map(len, (*rule.yes, *rule.no)))):
            return [
                f"{rule.id}: {'fires' if failed.fires else 'does not fire'} on {failed.sentence!r}"
                for failed in failures(nlp, [rule])
            ]
    except Exception as error:  # a defect of a layer costs one rule, as it costs one article in extraction
        return [unread(rule.id, error, less="write shorter sentences")]


def _write_json(rows: Iterable[Any], stream: TextIO) -> None:
    stream.write(json.dumps(list(rows), indent=1, ensure_ascii=False) + "\n")


def _print_table(rules: Sequence[ListedRule], stream: TextIO) -> None:
    columns = (
        Column("Rule", lambda row: row["id"]),
        Column("Why", lambda row: row["note"]),
        Column("Yes", lambda row: row["yes"][0] if row["yes"] else ""),
        Column("No", lambda row: row["no"][0] if row["no"] else "", under="Yes"),
        Column("File", lambda row: row["file"] or ""),
    )
    _print_layout(plural(len(rules), "rule"), columns, [asdict(rule) for rule in rules], stream)


def _print_layout(title: str, columns: Iterable[Column], rows: Sequence[Any], stream: TextIO) -> None:
    from claimex.cli.tables import layout

    console = console_on(stream)
    console.print(layout(title, columns, rows, console.width))


def _print_card(rule: ListedRule, stream: TextIO) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = console_on(stream)
    console.print(Text(f"{rule.id} ({rule.layer})", style="bold"))
    console.print(Padding(Text(printable(rule.note)), (0, 0, 1, 2), expand=False))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    rows = [(key, _told(value)) for key, value in rule.fields.items()]
    rows += [(label, sentence) for label, group in (("yes", rule.yes), ("no", rule.no)) for sentence in group]
    for label, words in (*rows, ("file", rule.file or "of the package")):
        table.add_row(Text(label), Text(printable(words)))
    console.print(table)


def _told(value: Any) -> str:
    """A field of a rule in a line."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_told(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "yes" if value is True else "no" if value is False else str(value)
