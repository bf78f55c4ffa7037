"""Which quantities count military people: by the counted noun, its context, or an earlier count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import match
from claimex.claims.troop_count.frames import frames
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.military import (
    has_military_context,
    is_aircraft,
    is_civil,
    is_military_body,
    is_nationality_in_battle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.frames import Frame
    from claimex.claims.troop_count.scene import Scene

TROOPS = "troops"
LEVEL_BACK = 3
"""Sentences before its own in which a level ("numbers may rise to") finds whose it is; other understood nouns: one."""


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity of military people. `antecedent` is the count whose noun (and side) it takes over."""

    quantity: QuantityMention
    span: Span
    head: Token
    unit: str
    how: str
    frames: tuple[Frame, ...]
    antecedent: Count | None = None
    coreferent: bool = False
    verb: Token | None = None
    theme: Token | None = None
    """For a level: the verb that sets it, and the noun whose level it is."""
    understood: Token | None = None
    """The uncounted noun that a number takes over: 'a soldier died and five others were wounded'."""


def plural(noun: str) -> str:
    """The plural of a noun for people."""
    if noun.endswith("man") and noun != "german":
        return f"{noun[:-3]}men"
    return noun if noun.endswith(("s", "men", "ese", "people")) else f"{noun}s"


def counts(scene: Scene) -> Iterator[Count]:
    """The military counts of an article in text order."""
    selected: list[Count] = []
    people: list[tuple[int, Count | None]] = []
    for quantity in scene.doc._.quantities:
        head = quantity.head if quantity.head is not None else quantity.number.root
        found = frames(scene, quantity.span, head)
        count = _noun(scene, quantity, head, found) or _understood(scene, quantity, head, found, people)
        if count is not None:
            selected.append(count)
            people.append((quantity.span.start, count))
        elif scene.is_in(head, rules().heads.civilian) or scene.is_in(head, rules().heads.conditional):
            people.append((quantity.span.start, None))
    yield from selected


def _noun(scene: Scene, quantity: QuantityMention, head: Token, found: list[Frame]) -> Count | None:
    """A count whose own noun, or the body it is the strength of, is military."""
    heads = rules().heads
    if quantity.head is None:
        return None
    if is_strength(scene, quantity) and scene.is_in(head, heads.body):
        military = is_military_body(scene, quantity, head)
        return Count(quantity, quantity.span, head, TROOPS, "strength", tuple(found)) if military else None
    if _is_excluded(scene, quantity, head):
        return None
    unit = _unit(scene, quantity, head)
    if scene.is_in(head, heads.inherent):
        if is_aircraft(scene, quantity, head, found):
            return None
        return Count(quantity, quantity.span, head, unit, "noun", tuple(found))
    for other in head.conjuncts:
        # "24,000 police and troops": one number for both, and troops are named.
        if head.i < other.i < quantity.span.end and scene.is_in(other, heads.inherent):
            return Count(quantity, quantity.span, head, scene.word(other), "noun", tuple(found))
    if is_nationality_in_battle(scene, head, found):
        return Count(quantity, quantity.span, head, unit, "nationality", tuple(found))
    if scene.is_in(head, heads.conditional | heads.gunmen) and has_military_context(scene, quantity, head):
        return Count(quantity, quantity.span, head, unit, "context", tuple(found))
    return None


def is_strength(scene: Scene, quantity: QuantityMention) -> bool:
    """Whether the number measures a whole: '900-strong', '120-man', '3,000-member'."""
    after = scene.words[quantity.number.end : quantity.number.end + 2]
    return "strong" in after or (after[:1] == ["-"] and after[-1] in ("man", "member", "soldier", "troop", "men"))


def _unit(scene: Scene, quantity: QuantityMention, head: Token) -> str:
    word = quantity.unit or scene.word(head)
    return plural(word.lower()) if head.tag_ in ("NN", "NNP") else word.lower()


def _is_excluded(scene: Scene, quantity: QuantityMention, head: Token) -> bool:
    """Fighter jets, former soldiers, toy soldiers, soldiers' families."""
    heads = rules().heads
    after = head.i + 1
    if (
        after < len(scene.words)
        and scene.is_in(scene.doc[after], heads.not_counted_after)
        and head.dep_ in ("compound", "poss")
    ):
        return True
    if after < len(scene.words) and scene.words[after] in ("'", "'s") and head.dep_ == "poss":
        return True
    between = scene.doc[quantity.number.end : head.i]
    return any(scene.word(token) in heads.former for token in between)


