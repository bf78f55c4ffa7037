"""What two claims files differ in: claims that are new, gone or changed, field by field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from claimex.model import Model
from claimex.wording import Claim

OFFSETS = frozenset({"start", "end"})
IDENTITY = frozenset({"id", "article.sha256", "part_of"})
"""They change with every character of the article; what they lead to is compared."""
NEAR = 0.5
"""The share of words from which on two sentences may be one that was edited."""
MANY = 200
"""More claims of one article and kind than this are not searched for edited sentences: each would meet each."""


class FieldChange(Model):
    """A field that differs."""

    field: str = Field(description="Dotted path: 'quantity.value'.")
    before: Any = Field(None, description="Its value in the first file; null where it has none.")
    after: Any = Field(None, description="Its value in the second file; null where it has none.")


class ClaimChange(Model):
    """A claim that both files have, with other fields."""

    before: str = Field(description="Id in the first file.")
    after: str = Field(description="Id in the second file.")
    kind: str = Field(description="Kind of claim.")
    article: str = Field(description="Id of the article in the second file.")
    quote: str = Field(description="The words it came from, in the second file.")
    matched_by: Literal["id", "words"] = Field(description="'words' where the id differs: the best match.")
    fields: tuple[FieldChange, ...] = Field(description="What differs; offsets only where the text is the same.")


class Difference(Model):
    """What the second file has that the first has not, and the other way round."""

    schema_: Literal[1] = Field(1, alias="schema", description="Version of this format.")
    same: int = Field(description="Claims without a difference.")
    new: tuple[dict[str, Any], ...] = Field((), description="Claims of the second file alone, as stored.")
    gone: tuple[dict[str, Any], ...] = Field((), description="Claims of the first file alone, as stored.")
    changed: tuple[ClaimChange, ...] = Field((), description="Claims of both with fields that differ.")

    @property
    def is_empty(self) -> bool:
        """Whether both files say the same."""
        return not (self.new or self.gone or self.changed)


Pair = tuple[Claim, Claim]


def diff(before: Iterable[Claim], after: Iterable[Claim]) -> Difference:
    """The difference of two sets of claims: by stable id, then by the best match within article and kind."""
    old, new = list(before), list(after)
    exact: list[Pair] = []
    for key in (_id_and_article, _id):
        pairs, old, new = _match_by(key, old, new)
        exact += pairs
    near: list[Pair] = []
    for key in (_place, _entity, _sentence_and_words, _sentence):
        pairs, old, new = _match_by(key, old, new)
        near += pairs
    pairs, old, new = _match_edited(old, new)
    near += pairs
    changed = [change for pair in exact if (change := _change(*pair, "id")) is not None]
    changed += [change for pair in near if (change := _change(*pair, "words")) is not None]
    return Difference(
        same=len(exact) + len(near) - len(changed),
        new=tuple(dict(claim) for claim in sorted(new, key=_order)),
        gone=tuple(dict(claim) for claim in sorted(old, key=_order)),
        changed=tuple(sorted(changed, key=lambda change: (change.article, change.kind, change.after, change.before))),
    )


def _order(claim: Claim) -> tuple[Any, ...]:
    return claim["article"]["id"], claim["evidence"]["start"], claim["kind"], claim["id"]


def _id(claim: Claim) -> Hashable:
    return str(claim["id"])


def _id_and_article(claim: Claim) -> Hashable:
    return claim["id"], claim["article"]["id"]


def _place(claim: Claim) -> Hashable:
    """The same characters of the same text: the value alone has changed."""
    evidence = claim["evidence"]
    return claim["kind"], claim["article"]["id"], claim["article"]["sha256"], evidence["start"], evidence["end"]


def _entity(claim: Claim) -> Hashable:
    """The entity of an entity claim in its article; None for other claims."""
    entity = claim.get("entity")
    return (claim["article"]["id"], entity["id"]) if isinstance(entity, Mapping) else None


def _sentence_and_words(claim: Claim) -> Hashable:
    return _sentence(claim), claim["evidence"]["quote"].casefold()


def _sentence(claim: Claim) -> Hashable:
    sentence = " ".join(claim["evidence"]["sentence"]["text"].casefold().split())
    return claim["kind"], claim["article"]["id"], sentence


def _match_by(
    key: Callable[[Claim], Hashable], old: Sequence[Claim], new: Sequence[Claim]
) -> tuple[list[Pair], list[Claim], list[Claim]]:
    """Pairs of claims with the same key, in the order of their places, and the claims that are left."""
    waiting: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in sorted(new, key=_order, reverse=True):
        waiting[key(claim)].append(claim)
    waiting.pop(None, None)
    pairs, left = [], []
    for claim in sorted(old, key=_order):
        found = waiting.get(key(claim))
        if found:
            pairs.append((claim, found.pop()))
        else:
            left.append(claim)
    taken = {id(claim) for _, claim in pairs}
    return pairs, left, [claim for claim in new if id(claim) not in taken]


def _match_edited(old: Sequence[Claim], new: Sequence[Claim]) -> tuple[list[Pair], list[Claim], list[Claim]]:
    """Pairs of claims from sentences that share most of their words, the most alike first."""
    groups: dict[Hashable, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for side, claims in enumerate((old, new)):
        for claim in claims:
            groups[(claim["kind"], claim["article"]["id"])][side].append(claim)
    pairs = [pair for before, after in groups.values() for pair in _most_alike(before, after)]
    taken = {id(claim) for pair in pairs for claim in pair}
    return pairs, [c for c in old if id(c) not in taken], [c for c in new if id(c) not in taken]


def _most_alike(before: Sequence[Claim], after: Sequence[Claim]) -> Iterator[Pair]:
    if not before or not after or len(before) > MANY or len(after) > MANY:
        return
    words = {id(claim): _words(claim) for claim in (*before, *after)}
    scored = [(_likeness(one, other, words), one, other) for one in before for other in after]
    likely = [item for item in scored if item[0] >= NEAR]
    taken: set[int] = set()
    for _, one, other in sorted(likely, key=lambda item: (-item[0], _order(item[1]), _order(item[2]))):
        if id(one) not in taken and id(other) not in taken:
            taken |= {id(one), id(other)}
            yield one, other


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", claim["evidence"]["sentence"]["text"].casefold()))


def _likeness(one: Claim, other: Claim, words: Mapping[int, frozenset[str]]) -> float:
    """The share of words that two sentences have in common; entity claims stand for their entity alone."""
    if one["kind"] == "entity":
        return 0.0
    mine, theirs = words[id(one)], words[id(other)]
    both = len(mine | theirs)
    same_words = one["evidence"]["quote"].casefold() == other["evidence"]["quote"].casefold()
    return (len(mine & theirs) / both if both else 0.0) + (0.1 if same_words else 0.0)


def _change(before: Claim, after: Claim, matched_by: Literal["id", "words"]) -> ClaimChange | None:
    """What differs between two claims that match; None where nothing does."""
    offsets = before["article"]["sha256"] == after["article"]["sha256"]
    one, other = dict(_flat(before, offsets=offsets)), dict(_flat(after, offsets=offsets))
    fields = tuple(
        FieldChange(field=path, before=one.get(path), after=other.get(path))
        for path in dict.fromkeys((*one, *other))
        if path not in IDENTITY and one.get(path) != other.get(path)
    )
    if not fields:
        return None
    return ClaimChange(
        before=before["id"],
        after=after["id"],
        kind=after["kind"],
        article=after["article"]["id"],
        quote=after["evidence"]["quote"],
        matched_by=matched_by,
        fields=fields,
    )


def _flat(value: Mapping[str, Any], *, offsets: bool, path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted paths and values; a list is one value."""
    for name, item in value.items():
        if name in OFFSETS and not offsets:
            continue
        if isinstance(item, Mapping):
            yield from _flat(item, offsets=offsets, path=f"{path}{name}.")
        elif item is not None:
            yield path + name, _plain(item, offsets=offsets)


def _plain(value: Any, *, offsets: bool) -> Any:
    """A value without offsets where they tell nothing."""
    if isinstance(value, list | tuple):
        return [_plain(item, offsets=offsets) for item in value]
    if isinstance(value, Mapping):
        return {k: _plain(v, offsets=offsets) for k, v in value.items() if offsets or k not in OFFSETS}
    return value
