"""A passage as the scan of troop counts reads it: its words, and the parts that each can play in a count.

Every word is looked up once. Most passages hold no word that could play the parts a count needs, and are done with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Set
from functools import cached_property

from claimex.claims.troop_count.lexicon import rules
from claimex.gazetteer import gazetteer
from claimex.layering import from_rules
from claimex.normalize.date_words import lexicon as date_lexicon
from claimex.normalize.numbers import lexicon
from claimex.normalize.scanning import noun_words, plain_words

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th)\b)?|[$£€¥%]|[-–—.,;:)?!]")
ENDS = frozenset(".?!")
MONEY = frozenset("$£€¥")
DASHES = frozenset("-–—")
YEARS_AND_HOURS = tuple(f"{n:02}" for n in (*range(10), 18, 19, 20))
"""How a number of four digits begins that is a year or a time of day."""
ABBREVIATED = 2
"""Letters of a word whose full stop ends no sentence."""

DIGIT = re.compile(r"\d")
PARTS = 13
(NUMBER, FIGHTER, TOLL, CONDITIONAL, ARMY, LOSS, MILITARY, MODIFIER, NATION, FATE, THEME, STRENGTH, BREAK) = (
    1 << n for n in range(PARTS)
)
POSSIBLE = 16
"""So many bits up stand the parts of the names that may begin with a word."""


class Parts:
    """Which parts each word can play in a count, as bits."""

    def __init__(self) -> None:
        self.by_word: dict[str, int] = {}
        self.names: dict[str, list[tuple[list[str], bool, int]]] = {}
        """First word of a name to its other words, whether it needs its capital, and its part."""

    def add(self, part: int, lemmas: Iterable[str]) -> None:
        """Give a part to the forms of nouns."""
        for lemma in lemmas:
            *first, last = lemma.split()
            for form in noun_words([last]):
                self.add_name(part, " ".join([*first, form]), capital=False)

    def add_name(self, part: int, name: str, *, capital: bool) -> None:
        """Give a part to a name or a word."""
        first, *others = TOKEN.findall(name.lower())
        if others or capital:
            self.names.setdefault(first, []).append((others, capital, part))
            part <<= POSSIBLE
        self.by_word[first] = self.by_word.get(first, 0) | part


@from_rules
def _parts() -> Parts:
    heads, levels, scan, numbers = rules().heads, rules().levels, rules().scan, lexicon()
    parts = Parts()
    parts.add(NUMBER, {*numbers.words, *numbers.plurals, *numbers.plural_of, *numbers.scales, *numbers.pairs, "both"})
    parts.add(FIGHTER, heads.inherent | heads.rank | heads.collective | {"force", "volunteer", "prisoner"})
    parts.add(TOLL, scan.toll | heads.gunmen)
    parts.add(CONDITIONAL, (heads.conditional | heads.foreigner) - scan.toll - heads.rank - {"force"})
    parts.add(ARMY, heads.army | heads.rank | heads.fielding | heads.fielder | heads.downed)
    parts.add(MILITARY, heads.inherent | heads.army | heads.military_body | heads.member_of)
    parts.add(MODIFIER, heads.military_modifier | rules().sides.missions)
    parts.add(NATION, heads.foreigner)
    parts.add(FATE, heads.battle_scene | heads.army | heads.warfare | heads.inherent)
    parts.add(THEME, levels.theme)
    parts.add(STRENGTH, levels.military_theme)
    for part, words in ((LOSS, scan.loss), (BREAK, scan.breaks)):
        for word in words:
            parts.add_name(part, word, capital=False)
    for name in _groups():
        parts.add_name(FIGHTER | ARMY | MILITARY | MODIFIER, name, capital=not name[0].islower())
    for name in _peoples():
        parts.add_name(NATION, name, capital=True)
    return parts


def _groups() -> Set[str]:
    """The names of the armed groups that the gazetteer knows."""
    entries = (gazetteer().entry(i) for i in gazetteer().ids())
    found = (entry for entry in entries if entry is not None and entry.type == "armed_group")
    return {n for entry in found for n in (entry.name, *entry.aliases, *entry.short, *entry.demonyms, *entry.lower)}


def _peoples() -> Set[str]:
    """The people of each country that the gazetteer knows, in the plural."""
    entries = (gazetteer().entry(i) for i in gazetteer().ids())
    found = (entry for entry in entries if entry is not None and entry.type == "country")
    same = ("s", "ese", "sh", "ch", "man")
    return {name if name.endswith(same) else f"{name}s" for entry in found for name in entry.demonyms}


@from_rules
def _first_words(parts: int) -> frozenset[str]:
    """The words, and first words of names, that can play one of some parts."""
    return frozenset(word for word, own in _parts().by_word.items() if (own | own >> POSSIBLE) & parts)


def may_play(text: str, first: int, second: int) -> bool:
    """Whether one of each parts may be played in a text: quicker to ask than its words are to look up."""
    words = plain_words(text)
    return all(
        not _first_words(parts).isdisjoint(words) or (parts & NUMBER and DIGIT.search(text))
        for parts in (first, second)
    )


class Text:
    """The words, numbers and marks of a passage."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = TOKEN.findall(text.lower())
        known = _parts().by_word
        self.looked_up = [known.get(word, 0) if word[0] > "9" else NUMBER * word[0].isdigit() for word in self.words]
        self.possible = 0
        for part in set(self.looked_up):
            self.possible |= part | part >> POSSIBLE

    def may_have(self, part: int) -> bool:
        """Whether a word here, or a name that begins with one, can play a part."""
        return bool(self.possible & part)

    def any(self, part: int, start: int = 0, end: int | None = None) -> bool:
        """Whether one of some words plays a part."""
        return self.may_have(part) and any(own & part for own in self.parts[max(start, 0) : end])

    def at(self, i: int) -> str:
        """The word at i; '' outside the passage."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def sentence(self, i: int) -> tuple[int, int]:
        """The sentence that holds a word."""
        k = bisect_right(self._ends, i)
        return self._ends[k - 1] if k else 0, self._ends[k] if k < len(self._ends) else len(self.words)

    def ends_sentence(self, i: int) -> bool:
        """Whether a mark ends a sentence rather than an abbreviation."""
        return self.words[i] in ENDS and len(self.at(i - 1)) > ABBREVIATED

    @cached_property
    def _ends(self) -> list[int]:
        return [i + 1 for i in range(len(self.words)) if self.ends_sentence(i)]

    @cached_property
    def parts(self) -> list[int]:
        """The parts of every word; a name's stand at its first word, and numbers that count no people have none."""
        found = list(self.looked_up)
        written = TOKEN.findall(self.text)
        for i, part in enumerate(found):
            for others, capital, own in _parts().names[self.words[i]] if part >> POSSIBLE else ():
                if self.words[i + 1 : i + 1 + len(others)] != others or (capital and written[i][0].islower()):
                    continue
                if len(self.words[i]) > ABBREVIATED or not capital or not self.text.isupper():
                    found[i] |= own  # "IS" is the verb in a text of capitals
            if part & NUMBER and self._counts_nothing(i):
                found[i] &= ~NUMBER
        return found

    def _counts_nothing(self, i: int) -> bool:
        """Whether a number is money, a share, a measure, a date, a time of day, or part of a name."""
        scan, word, before, after = rules().scan, self.words[i], self.at(i - 1), self.at(i + 1)
        if word == "one":
            return after == "of" or before in scan.determiners
        if not word[0].isdigit():
            return False
        if before in MONEY or after in scan.units or (after in scan.scales and self.at(i + 2) in scan.units):
            return True
        if not word[-1].isdigit() or ":" in word or "." in word:
            return True
        if len(word) == 4 and word.startswith(YEARS_AND_HOURS) and word.isdigit():
            return after not in scan.fighters and self.at(i + 2) not in scan.fighters
        if before == "-" and len(self.at(i - 2)) == 1:
            return True  # "M-19"
        linked = before in DASHES or before in {"to", "and", "or"}
        return len(word) < 3 and (self._is_day(i) or (linked and self._is_day(i - 2)))

    def _is_day(self, i: int) -> bool:
        """Whether a number is the day of a month."""
        return self.at(i - 1) in date_lexicon().months or self.at(i + 1) in date_lexicon().months
