"""How far a cue of factuality reaches: one walk down each sentence's tree, from governors to what they govern.

Every token gets a tuple of marks. A mark names value, rule and cue; the token's value is the first that fits in the
order of the claim format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.factuality_cues import own_marks
from claimex.components.factuality_tree import AUXILIARIES, SUBJECTS, VERBAL, Mark, Marks, Tree, moods

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.components.factuality_rules import Effect, Governor

PREVENT = "factuality.governor.prevent"
NOTHING = frozenset({"factuality.determiner.none", "factuality.preposition.without"})
"""Denials of a thing that deny what a participle says of it ('no pact signed')."""
HELD_OPEN = {
    False: frozenset({"possible", "conditional"}),
    True: frozenset({"possible", "conditional", "planned", "predicted"}),
}
"""Moods under which what is refused (False) or prevented (True) is open instead of denied."""


class Scope:
    """The marks of every token of one Doc."""

    def __init__(self, doc: Doc) -> None:
        self.tree = Tree(doc)
        self.incoming: list[Marks] = [()] * self.tree.n
        self.marks: list[Marks] = [()] * self.tree.n
        for i in self.tree.order:
            if self.tree.heads[i] != i:
                self.incoming[i] = self.from_head(i)
            self.marks[i] = own_marks(self.tree, i, self.incoming[i])

    def from_head(self, i: int) -> Marks:
        """The marks that a token takes over from its governor."""
        t = self.tree
        h, dep = t.heads[i], t.deps[i]
        if i - 1 in t.phrases and dep in ("conj", "advcl", "xcomp", "dobj", "ccomp"):
            # The model reads 'rather than act' as a coordination.
            return (t.phrases[i - 1],)
        if dep == "conj":
            return self.of_conjunct(i, h)
        if dep in ("prep", "agent"):
            return self.marks[h] if t.pos[i] in ("ADP", "SCONJ") else ()
        if dep in ("punct", "cc", "prt", "case"):
            return self.marks[h]
        if dep in ("pobj", "pcomp"):
            return self.under_preposition(i, h)
        if dep in ("ccomp", "xcomp", "csubj", "csubjpass", "acl", "oprd"):
            return self.complement(i, h)
        if dep == "advcl":
            return self.adverbial(i, h)
        if dep in ("attr", "acomp"):
            return self.marks[h]
        if dep in ("dobj", "nsubjpass", "dative", "obj"):
            return self.argument(i, h)
        if dep == "nsubj":
            return self.subject(i, h)
        if dep in ("compound", "nmod"):
            rule = t.rules.governors.get((t.lemmas[h], "compound"))
            return self.effect(rule, h) if rule is not None else self.incoming[h]
        if dep == "relcl":
            return self.relative(i, h)
        if dep in ("appos", "parataxis"):
            return self.incoming[h]
        return ()

    def effect(self, rule: Governor, cue: int) -> Marks:
        """What a governor with the marks that it has makes of its complement."""
        marks = self.marks[cue]
        above = moods(marks)
        negated = len(above) != len(marks)
        value: Effect = rule.under_not if negated else rule.value
        if value == "fact":
            return ()
        if value == "same":
            return above if rule.value == "negated" else marks
        if value == "negated" and any(m.value in HELD_OPEN[rule.id == PREVENT] for m in above):
            value = "possible"
        if value == "planned" and any(m.value == "possible" for m in above):
            value = "possible"
        return (*above, Mark(value, rule.id, cue))

    def governor(self, i: int, h: int, scope: str) -> tuple[Governor | None, int]:
        """The rule for a complement of h with the word it belongs to.

        Below 'be' and its like the predicate governs, or the subject ('the aim is to').
        """
        t, table = self.tree, self.tree.rules.governors
        if t.lemmas[h] in t.lists.copular:
            predicate = h
            for c in t.children[h]:
                if c >= i:
                    break
                if t.deps[c] in ("acomp", "attr", "oprd", "dobj", "prt", "advmod"):
                    rule = table.get((f"{t.words[h]} {t.words[c]}", scope)) or table.get((t.lemmas[c], scope))
                    if rule is not None:
                        return rule, c
                    if t.deps[c] in ("acomp", "attr"):
                        predicate = c
            if scope == "inf" and t.lemmas[h] == "be":
                if predicate != h:
                    return None, predicate
                for c in t.children[h]:
                    if t.deps[c] == "nsubj" and (rule := table.get((t.lemmas[c], scope))) is not None:
                        return rule, c
        if t.deps[h] == "acomp":
            # 'was able to' tells what was done, 'is able to' what can be.
            rule = table.get((f"{t.words[t.heads[h]]} {t.words[h]}", scope))
            if rule is not None:
                return rule, h
        for c in t.children[h]:
            if t.deps[c] == "prt" and (rule := table.get((f"{t.lemmas[h]} {t.words[c]}", scope))) is not None:
                return rule, h
        return table.get((t.words[h], scope)) or table.get((t.lemmas[h], scope)), h

    def complement(self, i: int, h: int) -> Marks:
        """A clause that a verb, noun or adjective governs."""
        t = self.tree
        form, dep = t.form(i), t.deps[i]
        if dep == "acl" and form == "clause" and t.deps[h] == "dobj" and t.lemmas[h] in t.lists.speech_acts:
            denial = t.heads[h]
            if t.lemmas[denial] in t.lists.denying and self.has_subject(i):
                # 'denied reports that troops crossed': what the reports say.
                return self.effect(t.rules.governors["deny", "clause"], denial)
        if dep == "acl" and (form == "gerund" or (form == "clause" and t.tags[i] == "VBN")):
            rule = t.rules.governors.get((t.lemmas[h], "clause")) if t.form(i) == "clause" else None
            if rule is not None and self.has_subject(i):
                return self.effect(rule, h)
            return tuple(m for m in self.marks[h] if m.rule in NOTHING)
        rule, cue = self.governor(i, h, form)
        if rule is not None:
            if rule.value == "planned" and t.words[cue] == "going" and t.lemmas[i] in t.lists.agentless:
                return (*moods(self.marks[cue]), Mark("predicted", rule.id, cue))
            return self.effect(rule, cue)
        marks = self.marks[cue]
        above = moods(marks)
        denied = len(above) != len(marks)
        if form == "inf":
            if t.pos[h] == "PROPN":
                return (*above, Mark("planned", "factuality.scope.headline", cue))
            if t.lemmas[i] in t.lists.outcome:
                return above
            if t.pos[h] == "NOUN" and self.superlative(h):
                return above
            own = Mark("possible", "factuality.scope.infinitive", cue)
            if denied and dep == "acl":
                return (*above, own, Mark("negated", "factuality.scope.infinitive", cue))
            return (*above, own)
        if form == "clause":
            if denied and t.pos[h] in VERBAL:
                return (*above, Mark("possible", "factuality.scope.denied_clause", cue))
            return above
        return marks

    def has_subject(self, i: int) -> bool:
        """Whether a clause brings a subject of its own."""
        return any(self.tree.deps[c] in SUBJECTS for c in self.tree.children[i])

    def superlative(self, h: int) -> bool:
        """Whether a noun is the first, the last, the only or the biggest to do something."""
        t = self.tree
        return any(
            t.tags[c] == "JJS" or ((t.lemmas[c], "inf") in t.rules.governors and t.deps[c] == "amod")
            for c in t.children[h]
            if c < h
        )

    def under_preposition(self, i: int, p: int) -> Marks:
        """The noun or gerund below a preposition."""
        t = self.tree
        rule = t.modifier("preposition", p)
        if rule is not None:
            return (Mark(rule.value, rule.id, p),)
        if p in t.phrases:
            return (t.phrases[p],)
        g, word = t.heads[p], t.words[p]
        governor, cue = self.governor(p, g, word)
        if governor is None:  # 'called off the summit' with the particle read as a preposition
            scope = "gerund" if t.pos[i] in VERBAL else "object"
            governor, cue = t.rules.governors.get((f"{t.lemmas[g]} {word}", scope)), g
        if governor is not None:
            return self.effect(governor, cue)
        gerund = t.pos[i] in VERBAL and t.form(i) == "gerund"
        if gerund and (governor := t.rules.governors.get((t.lemmas[g], "gerund"))) is not None:
            return self.effect(governor, g)
        if word == "of":
            return self.marks[p]
        if gerund or (word in t.lists.passing and not t.definite(i)):
            return moods(self.marks[p])
        return ()

    def adverbial(self, i: int, h: int) -> Marks:
        """An adverbial clause: purpose, condition, time, circumstance."""
        t = self.tree
        form = t.form(i)
        above = moods(self.marks[h])
        if form == "inf":
            rule, cue = self.governor(i, h, "inf")
            if rule is not None:
                return self.effect(rule, cue)
            if above or t.lemmas[i] in t.lists.outcome:
                return above
            return (Mark("planned", "factuality.scope.purpose", h),)
        if form == "gerund" and 0 < i - h <= 2:
            rule, cue = self.governor(i, h, "gerund")
            if rule is not None:  # 'ruled out sending': a complement that the model takes for a circumstance
                return self.effect(rule, cue)
        if form == "gerund" and i > h and not any(t.deps[c] in ("mark", "nsubj") for c in t.children[i]):
            return above
        if above and (t.present(i) or t.tags[i] == "NNS"):  # the model takes "returns" for a noun
            for c in t.children[i]:
                if t.deps[c] in ("mark", "advmod") and (found := t.modifier("time", c)) is not None:
                    return (Mark(found.value, found.id, c),)
        return ()

    def argument(self, i: int, h: int) -> Marks:
        """An object or the subject of a passive."""
        t = self.tree
        rule, _ = self.governor(i, h, "object")
        if rule is not None:
            if t.lemmas[i] in t.lists.speech_acts and (
                rule.id == PREVENT or (rule.value != "negated" and t.definite(i))
            ):
                return ()
            return self.effect(rule, h)
        if t.deps[i] == "nsubjpass":
            return self.marks[h] if t.lemmas[h] in t.lists.occurrence else ()
        return () if t.definite(i) else self.marks[h]

    def subject(self, i: int, h: int) -> Marks:
        """The subject of an active verb: touched where the verb only says that it takes place."""
        t = self.tree
        if t.tags[h] == "VBN" or (t.tags[h] == "VBD" and t.deps[h] == "pcomp"):
            return self.argument(i, h)  # 'with a second round planned': a participle that keeps no auxiliary
        rule, cue = self.governor(i, h, "subject")
        if rule is None and t.lemmas[h] in t.lists.copular:
            for c in t.children[h]:
                if t.deps[c] in ("acomp", "attr"):
                    rule = t.rules.governors.get((t.lemmas[c], "subject"))
        if rule is not None:
            value = rule.under_not if any(m.value == "negated" for m in self.marks[h]) else rule.value
            return (*moods(self.marks[h]), Mark(value, rule.id, cue))
        if t.lemmas[h] in t.lists.occurrence and not t.definite(i):
            return self.marks[h]
        return ()

    def relative(self, i: int, h: int) -> Marks:
        """A relative clause speaks for itself, but for an infinitive ('troops to guard the base')."""
        t = self.tree
        if t.form(i) != "inf":
            return ()
        if self.superlative(h):
            return moods(self.marks[h])
        rule = t.rules.governors.get((t.lemmas[h], "inf"))
        if rule is not None:
            return self.effect(rule, h)
        return (*moods(self.marks[h]), Mark("possible", "factuality.scope.infinitive", h))

    def of_conjunct(self, i: int, h: int) -> Marks:
        """A conjunct shares auxiliaries and denial with the first unless it has a subject or a tense of its own."""
        t = self.tree
        if t.pos[i] not in VERBAL:
            return self.marks[h]
        own_aux = any(t.deps[c] in AUXILIARIES and t.words[c] != "to" for c in t.children[i])
        if own_aux or self.has_subject(i) or t.tags[i] in ("VBD", "VBZ", "VBP"):
            return self.incoming[h]
        return self.marks[h]
