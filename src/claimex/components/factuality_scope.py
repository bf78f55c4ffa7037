"""How far a cue of factuality reaches: one walk down each sentence's tree, from governors to what they govern.

Every token gets a tuple of marks. A mark names rule, cue and value; the token's value is the first that fits in the
order of the claim format. A denied denial cancels out, so marks of negation come in ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimex.components.factuality_rules import Effect, Governor, Modifier, rules

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Mark(NamedTuple):
    """One cue that reaches a token."""

    value: str
    rule: str
    cue: int


Marks = tuple[Mark, ...]

CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl", "oprd", "pcomp"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "obj", "attr", "dative"})
MODIFIERS = frozenset({"aux", "auxpass", "neg", "advmod", "mark", "det", "amod", "preconj", "nummod", "poss"})


class Tree:
    """The words of a Doc as plain lists, with the children of each token."""

    __slots__ = ("children", "deps", "heads", "lemmas", "n", "order", "pos", "tags", "words")

    def __init__(self, doc: Doc) -> None:
        table = rules().relemma
        self.n = len(doc)
        self.words = [w.lower() for w in doc._.words]
        self.lemmas = [table.get(t.lemma_, t.lemma_).lower() for t in doc]
        self.tags = [t.tag_ for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.deps = [t.dep_ for t in doc]
        self.heads = [t.head.i for t in doc]
        self.children: list[list[int]] = [[] for _ in range(self.n)]
        roots = []
        for i, h in enumerate(self.heads):
            if h == i:
                roots.append(i)
            else:
                self.children[h].append(i)
        self.order = roots
        for i in self.order:  # grows while it is walked: heads come before what depends on them
            self.order.extend(self.children[i])


class Scope:
    """The marks of every token of one Doc."""

    def __init__(self, doc: Doc) -> None:
        self.rules = rules()
        self.lists = self.rules.lists
        self.tree = Tree(doc)
        n = self.tree.n
        self.incoming: list[Marks] = [()] * n
        self.marks: list[Marks] = [()] * n
        self.silent: set[int] = set()
        """Cue words that do not count: those of a pseudo cue ('not only') or of a longer phrase."""
        self.phrase_marks: dict[int, Mark] = {}
        """Marks that a phrase hands to what hangs on its last word."""
        self.find_phrases()
        for i in self.tree.order:
            self.read(i)

    # ---- phrases

    def find_phrases(self) -> None:
        """Pseudo cues silence their words; phrases of several words become one cue."""
        words = self.tree.words
        for i, word in enumerate(words):
            for phrase in self.rules.pseudo.get(word, ()):
                if tuple(words[i : i + len(phrase)]) == phrase:
                    self.silent.update(range(i, i + len(phrase)))
            for phrase, rule in self.rules.phrases.get(word, ()):
                if tuple(words[i : i + len(phrase)]) == phrase:
                    mark = Mark(rule.value, rule.id, i)
                    for j in range(i, i + len(phrase)):
                        self.phrase_marks[j] = mark
                        if len(phrase) > 1:
                            self.silent.add(j)

    # ---- the walk

    def read(self, i: int) -> None:
        """The marks of a token whose head has been read."""
        t = self.tree
        incoming = () if t.heads[i] == i else self.from_head(i)
        self.incoming[i] = incoming
        pos = t.pos[i]
        if pos in ("VERB", "AUX"):
            if t.deps[i] in ("aux", "auxpass"):
                self.marks[i] = incoming
                return
            own = self.of_verb(i)
        elif pos in ("NOUN", "PROPN", "PRON", "NUM"):
            own = self.of_noun(i)
        elif pos in ("ADJ", "ADV"):
            own = self.of_verb(i)
        else:
            own = ()
        marks = incoming
        for mark in own:
            marks = self.add(marks, mark)
        self.marks[i] = marks

    @staticmethod
    def add(marks: Marks, mark: Mark) -> Marks:
        """A second negation undoes the first; what is planned under a possibility stays possible."""
        if mark.value == "negated" and any(m.value == "negated" for m in marks):
            return tuple(m for m in marks if m.value != "negated")
        return (*marks, mark)

    def modifier(self, place: str, i: int) -> Modifier | None:
        """The rule of a cue word in a place, unless it is silenced."""
        if i in self.silent:
            return None
        return self.rules.modifiers[place].get(self.tree.words[i])

    # ---- cues on the word

    def of_verb(self, i: int) -> list[Mark]:
        """Marks that a verb or a predicate adjective gets from auxiliaries, adverbs, conjunctions, its arguments."""
        t = self.tree
        marks: list[Mark] = []
        future = negated = False
        subject = False
        for c in t.children[i]:
            dep = t.deps[c]
            if dep in ("aux", "auxpass"):
                rule = self.modifier("aux", c)
                if rule is not None:
                    future = True
                    marks.append(self.modal(i, c, rule))
                if t.words[c] in ("cannot",):
                    negated = True
                    marks.append(Mark("negated", "factuality.not", c))
            elif dep in ("neg", "advmod", "preconj", "cc", "dep"):
                rule = self.modifier("neg", c)
                if rule is not None:
                    if not negated and dep != "cc":
                        negated = True
                        marks.append(Mark(rule.value, rule.id, c))
                    continue
                if c in self.phrase_marks and c + 1 < t.n:
                    mark = self.phrase_marks[c]
                    if mark.rule == "factuality.negative_prefix" and not negated:
                        negated = True
                        marks.append(mark)
                        continue
                rule = self.modifier("adverb", c)
                if rule is not None:
                    marks.append(Mark(rule.value, rule.id, c))
            elif dep == "mark":
                rule = self.modifier("mark", c)
                if rule is not None:
                    marks.append(Mark(rule.value, rule.id, c))
            elif dep in SUBJECTS or dep in OBJECTS:
                subject = subject or dep in SUBJECTS
                rule = self.modifier("argument", c)
                cue = c
                if rule is None:
                    for d in t.children[c]:
                        if t.deps[d] in ("det", "neg", "preconj", "advmod"):
                            found = self.modifier("determiner", d)
                            if found is not None and found.value == "negated":
                                rule, cue = found, d
                if rule is not None and not negated:
                    negated = True
                    marks.append(Mark(rule.value, rule.id, cue))
        return marks

    def modal(self, i: int, aux: int, rule: Modifier) -> Mark:
        """The mark of an auxiliary: will of what nobody does is a forecast, would below a past verb of saying a plan."""
        t, value = self.tree, rule.value
        if rule.id == "factuality.aux.future":
            if t.lemmas[i] in self.lists.agentless or self.below(i, self.lists.forecasting):
                value = "predicted"
        elif rule.id == "factuality.aux.would":
            if (
                t.lemmas[i] not in self.lists.agentless
                and self.below(i, self.lists.saying)
                and not self.hypothetical(i)
            ):
                value = "planned"
        return Mark(value, rule.id, aux)

    def below(self, i: int, lemmas: frozenset[str]) -> bool:
        """Whether the clause of a verb is the complement of one of these words."""
        t = self.tree
        for _ in range(3):
            h = t.heads[i]
            if h == i:
                return False
            if t.deps[i] == "conj":
                i = h
                continue
            if t.deps[i] in ("ccomp", "acl", "xcomp", "relcl"):
                return t.lemmas[h] in lemmas
            return any(t.lemmas[c] in lemmas for c in t.children[i] if t.deps[c] in ("parataxis", "ccomp"))
        return False

    def hypothetical(self, i: int) -> bool:
        """Whether an if-clause hangs on the verb."""
        t = self.tree
        return any(
            t.deps[c] == "advcl" and any(t.words[d] in ("if", "unless") for d in t.children[c]) for c in t.children[i]
        )

    def of_noun(self, i: int) -> list[Mark]:
        """Marks that a noun gets from determiners, adjectives and participles in front of it."""
        t = self.tree
        marks = []
        for c in t.children[i]:
            if c > i:
                continue
            dep = t.deps[c]
            if dep in ("det", "neg", "preconj", "advmod"):
                rule = self.modifier("determiner", c) or (self.modifier("neg", c) if dep != "det" else None)
            elif dep in ("amod", "compound", "nmod"):
                rule = self.modifier("adjective", c)
            else:
                continue
            if rule is not None:
                marks.append(Mark(rule.value, rule.id, c))
        return marks

    # ---- what comes from the head

    def from_head(self, i: int) -> Marks:
        """The marks that a token takes over from its governor."""
        t = self.tree
        h, dep = t.heads[i], t.deps[i]
        if dep == "conj":
            return self.of_conjunct(i, h)
        if dep in ("prep", "agent", "cc", "punct", "prt", "intj", "case"):
            return self.marks[h]
        if dep in CLAUSES or dep in ("pobj", "prep"):
            if t.pos[h] in ("ADP", "SCONJ") or t.deps[h] in ("prep", "agent"):
                return self.under_preposition(i, h)
            return self.complement(i, h)
        if dep == "advcl":
            return self.adverbial(i, h)
        if dep in ("dobj", "nsubjpass", "attr", "acomp", "dative", "obj"):
            return self.argument(i, h)
        if dep == "nsubj":
            return self.subject(i, h)
        if dep in ("compound", "nmod", "amod", "poss"):
            rule = self.rules.governors.get((t.lemmas[h], "compound")) if dep in ("compound", "nmod") else None
            if rule is not None:
                return self.effect(rule, h, self.marks[h])
            return self.incoming[h] if dep in ("compound", "nmod") else ()
        if dep == "relcl":
            return self.relative(i, h)
        if dep in ("appos", "parataxis"):
            return self.incoming[h]
        return ()

    def effect(self, rule: Governor, cue: int, marks: Marks) -> Marks:
        """What a governor with these marks makes of its complement."""
        negated = any(m.value == "negated" for m in marks)
        value: Effect = rule.under_not if negated else rule.value
        if value == "fact":
            return ()
        moods = tuple(m for m in marks if m.value != "negated")
        if value == "same":
            return moods if rule.value == "negated" else marks
        if value == "negated" and negated:
            # The denial goes down, and so does the mood: 'did not plan to leave' is negated.
            return (*moods, Mark("negated", rule.id, cue))
        if value == "planned" and any(m.value == "possible" for m in moods):
            value = "possible"
        return (*moods, Mark(value, rule.id, cue))

    def governor(self, i: int, h: int, scope: str) -> tuple[Governor | None, int]:
        """The rule for a complement of h; below 'be' the predicate noun or adjective, or the subject, governs."""
        t, table = self.tree, self.rules.governors
        if t.lemmas[h] == "be" or t.lemmas[h] in (
            "seem",
            "appear",
            "remain",
            "become",
            "make",
            "have",
            "take",
            "find",
            "feel",
            "look",
        ):
            for c in t.children[h]:
                if c != i and t.deps[c] in ("acomp", "attr", "oprd", "dobj", "prt", "advmod") and c < i:
                    rule = table.get((t.lemmas[c], scope)) or table.get((t.words[c], scope))
                    if rule is not None:
                        return rule, c
            if t.lemmas[h] == "be" and scope == "inf":
                for c in t.children[h]:
                    if t.deps[c] in ("acomp", "attr") and c < i:
                        return None, c
                for c in t.children[h]:
                    if t.deps[c] == "nsubj" and (rule := table.get((t.lemmas[c], scope))) is not None:
                        return rule, c
        rule = table.get((t.lemmas[h], scope)) or table.get((t.words[h], scope))
        return rule, h

    def form(self, i: int) -> str:
        """The scope that a clause asks for: inf, gerund or clause."""
        t = self.tree
        finite = False
        for c in t.children[i]:
            if t.deps[c] in ("aux", "auxpass"):
                if t.words[c] == "to":
                    return "inf"
                if t.tags[c] in ("MD", "VBD", "VBZ", "VBP"):
                    finite = True
        if finite:
            return "clause"
        if t.tags[i] == "VB":
            return "inf"
        if t.tags[i] == "VBG":
            return "gerund"
        return "clause"

    def complement(self, i: int, h: int) -> Marks:
        """A clause that a verb, noun or adjective governs."""
        t = self.tree
        form = self.form(i)
        dep = t.deps[i]
        if dep == "acl" and form != "inf":
            if form == "gerund" or t.tags[i] == "VBN":
                return self.incoming[h]
        rule, cue = self.governor(i, h, form)
        marks = self.marks[cue] if cue != h else self.marks[h]
        if rule is not None:
            return self.effect(rule, cue, marks)
        moods = tuple(m for m in marks if m.value != "negated")
        if form == "inf":
            negated = len(moods) != len(marks)
            return (
                *moods,
                Mark("possible", "factuality.scope.infinitive", cue),
                *([Mark("negated", "factuality.scope.infinitive", cue)] if negated and dep == "acl" else []),
            )
        if form == "clause":
            if len(moods) != len(marks) and t.pos[h] in ("VERB", "AUX"):
                return (*moods, Mark("possible", "factuality.scope.denied_clause", cue))
            return moods
        return marks

    def under_preposition(self, i: int, p: int) -> Marks:
        """The noun or gerund below a preposition."""
        t = self.tree
        word = t.words[p]
        rule = self.modifier("preposition", p)
        base = self.marks[p]
        if rule is not None:
            return (Mark(rule.value, rule.id, p),)
        if p in self.phrase_marks:
            return (self.phrase_marks[p],)
        g = t.heads[p]
        form = self.form(i) if t.pos[i] in ("VERB", "AUX") else "noun"
        governor, cue = self.governor(p, g, word)
        if governor is not None:
            return self.effect(governor, cue, self.marks[cue])
        if (
            form == "gerund"
            and (t.lemmas[g], "gerund") in self.rules.governors
            and word in ("of", "for", "about", "on", "to")
        ):
            return self.effect(self.rules.governors[t.lemmas[g], "gerund"], g, self.marks[g])
        if word in self.lists.passing and (word == "of" or not self.definite(i)):
            return base if word == "of" else tuple(m for m in base if m.value != "negated")
        if form == "gerund":
            return tuple(m for m in base if m.value != "negated")
        return ()

    def definite(self, i: int) -> bool:
        """Whether the noun stands as known: with the, this, a possessive, or as a name."""
        t = self.tree
        if t.pos[i] == "PROPN":
            return True
        return any(
            t.deps[c] == "poss" or t.words[c] in ("the", "this", "that", "these", "those", "last")
            for c in t.children[i]
            if c < i
        )

    def adverbial(self, i: int, h: int) -> Marks:
        """An adverbial clause: purpose, condition, time, circumstance."""
        t = self.tree
        form = self.form(i)
        marks = self.marks[h]
        moods = tuple(m for m in marks if m.value != "negated")
        if form == "inf":
            rule, cue = self.governor(i, h, "inf")
            if rule is not None:
                return self.effect(rule, cue, self.marks[cue])
            if moods:
                return moods
            return (Mark("planned", "factuality.scope.purpose", h),)
        if form == "gerund" and not any(t.deps[c] in ("mark", "nsubj") for c in t.children[i]):
            return moods if i > h else ()
        if moods and t.tags[i] in ("VBZ", "VBP", "VBN", "VBG"):
            for c in t.children[i]:
                if t.deps[c] in ("mark", "advmod") and (rule_ := self.modifier("time", c)) is not None:
                    return (Mark(rule_.value, rule_.id, c),)
        return ()

    def argument(self, i: int, h: int) -> Marks:
        """An object, the subject of a passive, or a predicate."""
        t = self.tree
        marks = self.marks[h]
        dep = t.deps[i]
        if dep in ("attr", "acomp"):
            return marks
        rule, cue = self.governor(i, h, "object")
        if rule is not None:
            return self.effect(rule, cue, marks)
        if dep == "nsubjpass":
            return marks if t.lemmas[h] in self.lists.occurrence else ()
        if self.definite(i):
            return ()
        return marks

    def subject(self, i: int, h: int) -> Marks:
        """The subject of an active verb: touched where the verb only says that it takes place."""
        t = self.tree
        rule, cue = self.governor(i, h, "subject")
        if rule is not None:
            return self.effect(rule, cue, self.marks[h])
        if t.lemmas[h] in self.lists.occurrence and not self.definite(i):
            return self.marks[h]
        return ()

    def relative(self, i: int, h: int) -> Marks:
        """A relative clause takes nothing from its noun's governor but what makes the noun itself unreal."""
        t = self.tree
        if self.form(i) == "inf":
            return (*self.incoming[h], Mark("possible", "factuality.scope.infinitive", h))
        return ()

    def of_conjunct(self, i: int, h: int) -> Marks:
        """A conjunct shares auxiliaries and denial with the first unless it has a subject or a tense of its own."""
        t = self.tree
        if t.pos[i] not in ("VERB", "AUX"):
            return self.marks[h]
        own_subject = any(t.deps[c] in SUBJECTS for c in t.children[i])
        own_aux = any(t.deps[c] in ("aux", "auxpass") and t.words[c] != "to" for c in t.children[i])
        if own_subject or own_aux or t.tags[i] in ("VBD", "VBZ", "VBP"):
            return self.incoming[h]
        return self.marks[h]
