"""The factuality layer: whether an event is said to be so, denied, planned, forecast, possible or conditional."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.factuality_scope import Scope
from claimex.components.factuality_tree import AUXILIARIES, Marks, Tree
from claimex.components.factuality_window import window_marks
from claimex.components.layer import Layer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from claimex.model import Factuality

ORDER: tuple[Factuality, ...] = ("negated", "conditional", "predicted", "planned", "possible")
RANK = {value: rank for rank, value in enumerate(ORDER)}
PREDICATES = frozenset({"acomp", "ccomp", "xcomp", "ROOT", "conj", "oprd", "advcl", "relcl"})


def find(doc: Doc) -> dict[int, Factuality]:
    """The factuality of each event word by token index; an empty dict for a Doc without tags."""
    if not len(doc):
        return {}
    tree, all_marks = read(doc)
    reported = reported_tokens(doc)
    found: dict[int, Factuality] = {}
    for i, marks in enumerate(all_marks):
        if is_event(tree, i, marks):
            found[i] = value_of(marks, reported=i in reported)
    return found


def read(doc: Doc) -> tuple[Tree, list[Marks]]:
    """The marks of every token: down the tree, or by a window of words where nothing is parsed."""
    if doc.has_annotation("DEP"):
        scope = Scope(doc)
        return scope.tree, scope.marks
    tree = Tree(doc)
    return tree, window_marks(tree)


def is_event(tree: Tree, i: int, marks: Marks) -> bool:
    """Whether a token is a verb, a noun that can be an event, or an adjective in predicate."""
    pos = tree.pos[i]
    if pos in ("VERB", "AUX"):
        return tree.deps[i] not in AUXILIARIES
    if pos == "NOUN":
        return bool(marks) or tree.is_event_noun(i)
    if pos == "ADJ":
        return tree.deps[i] in PREDICATES
    # A number, a name or a particle can stand for an event's noun ('will rise to 9,000', 'step down').
    return bool(marks) and (pos in ("PROPN", "NUM", "ADV") or tree.deps[i] == "prt")


def value_of(marks: Marks, *, reported: bool) -> Factuality:
    """The first value that fits in the order of the claim format."""
    if marks:
        return ORDER[min(RANK[m.value] for m in marks)]  # type: ignore[index]
    return "reported" if reported else "asserted"


def reported_tokens(doc: Doc) -> set[int]:
    """Tokens inside what somebody vouches for; what a source only wishes or judges is not reported."""
    depth: dict[int, int] = {}
    spans = [(m.content, m.cue) for m in doc._.attributions if m.content is not None and m.reporting]
    for content, _ in spans:
        for i in range(content.start, content.end):
            depth[i] = depth.get(i, 0) + 1
    inside = set(depth)
    for content, cue in spans:
        # A cue is the writer's word unless another speaker's content holds it.
        own = content.start <= cue.start < content.end
        if depth.get(cue.start, 0) <= own:
            inside.difference_update(range(cue.start, cue.end))
    return inside


def explain(token: Token) -> list[tuple[str, str, str]]:
    """Rule id, cue word and value of every mark that reaches a token; empty where nothing does."""
    _, marks = read(token.doc)
    return [(m.rule, token.doc[m.cue].text, m.value) for m in marks[token.i]]


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_factuality`."""
    return Layer(name, "factuality", find)
