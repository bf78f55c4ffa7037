"""What those counted do, or what happens to them: the first activity, in the guide's order, that a frame supports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from claimex.claims.troop_count.lexicon import activity_index
from claimex.claims.troop_count.values import Activity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from claimex.claims.troop_count.lexicon import ActivityRule
    from claimex.claims.troop_count.scene import Scene
    from claimex.claims.troop_count.verbs import Frame

ORDER: tuple[Activity, ...] = (
    "killed",
    "wounded",
    "captured",
    "missing",
    "withdrawn",
    "sent",
    "training",
    "deployed",
    "present",
    "other",
)
assert set(ORDER) == set(get_args(Activity))
NEXT = 3
TOGETHER = "troop.other.together"
CASUALTIES = ("killed", "wounded", "captured", "missing")


@dataclass(frozen=True, slots=True)
class Reading:
    """An activity, the word that carries it (its factuality is the claim's), and the rule that said so."""

    activity: Activity
    event: Token
    rule: str
    frame: Frame | None = None
    second: Token | None = None
    """The word that goes with the event word: 'training' in 'completed training'."""


def match(scene: Scene, frame: Frame) -> ActivityRule | None:
    """The rule that a frame fires, or None."""
    found = _matched(scene, frame)
    return found[0] if found else None


def _matched(scene: Scene, frame: Frame) -> tuple[ActivityRule, Token | None] | None:
    """The rule that a frame fires, and the second word that it asks for."""
    index = activity_index()
    for form in scene.forms(frame.word)[:2]:
        for second, rule in index.get((frame.relation, form), ()):
            if second is None:
                return rule, None
            token = _second(scene, frame.word, second)
            if token is not None:
                return rule, token
    return None


def _second(scene: Scene, word: Token, second: str) -> Token | None:
    """The particle, object or complement that goes with the word, below it or right behind it."""
    for child in word.children:
        if child.i > word.i and second in scene.forms(child):
            return child
        below = child.children if child.dep_ == "prep" else child.subtree if child.dep_ == "dobj" else ()
        token = next((c for c in below if second in scene.forms(c)), None)
        if token is not None:
            return token
    # "putting out of action 70 soldiers": right behind it, whatever the parser made of it.
    behind = range(word.i + 1, min(word.i + 1 + NEXT, len(scene.words)))
    return next((scene.doc[i] for i in behind if scene.words[i] == second), None)


def read(scene: Scene, frames: Sequence[Frame], head: Token) -> Reading | None:
    """The reading of a count's frames; None where no rule fires."""
    readings = _readings(scene, frames)
    of_head = _of_the_head(scene, frames, head)
    if of_head and any(child.lemma_ == "take" and child.dep_ == "amod" for child in head.children):
        return of_head[0]  # "300 taken prisoner": the parser made a noun phrase of a clause
    readings += of_head
    if not readings:
        return None
    if any(r.rule == "troop.other.head" for r in readings):
        return next(r for r in readings if r.rule == "troop.other.head")
    main = [r for r in readings if r.frame is None or r.frame.main]
    if any(r.activity not in ("present", "other") for r in main):
        # What a participle adds counts only where it is the fate of those counted: "captured fighters were moved".
        readings = [r for r in readings if r in main or r.activity in CASUALTIES]
    together = _together(scene, readings)
    if together is not None:
        return together
    return min(readings, key=lambda r: (ORDER.index(r.activity), r.frame is None or not r.frame.main))


def further(scene: Scene, frames: Sequence[Frame], first: Reading, head: Token) -> list[Reading]:
    """What else is said of those counted, by verbs coordinated with that of the first reading, in text order."""
    if first.rule == TOGETHER:
        return []
    # "killed four rebels, captured ten": a verb on the other side of the noun has an object of its own.
    verbs = [verb for verb in first.event.conjuncts if (verb.i < head.i) == (first.event.i < head.i)]
    found = {
        r.event.i: r
        for r in _readings(scene, frames)
        if r.event in verbs and r.event.pos_ == "VERB" and r.frame is not None and r.frame.main
    }
    return [found[i] for i in sorted(found) if found[i].activity != "other"]


def _readings(scene: Scene, frames: Sequence[Frame]) -> list[Reading]:
    """The reading of each frame that fires a rule, one voice of each word."""
    readings = []
    for frame in frames:
        found = _matched(scene, frame)
        if found is not None:
            rule, second = found
            readings.append(Reading(rule.activity, frame.word, rule.id, frame, second))
    return [r for r in readings if not _is_other_voice(r, readings)]


def _is_other_voice(reading: Reading, readings: Sequence[Reading]) -> bool:
    """Where a form can be past tense or participle, the one that loses: 'pulled out' is active, 'wounded' passive."""
    frame = reading.frame
    if frame is None or frame.relation not in ("subject", "object"):
        return False
    rival = next(
        (
            r
            for r in readings
            if r.frame is not None
            and r.event == reading.event
            and {r.frame.relation, frame.relation} == {"subject", "object"}
        ),
        None,
    )
    if rival is None:
        return False
    # Casualties are hardly ever the subject of a verb of violence without an object; other verbs are active.
    passive = reading if frame.relation == "object" else rival
    loser = "subject" if passive.activity in CASUALTIES else "object"
    return frame.relation == loser


def _of_the_head(scene: Scene, frames: Sequence[Frame], head: Token) -> list[Reading]:
    """What the counted noun itself says ('prisoners of war', 'casualties'); the event is the verb that governs it."""
    event = next((f.word for f in frames if f.main and f.word.pos_ in ("VERB", "AUX", "NOUN")), head)
    for form in scene.forms(head):
        for _, rule in activity_index().get(("head", form), ()):
            return [Reading(rule.activity, event, rule.id)]
    return []


def _together(scene: Scene, readings: Sequence[Reading]) -> Reading | None:
    """Killed-or-wounded of one number: nobody can say how many of them are dead."""
    main = [r for r in readings if r.frame is not None and r.activity in CASUALTIES]
    for first in main:
        for other in main:
            if other.activity == first.activity or first.event.i >= other.event.i:
                continue
            if other.event not in first.event.conjuncts or other.frame.relation != first.frame.relation:  # type: ignore[union-attr]
                continue
            between = scene.words[first.event.i : other.event.i]
            mixed = {first.activity, other.activity} == {"killed", "wounded"}
            if mixed or "or" in between:
                return Reading("other", first.event, TOGETHER, first.frame)
    return None
