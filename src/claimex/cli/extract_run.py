"""What `claimex extract` does once its options are read: engine, files, progress, and what is said at the end."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO

from claimex.atomic import is_device, replacing
from claimex.cli.exit_codes import ExitCode
from claimex.cli.messages import SHOWN, plural, tell
from claimex.cli.options import DEFAULT_CLAIMS
from claimex.cli.screen import console_on
from claimex.cli.terminal import standard_output
from claimex.engine.base import Engine, Setup
from claimex.engine.pipeline import PipelineSetup
from claimex.errors import ClaimexError, UsageError
from claimex.index.state import WORTH_IT, index_path
from claimex.inputs.article import Article, Problem
from claimex.inputs.finding import find_files
from claimex.inputs.keeping import keep_texts
from claimex.inputs.reading import Reading, expected, read_files
from claimex.layering import lay_over
from claimex.run.claims_writer import ClaimsWriter
from claimex.run.fingerprint import article_key, fingerprint
from claimex.run.outcomes import Origin, Outcome, outcomes
from claimex.run.record import RunRecord
from claimex.run.store_run import NothingReadError, StoreRun
from claimex.run_files import journal_path, record_path, table_path
from claimex.store import STREAM
from claimex.subprocesses import python_module
from claimex.trained import find_model, is_path

log = logging.getLogger(__name__)
REMARKS = {Origin.STORE: "unchanged", Origin.JOURNAL: "finished before"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What changes the claims of a run."""

    kinds: tuple[str, ...] | None = None
    how: Reading
    keep_text: str | None = None
    model: str | None = None
    exhaustive: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How a run goes about it. None of this changes a byte of the result."""

    engine: Callable[[Setup], Engine]
    fresh: bool = False
    quiet: bool = False


def extract(
    paths: Sequence[str], output: str, options: Options, effort: Effort, *, lists: Sequence[str] = ()
) -> ExitCode:
    """Write the claims of every article that paths and lists of paths name, and beside a file the record of the run.

    INCOMPLETE where an input failed; where none could be read, nothing is written and an earlier result stays.
    Raises ModelError, RuleError, EngineError, StoreError, and UsageError where the output would replace an article.
    """
    rules = _use_rules(options.rules)
    files = list(find_files(paths, lists=lists))
    _check_output(output, [item for item in files if isinstance(item, str)])
    problems, articles = _split_at_first_article(read_files(files, options.how))
    if articles is None:
        for problem in problems:
            tell(problem.message)
        return _nothing_read(output)
    if options.keep_text is not None:
        articles = keep_texts(articles, Path(options.keep_text))
    model = find_model(options.model).described()
    log.debug("model %(name)s %(version)s, weights %(weights_sha256)s", model)
    setup = _setup(options)
    record = RunRecord(
        {
            "kinds": options.kinds,
            "published": options.how.published,
            "format": options.how.format,
            "map": options.how.names,
            "exhaustive": options.exhaustive,
            "rules": rules,
        },
        model,
    )
    items = chain(problems, articles)
    target = Path(output)
    engine = effort.engine(setup)
    watch = partial(_watch, total=expected(files, options.how), quiet=effort.quiet)
    if output == STREAM or is_device(target):
        with nullcontext(standard_output()) if output == STREAM else replacing(target) as stream:
            _write_stream(watch(outcomes(items, engine)), stream, record)
    else:
        key = partial(article_key, fingerprint(setup, model, rules))
        with suppress(NothingReadError), _store_run(target, fresh=effort.fresh) as run:
            run.write(watch(outcomes(items, engine, key=key, known=run.known)), record)
        if record.read:
            _refresh_index(target)
    if not record.read:
        return _nothing_read(output)
    if not effort.quiet:
        tell(_summary(record, output))
    return ExitCode.INCOMPLETE if record.problems else ExitCode.DONE


def _setup(options: Options) -> PipelineSetup:
    """How to read, in any process: another one may have another working folder."""
    return PipelineSetup(
        kinds=options.kinds,
        model=str(Path(options.model).absolute()) if options.model and is_path(options.model) else options.model,
        exhaustive=options.exhaustive,
        rules=tuple(str(Path(folder).absolute()) for folder in options.rules),
    )


def _refresh_index(claims: Path) -> None:
    """Make the index of a claims file that has one, or is so large that it should have one."""
    if claims.suffix == ".json" or not (index_path(claims).exists() or claims.stat().st_size >= WORTH_IT):
        return
    # In a process of its own: it takes memory by the number of claims, and all that was read for is still here.
    command = python_module("claimex", "index", "--rebuild", f"--input={claims}")
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode:
        said = (done.stderr.splitlines() or ["claimex: the index was not made"])[-1].removeprefix("claimex: ")
        tell(f"{said}; the claims are written, and are read without an index")


def _use_rules(folders: Sequence[str]) -> list[dict[str, str]]:
    """Lay the user's rule files over those of the package; path and hash of each."""
    if not folders:
        lay_over({})
        return []
    from claimex.rule_files import use_rules, user_files  # with all that reads rules; most runs need none of it here

    use_rules(folders)
    return [{"path": str(path), "sha256": sha256(path.read_bytes()).hexdigest()} for path in user_files()]