def _understood(
    scene: Scene,
    quantity: QuantityMention,
    head: Token,
    found: list[Frame],
    people: list[tuple[int, Count | None]],
) -> Count | None:
    """A count whose noun is understood: 'six others', '30 more', 'killed 41', 'numbers may rise to 10,000'."""
    if quantity.head is not None and not quantity.elliptic and not scene.is_in(head, rules().heads.elliptic):
        return None
    verb = level_verb(scene, quantity)
    theme = _theme(scene, verb) if verb is not None else None
    level = theme is not None
    antecedent = _antecedent(scene, quantity, people, LEVEL_BACK if level else 1)
    sentence = quantity.span.sent
    after = max(sentence.start, people[-1][0] + 1) if people else sentence.start
    noun = None if level else _uncounted(scene, quantity, after)
    if noun is not None and antecedent is not None and noun.i < antecedent.span.end:
        noun = None
    if noun is not None and not scene.is_in(noun, rules().heads.inherent):
        return None
    if antecedent is None and noun is None and not level:
        return None
    marked = scene.is_in(head, rules().heads.elliptic) or len(quantity.span) > len(quantity.number)
    if not level and not _has_event(scene, quantity, found, marked=marked):
        return None
    if theme is not None and antecedent is None and not _is_military_theme(scene, quantity, theme):
        return None
    if noun is not None:
        antecedent, unit = None, plural(scene.word(noun))
    else:
        unit = antecedent.unit if antecedent is not None else TROOPS
    how = "level" if level else "ellipsis"
    return Count(
        quantity,
        quantity.span,
        head,
        unit,
        how,
        tuple(found),
        antecedent,
        verb=verb if level else None,
        theme=theme,
        understood=noun,
    )


def _has_event(scene: Scene, quantity: QuantityMention, found: list[Frame], *, marked: bool) -> bool:
    """Whether an understood noun is likely: something happens to the number right where it stands."""
    start = quantity.span.start
    if scene.words[start] in ("the", "both", "these", "those"):
        return False  # "the three" takes up somebody named, it counts nobody new
    main = [frame for frame in found if frame.main and frame.relation != "predicate"]
    if marked:
        return not main or any(match(scene, frame) for frame in main) or bool(found)
    return bool(main) and match(scene, main[0]) is not None


def _uncounted(scene: Scene, quantity: QuantityMention, start: int) -> Token | None:
    """The last noun for people between token `start` and the number that something happens to: 'a soldier was killed'."""
    heads = rules().heads
    for i in range(quantity.span.start - 1, start - 1, -1):
        token = scene.doc[i]
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("dobj", "nsubjpass", "nsubj", "conj", "pobj"):
            continue
        if not scene.is_in(token, heads.inherent) and not scene.is_in(token, heads.civilian):
            continue
        if token.dep_ == "nsubj" and any(c.dep_ in ("dobj", "ccomp") for c in token.head.children):
            continue
        if token.dep_ == "pobj" and scene.word(token.head) != "of":
            continue
        return token
    return None


def _antecedent(
    scene: Scene, quantity: QuantityMention, people: list[tuple[int, Count | None]], back: int
) -> Count | None:
    """The last count of people before it, when that is a military one and at most `back` sentences away."""
    if not people:
        return None
    start, count = people[-1]
    if count is None:
        return None
    first = quantity.span.sent.start
    for _ in range(back):
        if start >= first:
            break
        first = _sentence_before(scene, first)
    return count if start >= first else None


def _sentence_before(scene: Scene, start: int) -> int:
    """Where the sentence before token `start` begins; line breaks between the two are no sentence."""
    i = start - 1
    while i > 0 and scene.doc[i].is_space:
        i -= 1
    return scene.doc[i].sent.start if i >= 0 else 0


def level_verb(scene: Scene, quantity: QuantityMention) -> Token | None:
    """The verb that sets a strength to a bare number: 'brings its numbers to 15,000'."""
    levels = rules().levels
    token = quantity.span.root
    if token.dep_ not in ("pobj", "dobj", "npadvmod", "attr", "nummod"):
        return None
    verb = token.head
    while verb.pos_ in ("ADP", "PART", "ADV") and verb.head is not verb:
        verb = verb.head
    if verb.pos_ in ("NOUN", "PROPN") and scene.is_in(verb, levels.theme) and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb if scene.is_in(verb, levels.verb) else None


def _theme(scene: Scene, verb: Token) -> Token | None:
    """The strength noun whose level a verb changes."""
    levels = rules().levels
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "prep", "prt", "advmod") or child.dep_ == "ccomp":
            for token in (child, *child.children):
                if scene.is_in(token, levels.theme) and token.pos_ in ("NOUN", "PROPN"):
                    return token if not is_civil(scene, token) else None
    if verb.dep_ in ("acl", "relcl") and scene.is_in(verb.head, levels.theme):
        return verb.head
    if verb.dep_ in ("xcomp", "conj", "advcl", "acl") and verb.head.pos_ in ("VERB", "AUX"):
        return _theme(scene, verb.head) if verb.head is not verb else None
    return None


def _is_military_theme(scene: Scene, quantity: QuantityMention, theme: Token) -> bool:
    """Whether the strength is one of troops even without an earlier count: 'cut the number of troops to 14,700'."""
    heads = rules().heads
    if scene.is_in(theme, rules().levels.military_theme):
        return True
    before = scene.doc[quantity.span.sent.start : quantity.span.start]
    return any(
        token.pos_ in ("NOUN", "PROPN")
        and (scene.is_in(token, heads.inherent) or scene.word(token) in heads.military_body)
        for token in before
    )
