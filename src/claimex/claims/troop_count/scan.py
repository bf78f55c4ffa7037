"""Where troop counts can stand, by a look at the raw text: a number near people who may be military."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from claimex.claims.troop_count.lexicon import rules
from claimex.gazetteer import gazetteer
from claimex.layering import from_rules
from claimex.normalize.numbers import lexicon
from claimex.normalize.scanning import noun_forms, noun_words

BEHIND = 90
"""Characters between a number and the noun that it counts: 'some 300 lightly armed Danish and Polish soldiers'."""
BEFORE = 160
"""Characters between soldiers and a number without a noun of its own: 'a soldier was killed and five others'."""
PHRASE = 45
"""Characters around a noun for people in which the word stands that makes them military."""
AGAIN = 400
"""Characters of the next paragraph in which a count is taken up: about three sentences."""
TOLL = frozenset(
    {"dead", "casualty", "loss", "life", "fatality", "man", "officer", "captive", "wounded", "prisoner", "pilot"}
)
"""Nouns for which an army anywhere in the sentence is enough; the others need it in their own phrase."""
DIGIT = re.compile(r"\d")
LOSSES = frozenset({"casualty", "lose", "losing", "lost", "loss"})
WORD = re.compile(r"[^\W\d_]+")
BREAK = re.compile(
    r"\b(?:were|was|are|have|has|had|been|being|be|by|in|on|at|from|to|with|who|whom|that|which|when|where|after|before|said|says"
    r"|including|as|for|among|while|but|if|than|against|since|during|into|over|about|will|would|could|may|must|can|did|not)\b"
    r"|\w{3}[.?!;:]\s",
    re.IGNORECASE,
)
"""What parts a number from a noun behind it."""
STRENGTH = re.compile(r"\d[- ]?(?:strong|man|men|member|soldier|troop|person|fighter)\b", re.IGNORECASE)
ELLIPSIS = re.compile(
    r"\s*(?:$|[-–—.,;:)]|(?:others?|more|were|are|was|is|had|have|has|in|on|to|from|by|at|and|or|dead|as|who"
    r"|of them|missing|last|this|next|now|then|strong)\b|\w+ed\b)",
    re.IGNORECASE,
)
UNITS = (
    r"dlrs|dollars?|yen|pounds|euros|stg|km|kilomet|miles?|met(?:er|re)s?|years?|months?|days?|weeks?|hours?|minutes?"
    r"|tonn?e?s|barrels|a\.?m\b|p\.?m\b|cts?\b|points?"
)
MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
NOTHING = re.compile(
    rf"[$£€¥]\s?\d[\d.,]*|\d[\d.,]*\s*(?:%|per\s?cent|pct|(?:mln|million|bn|billion|trillion)?\s*(?:{UNITS}))"
    r"|\b(?:1[89]|20)\d\d\b(?!\s+(?:\w+\s+)?(?:troops|soldiers|fighters|men|rebels))"
    r"|\d+\.\d+|\bone of\b|\b(?:no|any|every|some|each) one\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTHS}\b|\b{MONTHS}\.?\s+\d{{1,2}}\b|\b\d{{1,2}}:\d\d\b|\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
"""Numbers that count no people: money, shares, measures, years, dates, clock times."""
OF_WAR = re.compile(r"\s+(?:of|in)\s+war\b", re.IGNORECASE)
POINTING = re.compile(r"\b(?:these|those)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finder:
    """A pattern, and words of which one stands in every text that it matches: the set is the quicker to ask."""

    words: frozenset[str]
    pattern: re.Pattern[str]

    def __or__(self, other: Finder) -> Finder:
        return Finder(self.words | other.words, re.compile(f"{self.pattern.pattern}|{other.pattern.pattern}"))

    def near(self, text: Text, start: int, end: int) -> Iterator[re.Match[str]]:
        """Matches between two characters."""
        return iter(()) if self.words.isdisjoint(text.words) else self.pattern.finditer(text.plain, max(start, 0), end)

    def any(self, text: Text, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether there is a match between two characters."""
        return not self.words.isdisjoint(text.words) and self.pattern.search(text.plain, start, end) is not None


