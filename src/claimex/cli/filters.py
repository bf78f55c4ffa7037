"""Filters that `show` and the other readers of claims share: their options, and the test they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from inspect import Parameter, signature
from itertools import chain
from typing import Annotated, Any, get_args

import typer

from claimex.claim_line import ArticleName, Reference
from claimex.cli.claim_reader import ClaimReader
from claimex.cli.messages import tell
from claimex.cli.options import KindOption, amount, choice_option, facet_values, listed
from claimex.errors import UsageError
from claimex.normalize.spelling import closest
from claimex.query import (
    MANY,
    Question,
    any_entity,
    can_reach,
    can_stay_within,
    from_source,
    has_id,
    in_article,
    one_of,
    says,
)
from claimex.vocabulary import Factuality

FACTUALITIES = get_args(Factuality)

EntityOption = Annotated[
    list[str] | None,
    typer.Option("--entity", metavar="NAME", help="Claims with this entity: name, alias or id; repeatable."),
]
ArticleOption = Annotated[
    list[str] | None,
    typer.Option("--article", metavar="NAME", help="Id (or how it begins), path or file name; repeatable."),
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="Words of who says so; repeatable.")
]
StageOption = Annotated[
    list[str] | None,
    choice_option("--stage", "stage", facet_values("stage"), listed("Stage of a treaty event", facet_values("stage"))),
]
ActivityOption = Annotated[
    list[str] | None,
    choice_option(
        "--activity",
        "activity",
        facet_values("activity"),
        listed("What is done by or to the people counted", facet_values("activity")),
    ),
]
FactualityOption = Annotated[
    list[str] | None,
    choice_option(
        "--factuality",
        "factuality",
        FACTUALITIES,
        listed("How certain it is said to be", FACTUALITIES),
        metavar="VALUE",
    ),
]
MinimumOption = Annotated[
    float | None,
    typer.Option("--min", metavar="N", parser=amount, help="Counts that can be N or more: >10,000 can be 50k."),
]
MaximumOption = Annotated[
    float | None,
    typer.Option("--max", metavar="N", parser=amount, help="Counts that can be N or less: <500 can be 400."),
]
SearchOption = Annotated[
    str | None, typer.Option("--search", metavar="TEXT", help="Claims whose sentence has this text in it.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show. Values of one filter are alternatives; different filters all have to hold."""

    entities: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field of a claim to the values wanted: kind, stage, activity, factuality."""
    minimum: float | None = None
    maximum: float | None = None
    search: str | None = None
    claim_id: str | None = None
    """How the id begins."""

    @classmethod
    def of(
        cls,
        *,
        entity: list[str] | None = None,
        article: list[str] | None = None,
        source: list[str] | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        search: str | None = None,
        **fields: list[str] | None,
    ) -> Filters:
        """The filters that the options of a command ask for; `fields` are kind, stage, activity and factuality."""
        return cls(
            entities=tuple(entity or ()),
            articles=tuple(article or ()),
            sources=tuple(source or ()),
            fields={name: tuple(values) for name, values in fields.items() if values},
            minimum=minimum,
            maximum=maximum,
            search=search,
        )

    @property
    def activities(self) -> tuple[str, ...]:
        """The activities that are asked for."""
        return self.fields.get("activity", ())

    def of_any_activity(self) -> Filters:
        """The same, but for the activity."""
        return replace(self, fields={name: values for name, values in self.fields.items() if name != "activity"})


ALL = Filters()
FILTERS: dict[str, Any] = {
    "entity": EntityOption,
    "kind": KindOption,
    "article": ArticleOption,
    "source": SourceOption,
    "stage": StageOption,
    "activity": ActivityOption,
    "factuality": FactualityOption,
    "minimum": MinimumOption,
    "maximum": MaximumOption,
    "search": SearchOption,
}
"""The options of every command that filters claims, in the order of its help."""


def filtering(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of `FILTERS` in the place of its parameter `filters`."""
    own = signature(command, eval_str=True)
    options = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=option)
        for name, option in FILTERS.items()
    ]

    @wraps(command)
    def with_filters(**values: Any) -> None:
        asked = {name: values.pop(name) for name in FILTERS}
        command(filters=Filters.of(**asked), **values)

    parameters = [one for given in own.parameters.values() for one in (options if given.name == "filters" else [given])]
    # What Typer makes options of.
    with_filters.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    return with_filters


def question(filters: Filters, *readers: ClaimReader) -> Question:
    """The question that all the filters come to. Names are looked up in what the readers read.

    Raises UsageError for an entity or an article that nobody knows, and for empty words.
    """
    from claimex.entity_names import find_entity

    def references(names: Iterable[str]) -> Iterable[Reference]:
        return chain.from_iterable(reader.values(MANY, names) for reader in readers)

    _check_words(filters)
    conditions = [one_of(name, values) for name, values in filters.fields.items()]
    if filters.entities:
        wanted = {name: find_entity(name, references) for name in filters.entities}
        for name, entity in wanted.items():
            if len(entity.ids) > 1:
                tell(f"{name!r} can mean {' or '.join(sorted(entity.ids))}: all are shown; give an id to see one")
        conditions.append(any_entity(wanted.values()))
    if filters.articles:
        _check_articles(filters.articles, chain.from_iterable(reader.values("article") for reader in readers))
        conditions.append(in_article(filters.articles))
    if filters.sources:
        conditions.append(from_source(filters.sources))
    if filters.minimum is not None:
        conditions.append(can_reach(filters.minimum))
    if filters.maximum is not None:
        conditions.append(can_stay_within(filters.maximum))
    if filters.search:
        conditions.append(says(filters.search))
    if filters.claim_id is not None:
        conditions.append(has_id(filters.claim_id.strip().lower()))
    return Question(conditions)


def _check_words(filters: Filters) -> None:
    """Raises UsageError for words to look for that are none, which would fit every claim or no claim."""
    search = () if filters.search is None else (filters.search,)
    for option, words in (("--article", filters.articles), ("--source", filters.sources), ("--search", search)):
        if not all(map(str.strip, words)):
            raise UsageError(f"{option} '': name what to look for, or leave the option out")


def _check_articles(names: Iterable[str], articles: Iterable[ArticleName]) -> None:
    missing = {name: in_article([name]).holds for name in names}
    ids = []
    for article in articles:
        ids.append(article.id)
        missing = {name: is_named for name, is_named in missing.items() if not is_named(article)}
        if not missing:
            return
    name = next(iter(missing))
    near = closest(name, ids)
    raise UsageError(f"no claims from an article {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
