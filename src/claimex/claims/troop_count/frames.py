"""From a counted noun to the words that say what happens to it: verbs, event nouns, states, participles.

The small model's parse is taken as it is, with its classes of errors mended here: a participle read as past tense
("four soldiers killed in raid"), a number read as adverbial ("seize 40"), an adjective read as
preposition ("left 50 dead").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.claims.troop_count.activity import CASUALTIES, match
from claimex.claims.troop_count.lexicon import activity_index
from claimex.claims.troop_count.scene import top
from claimex.claims.troop_count.verbs import (
    SUBJECTS,
    Frame,
    coordinated,
    is_passive,
    of_infinitive,
    of_object,
    of_subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from claimex.claims.troop_count.lexicon import Relation
    from claimex.claims.troop_count.scene import Scene

NOUNS = ("NOUN", "PROPN", "PRON", "NUM")
NOMINAL = ("of", "including", "between", "among", "by", "to", "for", "on", "with", "involving", "against")
RELATIVES = ("who", "which", "that", "whom")
MAX_CLIMB = 8


def frames(scene: Scene, span: Span, head: Token) -> list[Frame]:
    """Every frame of a count, the governing ones first, each once."""
    nodes, governing = _climb(scene, span, head)
    found = list(dict.fromkeys(governing))
    # "prisoners of war murdered in ...": the participle hangs on the second noun of the name.
    nodes += [t for t in span if t.i > head.i and t.dep_ == "pobj"]
    for node in nodes:
        found += [frame for frame in _modifiers(node) if frame not in found]
    before = scene.doc[span.start - 1] if span.start > head.sent.start else None
    if before is not None and scene.word(before).endswith("ing") and before.pos_ in (*NOUNS, "VERB", "ADJ"):
        # "Army Foils Attack on Town Killing 60 Rebels"
        rule = match(scene, Frame(before, "object"))
        if rule is not None and rule.activity in CASUALTIES and before.dep_ not in ("compound", "amod"):
            found.insert(0, Frame(before, "object"))
    after = scene.doc[span.end] if span.end < len(scene.doc) else None
    if after is not None and after.sent.start == head.sent.start:
        found.append(Frame(after, "predicate"))
    return found


def is_event(scene: Scene, frame: Frame) -> bool:
    """Whether a noun says by itself what happens to the count ("the death of"), so that what governs it does not."""
    index = activity_index()
    entries = [e for form in scene.forms(frame.word)[:2] for e in index.get((frame.relation, form), ())]
    return any(rule.activity != "present" for _, rule in entries)


def _climb(scene: Scene, span: Span, head: Token) -> tuple[list[Token], list[Frame]]:
    """The nouns that stand for the count (head, container, first conjunct excluded), and what governs them."""
    nodes, found = [head], []
    current = top(span, head)
    if current != head and current.pos_ in NOUNS:
        nodes.append(current)
    own = True
    for _ in range(MAX_CLIMB):
        dep, above = current.dep_, current.head
        if above == current:
            break
        if dep in ("dobj", "dative", "oprd", "attr", "npadvmod", "obj"):
            found += of_object(scene, above)
            break
        if dep in SUBJECTS:
            found += of_subject(scene, above, passive=dep == "nsubjpass")
            break
        if dep == "pobj":
            step, frame = _through_preposition(scene, above)
            found += frame
            if step is None or any(is_event(scene, f) for f in frame):
                break
            current = step
            if own and step not in nodes and scene.word(above) == "of":
                nodes.append(step)
            continue
        if current.pos_ == "ADP" and above.pos_ == "VERB":
            # "has sent between 2,000 and 3,000 guards": the range's own preposition
            found += of_object(scene, above) if current.i > above.i else of_subject(scene, above, passive=False)
            break
        if dep in ("conj", "appos", "nmod", "compound", "amod", "dep", "prep") and above.pos_ in (*NOUNS, "ADJ"):
            own = own and dep != "conj"
            current = above
            if own and dep == "appos":
                nodes.append(above)
            continue
        if dep == "conj" and above.pos_ in ("VERB", "AUX"):
            # "was shattered and 200 [were] killed": the parser hangs the noun, not the verb, on the first clause.
            found += of_object(scene, above)
        break
    return nodes, found


def _through_preposition(scene: Scene, preposition: Token) -> tuple[Token | None, list[Frame]]:
    """What a count in a prepositional phrase belongs to: the noun to go on from, and the frames found here."""
    above, word = preposition.head, scene.word(preposition)
    if preposition.dep_ == "conj" and above.pos_ == "ADP":
        # "the arrival of Cuban advisers and of 300 gunners"
        above = above.head
    if preposition.dep_ == "agent":
        return None, coordinated(above, "subject")
    if above.pos_ in ("VERB", "AUX"):
        if word in ("with", "using"):
            return None, [Frame(above, "with")]
        if word in ("alongside", "like", "by", "as"):
            return None, coordinated(above, "subject")
        if preposition.i < above.i and word != "by":
            return None, []  # "Of the 11,000 soldiers, 80 have been killed" says nothing of the 11,000
        if word == "at":
            # "put its losses at 30": the number of what the object says
            return None, [Frame(child, "nominal") for child in above.children if child.dep_ == "dobj"]
        return None, [Frame(above, "object")] if word in ("of", "on", "against", "for") else []
    if scene.word(above) in ("percent", "pct", "%"):
        return None, []  # what happens to a share does not happen to the whole
    held = above.head if word == "with" and above.dep_ == "dobj" else None
    if held is not None and any(("with", form) in activity_index() for form in scene.forms(held)[:2]):
        return None, [Frame(held, "with")]  # "maintains the crossing with 900 men": the phrase belongs to the verb
    if above.pos_ in (*NOUNS, "ADJ") and word in NOMINAL:
        go_on = above if word in ("of", "including", "with", "involving") else None
        return go_on, [] if word == "including" else [Frame(above, "nominal")]
    if above.pos_ in ("ADP", "SCONJ") and word == "of":
        return None, []
    return None, []


def _modifiers(node: Token) -> Iterator[Frame]:
    """Participles, adjectives, relative clauses and purpose infinitives of a counted noun."""
    for child in node.children:
        if child.dep_ == "amod":
            if child.tag_ == "VBN":
                yield Frame(child, "object", main=False)
            elif child.tag_ == "VBG":
                yield Frame(child, "subject", main=False)
            yield Frame(child, "predicate", main=False)
        elif child.dep_ == "acl" and child.lemma_ != "leave":  # "has 300 fighters left"
            relation: Relation = "object" if is_passive(child) or child.tag_ == "VBD" else "subject"
            for frame in coordinated(child, relation):
                yield Frame(frame.word, frame.relation, main=False)
        elif child.dep_ == "conj" and child.i > node.i:
            # "two soldiers and one hostage who died": the clause hangs on the last of them.
            yield from (frame for frame in _modifiers(child) if frame.word.dep_ == "relcl")
        elif child.dep_ == "relcl":
            relation = _relative_role(child)
            for frame in coordinated(child, relation):
                yield Frame(frame.word, frame.relation, main=False)
            for inner in child.children:
                if inner.dep_ == "xcomp":
                    for frame in of_infinitive(inner):
                        yield Frame(frame.word, frame.relation, main=False)
                elif inner.dep_ in ("acomp", "attr"):
                    yield Frame(inner, "predicate", main=False)


def _relative_role(verb: Token) -> Relation:
    """What the antecedent is to the verb of its relative clause."""
    if is_passive(verb):
        return "object"
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if subjects and subjects[0].lower_ not in RELATIVES:
        return "object"
    return "subject"
