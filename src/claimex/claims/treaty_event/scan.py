"""Where treaty events can stand, by a look at the raw text: what the treaty layer weighs, weighed without a parse.

Each agreement noun gets the highest weight that the layer (`components/treaties.py`) can give it there; an article in
which none reaches the threshold has no agreement, and in any other each noun that reaches it, or points back, counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, Self

from claimex.claims.treaty_event.lexicon import rules
from claimex.components.treaties import SHORT
from claimex.components.treaty_words import DEFINITE, squeezed, words
from claimex.gazetteer import gazetteer
from claimex.layering import from_rules
from claimex.normalize.scanning import first_word, plain_words

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
LEFT = 6
"""Words before a noun that may belong to its phrase."""
RIGHT = 9
"""Words behind it that may be its topic."""
NEAR = 20
"""Words around it in which its parties are sought."""
STOP = re.compile(
    r"(?<=\w{3}[.!?])(?<!\b(?:Gen|Col|Sen|Gov|Rep|Maj|Sgt|Adm|Mrs|Rev)\.)[\"'”’)]*\s+|(?<=\w{3}[.!?][\"”’])\s+"
)
AGAIN = 3
NEXT = 300
"""Passages behind an agreement, and characters of them, in which it may be taken up without its noun."""
HIGHEST_TONE = 3
"""What `_Article.tone` gives at most."""
SHORT_NAME = re.compile(r"\s*\(\s*([A-Z]{2,7})\s*\)")
"""The short name of an agreement: 'International Rubber Agreement (INRA)'."""
CAPITALS = re.compile(r"[A-Z]{2,7}")
NO_NOUN = re.compile(
    r"(?:\b(?:to|will|would|can|could|must|should|not|great|good)\s+(?:deal|compromise)|\[text\])\W?$", re.IGNORECASE
)
"""A word that only looks like an agreement: 'how to deal with', 'a great deal of', the '[Text]' of a wire."""
REACH = 20
"""Characters in front of a noun that tell so."""
LONGEST = 8
"""Words of a name that are compared."""
PARTY_TYPES = frozenset({"country", "armed_group", "organisation"})


@dataclass(frozen=True, slots=True)
class Lists:
    """The layer's words as the scan needs them."""

    noun: re.Pattern[str]
    noun_starts: frozenset[str]
    """Words of which one stands wherever `noun` matches: asked first, because it is the quicker to ask."""
    by_form: dict[str, tuple[int, bool]]
    """Agreement noun or first word of a name to its weight and whether it is a draft."""
    known: tuple[str, ...]
    """The names of agreements that everybody knows, squeezed."""
    names: dict[str, list[Name]]
    implicit: re.Pattern[str]


@from_rules
def _lists() -> Lists:
    lists = words()
    by_form = {form: (noun.weight, noun.draft) for form, noun in lists.by_word.items()}
    by_form |= {"".join(name): (lists.threshold, False) for name in lists.by_name}
    names = {"".join(name): r"\s*".join(re.escape(part) for part in name) for name in lists.by_name}
    forms = sorted(
        {**{form: re.escape(form) for form in lists.by_word}, **names}.items(), key=lambda f: (-len(f[0]), f)
    )
    # "START" is a treaty and "start" is not
    capital = {name[0] for name in lists.by_name if len(name) == 1 and len(name[0]) < 6}
    plain = "|".join(pattern for form, pattern in forms if form not in capital)
    upper = "|".join(re.escape(form.upper()) for form in sorted(capital))
    implicit = "|".join(sorted(rules().implicit))
    chains = lists.chains
    verbs = _stems(chains.pronoun)
    goes_on = "|".join((verbs, _stems(chains.beginning), *sorted(chains.in_force)))
    first = "|".join(sorted(verb.removesuffix("e") for verb in chains.provides))
    return Lists(
        noun=re.compile(rf"(?<![\w])(?:(?i:{plain})|{upper})(?!\w)"),
        noun_starts=frozenset(first_word(form) for form in (*lists.by_word, *(n[0] for n in lists.by_name))),
        by_form=by_form,
        known=tuple(lists.known_names),
        names=_party_names(),
        implicit=re.compile(
            rf"\b(?:{implicit})\b|\b(?:{verbs})\w*(?:\s\w+)?\s+it\b|\bit\b(?:\s+\S+){{0,4}}?\s+(?:{goes_on})"
            rf"|^\W*it\s(?:\w+\s)?(?:{first})",
            re.IGNORECASE,
        ),
    )


