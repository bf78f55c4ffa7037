"""Files to articles, one at a time and in order: what cannot be read comes as a Problem in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from claimex.errors import InputError, UsageError
from claimex.inputs.article import FIELDS, Article, Problem, unicode
from claimex.inputs.finding import find_files
from claimex.inputs.opening import opened
from claimex.inputs.readers import MANY, READERS, format_of
from claimex.inputs.source import Source, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the articles of a run are read."""

    format: str | None = None
    """A key of READERS, for every input; None where each file's name says it, and one that says none is text."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What records call a field of an article, where it is not the field's own name."""
    published: str | None = None
    """ISO date of articles that name none."""


PLAIN = Reading()


def reading(*, format: str | None, names: Mapping[str, str], published: str | None) -> Reading:
    """How articles are to be read. Raises UsageError for a format or a field that there is not."""
    if format is not None and format not in READERS:
        raise UsageError(f"no format {format!r}; choose from {', '.join(READERS)}")
    for name in names:
        if name not in FIELDS:
            raise UsageError(f"no field {name!r}; an article has {', '.join(FIELDS)}")
    return Reading(format=format, names=names, published=published)


def read_file(path: str, how: Reading = PLAIN) -> Iterator[Article | Problem]:
    """The articles of one file or of standard input; a Problem where it, or one of them, cannot be read."""
    reader = READERS[how.format or format_of(path) or "txt"]
    shown = unicode(path)
    try:
        with opened(path) as stream:
            for item in reader(Source(stream, shown, how.names)):
                if isinstance(item, Article) and not item.ref.published and how.published:
                    item = replace(item, ref=replace(item.ref, published=how.published))
                yield item
    except InputError as error:
        yield Problem(shown, f"{shown or repr(shown)}: {error}")


def expected(files: Collection[str | Problem], how: Reading = PLAIN) -> int | None:
    """How many articles and problems will come of the files; None where one of them may hold any number."""
    formats = {how.format or format_of(file) for file in files if isinstance(file, str)}
    return None if formats & MANY else len(files)


class Ids:
    """Sees to it that no two articles of a run share an id."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def own(self, item: Article, *, shared: bool = False) -> Article:
        """The article under an id that none before it had; `shared` where its file has the name of another."""
        own = item.ref.id
        if item.ref.path and own == stem(item.ref.path):
            own = _without_suffix(item.ref.path) if shared or own in self._seen else own
        elif item.ref.path and own in self._seen:
            own = f"{_without_suffix(item.ref.path)}/{own}"
        unique = own
        while unique in self._seen:
            self._seen[own] += 1
            unique = f"{own}-{self._seen[own]}"
        self._seen[unique] += 1
        return item if unique == item.ref.id else replace(item, ref=replace(item.ref, id=unique))


def read_paths(paths: Iterable[str], how: Reading = PLAIN, *, ids: Ids | None = None) -> Iterator[Article | Problem]:
    """Every article the paths name; what cannot be read comes as a Problem in its place."""
    return read_files(list(find_files(paths)), how, ids=ids)


def read_files(
    files: Collection[str | Problem], how: Reading = PLAIN, *, ids: Ids | None = None
) -> Iterator[Article | Problem]:
    """The articles of each file; what cannot be read comes as a Problem in its place.

    No two articles share an id, nor one with an article that `ids` has seen: files of one name in different folders get
    their path as id, and a record whose id was there before gets the path of its file in front of it, and a number
    behind it where that was there too.
    """
    repeated = _repeated(stem(item) for item in files if isinstance(item, str))
    ids = ids or Ids()
    for file in files:
        if isinstance(file, Problem):
            yield file
            continue
        shared = stem(file) in repeated
        for item in read_file(file, how):
            yield item if isinstance(item, Problem) else ids.own(item, shared=shared)


def _repeated(names: Iterable[str]) -> set[str]:
    """The names that come more than once: few, while all of them would be kept for as long as the run takes."""
    once: set[str] = set()
    more: set[str] = set()
    for name in names:
        (more if name in once else once).add(name)
    return more


def _without_suffix(path: str) -> str:
    """'x/a' of 'x/a.txt': what an article is called by where its own id does not do."""
    whole = PurePath(path)
    return whole.with_name(stem(path)).as_posix() if whole.name else "stdin"
