"""`claimex evaluate`: how claims compare with gold."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import plural, tell, tell_all
from claimex.cli.options import TABLE_OR_JSON, ModelOption, format_option
from claimex.cli.output import chosen_format

if TYPE_CHECKING:
    from spacy.language import Language

    from claimex.evaluate.gold import Gold
    from claimex.evaluate.scoring import Difference

DETECTION = {
    "gold": "gold",
    "predicted": "claims",
    "P": "P",
    "R": "R",
    "F1": "F1",
    "core_F1": "core F1",
    "full_F1": "full F1",
}
"""Figures of detection, with their heads in a table."""
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """What to do about pinned floors."""

    path: Path | None = None
    update: bool = False
    allow_regression: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one gold file by kind, and every difference."""

    gold: Gold
    figures: Mapping[str, Mapping[str, float | None]]
    differences: Sequence[Difference]


def evaluate_command(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD",
            help="Gold files: annotated articles, decisions of `claimex review`, exports of annotation tools.",
        ),
    ],
    claims: Annotated[
        str | None,
        typer.Option(
            "--input", "-i", metavar="FILE", help="Claims file to score; without one the gold's articles are extracted."
        ),
    ] = None,
    articles: Annotated[
        list[Path] | None,
        typer.Option(
            "--articles",
            metavar="DIR",
            help="Where the gold's articles are; repeatable.  [default: articles/ beside GOLD]",
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="List every miss, wrong claim and wrong field too.")] = False,
    format_: Annotated[str, format_option(TABLE_OR_JSON)] = "auto",
    floors: Annotated[
        Path | None, typer.Option("--floors", metavar="FILE", help="Exit with 1 where a figure is below these floors.")
    ] = None,
    update_floors: Annotated[
        bool, typer.Option("--update-floors", help="Pin the figures as the new floors, unless one would be lowered.")
    ] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Let --update-floors lower a floor.")
    ] = False,
    model: ModelOption = None,
) -> None:
    """Score claims against gold: precision, recall and F1 of each kind, and how often its fields are right.

    F1 is detection; core F1 asks for the right quantity or stage too, full F1 for all graded fields.

    \b
    Example:
      claimex evaluate data/gold/seeds.jsonl --articles seeds/ --format table
    """
    if (update_floors or allow_regression) and floors is None:
        raise typer.BadParameter("name the file of floors with --floors", param_hint="--update-floors")
    pinned = Floors(path=floors, update=update_floors, allow_regression=allow_regression)
    chosen = chosen_format(format_, sys.stdout, TABLE_OR_JSON)
    raise typer.Exit(evaluate(gold, claims, articles or (), pinned, format_=chosen, show=show, model=model))


def evaluate(
    paths: Sequence[Path],
    claims: str | None,
    folders: Sequence[Path],
    floors: Floors,
    *,
    format_: str = "json",
    show: bool = False,
    model: str | None = None,
) -> ExitCode:
    """Print the figures of each gold file; INCOMPLETE where an article is missing or a floor is not reached.

    Raises StoreError for files that cannot be read, ModelError when there is no model.
    """
    from claimex.evaluate.gold import read_gold
    from claimex.evaluate.scoring import score

    problems: list[str] = []
    evaluations = []
    stored = [] if claims is None else _stored(claims, problems)
    nlp = _pipeline(model) if claims is None else None
    paths = list(dict.fromkeys(paths))
    stems = Counter(path.stem for path in paths)
    for path in paths:
        gold = read_gold(path)
        if stems[path.stem] > 1:
            gold = replace(gold, name=path.with_suffix("").as_posix())
        found = stored if nlp is None else _extracted(nlp, gold, folders or [path.parent / "articles"], problems)
        scores, differences = score(gold.articles, found)
        if nlp is None:
            problems += _of_other_texts(gold, stored)
        figures = {kind: total.figures() for kind, total in scores.items()}
        evaluations.append(Evaluation(gold, figures, differences))
    (_write_table if format_ == "table" else _write_json)(evaluations, sys.stdout, show=show)
    problems += _check_floors(evaluations, floors)
    return ExitCode.INCOMPLETE if tell_all(problems) else ExitCode.DONE