def _nothing_read(output: str) -> ExitCode:
    kept = output != STREAM and Path(output).exists()
    tell("no article could be read" + (f"; {output} is as it was" if kept else ", so nothing was written"))
    return ExitCode.INCOMPLETE


def _check_output(output: str, files: Iterable[str]) -> None:
    if not output:
        raise UsageError("-o '': an empty name is no file; name one, or - for standard output")
    if output == STREAM:
        return
    there = {place: path for path in reversed(_files_of_run(output)) if (place := _on_disk(path)) is not None}
    for file in files if there else ():
        place = _on_disk(file) if file != STREAM else None
        if place is not None and (path := there.get(place)) is not None:
            whose = "" if path == output else f", and {output} has a file of that name beside it"
            raise UsageError(f"{path}: this is one of the articles{whose}; name another file for the claims")


def _files_of_run(output: str) -> list[str]:
    """The claims file, and what a run writes beside it: beside what a link leads to, but for the record."""
    target = Path(output)
    if is_device(target):
        return [output]
    file = Path(os.path.realpath(target)) if target.is_symlink() else target
    return [output, *map(str, (record_path(target), table_path(file), journal_path(file), index_path(target)))]


def _on_disk(path: str) -> tuple[int, int] | None:
    """What tells a file from all others, whatever the path to it; None where there is none."""
    try:
        about = os.stat(path)  # noqa: PTH116 (a Path takes ten times as long, for each article)
    except (OSError, ValueError):
        return None
    return about.st_dev, about.st_ino


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


@contextmanager
def _store_run(claims: Path, *, fresh: bool) -> Iterator[StoreRun]:
    """A run into a claims file. Where it ends before its time, what it leaves is said."""
    if str(claims) == DEFAULT_CLAIMS:
        claims.parent.mkdir(exist_ok=True)
    run = StoreRun(claims, fresh=fresh)
    done = False
    try:
        yield run
        done = True
    except ClaimexError as error:
        raise type(error)("; ".join([str(error), *_kept(run, fresh=fresh)])) from error
    except (KeyboardInterrupt, SystemExit):
        for sentence in _kept(run, fresh=fresh):
            tell(sentence)
        raise
    finally:
        run.close(done=done)


def _kept(run: StoreRun, *, fresh: bool) -> Iterator[str]:
    """What is left of a run that could not be ended, and how to go on from there."""
    if run.journal.entries:
        kept = f"{plural(run.journal.entries, 'finished article')} kept in {run.journal.path}"
        yield f"{kept}: the same command{' without --fresh' if fresh else ''} goes on from there"


def _write_stream(outcomes: Iterable[Outcome], stream: IO[bytes], record: RunRecord) -> None:
    """Write claims as JSON Lines as they come. A stream can be nothing else: an array would be open for long."""
    writer = ClaimsWriter(stream, array=False)
    for outcome in outcomes:
        writer.write(outcome.found.lines)
        record.add(outcome)
    stream.flush()


def _watch(outcomes: Iterable[Outcome], *, total: int | None, quiet: bool) -> Iterator[Outcome]:
    """Passes outcomes on; tells their problems and moves a progress bar where there is a terminal."""
    if not quiet and sys.stderr.isatty():
        from rich.progress import track

        outcomes = track(outcomes, "Reading", total=total, console=console_on(sys.stderr), transient=True)
    notes = 0
    for outcome in outcomes:
        for problem in outcome.found.problems:
            tell(problem)
        if isinstance(outcome.item, Article):
            for note in outcome.item.notes:
                notes += 1
                if notes <= SHOWN:
                    tell(f"{outcome.item.name}: {note}")
            remark = f", {REMARKS[outcome.origin]}" if outcome.origin in REMARKS else ""
            log.info("%s: %d claims%s", outcome.item.name, len(outcome.found.lines), remark)
        yield outcome
    if notes > SHOWN:
        tell(f"and {notes - SHOWN:,} notes more; the record of the run has them all")


def _summary(record: RunRecord, output: str) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(record.kinds.items()))
    counts = ((record.articles[origin], remark) for origin, remark in REMARKS.items())
    known = ", ".join(f"{count:,} {remark}" for count, remark in counts if count)
    words = plural(record.read, "article") + (f" ({known})" if known else "")
    words += f", {plural(record.kinds.total(), 'claim')}" + (f" ({kinds})" if kinds else "")
    words += f", {plural(record.problems, 'problem')}" if record.problems else ""
    return f"{words}: {'standard output' if output == STREAM else output}"
