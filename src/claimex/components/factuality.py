"""The factuality layer: whether an event is said to be so, denied, planned, forecast, possible or conditional."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.extensions import register
from claimex.components.factuality_rules import rules
from claimex.components.factuality_scope import Marks, Scope

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from claimex.model import Factuality

ORDER: tuple[Factuality, ...] = ("negated", "conditional", "predicted", "planned", "possible")
RANK = {value: rank for rank, value in enumerate(ORDER)}


def find(doc: Doc) -> dict[int, Factuality]:
    """The factuality of each event word by token index; an empty dict for a Doc without tags."""
    if not len(doc):
        return {}
    scope = Scope(doc)
    reported = reported_tokens(doc)
    lists = rules().lists
    found: dict[int, Factuality] = {}
    tree = scope.tree
    for i in range(tree.n):
        pos, marks = tree.pos[i], scope.marks[i]
        if pos == "VERB" or (pos == "AUX" and tree.deps[i] not in ("aux", "auxpass")):
            pass
        elif pos == "NOUN":
            lemma = tree.lemmas[i]
            if not marks and not (lemma in lists.events or lemma.endswith(lists.event_suffixes)):
                continue
        elif not (
            (pos == "ADJ" and tree.deps[i] in ("acomp", "ccomp", "xcomp", "ROOT", "conj", "oprd", "advcl")) or marks
        ):
            continue
        found[i] = value_of(marks, reported=i in reported)
    return found


def value_of(marks: Marks, *, reported: bool) -> Factuality:
    """The first value that fits in the order of the claim format."""
    if marks:
        return min((m.value for m in marks), key=RANK.__getitem__)  # type: ignore[return-value]
    return "reported" if reported else "asserted"


def reported_tokens(doc: Doc) -> set[int]:
    """Tokens inside what somebody is said to have said."""
    inside: set[int] = set()
    for mention in doc._.attributions:
        if mention.content is not None:
            inside.update(range(mention.content.start, mention.content.end))
            inside.difference_update(range(mention.cue.start, mention.cue.end))
    return inside


def explain(token: Token) -> list[tuple[str, str, str]]:
    """Rule id, cue word and value of every mark that reaches a token; empty where nothing does."""
    doc = token.doc
    return [(m.rule, doc[m.cue].text, m.value) for m in Scope(doc).marks[token.i]]


class Layer:
    """Writes `token._.factuality`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        doc.user_data["claimex.factuality"] = find(doc)
        return doc


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_factuality`."""
    register()
    return Layer(name)
