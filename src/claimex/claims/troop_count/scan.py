"""Where troop counts can stand, by a look at the raw text: a number near people who may be military."""

from __future__ import annotations

from collections.abc import Sequence

from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.scan_words import (
    ARMY,
    BREAK,
    CONDITIONAL,
    FATE,
    FIGHTER,
    LOSS,
    MILITARY,
    MODIFIER,
    NATION,
    NUMBER,
    STRENGTH,
    THEME,
    TOLL,
    Text,
    may_play,
)

BEHIND = 16
"""Words and marks between a number and the noun that it counts: 'some 300 lightly armed Danish and Polish soldiers'."""
PHRASE = 9
"""Around a noun for people, in which the word stands that makes them military."""
AGAIN = 3
"""Passages behind a count in which it is taken up."""
MARKS = frozenset("–—.,;:)")
STOPS = frozenset(";:")
OF = frozenset(("of", "from", "in", "with", "(", ","))
PEOPLE = FIGHTER | THEME | STRENGTH | TOLL | CONDITIONAL


def passages(texts: Sequence[str]) -> set[int]:
    """Indices of the passages that must be parsed.

    One of the three behind a count may take it up again ("six others", "these soldiers"), whatever else it says.
    """
    found: set[int] = set()
    made: dict[int, Text] = {}

    def text(i: int) -> Text:
        if i not in made:
            made[i] = Text(texts[i] if i >= 0 else "")
        return made[i]

    for i, characters in enumerate(texts):
        taken_up = not found.isdisjoint(range(i - AGAIN, i)) and _takes_up(text(i))
        if taken_up or (may_play(characters, PEOPLE | NATION, NUMBER) and _counts(text(i), text(i - 1))):
            found.add(i)
    # Whose they are is said in the passage before where the count does not say it.
    return found | {i - 1 for i in found if i}


def _takes_up(text: Text) -> bool:
    """Whether a passage may go on about those counted before."""
    scan = rules().scan
    for i, word in enumerate(text.words):
        if word in scan.pointing and text.any(FIGHTER, i + 1, i + PHRASE):
            return True
        if text.parts[i] & NUMBER:
            after = text.at(i + 1)
            level = text.at(i - 1) in scan.level and text.any(THEME | STRENGTH, *text.sentence(i))
            if after in scan.again or after.endswith("ed") or (level and _is_elliptic(text, i)):
                return True
    return False


def _counts(text: Text, before: Text) -> bool:
    """Whether a passage may hold a military count of its own."""
    return any(
        _counted(text, i, FIGHTER, BEHIND)
        or _is_understood(text, i)
        or _is_made_military(text, before, i)
        or (_counted(text, i, NATION, PHRASE) and _is_near(text, before, i, FATE))
        for i, part in enumerate(text.parts)
        if part & NUMBER
    )


def _counted(text: Text, number: int, part: int, reach: int) -> bool:
    """'300 soldiers', '60 Chadians': a noun behind a number and no break between."""
    if not text.may_have(part):
        return False
    for i in range(number + 1, min(number + reach, len(text.words))):
        if text.parts[i] & part and (part != FIGHTER or _is_head(text, i, number)):
            return True
        if text.parts[i] & BREAK or text.words[i] in STOPS or text.ends_sentence(i):
            return False
    return False


def _is_head(text: Text, i: int, number: int) -> bool:
    """Whether a noun can be what a number counts rather than stand in front of it: no 'six rebel positions'."""
    word, after = text.words[i], text.at(i + 1)
    if word.endswith(("s", "men")) or text.at(number) == "one" or not after[:1].isalpha():
        return True
    return bool(text.parts[i + 1] & BREAK) or after.endswith(("ed", "ing")) or after in rules().scan.elliptic


def _is_understood(text: Text, number: int) -> bool:
    """'a soldier was killed and five others', 'raised its strength to 900': fighters before a number without a noun."""
    if not _is_elliptic(text, number):
        return False
    level, seen = text.at(number - 1) in rules().scan.level, 0
    for i in range(number - 1, text.sentence(number)[0] - 1, -1):
        seen |= text.parts[i]
        if text.parts[i] & FIGHTER and _is_head(text, i, number):
            return True
        if level and seen & (THEME | STRENGTH) and seen & (STRENGTH | FIGHTER | ARMY):
            return True
    return False


def _is_elliptic(text: Text, number: int) -> bool:
    """Whether a number has no noun of its own: '... and five others'."""
    after, next_ = text.at(number + 1), text.at(number + 2)
    if not after or after in MARKS or after in rules().scan.elliptic or after.endswith("ed"):
        return True
    return (after, next_) in (("of", "them"), ("-", "-"))


def _is_near(text: Text, before: Text, i: int, part: int) -> bool:
    """Whether a part is played in the sentence of a word, by another, or in the sentence before."""
    start, end = text.sentence(i)
    if text.any(part, start, i) or text.any(part, i + 1, end):
        return True
    if start:
        return text.any(part, text.sentence(start - 1)[0], start)
    return bool(before.words) and before.any(part, before.sentence(len(before.words) - 1)[0])


def _is_made_military(text: Text, before: Text, number: int) -> bool:
    """'30 men', 'two members', 'a 300-strong unit': people behind a number whom the words around make soldiers."""
    joined = text.at(number + 1) == "-"
    measure = text.at(number + 1 + joined)
    if measure == "strong" or (joined and measure in rules().heads.strength):
        return text.any(MILITARY | MODIFIER, number - PHRASE, number + BEHIND)
    if not text.may_have(TOLL | CONDITIONAL):
        return False
    for i in range(number + 1, min(number + PHRASE, len(text.words))):
        part = text.parts[i]
        if part & BREAK:
            return False
        if part & (TOLL | CONDITIONAL) and (
            text.any(MODIFIER, number + 1, i)
            or (text.at(i + 1) in OF and text.any(MILITARY, i + 1, i + PHRASE))
            or text.any(MILITARY, number - PHRASE, number)
        ):
            return True
        if part & TOLL:
            of_war = text.at(i + 1) in OF and text.at(i + 2) == "war"
            if of_war or _is_near(text, before, i, ARMY if part & LOSS else ARMY | LOSS):
                return True
    return False
