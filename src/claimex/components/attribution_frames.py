"""What a verb takes beside clauses: infinitives, objects, predicates, prepositions; content and cue end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index
from claimex.components.attribution_sources import child

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.components.attribution_lexicon import Frame
    from claimex.components.attribution_text import Range
    from claimex.components.attribution_verbs import VerbCue

Found = tuple["Range", int]


def _cut(cue: VerbCue, token: Token) -> int:
    """The end of a token's subtree inside the sentence."""
    return min(token.right_edge.i + 1, cue.high)


def _held(cue: VerbCue) -> Token | None:
    """What the verb acts on: its object, in the passive its subject."""
    return child(cue.verb, "nsubjpass") if cue.passive else child(cue.verb, "dobj")


def _says_nothing(cue: VerbCue, held: Token | None) -> bool:
    """Whether the verb is no word of saying with this object: a flood claims lives, a soldier points a gun."""
    return held is not None and held.lemma_.lower() in index().idioms.get(cue.key, ())


def _has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with 'to', which the parser may hang on its auxiliary."""
    return verb.left_edge.lower_ == "to" or any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def infinitive(cue: VerbCue) -> Found | None:
    """'Promised to leave', and with its subject 'is expected to leave'."""
    verb = cue.verb
    for c in verb.children:
        if c.dep_ not in ("xcomp", "advcl", "ccomp", "acl") or c.i < verb.i or not _has_to(c):
            continue
        if child(c, "nsubj") is not None or (c.dep_ == "advcl" and c.left_edge.i > verb.i + 2):
            continue
        held = child(verb, "nsubjpass")
        return (held.left_edge.i if held is not None else c.left_edge.i, _cut(cue, c)), cue.end
    return None


def object_infinitive(cue: VerbCue) -> Found | None:
    """'Urged the sides to meet': the person and the infinitive, however the parser hangs them."""
    verb, held = cue.verb, _held(cue)
    for c in verb.children:
        if c.dep_ not in ("xcomp", "ccomp", "advcl", "acl") or c.i < verb.i or not _has_to(c):
            continue
        if child(c, "nsubj") is not None:
            return (max(c.left_edge.i, cue.end), _cut(cue, c)), cue.end
        if held is not None and held.i < c.i:
            return (held.left_edge.i, _cut(cue, c)), cue.end
    if cue.key.endswith(("_on", "_upon")):
        if verb.doc[min(cue.end, cue.high - 1)].ent_type_ in ("DATE", "TIME"):
            return None  # 'called on Monday'
        return ((cue.end, _cut(cue, verb)), cue.end) if _cut(cue, verb) > cue.end else None
    if held is not None and not cue.passive:
        inner = next((c for c in held.children if c.dep_ in ("acl", "relcl") and c.i > held.i), None)
        if inner is not None and _has_to(inner):
            return (held.left_edge.i, _cut(cue, held)), cue.end
    return None


def predicate(cue: VerbCue) -> Found | None:
    """'Described it as a mistake', 'called him unfit', 'was likened to a snake'."""
    verb, held = cue.verb, _held(cue)
    for c in verb.children:
        if c.i < verb.i:
            continue
        link = c.dep_ == "prep" and (c.lower_ == "as" or (c.lower_ == "to" and cue.key in index().likening))
        small = c.dep_ in ("ccomp", "xcomp") and cue.key in index().naming
        if not (link or small or c.dep_ == "oprd"):
            continue
        start = c.left_edge.i
        if held is not None and (held.i > verb.i or cue.passive):
            start = held.left_edge.i
        elif link and c.i > cue.end:
            start = cue.end
        end = max([_cut(cue, c), *(_cut(cue, d) for d in verb.children if d.dep_ == "prep" and d.i > c.i)])
        return (start, end), cue.end
    return None


def preposition(cue: VerbCue, frame: Frame) -> Found | None:
    """'Warned of reprisals', and with the person 'accused him of lying'; a mere listener stays out."""
    held = _held(cue)
    if _says_nothing(cue, held):
        return None
    for c in cue.verb.children:
        if c.i < cue.verb.i or c.lower_ not in frame.prepositions or c.dep_ not in ("prep", "agent", "dative", "prt"):
            continue
        if not any(g.dep_ in ("pobj", "pcomp") for g in c.children):
            continue
        if held is not None and cue.key not in index().addressees:
            end = max(_cut(cue, d) for d in cue.verb.rights if d == c or (d.dep_ == "prep" and d.i > c.i))
            return (held.left_edge.i, end), cue.end
        return (c.i + 1, _cut(cue, c)), c.i + 1 if c.i == cue.end else cue.end
    if held is None:
        return None
    for deed in cue.verb.subtree:
        # 'Accused fighters from abroad of burning it': the deed hangs on the last noun before it.
        of = deed.head
        if deed.dep_ == "pcomp" and deed.tag_ == "VBG" and of.lower_ in frame.prepositions and of.i > held.i:
            return (held.left_edge.i, _cut(cue, deed)), cue.end
    return None


def plain_object(cue: VerbCue, frame: Frame) -> Found | None:
    """'Rejected the plan', 'the plan was rejected', 'the plan rejected by the union'."""
    verb, held = cue.verb, _held(cue)
    if _says_nothing(cue, held):
        return None
    if frame.persons and (held is None or (held.ent_type_ != "PERSON" and held.pos_ != "PRON")):
        return None
    if not cue.passive:
        if held is None:
            # 'Denied losing a ship': a gerund in the place of the object.
            held = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
        if held is None or held.i < verb.i:
            return None
        state = next((c for c in verb.rights if c.dep_ == "oprd" and c.left_edge.i == held.right_edge.i + 1), held)
        return (max(held.left_edge.i, cue.end), _cut(cue, state)), cue.end  # 'reported two men dead'
    done = next((c for c in verb.rights if c.tag_ == "VBN" and c.dep_ in ("xcomp", "oprd", "acomp", "advcl")), None)
    if held is None:
        return ((verb.head.left_edge.i, verb.i), cue.end) if verb.dep_ == "acl" else None
    if done is not None and done.i == cue.end:
        # 'Two men were reported killed, and two are ill': the next clause is its own
        ends = (c.left_edge.i for c in done.rights if c.dep_ in ("cc", "conj"))
        return (held.left_edge.i, min(_cut(cue, done), *ends, cue.high)), cue.end
    return (held.left_edge.i, min(held.right_edge.i + 1, verb.i)), cue.end
