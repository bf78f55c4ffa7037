"""Counts whose noun is understood: 'six others', '30 more', 'killed 41', 'numbers may rise to 6,000'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import match
from claimex.claims.troop_count.count import TROOPS, Count, plural
from claimex.claims.troop_count.lexicon import rules
from claimex.claims.troop_count.military import is_civil
from claimex.claims.troop_count.scene import sentence_before, top

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.annotations import QuantityMention
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

LEVEL_BACK = 3
"""Sentences before its own in which a level ("numbers may rise to") finds whose it is; other understood nouns: one."""
MAX_OF = 6
NOUN_DEPS = ("dobj", "nsubjpass", "nsubj", "conj")
PEOPLE = ("NOUN", "PROPN", "ADJ")
BESIDE = ("pobj", "conj", "dobj", "appos", "nsubj", "nsubjpass", "ROOT")
NEARING = ("around", "about", "at", "below", "above", "over", "under", "near")
PLACING = ("in", "from", "at", "near", "on")
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
    if theme is None and verb is not None and verb.dep_ == "relcl" and people:
        before = people[-1][1]  # "is now 1,800, which will fall to 1,600"
        if before is not None and before.how == "level" and before.span.start <= verb.head.i < before.span.end:
            theme = before.theme
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
    if verb.lemma_ == "be" and not _is_strength(scene, theme, antecedent):
        return None
    if antecedent is None and not _is_military_theme(scene, quantity, theme):
        return None
    unit = antecedent.unit if antecedent is not None else TROOPS
    if scene.is_in(theme, rules().heads.inherent):
        unit = plural(scene.word(theme))
    counted = next((t for t in theme.subtree if t.dep_ == "pobj" and t.head.head == theme), None)
    if counted is not None and scene.is_in(counted, rules().heads.inherent | rules().heads.toll):
        unit = plural(scene.word(counted))  # "the number of militant casualties"
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
        end = quantity.span.end
        placed = scene.words[end : end + 1] and scene.words[end] in PLACING and end + 1 in scene.mentions
        if placed and scene.words[start - 1] != "of" and head.dep_ in BESIDE:
            return True  # "225 dead in Dagestan, along with 185 in Buryatia"
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


def level_verb(scene: Scene, quantity: QuantityMention) -> Token | None:
    """The verb that sets a strength to a bare number."""
    levels = rules().levels
    token = top(quantity.span, quantity.number.root)
    above = token.head.head if token.dep_ == "pobj" and scene.word(token.head) in NEARING else token.head
    if token.dep_ in ("attr", "acomp", "pobj", "prep") and above.lemma_ == "be":
        return above
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


def _is_strength(scene: Scene, theme: Token, antecedent: Count | None) -> bool:
    """Whether what 'is 1,800' is the strength of troops: 'the British strength', 'the number of peacekeepers'."""
    levels, heads = rules().levels, rules().heads
    if scene.is_in(theme, heads.inherent):
        return False  # "the soldiers were 19": years, or a score
    own = [t for t in theme.subtree if t != theme and t.i <= theme.i + MAX_OF]
    if scene.any_in(own, heads.civil | heads.civilian):
        return False
    if scene.any_in(own, heads.inherent | heads.army):
        return True
    if not scene.is_in(theme, levels.military_theme | {"force", "presence", "deployment", "number", "total"}):
        return False
    if scene.is_in(theme, heads.military_body) and not scene.is_in(theme, levels.generic):
        return True  # "the garrison is now about 900"
    named = any(c.i in scene.mentions for c in theme.children if c.i < theme.i)
    strong = scene.is_in(theme, levels.military_theme)
    return (named and strong) or antecedent is not None


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
        token.pos_ in PEOPLE and token.i != theme.i and scene.is_in(token, heads.inherent | heads.army)
        for token in before
    )
