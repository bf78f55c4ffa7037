"""Counts whose noun is understood: 'six others', '30 more', 'killed 41', 'numbers may rise to 6,000'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import match
from claimex.claims.troop_count.count import TROOPS, Count, plural
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.military import is_civil
from claimex.claims.troop_count.scene import top

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

LEVEL_BACK = 3
"""Sentences before its own in which a level ("numbers may rise to") finds whose it is; other understood nouns: one."""
NOUN_DEPS = ("dobj", "nsubjpass", "nsubj", "conj")
POINTING = ("the", "both", "these", "those")


def understood(
    scene: Scene,
    quantity: QuantityMention,
    head: Token,
    found: Sequence[Frame],
    people: Sequence[tuple[int, Count | None]],
) -> Count | None:
    """The count that a number without a noun of its own makes; None where nothing military is understood.

    `people` are the counted people before it, military ones with their count.
    """
    verb = level_verb(scene, quantity)
    theme = _theme(scene, verb) if verb is not None else None
    if verb is not None and theme is not None:
        return _level(scene, quantity, head, found, people, verb, theme)
    antecedent = _antecedent(scene, quantity, people, 1)
    noun = _uncounted(scene, quantity, people)
    if noun is not None and antecedent is not None and noun.i < antecedent.span.end:
        noun = None
    if noun is not None and not scene.is_in(noun, rules().heads.inherent):
        return None
    if (antecedent is None and noun is None) or not _has_event(scene, quantity, head, found, antecedent):
        return None
    frames = tuple(found)
    if noun is not None:
        unit = plural(scene.word(noun))
        return Count(quantity, quantity.span, head, unit, "ellipsis", frames, understood=noun)
    unit = antecedent.unit if antecedent is not None else TROOPS
    return Count(quantity, quantity.span, head, unit, "ellipsis", frames, antecedent)


def _level(
    scene: Scene,
    quantity: QuantityMention,
    head: Token,
    found: Sequence[Frame],
    people: Sequence[tuple[int, Count | None]],
    verb: Token,
    theme: Token,
) -> Count | None:
    """A strength that is reached: 'brings its numbers to 12,000'."""
    antecedent = _antecedent(scene, quantity, people, LEVEL_BACK)
    if antecedent is None and not _is_military_theme(scene, quantity, theme):
        return None
    unit = antecedent.unit if antecedent is not None else TROOPS
    if scene.is_in(theme, rules().heads.inherent):
        unit = plural(scene.word(theme))
    return Count(quantity, quantity.span, head, unit, "level", tuple(found), antecedent, verb=verb, theme=theme)


def _has_event(
    scene: Scene, quantity: QuantityMention, head: Token, found: Sequence[Frame], antecedent: Count | None
) -> bool:
    """Whether an understood noun is likely: something happens to the number right where it stands."""
    start = quantity.span.start
    if scene.words[start] in POINTING:
        return False  # "the three" takes up somebody named, it counts nobody new
    if antecedent is not None and antecedent.span.sent.start == quantity.span.sent.start:
        before = scene.words[max(0, start - 2) : start]
        if tuple(before) in rules().levels.comparisons:
            return True  # "11,000 soldiers, up from 6,000"
    main = [frame for frame in found if frame.main and frame.relation != "predicate"]
    marked = any(word in rules().heads.elliptic for word in scene.words[start : quantity.span.end])
    if marked or scene.is_in(head, rules().heads.elliptic):
        return not main or bool(found)
    return bool(main) and match(scene, main[0]) is not None


def _uncounted(scene: Scene, quantity: QuantityMention, people: Sequence[tuple[int, Count | None]]) -> Token | None:
    """The last uncounted noun for people before the number, in its sentence: 'a soldier was killed and five others'."""
    heads = rules().heads
    sentence = quantity.span.sent.start
    start = max(sentence, people[-1][0] + 1) if people else sentence
    for i in range(quantity.span.start - 1, start - 1, -1):
        token = scene.doc[i]
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in NOUN_DEPS:
            continue
        if not scene.is_in(token, heads.inherent) and not scene.is_in(token, heads.civilian):
            continue
        if token.dep_ == "nsubj" and any(c.dep_ in ("dobj", "ccomp") for c in token.head.children):
            continue  # who does it to them
        return token
    return None


def _antecedent(
    scene: Scene, quantity: QuantityMention, people: Sequence[tuple[int, Count | None]], back: int
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
        first = sentence_before(scene, first)
    return count if start >= first else None


def sentence_before(scene: Scene, start: int) -> int:
    """Where the sentence before token `start` begins; line breaks between the two are no sentence."""
    i = start - 1
    while i > 0 and scene.doc[i].is_space:
        i -= 1
    return scene.doc[i].sent.start if i >= 0 else 0


def level_verb(scene: Scene, quantity: QuantityMention) -> Token | None:
    """The verb that sets a strength to a bare number."""
    levels = rules().levels
    token = top(quantity.span, quantity.number.root)
    if token.dep_ not in ("pobj", "dobj", "npadvmod", "attr", "nummod"):
        return None
    verb = token.head
    while verb.pos_ in ("ADP", "PART", "ADV") and verb.head != verb:
        verb = verb.head
    if verb.pos_ in ("NOUN", "PROPN") and scene.is_in(verb, levels.theme) and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb if scene.is_in(verb, levels.verb) else None


def _theme(scene: Scene, verb: Token) -> Token | None:
    """The strength noun whose level a verb changes or states."""
    themes = rules().levels.theme | rules().heads.inherent
    for child in verb.children:
        if child.dep_ not in ("dobj", "nsubj", "nsubjpass", "pobj", "prep", "prt", "advmod", "ccomp"):
            continue
        for token in (child, *child.children):
            if scene.is_in(token, themes) and token.pos_ in ("NOUN", "PROPN"):
                return token if not is_civil(scene, token) else None
    if verb.dep_ in ("acl", "relcl") and scene.is_in(verb.head, themes):
        return verb.head if not is_civil(scene, verb.head) else None
    if verb.dep_ in ("xcomp", "conj", "advcl", "acl") and verb.head.pos_ in ("VERB", "AUX"):
        return _theme(scene, verb.head) if verb.head != verb else None
    return None


def _is_military_theme(scene: Scene, quantity: QuantityMention, theme: Token) -> bool:
    """Whether the strength is one of troops even without an earlier count: 'cut the number of troops to 9,400'."""
    heads = rules().heads
    if scene.is_in(theme, rules().levels.military_theme | heads.inherent):
        return True
    own = [c for c in theme.children if c.dep_ in ("amod", "compound", "nmod")]
    if scene.any_in(own, heads.military_modifier | heads.army) or scene.word(theme) == "forces":
        return True
    before = scene.doc[quantity.span.sent.start : quantity.span.start]
    return any(
        token.pos_ in ("NOUN", "PROPN") and token.i != theme.i and scene.is_in(token, heads.inherent | heads.army)
        for token in before
    )