def _stems(forms: Set[str]) -> str:
    """A pattern for the beginnings that words have in all their forms: 'collaps', 'ratif'."""
    return "|".join(sorted({form[:-1] if form.endswith(("e", "y")) else form for form in forms}))


@dataclass(frozen=True, slots=True)
class Name:
    """A name of somebody who can be bound, or who acts for somebody who can."""

    others: tuple[str, ...]
    """The words behind the first one, in lower case."""
    capital: bool
    upper: bool
    """An acronym in capitals: 'IS' is a party, and 'is' none."""
    entity: str
    bound: bool
    """Whether it is bound itself, and no statesman or ministry."""


def _party_names() -> dict[str, list[Name]]:
    """The names of everybody who can be bound, by their first word in lower case."""
    found: dict[str, list[Name]] = {}
    organisations = words().context.organisations
    for entry in map(gazetteer().entry, gazetteer().ids()):
        if entry is None or not (entry.type in PARTY_TYPES or entry.governs or entry.id.startswith("person:")):
            continue
        bound = entry.type in {"country", "armed_group"} or entry.id.startswith("group:") or entry.name in organisations
        for name in (entry.name, *entry.aliases, *entry.short, *entry.demonyms, *entry.combining, *entry.lower):
            first, *others = [part.lower() for part in _parts(WORD.findall(name)[:LONGEST])] or [""]
            if first == "the" and others:
                first, *others = others
            upper = name.isupper() and " " not in name
            one = Name(tuple(others), not name[0].islower(), upper, entry.id, bound)
            found.setdefault(first, []).append(one)
    return found


def _named(said: Sequence[str]) -> Iterator[Name]:
    """The names among some words as they are written."""
    names = _lists().names
    low = [word.lower() for word in said]
    for i, word in enumerate(low):
        for name in names.get(word, ()):
            if (name.capital and said[i][0].islower()) or (name.upper and not said[i].isupper()):
                continue
            if tuple(low[i + 1 : i + 1 + len(name.others)]) == name.others:
                yield name
                break


def passages(texts: Sequence[str]) -> set[int]:
    """Indices of the passages that must be parsed."""
    lists, threshold = _lists(), words().threshold
    hits = list(_hits(texts, lists))
    if not any(hit.highest >= threshold for hit in hits):
        return set()
    article = _Article(texts)
    found: set[int] = set()
    known: set[str] = set()
    shorts: set[str] = set()
    strong = False
    for hit in hits:
        weight = article.weight(hit)
        if weight >= threshold or (strong and ((hit.back and weight >= -1) or (hit.form in known and weight >= 1))):
            strong = strong or weight >= threshold
            known |= {hit.form, hit.form + "s", hit.form.removesuffix("s")}
            found.add(hit.passage)
            short = SHORT_NAME.match(texts[hit.passage], hit.end)
            if short:
                shorts.add(short[1])
    if shorts:
        found |= {k for k, text in enumerate(texts) if not shorts.isdisjoint(CAPITALS.findall(text))}
    return found | set(_taken_up(texts, found, lists))


def _hits(texts: Sequence[str], lists: Lists) -> Iterator[_Hit]:
    """The agreement nouns of an article; the sentences of a passage are found once, however many stand there."""
    for i, text in enumerate(texts):
        if lists.noun_starts.isdisjoint(plain_words(text)):
            continue
        matches = list(lists.noun.finditer(text))
        ends = [stop.end() for stop in STOP.finditer(text)] if matches else []
        for match in matches:
            if not NO_NOUN.search(text, max(match.start() - REACH, 0), match.end() + 1):
                k = bisect_right(ends, match.start())
                sentence = ends[k - 1] if k else 0, ends[k] if k < len(ends) else len(text)
                yield _Hit.of(i, text, match, sentence, lists)


