"""The cues of factuality on the event word itself: auxiliaries, denial, adverbs, conjunctions, adjectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.factuality_tree import (
    AUXILIARIES,
    NOMINAL,
    OBJECTS,
    SUBJECTS,
    VERBAL,
    Mark,
    Marks,
    Tree,
    add,
)

if TYPE_CHECKING:
    from claimex.components.factuality_rules import Modifier


def own_marks(t: Tree, i: int, incoming: Marks) -> Marks:
    """The marks that reach a token from its governor, with those of its own cues."""
    pos = t.pos[i]
    if pos in VERBAL:
        if t.deps[i] in AUXILIARIES:
            return incoming
        marks = of_verb(t, i, incoming)
        return of_clause(t, i, marks)
    if pos in NOMINAL:
        return of_noun(t, i, incoming)
    if pos in ("ADJ", "ADV"):
        return of_verb(t, i, incoming)
    return incoming


def of_verb(t: Tree, i: int, marks: Marks) -> Marks:
    """Auxiliaries, denials, adverbs, conjunctions and empty arguments of a verb or a predicate adjective."""
    negation: Mark | None = None
    for c in t.children[i]:
        dep, word = t.deps[c], t.words[c]
        if dep in AUXILIARIES:
            base = word
            if word == "cannot" or (word.endswith("n't") and len(word) > 3):
                negation = Mark("negated", "factuality.not", c)
                base = word.removesuffix("n't")
            rule = t.rules.modifiers["aux"].get(base)
            if rule is not None:
                marks = (*marks, modal(t, i, c, rule))
            elif c in t.phrases and t.phrases[c].value == "negated":
                negation = t.phrases[c]
        elif dep == "mark":
            rule = t.modifier("mark", c)
            if rule is not None:
                marks = add(marks, Mark(rule.value, rule.id, c))
        elif dep in SUBJECTS or dep in OBJECTS:
            negation = negation or empty_argument(t, i, c)
        elif dep in ("neg", "advmod", "preconj", "dep"):
            rule = t.modifier("neg", c)
            phrase = t.phrases.get(c)
            if rule is not None:
                negation = negation or Mark(rule.value, rule.id, c)
            elif phrase is not None and phrase.rule == "factuality.no_longer":
                negation = negation or phrase
            elif (rule := t.modifier("adverb", c)) is not None:
                marks = add(marks, Mark(rule.value, rule.id, c))
    return add(marks, negation) if negation is not None else marks


def empty_argument(t: Tree, i: int, c: int) -> Mark | None:
    """The denial that 'nobody' or 'no soldier' as an argument makes of its verb."""
    rule = t.modifier("argument", c)
    if rule is not None:
        return Mark(rule.value, rule.id, c)
    if t.deps[c] not in SUBJECTS and t.lemmas[i] in t.lists.light:
        return None
    for d in t.children[c]:
        if t.deps[d] in ("det", "neg", "preconj", "advmod"):
            rule = t.modifier("determiner", d)
            if rule is not None and rule.value == "negated":
                return Mark(rule.value, rule.id, d)
            for e in t.children[d]:
                if (rule := t.modifier("neg", e)) is not None:
                    return Mark(rule.value, rule.id, e)  # 'hardly any soldiers'
    return None


def modal(t: Tree, i: int, aux: int, rule: Modifier) -> Mark:
    """The mark of an auxiliary.

    Will is a forecast of what nobody does, and so is a may that somebody warns of or foresees ("numbers may rise");
    would is a plan below a past verb of saying.
    """
    value: str = rule.value
    if rule.id == "factuality.aux.possible":
        if t.lemmas[i] in t.lists.agentless and t.below(i, t.lists.forecasting):
            value = "predicted"
    elif rule.id == "factuality.aux.future":
        if t.lemmas[i] in t.lists.agentless or t.below(i, t.lists.forecasting):
            value = "predicted"
    elif rule.id == "factuality.aux.would":
        if t.below(i, t.lists.forecasting) and not t.conditioned(i):
            return Mark("predicted", rule.id, aux)
        shifted = t.lemmas[i] not in t.lists.agentless and t.below(i, t.lists.saying)
        if shifted and not t.conditioned(i):
            value = "planned"
    return Mark(value, rule.id, aux)


def of_clause(t: Tree, i: int, marks: Marks) -> Marks:
    """Marks by the shape of a clause: opened by a phrase, inverted, asking, ordering, or a headline's 'to'."""
    if i in t.clauses:
        marks = add(marks, t.clauses[i])
    dep, structure = t.deps[i], t.rules.structure
    children = t.children[i]
    if dep == "advcl":
        first = next((c for c in children if t.deps[c] in SUBJECTS), None)
        if first is not None:
            for c in children:
                if c < first and t.deps[c] in AUXILIARIES and t.words[c] in t.lists.inverting:
                    rule = structure["factuality.scope.inversion"]
                    marks = (*marks, Mark(rule.value, rule.id, first))
    elif dep == "ROOT":
        if t.question(i):
            rule = structure["factuality.scope.question"]
            marks = (*marks, Mark(rule.value, rule.id, i))
        elif t.tags[i] == "VB" or (t.tags[i] == "VBN" and "be" in t.words[max(i - 2, 0) : i - 1]):
            before = [c for c in children if t.deps[c] in AUXILIARIES or t.deps[c] in SUBJECTS]
            if t.tags[i] == "VB" and not before:
                if any(c < i and t.pos[c] in NOMINAL and t.deps[c] != "npadvmod" for c in children):
                    return marks  # a headline's subject that the model took for something else
                rule = structure["factuality.scope.imperative"]
                marks = (*marks, Mark(rule.value, rule.id, i))
            elif any(t.words[c] == "to" for c in before) and len(before) > 1:
                rule = structure["factuality.scope.headline"]
                marks = (*marks, Mark(rule.value, rule.id, i))
    return marks


def of_noun(t: Tree, i: int, marks: Marks) -> Marks:
    """Determiners, adjectives and participles in front of a noun."""
    for c in t.children[i]:
        dep = t.deps[c]
        if c > i:
            if dep == "acl" and t.tags[c] in ("VBN", "VBD"):
                # 'a truce proposed by', and a headline's 'Summit cancelled'.
                governor = t.rules.governors.get((t.lemmas[c], "object"))
                if governor is not None and governor.value not in ("same", "fact"):
                    marks = add(marks, Mark(governor.value, governor.id, c))
            continue
        if dep in ("det", "neg", "preconj", "advmod"):
            rule = t.modifier("determiner", c) or (t.modifier("neg", c) if dep != "det" else None)
        elif dep in ("amod", "compound", "nmod"):
            rule = t.modifier("adjective", c)
        else:
            continue
        if rule is not None:
            marks = add(marks, Mark(rule.value, rule.id, c))
    return marks
