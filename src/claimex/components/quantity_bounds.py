"""What stands left of a number: its bound ('at least', 'some') and the article that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.quantity_words import lexicon, phrases_after, phrases_before

if TYPE_CHECKING:
    from claimex.components.plain_words import PlainWords
    from claimex.model import Bound

LOOK_BACK = 6
"""Words between a verb and its particle: 'bring the mission's total numbers up to'."""


def bound_before(view: PlainWords, i: int, floor: int) -> tuple[int, Bound | None]:
    """Where the expression around the number at i begins, and its bound; the outermost modifier decides.

    'approx' gives way to any other: 'some of at least 300'. Words before `floor` belong to another quantity.
    """
    words, bound = lexicon().words, None
    start = i
    while start > floor:
        before = view.low[start - 1]
        step, found = _modifier(view, start, floor)
        if found is not None:
            start -= step
            if bound is None or found != "approx":
                bound = found
            if view.low[start] in words.articles:
                break
            continue
        if before in words.neutral and start - 2 >= floor and view.low[start - 2] in words.articles:
            start -= 2
            if view.low[start] not in {"a", "an"}:
                break  # "over the next six months" says nothing about how many
        elif before in words.articles:
            start -= 1
            if before != "all" and start > floor and view.low[start - 1] == "all":
                start -= 1
            if before not in {"a", "an"}:
                break
        elif before in words.another:
            start -= 1
        else:
            break
    return start, bound


def _modifier(view: PlainWords, end: int, floor: int) -> tuple[int, Bound | None]:
    """Length and bound of the modifier that ends before `end`."""
    for phrase, bound in phrases_before().get(view.low[end - 1], ()):
        if end - len(phrase) < floor or not view.ends_with(end, phrase):
            continue
        if _is_preposition(view, end, phrase):
            return 0, None
        return len(phrase), bound
    return 0, None


def _is_preposition(view: PlainWords, end: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words are a preposition here: 'a row over two islands', 'brings its numbers up to 15,000'."""
    words, start = lexicon().words, end - len(phrase)
    if phrase == ("up", "to"):
        return any(w in words.up_particle_verbs for w in view.low[max(0, start - LOOK_BACK) : start])
    if len(phrase) > 1 or phrase[0] not in words.ambiguous_modifiers:
        return False
    if view.at(start - 1) in words.preposition_governors:
        return True
    if phrase[0] in {"under", "above", "below"}:
        dep = view.doc[view.tokens[start]].dep_
        return dep == "prep" and not view.low[end][0].isdigit()
    return False


def bound_after(view: PlainWords, i: int) -> tuple[int, Bound | None]:
    """Where a modifier that starts at word i ends ('or more', 'or so', '-odd'), and its bound; i and None without."""
    for phrase, bound in phrases_after().get(view.at(i), ()):
        if view.starts_with(i, phrase):
            end = i + len(phrase)
            following = view.at(end)
            # "12 soldiers or more than 20" and "300 at least 40 of them" begin another quantity.
            if following == "than" or (phrase[0] in {"at", "plus", "and"} and following[:1].isdigit()):
                continue
            return end, bound
    return i, None
