"""Troop counts as questions: whose people, doing what, in which country; and how the answers stand to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count
from math import isfinite

from claimex.compare.counts import Count, counts_of
from claimex.compare.links import link, when
from claimex.compare.model import Question, Relation, Row, Topic
from claimex.compare.relations import relate
from claimex.compare.rules import activity_class, rules
from claimex.compare.witnesses import Witnesses, shown
from claimex.model import Quantity
from claimex.wording import Claim


@dataclass
class _Group:
    """Claims that make one row."""

    count: Count
    claims: list[Claim] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    number: int = 0


def topics(claims: Iterable[Claim], witnesses: Witnesses, activities: Collection[str] = ()) -> tuple[Topic, ...]:
    """The topics of troop counts, the force with most claims first, an unknown one last; the same in any order.

    Of `activities` alone, where there are any.
    """
    by_topic: dict[tuple[str, str], dict[Count, _Group]] = defaultdict(dict)
    names: dict[str, str] = {}
    for claim in claims:
        force = claim.get("force")
        if force:
            # Where articles name a force in two ways the first in the alphabet stands.
            names[force["id"]] = min(names.get(force["id"], "\uffff"), force["name"])
        for one in counts_of(claim, witness=witnesses.of(claim), activities=activities):
            groups = by_topic[(one.force or "", activity_class(one.activity).name)]
            group = groups.setdefault(one, _Group(one))
            group.claims.append(claim)
            group.origins.add(witnesses.origins.of(claim))
    sizes: Counter[str] = Counter()
    for (force, _), groups in by_topic.items():
        sizes[force] += sum(len(group.claims) for group in groups.values())
    numbers = count(1)

    def order(key: tuple[str, str]) -> tuple[object, ...]:
        force, activity = key
        return not force, -sizes[force], names.get(force, ""), force, _class_order(activity)

    return tuple(
        _topic(force or None, names.get(force), activity, list(by_topic[force, activity].values()), numbers, witnesses)
        for force, activity in sorted(by_topic, key=order)
    )


def _class_order(activity: str) -> tuple[int, str]:
    """Classes of activity in the order of the rules, others behind them."""
    classes = [group.name for group in rules().activities]
    return (classes.index(activity) if activity in classes else len(classes), activity)


def _topic(
    force: str | None,
    name: str | None,
    activity: str,
    groups: list[_Group],
    numbers: Iterator[int],
    witnesses: Witnesses,
) -> Topic:
    by_question: dict[tuple[bool, bool, str, str], list[_Group]] = defaultdict(list)
    for group in groups:
        group.claims.sort(key=lambda claim: (claim["article"]["id"], claim["evidence"]["start"], claim["id"]))
        place = group.count.place
        country = (place.country_name or "", place.country or "") if place else ("", "")
        by_question[(group.count.part, place is None, *country)].append(group)
    # Totals before parts; the country with most figures first, what has no country and no place last.
    ordered = sorted(by_question.items(), key=lambda i: (*i[0][:2], not i[0][2], -len(i[1]), i[0]))
    questions = tuple(
        _question(country or None, id_ or None, part, found, numbers, witnesses)
        for (part, _, country, id_), found in ordered
    )
    related, unrelated = _relations([found for _, found in ordered]) if force else ((), 0)
    return Topic(
        force=name,
        force_id=force,
        activity=activity,
        questions=questions,
        relations=related,
        unrelated=unrelated,
        claims=len({id(claim) for group in groups for claim in group.claims}),
        witnesses=len({g.count.witness for g in groups if g.count.standing == "present"}),
    )


def _question(
    country: str | None,
    country_id: str | None,
    part: bool,
    groups: list[_Group],
    numbers: Iterator[int],
    witnesses: Witnesses,
) -> Question:
    present = sorted((g for g in groups if g.count.standing == "present"), key=lambda g: g.count.order)
    apart = sorted((g for g in groups if g.count.standing != "present"), key=lambda g: g.count.order)
    for group in (*present, *apart):
        group.number = next(numbers)
    return Question(
        country=country,
        country_id=country_id,
        part=part,
        rows=tuple(_row(group, witnesses) for group in present),
        apart=tuple(_row(group, witnesses) for group in apart),
        witnesses=len({group.count.witness for group in present}),
    )


def _row(group: _Group, witnesses: Witnesses) -> Row:
    one, first = group.count, group.claims[0]
    span, attribution = one.span, first["attribution"]
    return Row(
        row=group.number,
        figure=one.words,
        quantity=Quantity.model_validate(first["quantity"]),
        unit=first["unit"],
        low=span.low if span else None,
        high=span.high if span and isfinite(span.high) else None,
        low_open=span.low_open if span else False,
        high_open=span.high_open if span else False,
        activity=one.activity,
        place=one.place.name if one.place else None,
        place_id=one.place.id if one.place else None,
        when=when(one.said_when or None, one.period),
        factuality=one.factuality,
        standing=one.standing,
        source=one.source or None,
        via=attribution.get("via") if attribution else None,
        witness=shown(one.witness) if one.witness.startswith("article:") else one.source,
        additional=one.added,
        claims=tuple(link(claim, witnesses.origins) for claim in group.claims),
    )


def _relations(questions: Sequence[Sequence[_Group]]) -> tuple[tuple[Relation, ...], int]:
    """The relations of the rows of a topic, and how many pairs are left out: too many to read, or across countries."""
    limits = rules()
    related = [[group for group in groups if group.count.standing != "apart"] for groups in questions]
    total = sum(map(len, related))
    if total <= limits.paired_across:
        chosen = [sorted((g for groups in related for g in groups), key=lambda g: g.number)]
    else:
        chosen = [_best_witnessed(groups, limits.paired_figures) for groups in related]
    found = [_relation(left, right) for groups in chosen for left, right in combinations(groups, 2)]
    return tuple(found), total * (total - 1) // 2 - len(found)


def _best_witnessed(groups: Sequence[_Group], limit: int) -> list[_Group]:
    best = sorted(groups, key=lambda group: (-len(group.claims), group.number))[:limit]
    return sorted(best, key=lambda group: group.number)


def _relation(left: _Group, right: _Group) -> Relation:
    judged = relate(left.count, right.count, together=bool(left.origins & right.origins))
    later = None
    if judged.later is not None:
        later = left.number if judged.later is left.count else right.number
    return Relation(
        left=left.number,
        right=right.number,
        kind=judged.kind,
        numbers=judged.numbers,
        later=later,
        tentative=judged.tentative,
        reason=judged.reason,
    )
