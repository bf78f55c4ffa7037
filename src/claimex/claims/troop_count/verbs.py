"""What a verb says of its subject and its object: through passives, auxiliaries, coordination and results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.claims.troop_count.lexicon import Relation
    from claimex.claims.troop_count.scene import Scene

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Frame:
    """A word and how the count stands to it. `main` frames govern the count, the others modify it."""

    word: Token
    relation: Relation
    main: bool = True


def of_object(scene: Scene, verb: Token) -> list[Frame]:
    """Frames of a verb's object: the verb, verbs coordinated with it that share the object, states it is put in."""
    found = [Frame(verb, "object")]
    if verb.lemma_.lower() in ("involve", "include") and verb.dep_ in ("acl", "relcl"):
        found.append(Frame(verb.head, "nominal"))  # "an exercise involving 7,000 troops"
    elif verb.lemma_.lower() in ("involve", "include"):
        found += [Frame(child, "nominal") for child in verb.children if child.dep_ == "nsubj"]
    found += [Frame(child, "predicate") for child in verb.children if child.i > verb.i and _is_result(child)]
    for child in verb.conjuncts:
        # "captured and executed 12 rebels" hangs the object on one of the two.
        if child.pos_ == "VERB" and not any(c.dep_ in ("dobj", *SUBJECTS) for c in child.children):
            found.append(Frame(child, "object"))
    return found


def _is_result(child: Token) -> bool:
    """Whether a complement says what became of the object: 'left 12 soldiers dead', no clause with its own subject."""
    if child.dep_ in ("oprd", "acomp"):
        return True
    if child.dep_ not in ("xcomp", "advcl", "ccomp") or child.tag_ not in ("JJ", "VBN"):
        return False
    return not any(c.dep_ in ("mark", *SUBJECTS) for c in child.children)


def _is_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: with an auxiliary, or a bare participle."""
    if any(child.dep_ == "auxpass" for child in verb.children):
        return True
    return verb.tag_ == "VBN" and not _is_perfect(verb)


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "obj", "ccomp") for child in verb.children)


def of_subject(scene: Scene, verb: Token, *, passive: bool) -> list[Frame]:
    """Frames of a verb's subject, through auxiliaries of aspect and mood ("are expected to be sent")."""
    found: list[Frame] = []
    if verb.dep_ in ("aux", "auxpass") and verb.head.pos_ == "VERB":
        passive, verb = verb.dep_ == "auxpass", verb.head
    if verb.pos_ == "ADJ":
        return [Frame(verb, "predicate")]
    if passive or any(child.dep_ == "auxpass" for child in verb.children):
        found += coordinated(verb, "object")
    elif verb.tag_ in ("VBD", "VBN") and not _has_object(verb) and not _is_perfect(verb):
        # A headline's or a coordinated participle has the form of the past tense: both readings are offered.
        found += [*coordinated(verb, "subject"), *coordinated(verb, "object")]
    else:
        found += coordinated(verb, "subject")
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd", "advmod"):
            found.append(Frame(child, "predicate"))
            found += [Frame(c, "predicate") for c in child.conjuncts]
            found += [f for c in child.children if c.dep_ == "xcomp" for f in of_infinitive(c)]
        elif child.dep_ == "xcomp":
            found += of_infinitive(child)
        elif child.dep_ == "prep" and scene.word(child) in ("in", "as"):
            found += [Frame(c, "predicate") for c in child.children if c.dep_ == "pobj"]
    return found


def of_infinitive(verb: Token) -> list[Frame]:
    """Frames of the subject of an infinitive: 'are expected to be sent', 'began to withdraw'."""
    relation: Relation = "object" if is_passive(verb) else "subject"
    found = coordinated(verb, relation)
    for child in verb.children:
        if child.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in verb.children):
            found += coordinated(child, "object" if is_passive(child) else "subject")
        elif child.dep_ in ("acomp", "attr"):
            found.append(Frame(child, "predicate"))
    return found


def coordinated(verb: Token, relation: Relation) -> list[Frame]:
    """The verb and the verbs coordinated after it without a subject of their own."""
    found = [Frame(verb, relation)]
    for child in verb.conjuncts:
        if child.i < verb.i or any(c.dep_ in SUBJECTS for c in child.children):
            continue
        if child.pos_ in ("VERB", "AUX", "ADJ"):
            same = relation == "object" and child.tag_ in ("VBN", "VBD") and not _has_object(child)
            passive = any(c.dep_ == "auxpass" for c in child.children)  # "left Homs and will be sent to Idlib"
            passive = passive or (is_passive(child) and relation == "object")
            active: Relation = "object" if same or passive else "subject"
            found.append(Frame(child, active))
    return found