class Text:
    """A paragraph as the scan reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = frozenset(WORD.findall(text.lower()))

    @cached_property
    def plain(self) -> str:
        """The characters, with the numbers that count no people blanked out."""
        return NOTHING.sub(lambda match: "_" * len(match.group()), self.text)


@dataclass(frozen=True, slots=True)
class Finders:
    """What the scan looks for."""

    number: Finder
    inherent: Finder
    toll: Finder
    conditional: Finder
    army: Finder
    military: Finder
    modifier: Finder
    nation: Finder
    fate: Finder
    theme: Finder


@from_rules
def _finders() -> Finders:
    heads, levels, lex = rules().heads, rules().levels, lexicon()
    numbers = _nouns({*lex.words, *lex.plurals, *lex.plural_of, *lex.scales, *lex.pairs, "both"})
    groups, nations = _named("armed_group"), _named("country")
    return Finders(
        number=Finder(numbers.words, re.compile(rf"(?<![\w.,])\d[\d,.]*\d|\d|{numbers.pattern.pattern}")),
        inherent=_nouns(heads.inherent | heads.rank | heads.collective | {"force", "volunteer", "prisoner"}) | groups,
        toll=_nouns(TOLL | heads.gunmen),
        conditional=_nouns((heads.conditional | heads.foreigner) - TOLL - heads.rank - {"force"}),
        army=_nouns(heads.army | heads.rank | heads.fielding | heads.fielder | heads.downed | LOSSES) | groups,
        military=_nouns(heads.inherent | heads.army | heads.military_body | heads.member_of) | groups,
        modifier=_nouns(heads.military_modifier | rules().sides.missions) | groups,
        nation=nations,
        fate=_nouns(heads.battle_scene | heads.army | heads.warfare | heads.inherent),
        theme=_nouns(heads.inherent | heads.army | levels.military_theme | {"force"}),
    )


def _nouns(lemmas: Set[str]) -> Finder:
    return Finder(noun_words(lemmas), re.compile(f"(?i:{noun_forms(lemmas).pattern})"))


def _named(kind: str) -> Finder:
    """The armed groups that the gazetteer knows, or the demonyms of its countries with their plurals."""
    entries = (gazetteer().entry(i) for i in gazetteer().ids())
    found = [entry for entry in entries if entry is not None and entry.type == kind]
    if kind == "country":
        names = {name for entry in found for demonym in entry.demonyms for name in (demonym, f"{demonym}s")}
    else:
        names = {
            n for entry in found for n in (entry.name, *entry.aliases, *entry.short, *entry.demonyms, *entry.lower)
        }
    words = frozenset(word for name in names for word in WORD.findall(name.lower()))
    by_letter: dict[str, set[str]] = {}
    for name in names:
        for form in (name, name.upper()):
            by_letter.setdefault(form[0], set()).add(re.escape(form[1:]))
    # Grouped by their first letter: most words are none of these names, and that is seen at once.
    groups = (f"{re.escape(first)}(?:{'|'.join(sorted(rest))})" for first, rest in sorted(by_letter.items()))
    return Finder(words, re.compile(rf"\b(?:{'|'.join(groups)})(?!\w)"))


def paragraphs(texts: Sequence[str]) -> set[int]:
    """Indices of the paragraphs that must be parsed.

    A paragraph behind a count may take it up again ("six others", "these soldiers"), whatever else it says.
    """
    find = _finders()
    found: set[int] = set()
    before = Text("")
    for i, characters in enumerate(texts):
        text = Text(characters)
        if (i - 1 in found and _takes_up(find, text)) or _counts(find, text, before):
            found.add(i)
        before = text
    return found


def _takes_up(find: Finders, text: Text) -> bool:
    """Whether a paragraph may go on about those counted in the one before."""
    pointing = POINTING.search(text.plain, 0, AGAIN)
    if pointing and find.inherent.any(text, pointing.end(), pointing.end() + PHRASE):
        return True
    numbers = find.number.pattern.finditer(text.plain, 0, AGAIN)
    return any(ELLIPSIS.match(text.plain, number.end()) for number in numbers)


def _counts(find: Finders, text: Text, before: Text) -> bool:
    """Whether a paragraph may hold a military count of its own."""
    if find.number.words.isdisjoint(text.words) and not DIGIT.search(text.text):
        return False
    people = (find.inherent, find.theme, find.toll, find.conditional)
    if all(finder.words.isdisjoint(text.words) for finder in people) and not (
        find.nation.words & text.words and find.fate.words & text.words
    ):
        return False
    if STRENGTH.search(text.plain) and (find.military.any(text) or find.modifier.any(text)):
        return True
    fate = find.fate.any(text) or find.fate.any(before)
    return any(
        _own_noun(find, text, number.end())
        or _understood(find, text, number)
        or _made_military(find, text, before, number.end(), fate=fate)
        for number in find.number.pattern.finditer(text.plain)
    )


def _own_noun(find: Finders, text: Text, n: int) -> bool:
    """'300 soldiers': a noun for fighters behind a number and no break between."""
    return any(not BREAK.search(text.plain, n, noun.start()) for noun in find.inherent.near(text, n, n + BEHIND))


def _understood(find: Finders, text: Text, number: re.Match[str]) -> bool:
    """'a soldier was killed and five others': a number without a noun, and fighters before it."""
    if not ELLIPSIS.match(text.plain, number.end()):
        return False
    return any(True for _ in find.theme.near(text, number.start() - BEFORE, number.start()))


def _made_military(find: Finders, text: Text, before: Text, n: int, *, fate: bool) -> bool:
    """'30 men', 'two members', '60 Chadians': people behind a number whom the words around make soldiers."""
    for noun in chain(find.toll.near(text, n, n + PHRASE), find.conditional.near(text, n, n + PHRASE)):
        if _is_military(find, text, n, noun):
            return True
    for noun in find.toll.near(text, n, n + PHRASE):
        if find.army.any(text) or find.army.any(before) or OF_WAR.match(text.plain, noun.end()):
            return True
    return fate and any(not BREAK.search(text.plain, n, noun.start()) for noun in find.nation.near(text, n, n + PHRASE))


def _is_military(find: Finders, text: Text, start: int, noun: re.Match[str]) -> bool:
    """Whether a noun's own phrase is military: 'armed men', 'members of the militia', 'a force of 300 people'."""
    if find.modifier.any(text, start, noun.start()):
        return True
    around = ((noun.end(), noun.end() + PHRASE), (max(0, start - PHRASE), start))
    return any(find.military.any(text, a, b) for a, b in around)
