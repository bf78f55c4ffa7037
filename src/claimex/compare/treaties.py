"""Agreements across articles: which mentions are one agreement, the line of its life, and what does not fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claimex.compare.conflicts import conflicts
from claimex.compare.counts import PRESENT
from claimex.compare.links import link, when
from claimex.compare.model import Link, StageLine, Telling, TreatyLine
from claimex.compare.periods import days_between, period_of
from claimex.compare.rules import rules
from claimex.compare.texts import article_key
from claimex.compare.treaty_names import (
    TreatyName,
    are_alike,
    can_be_one,
    compatible_types,
    fullness,
    kindred_types,
    read_name,
)
from claimex.compare.witnesses import Witnesses, shown
from claimex.normalize.names import fold
from claimex.vocabulary import TreatyType
from claimex.wording import Claim, name, place


@dataclass
class _Agreement:
    """Mentions that are one agreement."""

    names: dict[str, TreatyName]
    types: Counter[str]
    parties: frozenset[str]
    claims: list[Claim] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    """When the articles that tell of it were published."""

    def can_hold(self, other: _Agreement) -> bool:
        """Whether the other can be this agreement: same parties and compatible type, or one name of its own."""
        names = [(mine, theirs) for mine in self.names.values() for theirs in other.names.values()]
        types = [(mine, theirs) for mine in self.types for theirs in other.types]
        if not all(can_be_one(*pair) for pair in names) or not all(compatible_types(*pair) for pair in types):
            return False
        own = any(mine.own and mine.own == theirs.own for mine, theirs in names)
        if len(self.parties) < 2 or self.parties != other.parties:
            # Articles name the parties that matter to them.
            return own and (bool(self.parties & other.parties) or not self.parties or not other.parties)
        if not own and not (any(are_alike(*pair) for pair in names) or any(kindred_types(*pair) for pair in types)):
            return False
        recurring = rules().treaties.recurring & {*self.types, *other.types}
        return own or not recurring or days_between(self.days, other.days) <= rules().treaties.recurring_days

    def take(self, other: _Agreement) -> None:
        """Make the other a part of this one."""
        self.names.update(other.names)
        self.types.update(other.types)
        self.parties |= other.parties
        self.claims += other.claims
        self.days |= other.days


def treaties(claims: Iterable[Claim], witnesses: Witnesses) -> tuple[TreatyLine, ...]:
    """The life of each agreement, those with most claims first; the same whatever order the claims come in."""
    merged: dict[frozenset[str], list[_Agreement]] = defaultdict(list)
    mentions = sorted(_mentions(claims), key=_fullest_first)
    waiting = []
    for mention in mentions:
        # Names of their own first, so that "the pact" finds the agreement it can be.
        if any(name.own for name in mention.names.values()) or len(mention.parties) > 1:
            _place(mention, merged[mention.parties])
        else:
            waiting.append(mention)
    known = [agreement for group in merged.values() for agreement in group]
    lines = _merge_partial([*known, *waiting])
    found = [_line(agreement, witnesses) for agreement in lines]
    return tuple(sorted(found, key=lambda line: (-line.claims, fold(line.name), line.party_ids, line.articles)))


def _mentions(claims: Iterable[Claim]) -> list[_Agreement]:
    """An agreement for each article and name in it."""
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        treaty = claim["treaty"]
        groups[(article_key(claim), fold(treaty["name"]), treaty["type"])].append(claim)
    return [agreement for found in groups.values() for agreement in _split(found)]


def _split(claims: Sequence[Claim]) -> Iterable[_Agreement]:
    """One agreement for one name; two where the article gives that name ('ceasefire') to different parties."""
    by_parties: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        by_parties[frozenset(party["id"] for party in claim["parties"])].append(claim)
    full = sorted((parties for parties in by_parties if len(parties) > 1), key=sorted)
    for parties, found in sorted(by_parties.items(), key=lambda item: sorted(item[0])):
        around = [other for other in full if parties < other]
        if len(around) == 1 and len(parties) < 2:
            by_parties[around[0]] = by_parties[around[0]] + found
            by_parties[parties] = []
    for parties, found in by_parties.items():
        if found:
            first = found[0]
            people = [party["name"] for claim in found for party in claim["parties"]]
            names = {claim["treaty"]["name"]: read_name(claim["treaty"]["name"], people) for claim in found}
            days = {day for claim in found if (day := claim["article"].get("published"))}
            yield _Agreement(names, Counter([first["treaty"]["type"]]), parties, list(found), days)


def _fullest_first(mention: _Agreement) -> tuple[object, ...]:
    best = max(mention.names, key=fullness)
    proper, words, length, text = fullness(best)
    ids = sorted(claim["id"] for claim in mention.claims)
    return (-proper, -words, -length, text, sorted(mention.parties), ids)


def _place(mention: _Agreement, agreements: list[_Agreement]) -> None:
    """Into the one agreement that it can be; of several that of its own article, else a line of its own."""
    fitting = [agreement for agreement in agreements if agreement.can_hold(mention)]
    if len(fitting) > 1:
        articles = {article_key(claim) for claim in mention.claims}
        near = [a for a in fitting if articles & {article_key(claim) for claim in a.claims}]
        subjects = {subject for name in mention.names.values() for subject in name.subjects}
        alike = [a for a in fitting if subjects & {s for name in a.names.values() for s in name.subjects}]
        fitting = near if len(near) == 1 else alike if len(alike) == 1 else []
    if fitting:
        fitting[0].take(mention)
    else:
        agreements.append(mention)


def _merge_partial(agreements: list[_Agreement]) -> list[_Agreement]:
    """Agreements of one name whose parties are told more and less fully ('Minsk agreements')."""
    by_name: dict[frozenset[str], list[_Agreement]] = defaultdict(list)
    for agreement in sorted(agreements, key=lambda a: (-len(a.parties), _fullest_first(a))):
        own = max((name.own for name in agreement.names.values()), key=lambda words: (len(words), sorted(words)))
        held = next((known for known in by_name[own] if own and known.can_hold(agreement)), None)
        if held is not None:
            held.take(agreement)
        else:
            by_name[own].append(agreement)
    return [agreement for group in by_name.values() for agreement in group]


def _line(agreement: _Agreement, witnesses: Witnesses) -> TreatyLine:
    claims = sorted(agreement.claims, key=lambda c: (c["article"]["id"], c["evidence"]["start"], c["id"]))
    by_stage: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_stage[claim["stage"]].append(claim)
    order = rules().stage_order
    names = sorted(agreement.names, key=fullness, reverse=True)
    parties = {party["id"]: party["name"] for claim in claims for party in claim["parties"]}
    ordered = sorted(parties, key=lambda id_: (parties[id_], id_))
    return TreatyLine(
        name=_capital(agreement.names[names[0]].text),
        names=tuple(names),
        type=_type(claims, names),
        parties=tuple(parties[id_] for id_ in ordered),
        party_ids=tuple(ordered),
        stages=tuple(
            StageLine(stage=stage, told=_told(by_stage[stage], witnesses))
            for stage in sorted(by_stage, key=lambda name: order.get(name, len(order)))
        ),
        conflicts=conflicts(claims),
        claims=len(claims),
        articles=tuple(sorted({claim["article"]["id"] for claim in claims})),
        witnesses=len({witnesses.of(claim) for claim in claims}),
    )


def _type(claims: Sequence[Claim], names: Sequence[str]) -> TreatyType:
    """The type under the fullest name that has one."""
    for full in names:
        types = Counter(claim["treaty"]["type"] for claim in claims if claim["treaty"]["name"] == full)
        types.pop("other", None)
        if types:
            return min(types, key=lambda type_: (-types[type_], type_))
    return "other"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _told(claims: Sequence[Claim], witnesses: Witnesses) -> tuple[Telling, ...]:
    """Who tells it, what is said to be so first; what an article says over and over once."""
    told: dict[tuple[str, Telling], list[Link]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim["factuality"] not in PRESENT):
        told[article_key(claim), _telling(claim, witnesses)].append(link(claim, witnesses.origins))
    return tuple(telling.model_copy(update={"claims": tuple(found)}) for (_, telling), found in told.items())


def _telling(claim: Claim, witnesses: Witnesses) -> Telling:
    attribution, provision, date = claim["attribution"], claim.get("provision"), claim.get("date")
    key = witnesses.of(claim)
    source = attribution["source"] if attribution else None
    return Telling(
        factuality=claim["factuality"],
        source=source,
        witness=shown(key) if key.startswith("article:") else str(source),
        # A stage that is told of without a date happened at any time before: the article's day tells nothing.
        when=when(date["text"] if date else None, period_of(date, None)),
        place=place(claim.get("location")) or None,
        actor=name(claim.get("actor")) or None,
        body=name(claim.get("body")) or None,
        provision=provision["kind"] if provision else None,
        claims=(),
    )
