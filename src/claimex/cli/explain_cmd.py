"""`claimex explain`: what each layer and rule saw in a text, and why a claim was made or not."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import tell
from claimex.cli.options import TABLE_OR_JSON, KindOption, ModelOption, PublishedOption, RulesOption, format_option
from claimex.cli.output import chosen_format
from claimex.cli.screen import ColorOption
from claimex.errors import UsageError

if TYPE_CHECKING:
    from claimex.inputs.article import Article, Problem

LONGEST_NAME = 4096


def explain_command(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Words in quotation marks, or a file, or - for standard input.")
    ],
    kind: KindOption = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Only sentences that have these words in them.")
    ] = None,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Show in tables, too, how the model read each word: tag, head, relation.")
    ] = False,
    published: PublishedOption = None,
    model: ModelOption = None,
    rules: RulesOption = None,
    format_: Annotated[str, format_option(TABLE_OR_JSON)] = "auto",
    color: ColorOption = "auto",
) -> None:
    """Tell for each sentence what every layer saw, which claims were made of it, and why others were not.

    Quantities, dates, names, agreements, what points back to what, who says so, and each event with the cue that makes
    it denied, planned or only possible.

    \b
    Example:
      claimex explain "Chad may send 300 soldiers and 20 tanks to Gao." --format table
    """
    chosen = chosen_format(format_, sys.stdout, TABLE_OR_JSON)
    code = explain(
        text, kinds=tuple(dict.fromkeys(kind)) if kind else None, search=search, tokens=tokens, published=published,
        model=model, rules=tuple(rules or ()), format_=chosen,
    )  # fmt: skip
    raise typer.Exit(code)


def explain(
    text: str,
    *,
    kinds: tuple[str, ...] | None = None,
    search: str | None = None,
    tokens: bool = False,
    published: str | None = None,
    model: str | None = None,
    rules: tuple[str, ...] = (),
    format_: str = "json",
) -> ExitCode:
    """Print the explanation of a text, or of each article of a file; INCOMPLETE where one cannot be read through.

    Raises ModelError, RuleError, and UsageError for words to search that are none.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from claimex.annotations import ArticleContext
    from claimex.engine.bounds import bounded
    from claimex.explanation.build import explain as explained
    from claimex.extraction import too_long, unread
    from claimex.inputs.article import Problem
    from claimex.pipeline import build_nlp
    from claimex.rule_files import use_rules

    if search is not None and not search.strip():
        raise UsageError("--search '': name what to look for, or leave the option out")
    use_rules(rules)
    items = list(_articles(text, published))
    problems = [item.message for item in items if isinstance(item, Problem)]
    found = []
    nlp = build_nlp(model) if len(problems) < len(items) else None
    for item in items:
        if nlp is not None and not isinstance(item, Problem):
            if (reason := too_long(nlp, item)) is not None:
                problems.append(reason)
                continue
            try:
                with bounded(len(item.text)):
                    doc = nlp.make_doc(item.text)
                    doc._.context = ArticleContext(article=item.ref, kinds=kinds)
                    found.append(explained(nlp(doc), search=search))
            except Exception as error:  # a defect of a layer costs one text, as in extraction
                problems.append(unread(item.name, error))
    if format_ == "table":
        from claimex.cli.explain_tables import print_explanation

        for explanation in found:
            print_explanation(explanation, sys.stdout, tokens=tokens)
    else:
        rows = [explanation.model_dump(mode="json") for explanation in found]
        sys.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    if found and not any(explanation.sentences for explanation in found):
        tell("there is no sentence with these words" if search else "there is no sentence in it")
    for message in problems:
        tell(message)
    return ExitCode.INCOMPLETE if problems else ExitCode.DONE


def _articles(text: str, published: str | None) -> Iterator[Article | Problem]:
    from claimex.inputs.article import article
    from claimex.inputs.opening import STDIN
    from claimex.inputs.reading import Reading, read_paths

    if text == STDIN or _is_path(text):
        yield from read_paths([text], Reading(published=published))
    else:
        yield article(text, id="text", published=published)


def _is_path(text: str) -> bool:
    """Whether a text names a file that is there, or can hardly be anything else."""
    try:
        if len(text) < LONGEST_NAME and Path(text).exists():
            return True
    except (OSError, ValueError):
        return False
    return not any(map(str.isspace, text)) and ("/" in text or bool(re.search(r"\w\.[a-z]\w+$", text)))
