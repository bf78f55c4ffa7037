"""`claimex extract`: articles in, a claims file and its run record out."""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimex.atomic import is_device, replacing
from claimex.cli.exit_codes import ExitCode
from claimex.cli.input_options import (
    FilesFromOption,
    FormatOption,
    KeepTextOption,
    MapOption,
    PathsArgument,
    reading,
)
from claimex.cli.messages import plural, tell
from claimex.cli.options import (
    DEFAULT_CLAIMS,
    KindOption,
    ModelOption,
    PublishedOption,
    QuietOption,
    RulesOption,
    VerboseOption,
)
from claimex.errors import UsageError
from claimex.inputs.article import Article, Problem
from claimex.inputs.finding import find_files
from claimex.inputs.keeping import keep_texts
from claimex.inputs.reading import Reading, read_files
from claimex.store import STREAM, encode, write_claims

if TYPE_CHECKING:
    from claimex.extraction import ArticleResult
    from claimex.run_record import RunRecord

log = logging.getLogger(__name__)
LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What changes the claims of a run."""

    kinds: tuple[str, ...] | None = None
    how: Reading
    keep_text: str | None = None
    model: str | None = None
    exhaustive: bool = False
    rules: tuple[str, ...] = ()


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
        bool, typer.Option("--exhaustive", help="Parse every paragraph, also where no claim can be seen: slower.")
    ] = False,
    verbose: VerboseOption = 0,
    quiet: QuietOption = 0,
) -> None:
    """Read articles and write the claims in them, with a record of the run beside the file.

    \b
    Example:
      claimex extract seeds/ -o data/claims.jsonl
    """
    verbosity = verbose - quiet
    logging.basicConfig(format="claimex: %(message)s", level=logging.WARNING)
    logging.getLogger("claimex").setLevel(LEVELS[min(max(verbosity + 1, 0), 3)])
    options = Options(
        kinds=tuple(dict.fromkeys(kind)) if kind else None,
        how=reading(format=format, map=map, published=published),
        keep_text=keep_text,
        model=model,
        exhaustive=exhaustive,
        rules=tuple(rules or ()),
    )
    if not paths and not files_from:
        raise UsageError("Missing argument PATHS: name articles, folders of them, - or --files-from LIST")
    raise typer.Exit(extract(paths or (), output, options, lists=files_from or (), quiet=verbosity < 0))


def extract(
    paths: Sequence[str], output: str, options: Options, *, lists: Sequence[str] = (), quiet: bool = False
) -> ExitCode:
    """Write the claims of every article that paths and lists of paths name, and beside a file the record of the run.

    INCOMPLETE where an input failed; where none could be read, nothing is written and an earlier result stays.
    Raises ModelError, RuleError, StoreError, and UsageError where the output would take the place of an article.
    """
    from claimex.rule_files import use_rules
    from claimex.run_record import RunRecord, describe_rules, record_path

    use_rules(options.rules)
    files = list(find_files(paths, lists=lists))
    _check_output(output, [item for item in files if isinstance(item, str)])
    problems, articles = _split_at_first_article(read_files(files, options.how))
    if articles is None:
        for problem in problems:
            tell(problem.message)
        return _nothing_read(output)
    if options.keep_text is not None:
        articles = keep_texts(articles, Path(options.keep_text))
    record = RunRecord(
        {
            "kinds": options.kinds,
            "published": options.how.published,
            "format": options.how.format,
            "map": options.how.names,
            "exhaustive": options.exhaustive,
            "rules": describe_rules(),
        }
    )
    results = _watch(_results(chain(problems, articles), options, record), record, total=len(files), quiet=quiet)
    lines = (encode(claim) for result in results for claim in result.claims)
    if output == STREAM:
        write_claims(sys.stdout.buffer, lines, array=False)
        sys.stdout.buffer.flush()
    else:
        target = Path(output)
        if output == DEFAULT_CLAIMS:
            target.parent.mkdir(exist_ok=True)
        try:
            with replacing(target) as handle:
                digest = write_claims(handle, lines, array=target.suffix == ".json")
                if not record.read:
                    raise _NothingReadError
                if not is_device(target):
                    # Inside, so that neither file is replaced where the other cannot be written.
                    with replacing(record_path(target)) as beside:
                        beside.write(record.text(claims_sha256=digest).encode())
        except _NothingReadError:
            return _nothing_read(output)
    if not quiet:
        tell(_summary(record, output))
    return ExitCode.INCOMPLETE if record.problems else ExitCode.DONE


class _NothingReadError(Exception):
    """Keeps an earlier result from being replaced by an empty one."""


def _nothing_read(output: str) -> ExitCode:
    kept = output != STREAM and Path(output).exists()
    tell("no article could be read" + (f"; {output} is as it was" if kept else ", so nothing was written"))
    return ExitCode.INCOMPLETE


def _check_output(output: str, files: Iterable[str]) -> None:
    if not output:
        raise UsageError("-o '': an empty name is no file; name one, or - for standard output")
    if output != STREAM and any(_is_same_file(file, output) for file in files):
        raise UsageError(f"{output}: this is one of the articles; name another file for the claims")


def _is_same_file(one: str, other: str) -> bool:
    try:
        return one != STREAM and Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def _split_at_first_article(
    items: Iterator[Article | Problem],
) -> tuple[list[Problem], Iterator[Article | Problem] | None]:
    """The problems before the first article, and the rest from there; None where no article comes."""
    problems: list[Problem] = []
    for item in items:
        if not isinstance(item, Problem):
            return problems, chain([item], items)
        problems.append(item)
    return problems, None


def _results(items: Iterable[Article | Problem], options: Options, record: RunRecord) -> Iterator[ArticleResult]:
    """Results in order; the model is loaded when the first one is asked for."""
    # NumPy asks once, when it is first imported. Matrices this small gain nothing from a second thread.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from claimex.extraction import extract_articles
    from claimex.pipeline import build_nlp
    from claimex.run_record import describe_model

    nlp = build_nlp(options.model, parse="all" if options.exhaustive else "needed")
    record.model = describe_model(nlp)
    log.debug("model %(name)s %(version)s, weights %(weights_sha256)s", record.model)
    yield from extract_articles(nlp, items, kinds=options.kinds)


def _watch(results: Iterable[ArticleResult], record: RunRecord, *, total: int, quiet: bool) -> Iterator[ArticleResult]:
    """Passes results on; records each, tells its problems and moves a progress bar where there is a terminal."""
    if not quiet and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        results = track(results, "Reading", total=total, console=Console(stderr=True), transient=True)
    for result in results:
        record.add(result)
        for problem in result.problems:
            tell(problem.message)
        for note in result.notes:
            tell(f"{result.article and result.article.path}: {note}")
        if result.article:
            log.info("%s: %d claims", result.article.path or result.article.id, len(result.claims))
        yield result


def _summary(record: RunRecord, output: str) -> str:
    counts: Counter[str] = record.kinds
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
    words = f"{plural(record.read, 'article')}, {plural(counts.total(), 'claim')}"
    words += f" ({kinds})" if kinds else ""
    words += f", {plural(record.problems, 'problem')}" if record.problems else ""
    return f"{words}: {_name(output)}"


def _name(output: str) -> str:
    return "standard output" if output == STREAM else output