def _taken_up(texts: Sequence[str], found: Set[int], lists: Lists) -> Iterator[int]:
    """The passages behind some in which an agreement may be taken up without its noun."""
    for i in found:
        room = NEXT
        for k in range(i + 1, min(i + 1 + AGAIN, len(texts))):
            if lists.implicit.search(texts[k], 0, max(room, 0)):
                yield k
            room -= len(texts[k])


class _Hit(NamedTuple):
    """An agreement noun, by what stands in its sentence."""

    passage: int
    end: int
    form: str
    before: list[str]
    after: list[str]
    weight: int
    """Without what its article speaks of."""
    base: int
    draft: bool
    named: int
    """How many who can be bound are named around it."""
    back: bool
    """Whether it points back."""

    @classmethod
    def of(cls, passage: int, text: str, match: re.Match[str], sentence: tuple[int, int], lists: Lists) -> Self:
        """Weigh the noun of a match in the sentence between two characters."""
        hints, form = words().hints, "".join(match.group().lower().split())
        start, end = sentence
        weight, draft = base, _ = lists.by_form[form]
        written = _parts(WORD.findall(text[start : match.start()])), _parts(WORD.findall(text[match.end() : end]))
        before, after = ([word.lower() for word in part] for part in written)
        left, right = set(before[-LEFT:]), set(after[:RIGHT])
        said = left | right
        said |= {word.removesuffix("s") for word in said}
        if left & hints.places:
            weight += 3
        elif said & (hints.draft_matter if draft else hints.matter):
            weight += 2
        if squeezed(text[max(start, match.start() - REACH * 2) : match.end()]).endswith(lists.known):
            base = words().threshold
            weight = base + 1
        weight += bool(left & hints.weak)
        weight += match.group()[:1].isupper()
        if before and before[-1] in hints.private:
            weight -= 4
        named = 0 if draft else len({n.entity for n in _named([*written[0][-NEAR:], "", *written[1][:NEAR]])})
        return cls(passage, match.end(), form, before, after, weight, base, draft, named, bool(left & DEFINITE))

    @property
    def highest(self) -> int:
        """The highest weight, whatever the article speaks of."""
        return self.weighed(HIGHEST_TONE)

    def weighed(self, tone: int) -> int:
        """The weight where the sentence and its article have some tone."""
        if self.base >= 3:
            tone = 0
        elif self.draft or not self.base:
            tone = min(tone, 1)
        return self.weight + (max(tone, 3) if self.named > 1 else 2 + tone if self.named else tone)


class _Article:
    """The words of an article, counted once."""

    def __init__(self, texts: Sequence[str]) -> None:
        context = words().context
        written = [word for text in texts for word in WORD.findall(text)]
        flat = [word.lower() for word in written]
        self.size = len(flat)
        self.war = _count(flat, context.war)
        self.balance = _count(flat, context.public) - _count(flat, context.company)
        self.parties = len({name.entity for name in _named(_parts(written)) if name.bound})

    def weight(self, hit: _Hit) -> int:
        """The highest weight that a noun can have."""
        weight = hit.weighed(self.tone(hit.before + hit.after))
        lonely = self.war < 3 and self.parties < 2 and not hit.named and hit.weight == hit.base
        lonely = lonely and (hit.base < 3 or self.size > SHORT)
        return weight - 2 * lonely

    def tone(self, sentence: Sequence[str]) -> int:
        """How much a sentence and its article speak of states and of business, as the layer counts it."""
        context = words().context
        company = _count(sentence, context.company)
        here = _count(sentence, context.public) - company
        whole = self.balance * 100 / max(self.size, 100)
        if here < 0 and whole < 1:
            return -2
        if here < 0 or whole < -1:
            return -1
        foreign = not company and self.parties > 1
        return (here > 0 and whole > 0) + foreign + (foreign and (self.parties > 3 or self.war > 5))


def _count(words: Sequence[str], known: frozenset[str]) -> int:
    """How many of the words are among the known ones."""
    return sum(map(known.__contains__, words))


def _parts(found: Sequence[str]) -> list[str]:
    """Words with the parts of those that a hyphen joins, and without dots and possessive endings."""
    out: list[str] = []
    for word in found:
        out.append(word.replace(".", "").removesuffix("'s").removesuffix("’s"))
        if "-" in word:
            out += word.split("-")
            out.append(word)
    return out
