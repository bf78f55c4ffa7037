"""Who stands behind a claim: a named source is one witness in all articles, copies of one text are one.

A source goes by several names: "Abdel Rahman" is Rami Abdel Rahman, and where an article has told of the Lake
Observatory for Peace its "Observatory" is that one. Such names count as the full one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from claimex.compare.origins import Origins
from claimex.compare.rules import rules
from claimex.compare.texts import article_id, article_key
from claimex.gazetteer import lookup
from claimex.normalize.names import fold
from claimex.wording import Claim

ANY_ARTICLE = ""


@dataclass(frozen=True)
class Witnesses:
    """The witness of each claim, by the origins of the articles and the full names of sources."""

    origins: Origins
    full_names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Article and short name to the full one, both folded; those that hold in any article under `ANY_ARTICLE`."""

    def of(self, claim: Claim) -> str:
        """A key: the named source, else the origin of the article."""
        source = named_source(claim)
        if source is None:
            return f"article:{self.origins.of(claim)}"
        name = fold(source)
        full = self.full_names.get((article_key(claim), name)) or self.full_names.get((ANY_ARTICLE, name))
        return f"source:{full or name}"


def find_witnesses(claims: Iterable[Claim], origins: Origins) -> Witnesses:
    """The witnesses of claims."""
    people: set[str] = set()
    by_article: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        source = named_source(claim)
        name = fold(source or "")
        if name:
            by_article[article_key(claim)].add(name)
            if claim["attribution"]["type"] == "person":
                people.add(name)
    full_names = {
        (article, short): full for article, names in by_article.items() for short, full in _full(names, anywhere=True)
    }
    # A surname stands for one person in all articles, where nobody else of that name speaks.
    full_names |= {(ANY_ARTICLE, short): full for short, full in _full(people, anywhere=False)}
    return Witnesses(origins, full_names)


def _full(names: Collection[str], *, anywhere: bool) -> Iterator[tuple[str, str]]:
    """Names that are a part of one longer name (its end, or a part of it anywhere), with that name.

    A name that the gazetteer knows is nobody's short name: the United States are not their Treasury.
    """
    by_word: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for word in name.split():
            by_word[word].add(name)
    for short in sorted(names):
        alike = set.intersection(*(by_word[word] for word in short.split())) - {short}
        longer = [name for name in alike if name.endswith(f" {short}") or (anywhere and _holds(name, short))]
        full = max(longer, key=lambda name: (len(name), name), default="")
        if full and all(_holds(full, name) for name in longer) and not lookup(short):
            yield short, full


def _holds(name: str, part: str) -> bool:
    return f" {part} " in f" {name} "


def named_source(claim: Claim) -> str | None:
    """The source where it names somebody ('South Korean intelligence'), None for 'officials', 'reports', nobody."""
    attribution = claim.get("attribution")
    if not attribution or attribution.get("type") not in rules().origins.named_types:
        return None
    source = str(attribution.get("source") or "")
    words = source.split()
    if words and words[0].casefold() in ("the", "a", "an"):
        words = words[1:]
    if source.isupper() and len(words) > 1:
        # In a text of capitals alone they tell nothing.
        return source if any(entity.get("role") == "source" for entity in claim["entities"]) else None
    if any(word[:1].isupper() for word in words[1:]):
        return source
    return source if words and words[0][:1].isupper() and _is_name(words[0], claim) else None


def _is_name(word: str, claim: Claim) -> bool:
    """Whether a first word with a capital is a name: not where it may have it from the start of the sentence."""
    if claim["attribution"].get("start") != claim["evidence"]["sentence"]["start"]:
        return True
    return any(entity.get("role") == "source" for entity in claim["entities"]) or bool(lookup(word))


def shown(witness_key: str) -> str:
    """A witness for people: the source's key as it is, an article by its id."""
    kind, _, name = witness_key.partition(":")
    return article_id(name) if kind == "article" else name