def _stored(path: str, problems: list[str]) -> list[dict[str, Any]]:
    from claimex.claim_line import Damage
    from claimex.store import ClaimFile

    claims = []
    for item in ClaimFile(path):
        if isinstance(item, Damage):
            problems.append(f"{path}, {item.where}: {item.reason}")
        else:
            claims.append(item.data)
    return claims


def _pipeline(model: str | None) -> Language:
    from claimex.pipeline import build_nlp

    return build_nlp(model)


def _extracted(nlp: Language, gold: Gold, folders: Sequence[Path], problems: list[str]) -> list[dict[str, Any]]:
    from claimex.engine.bounds import bounded
    from claimex.evaluate.gold import gold_articles
    from claimex.extraction import extract_articles

    claims = []
    for result in extract_articles(nlp, gold_articles(gold, folders), bounds=bounded):
        problems += [problem.message for problem in result.problems]
        claims += [claim.model_dump(mode="json", by_alias=True) for claim in result.claims]
    return claims


def _of_other_texts(gold: Gold, claims: Iterable[dict[str, Any]]) -> list[str]:
    from claimex.evaluate.gold import made_from_other_text

    return [
        f"{gold.name}: the claims of {doc} were made from another text than the one annotated; extract it again"
        for doc in made_from_other_text(gold, claims)
    ]


def _check_floors(evaluations: Sequence[Evaluation], floors: Floors) -> list[str]:
    if floors.path is None:
        return []
    from claimex.evaluate.floors import pin, read_floors, shortfalls

    if floors.update:
        measured = {item.gold.name: (item.gold, item.figures) for item in evaluations}
        lower = pin(floors.path, measured, allow_regression=floors.allow_regression)
        if not lower:
            tell(f"floors pinned in {floors.path}")
        return lower
    pinned = read_floors(floors.path)
    return [sentence for item in evaluations for sentence in shortfalls(item.gold, item.figures, pinned)]


def _write_json(evaluations: Sequence[Evaluation], stream: TextIO, *, show: bool) -> None:
    record: dict[str, Any] = {}
    for item in evaluations:
        record[item.gold.name] = dict(item.figures)
        if show:
            record[item.gold.name]["differences"] = [asdict(difference) for difference in item.differences]
    stream.write(json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def _write_table(evaluations: Sequence[Evaluation], stream: TextIO, *, show: bool) -> None:
    """The figures as aligned text: a line for each kind, and below it how often its fields are right."""
    from shutil import get_terminal_size
    from textwrap import wrap

    from claimex.wording import printable

    width = get_terminal_size().columns
    for item in evaluations:
        stream.write(f"{item.gold.name}: {plural(len(item.gold.articles), 'article')}\n")
        stream.write(f"{'':14}" + "".join(f"{head:>9}" for head in DETECTION.values()) + "\n")
        for kind, row in item.figures.items():
            stream.write(f"{kind:14}" + "".join(f"{_figure(row[name]):>9}" for name in DETECTION) + "\n")
        for kind, row in item.figures.items():
            fields = (f"{name}{NO_BREAK}{_figure(share)}" for name, share in row.items() if name not in DETECTION)
            if words := ", ".join(fields):
                lines = wrap(f"right in {kind} found: {words}", width, subsequent_indent="  ", break_on_hyphens=False)
                stream.write("\n".join(lines).replace(NO_BREAK, " ") + "\n")
        if show:
            for d in item.differences:
                stream.write(printable(f"{d.sort:6} {d.doc} {d.kind} {d.words!r} | {d.detail}") + "\n")
        stream.write("\n")


def _figure(value: float | None) -> str:
    """A figure as it is printed: a dash where gold does not say enough to know it."""
    return f"{value:.3f}" if isinstance(value, float) else "–" if value is None else str(value)
