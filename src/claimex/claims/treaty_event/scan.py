"""Where treaty events can stand, by a look at the raw text: what the treaty layer weighs, weighed without a parse.

Each agreement noun gets the highest weight that the layer (`components/treaties.py`) can give it there; an article in
which none reaches the threshold has no agreement, and in any other each noun that reaches it, or points back, counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimex.claims.treaty_event.lexicon import rules
from claimex.components.treaty_words import words
from claimex.gazetteer import gazetteer
from claimex.layering import from_rules

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
PLAIN_WORD = re.compile(r"[^\W_]+")
LEFT = 6
"""Words before a noun that may belong to its phrase."""
RIGHT = 9
"""Words behind it that may be its topic."""
NEAR = 20
"""Words around it in which its parties are sought."""
STOP = re.compile(
    r"(?<=\w{3}[.!?])(?<!\b(?:Gen|Col|Sen|Gov|Rep|Maj|Sgt|Adm|Mrs|Rev)\.)[\"'”’)]*\s+|(?<=\w{3}[.!?][\"”’])\s+"
)
NEXT = 300
"""Characters of the next paragraph in which an agreement may be taken up without its noun."""
SHORT = re.compile(r"\s*\(\s*([A-Z]{2,7})\s*\)")
"""The short name of an agreement: 'International Rubber Agreement (INRA)'."""
BACK = frozenset({"the", "this", "that", "these", "those", "such", "both", "its", "their", "his"})
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
    verbs = "|".join(
        sorted(
            {verb.removesuffix("e")[:-1] if verb.endswith("y") else verb.removesuffix("e") for verb in chains.pronoun}
        )
    )
    first = "|".join(sorted(verb.removesuffix("e") for verb in chains.provides))
    return Lists(
        noun=re.compile(rf"(?<![\w])(?:(?i:{plain})|{upper})(?!\w)"),
        noun_starts=frozenset(PLAIN_WORD.findall(form)[0] for form in (*lists.by_word, *(n[0] for n in lists.by_name))),
        by_form=by_form,
        names=_party_names(),
        implicit=re.compile(
            rf"\b(?:{implicit})\b|\b(?:{verbs})\w*(?:\s\w+)?\s+it\b|\bit\b(?:\s+\S+){{0,4}}?\s+(?:{verbs}|force|effect|beg[iau]n|start|collaps)"
            rf"|^\W*it\s(?:\w+\s)?(?:{first})",
            re.IGNORECASE,
        ),
    )


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


def paragraphs(texts: Sequence[str]) -> set[int]:
    """Indices of the paragraphs that must be parsed."""
    lists = _lists()
    hits = [
        (i, match)
        for i, text in enumerate(texts)
        if not lists.noun_starts.isdisjoint(PLAIN_WORD.findall(text.lower()))
        for match in lists.noun.finditer(text)
        if not NO_NOUN.search(text, max(match.start() - REACH, 0), match.end() + 1)
    ]
    if not hits:
        return set()
    article = _Article(texts)
    found: set[int] = set()
    known: set[str] = set()
    strong = False
    for i, match in hits:
        form = "".join(match.group().lower().split())
        weight, back = article.weight(i, match, lists)
        if weight >= words().threshold or (strong and ((back and weight >= -1) or (form in known and weight >= 1))):
            strong = strong or weight >= words().threshold
            known |= {form, form + "s", form.removesuffix("s")}
            found.add(i)
            short = SHORT.match(texts[i], match.end())
            if short:
                found |= {k for k, text in enumerate(texts) if short[1] in text}
    again = {i + 1 for i in found if i + 1 < len(texts) and lists.implicit.search(texts[i + 1], 0, NEXT)}
    return found | again


class _Article:
    """The words of an article, counted once."""

    def __init__(self, texts: Sequence[str]) -> None:
        context = words().context
        self.texts = texts
        self.ends: dict[int, list[int]] = {}
        written = [word for text in texts for word in WORD.findall(text)]
        flat = [word.lower() for word in written]
        self.size = len(flat)
        self.war = _count(flat, context.war)
        self.balance = _count(flat, context.public) - _count(flat, context.company)
        self.parties = len({name.entity for name in _named(_parts(written)) if name.bound})

    def weight(self, i: int, match: re.Match[str], lists: Lists) -> tuple[int, bool]:
        """The highest weight that a noun can have, and whether it points back."""
        hints = words().hints
        text, form = self.texts[i], "".join(match.group().lower().split())
        start, end = self.sentence(i, match.start(), match.end())
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
        weight += bool(left & hints.weak)
        weight += match.group()[:1].isupper()
        if before and before[-1] in hints.private:
            weight -= 4
        named = 0 if draft else len({n.entity for n in _named([*written[0][-NEAR:], "", *written[1][:NEAR]])})
        tone = 0
        if base < 3:
            tone = self.tone(before + after)
            tone = min(tone, 1) if draft or not base else tone
        if self.war < 3 and self.parties < 2 and not named and weight == base:
            weight -= 2
        best = max(tone, 3) if named > 1 else 2 + tone if named else tone
        return weight + best, bool(left & BACK)

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

    def sentence(self, i: int, start: int, end: int) -> tuple[int, int]:
        """The sentence around some characters of a paragraph."""
        ends = self.ends.get(i)
        if ends is None:
            ends = self.ends[i] = [m.end() for m in STOP.finditer(self.texts[i])]
        k = bisect_right(ends, start)
        return ends[k - 1] if k else 0, ends[k] if k < len(ends) else len(self.texts[i])


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
