"""The words of a Doc as the factuality layer reads them: plain lists, children, and the phrases among the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimex.components.columns import heads, lowered, parsed_tokens, strings
from claimex.components.factuality_rules import Modifier, Rules, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc


class Mark(NamedTuple):
    """One cue that reaches a token."""

    value: str
    rule: str
    cue: int


Marks = tuple[Mark, ...]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "obj", "attr", "dative"})
AUXILIARIES = frozenset({"aux", "auxpass"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
NO_CHILDREN: list[int] = []
"""Those of every token that nobody parsed."""


def moods(marks: Marks) -> Marks:
    """The marks without denial."""
    return tuple(m for m in marks if m.value != "negated") if marks else marks


def add(marks: Marks, mark: Mark) -> Marks:
    """One more mark: a second denial undoes the first, and one cue counts once."""
    if any(m.cue == mark.cue for m in marks):
        return marks
    if mark.value == "negated" and any(m.value == "negated" for m in marks):
        return moods(marks)
    return (*marks, mark)


class Tree:
    """Words, tags and the dependency tree of one Doc, with the cues that are phrases found."""

    def __init__(self, doc: Doc) -> None:
        self.rules: Rules = rules()
        self.lists = self.rules.lists
        relemma = self.rules.relemma
        self.n = len(doc)
        parsed = parsed_tokens(doc)
        self.words = lowered(doc)
        lemmas = strings(doc, "LEMMA")
        self.lemmas = [""] * self.n
        self.tags = strings(doc, "TAG")
        self.pos = strings(doc, "POS")
        self.deps = strings(doc, "DEP")
        self.heads = heads(doc)
        self.children: list[list[int]] = [NO_CHILDREN] * self.n
        self.order: list[int] = []
        """Every token that was parsed after its head."""
        for i in parsed:
            self.lemmas[i] = relemma.get(lemmas[i], lemmas[i]).lower()
            self.children[i] = []
        for i in parsed:
            if self.heads[i] != i:
                self.children[self.heads[i]].append(i)
            else:
                self.order.append(i)
        for i in self.order:  # grows while it is walked
            self.order.extend(self.children[i])
        self.silent: set[int] = set()
        """Words that are no cue by themselves: those of a pseudo cue ('not only') or of a longer phrase."""
        self.phrases: dict[int, Mark] = {}
        """The mark that a phrase of prepositions hands to what hangs on one of its words."""
        self.clauses: dict[int, Mark] = {}
        """Verbs whose clause a phrase opens ('as long as')."""
        self._find_phrases(parsed)

    def _find_phrases(self, parsed: Sequence[int]) -> None:
        words, table = self.words, self.rules.phrases
        for i in parsed:
            for phrase, rule in table.get(words[i], ()):
                end = i + len(phrase)
                if tuple(words[i:end]) != phrase:
                    continue
                if rule is None:
                    self.silent.update(range(i, end))
                    continue
                if i in self.silent:
                    continue
                mark = Mark(rule.value, rule.id, i)
                if len(phrase) > 1:
                    self.silent.update(range(i, end))
                if rule.on == "clause_phrase":
                    verb = self.verb_after(end)
                    if verb is not None:
                        self.clauses[verb] = mark
                else:
                    for j in range(i, end):
                        self.phrases[j] = mark

    def verb_after(self, start: int) -> int | None:
        """The verb of the clause that begins at a token, or None."""
        i = start
        while i < self.n:
            if self.pos[i] in VERBAL and self.deps[i] not in AUXILIARIES:
                return i
            h = self.heads[i]
            if h < start or h == i:
                return None
            i = h
        return None

    def modifier(self, place: str, i: int) -> Modifier | None:
        """The rule of a cue word in a place, unless a phrase silences it."""
        rule = self.rules.modifiers[place].get(self.words[i])
        return None if i in self.silent else rule

    def form(self, i: int) -> str:
        """What a clause looks like to its governor: inf, gerund or clause."""
        for c in self.children[i]:
            if self.deps[c] in AUXILIARIES:
                if self.words[c] == "to":
                    return "inf"
                if self.tags[c] in ("MD", "VBD", "VBZ", "VBP"):
                    return "clause"
        if self.tags[i] == "VB":
            return "inf"
        return "gerund" if self.tags[i] == "VBG" else "clause"

    def is_event_noun(self, i: int) -> bool:
        """Whether a noun can name an event, by its ending or the list."""
        lemma = self.lemmas[i]
        if self.pos[i] != "NOUN" or lemma in self.lists.things:
            return False
        return lemma in self.lists.events or lemma.endswith(self.lists.event_suffixes)

    def present(self, i: int) -> bool:
        """Whether the clause of a verb stands in the present tense."""
        if self.tags[i] in ("VBZ", "VBP"):
            return True
        return any(self.tags[c] in ("VBZ", "VBP") for c in self.children[i] if self.deps[c] in AUXILIARIES)

    def definite(self, i: int) -> bool:
        """Whether a noun is given as known: a name, or with an article or possessive that says so."""
        if self.pos[i] == "PROPN":
            return True
        return any(
            self.deps[c] == "poss" or (self.deps[c] == "det" and self.words[c] in self.lists.definite)
            for c in self.children[i]
            if c < i
        )

    def conditioned(self, i: int) -> bool:
        """Whether a clause of condition hangs on the verb."""
        return any(
            self.deps[c] == "advcl"
            and any(self.deps[d] == "mark" and self.modifier("mark", d) for d in self.children[c])
            for c in self.children[i]
        )

    def below(self, i: int, lemmas: frozenset[str]) -> bool:
        """Whether the clause of a verb is the complement of one of these words."""
        h = self.heads[i]
        for _ in range(3):
            if self.deps[i] != "conj":
                break
            i, h = h, self.heads[h]
        if self.deps[i] in ("ccomp", "acl", "xcomp", "advcl"):
            return self.lemmas[h] in lemmas
        return any(self.deps[c] in ("parataxis", "ccomp") and self.lemmas[c] in lemmas for c in self.children[i])

    def question(self, i: int) -> bool:
        """Whether a main verb asks: an auxiliary in front of the subject and a question mark at the end."""
        children = self.children[i]
        subject = next((c for c in children if self.deps[c] in SUBJECTS), None)
        return (
            subject is not None
            and any(c < subject and self.deps[c] in AUXILIARIES for c in children)
            and any(self.words[c] == "?" for c in children)
            and not any(self.tags[c] in ("WRB", "WP", "WDT") for c in children)
        )
