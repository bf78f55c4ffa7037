"""Factuality without a parse: cues reach to the right until a word that ends their scope."""

from __future__ import annotations

from claimex.components.factuality_tree import Mark, Marks, Tree, add

REACH = 8
"""Words to the right of a cue."""
PLACES = ("aux", "neg", "adverb", "determiner", "adjective", "mark", "preposition")


def window_marks(tree: Tree) -> list[Marks]:
    """The marks of every token by the cues in front of it."""
    marks: list[Marks] = [()] * tree.n
    open_marks: list[tuple[Mark, int]] = []
    for i in range(tree.n):
        if tree.pos[i] in ("PUNCT", "CCONJ", "SPACE") or tree.words[i] in tree.lists.terminators:
            open_marks = []
            continue
        open_marks = [(mark, last) for mark, last in open_marks if i <= last]
        for mark, _ in open_marks:
            marks[i] = add(marks[i], mark)
        cue = cue_at(tree, i)
        if cue is not None:
            open_marks.append((cue, i + (1 if tree.pos[i] in ("DET", "ADJ") else REACH)))
    return marks


def cue_at(tree: Tree, i: int) -> Mark | None:
    """The mark of a cue word or of a governor followed by 'to'."""
    for place in PLACES:
        rule = tree.modifier(place, i)
        if rule is not None:
            return Mark(rule.value, rule.id, i)
    if i + 1 < tree.n and tree.words[i + 1] == "to":
        governor = tree.rules.governors.get((tree.lemmas[i], "inf"))
        if governor is not None and governor.value not in ("same", "fact"):
            return Mark(governor.value, governor.id, i)
    return None
