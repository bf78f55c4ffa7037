"""Through what an agreement noun hangs in its sentence: the verbs and nouns it depends on, and by which relation.

The relation is read through passives, raising verbs ('is set to be ratified'), shared subjects, relative clauses and
container nouns ('the terms of the treaty'), so that a rule only has to name a word and one of a dozen relations:

    obj    'sign X'                     prep:of, prep:to ...  'ratification of X', 'agree to X', 'pull out of X'
    pass   'X was signed', 'X, signed'  comp                  'X talks'
    subj   'X expired', 'X covers'      poss                  'X's ratification'
    inf    'X to end the war'           pred                  'X is dead', 'X is in force'
    agent  'laid down by X'             under                 'X, under which Y agreed'
    mod    'the defunct X'
    event  'ratification of X obliges'
    ving   'sign X, eliminating tariffs'
    exists 'there is X'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.components.treaty_words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH = 4
GERUND = "gerund"
LATER = 16
STRAY = 10
"""How far behind the noun a misplaced relative clause is looked for."""
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
CLAUSE_OPENERS = {"since", "after", "before", "until", "as", "once"}
COMPLEMENTS = {"oprd", "acomp", "advmod", "prt", "ccomp"}


@dataclass(frozen=True, slots=True)
class Link:
    """The word that governs an agreement, and how."""

    word: Token
    relation: str
    direct: bool = True
    """False where a container, a conjunct or a raising verb stands between."""
    via: Token | None = None
    """The preposition between the two."""


def links(head: Token) -> list[Link]:
    """Every link of an agreement noun, nearest first, each word and relation once."""
    seen: dict[tuple[int, str], Link] = {}
    below = list(_down(head))
    # where a gerund was read as a modifier, what is above governs the gerund and not the agreement
    above = () if any(link.relation == GERUND for link in below) else _up(head, 0)
    for link in (*above, *below):
        relation = "obj" if link.relation == GERUND else link.relation
        seen.setdefault((link.word.i, relation), Link(link.word, relation, link.direct, link.via))
    return list(seen.values())


def _up(token: Token, depth: int) -> Iterator[Link]:
    """Links to the words above."""
    head, dep = token.head, token.dep_
    if depth > DEPTH or head == token:
        return
    if dep == "nsubj" and head.dep_ == "auxpass":
        head, dep = head.head, "nsubjpass"  # the subject hung on the auxiliary: 'is all but done'
    if dep in {"conj", "appos", "dep"} and head.pos_ in {"NOUN", "PROPN"}:
        yield from _up(head, depth + 1)
    elif dep in {"dobj", "dative", "oprd", "obj"} or (dep in {"ccomp", "xcomp"} and head.pos_ == "VERB"):
        # a headline's object may be read as a clause: 'BRITAIN WANTS DEAL WITH JAPAN'
        yield Link(head, "obj", depth == 0)
        # 'rendered the truce defunct', 'declared the truce over'
        yield from (Link(c, "pred", False) for c in head.rights if c.i > token.i and c.dep_ in COMPLEMENTS)
        if head.dep_ == "conj" and not any(c.dep_ == "dobj" for c in head.head.rights):
            yield Link(head.head, "obj", False)  # 'achieve and supervise a truce'
    elif dep in {"nsubjpass", "csubjpass"}:
        yield from _as_subject(head, "pass", depth)
    elif dep == "nsubj":
        if _is_bare_participle(head):
            yield from _as_subject(head, "pass", depth)
            if head.lemma_ not in words().syntax.saying:
                yield Link(head, "subj", depth == 0)  # or a past tense: 'the accord called for talks'
        else:
            yield from _as_subject(head, "subj", depth)
    elif dep == "attr":
        if head.lemma_ in {"be", "exist"} and any(c.dep_ == "expl" for c in head.lefts):
            yield from _as_subject(head, "subj", depth)
            yield Link(head, "exists", depth == 0)
    elif dep in {"pobj", "pcomp"}:
        yield from _through_preposition(head, depth)
    elif dep == "poss":
        yield Link(head, "poss", depth == 0)
        if head.lemma_.lower() in words().context.containers:
            yield from _up(head, depth + 1)  # 'breached the pact's terms'
    elif dep in {"compound", "nmod", "amod", "npadvmod"} and head.i > token.i:
        yield Link(head, "comp", depth == 0)
        if head.tag_ == "NNS" and head.lemma_ in words().context.never_nouns:
            # 'patrols that the accord foresees': a verb that the tagger takes for a plural
            yield Link(head, "subj", False)
        if head.lemma_.lower() in words().context.containers:
            yield from _up(head, depth + 1)


def _is_bare_participle(verb: Token) -> bool:
    """'wants the deal ratified', and a headline's 'Treaty ratified', 'Truce said to hold': a participle alone."""
    if verb.lemma_ in words().syntax.saying and any(c.dep_ == "xcomp" for c in verb.rights):
        return True
    return verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass", "dobj", "oprd", "ccomp"} for c in verb.children)


def _as_subject(verb: Token, relation: str, depth: int) -> Iterator[Link]:
    """A verb whose subject is the agreement, what it raises to, its predicate, and the verbs that share the subject."""
    said = verb.lemma_ in words().syntax.saying and relation == "pass"
    if not (said and any(c.dep_ == "xcomp" for c in verb.rights)):
        yield Link(verb, relation, depth == 0)
    if depth > DEPTH:
        return
    copular = verb.lemma_ in words().syntax.copulas
    for child in verb.children:
        if child.i < verb.i and child.dep_ != "oprd":
            continue
        if child.dep_ in {"xcomp", "ccomp"} and not any(c.dep_ in SUBJECTS for c in child.lefts):
            if child.pos_ in {"VERB", "AUX"}:
                passive = any(c.dep_ == "auxpass" for c in child.lefts) or (copular and child.tag_ == "VBN")
                yield from _as_subject(child, "pass" if passive else "subj", depth + 1)
            else:
                yield Link(child, "pred", False)
        elif (
            child.dep_ == "conj"
            and (child.pos_ in {"VERB", "AUX"} or any(c.dep_ == "dobj" for c in child.rights))
            and (child.tag_ != "VBG" or verb.tag_ == "VBG")
            and not any(c.dep_ in SUBJECTS for c in child.lefts)
        ):
            passive = any(c.dep_ == "auxpass" for c in child.lefts) or (
                relation == "pass" and child.tag_ == "VBN" and not any(c.dep_ == "aux" for c in child.lefts)
            )
            yield from _as_subject(child, "pass" if passive else "subj", depth + 1)
        elif copular and child.dep_ in {"acomp", "attr", "advmod", "oprd", "prt"}:
            yield Link(child, "pred", depth == 0)
            # 'the pact is hard to negotiate'
            yield from (Link(c, "obj", False) for c in child.rights if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB")
        elif (copular or relation == "pass") and child.dep_ == "prep":
            # 'is in force', 'is out of the question'
            for grand in (*child.children, *(g for c in child.children if c.dep_ == "prep" for g in c.children)):
                if grand.dep_ in {"pobj", "pcomp"}:
                    yield Link(grand, "pred", depth == 0)


def _through_preposition(prep: Token, depth: int) -> Iterator[Link]:
    word = prep.lemma_.lower()
    if prep.dep_ == "agent" or (word == "by" and prep.head.tag_ == "VBN"):
        yield Link(prep.head, "agent", depth == 0, prep)
        return
    head = prep.head
    if prep.pos_ not in {"ADP", "SCONJ", "ADV", "PART", "VERB"} and prep.dep_ != "prep":
        return
    while head.dep_ in {"prep", "pcomp", "advmod"} and head.pos_ in {"ADP", "SCONJ"} and head.head != head:
        head = head.head
    before = prep.nbor(-1) if prep.i > prep.sent.start else head
    if before != head and before.pos_ == "NOUN" and before.dep_ != "npadvmod":
        # the parser hangs a preposition on the verb although it follows its noun: 'found Iran in breach of'
        yield Link(before, f"prep:{word}", depth == 0, prep)
    yield Link(head, f"prep:{word}", depth == 0, prep)
    if head.pos_ in {"ADV", "ADJ"} and head.dep_ in {"advmod", "acomp", "prt"} and head.head.pos_ in {"VERB", "AUX"}:
        yield Link(head.head, f"prep:{word}", False, prep)  # 'walked away from the pact'
    if head.pos_ == "VERB" and prep.i == head.i + 1:
        yield Link(head, "particle", depth == 0, prep)  # 'voted down the pact': a particle read as a preposition
    if word == "under" and head.pos_ in {"NOUN", "PROPN"} and head.lower_ not in words().by_word:
        verb = next((t for t in head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
        if verb is not None:
            yield Link(verb, "prep:under", False, prep)
    if head.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return
    lemma = head.lemma_.lower()
    if lemma in words().context.containers:
        yield from _up(head, depth + 1)
    elif lemma in words().context.events and head.dep_ == "nsubj":
        # 'the ratification of the pact obliges both': what its event does, the agreement does
        yield Link(head.head, "event", False)
    if head.dep_ == "pobj" and head.head.lower_ == "by" and head.head.head.pos_ == "NOUN":
        yield Link(head.head.head, f"prep:{word}", False, prep)  # 'the reaffirmation by both of the accord'
    if head.dep_ == "dobj" and lemma in words().context.offers and head.head.lemma_ in words().context.answers:
        yield Link(head.head, "obj", False)  # 'accepted the offer of a truce'
    if head.dep_ in {"dobj", "pobj", "attr"}:
        # and it hangs 'from the treaty' on the noun before it as readily as on the verb
        above = head.head.head if head.dep_ == "pobj" else head.head
        if above.pos_ in {"VERB", "AUX"}:
            yield Link(above, f"prep:{word}", False, prep)


def _down(head: Token) -> Iterator[Link]:
    """Participles, infinitives and relative clauses that hang on the agreement noun itself."""
    yield from (Link(c, "mod") for c in head.lefts if c.dep_ == "amod")
    for word in head.doc[head.left_edge.i : head.i]:
        if word.tag_ in {"VBZ", "VBP", "NNS"} and word.dep_ in {"compound", "amod", "nmod"}:
            yield Link(word, "obj", False)  # a headline's verb read as part of the phrase: 'EU signs trade deal'
        elif word.tag_ == "VBG" and word.dep_ in {"compound", "amod"} and word.i > 0 and word.nbor(-1).dep_ == "prep":
            yield Link(word, GERUND, False)  # 'prospects of signing agreements'
        elif word.dep_ == "prep" and word.head == head and word.lower_ == "under":
            # 'Under the deal more than 200 people were freed': no comma, and the parser takes the noun for the root
            verb = next(
                (c for c in head.rights if c.pos_ == "VERB" and c.dep_ in {"ccomp", "relcl", "acl", "conj"}), None
            )
            if verb is not None:
                yield Link(verb, "prep:under", True, word)
    yield from _next(head)
    never = words().context.never_nouns
    for word in head.doc[head.i + 1 : min(head.sent.end, head.i + STRAY)]:
        if word.tag_ == "NNS" and word.lemma_ in never:
            yield Link(word, "subj", False)  # 'the treaty between X and Y obliges both'
    for child in head.rights:
        if child.dep_ == "acl":
            if child.tag_ in {"VBN", "VBD"}:
                yield from _as_subject(child, "pass", 1)
                if head.dep_ == "ROOT":
                    yield Link(child, "subj", False)  # 'The accord called for talks': a past tense read as a participle
                # 'the deal reached on Friday to allow exports'
                yield from (Link(c, "inf", False) for c in child.rights if c.tag_ == "VB" and _is_infinitive(c))
            elif child.tag_ == "VBG":
                yield from _as_subject(child, "subj", 1)
            elif child.tag_ == "VB":
                yield Link(child, "inf")
        elif child.dep_ == "relcl":
            yield from relative(child)
        elif child.dep_ == "prep" and child.lower_ == "in":
            states = words().chains.in_force | words().syntax.in_place
            yield from (Link(c, "pred", False) for c in child.children if c.lower_ in states)  # 'the truce in place'
    verb = head.head if head.dep_ in {"dobj", "nsubjpass"} else None
    yield from _stray_relatives(head, verb)
    # 'signed a treaty with the government to end ...', 'signed a deal on Friday, eliminating tariffs'
    if verb is not None:
        for child in verb.rights:
            if child.i > head.i and child.dep_ in {"advcl", "xcomp", "acl"}:
                if child.tag_ == "VBG" and not any(c.dep_ in {"prep", "mark"} for c in child.lefts):
                    yield Link(child, "ving", False)
                elif child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.lefts):
                    yield Link(child, "inf", False)


def _is_infinitive(verb: Token) -> bool:
    return verb.dep_ in {"advcl", "xcomp"} and any(c.tag_ == "TO" for c in verb.lefts)


def _next(head: Token) -> Iterator[Link]:
    """What the words right behind the noun say whatever the parser made of them."""
    after = [head.doc[i] for i in range(head.i + 1, min(head.i + 3, head.sent.end))]
    if len(after) < 2:
        return
    first, second = after
    if first.tag_ == "TO" and second.tag_ == "VB":
        yield Link(second, "inf")  # 'uncertainty over a deal to resume exports'
    elif first.tag_ in {"VBN", "VBD"} and first.lemma_ in words().context.made and not _has_subject(first):
        yield Link(first, "pass", False)  # 'the terms of the deal clinched on Tuesday'
    elif first.lower_ == "," and second.tag_ == "VBN":
        yield Link(second, "pass", False)  # 'In the deal, signed in May, ...'
    if head.dep_ == "pobj" and head.head.lower_ in CLAUSE_OPENERS:
        for word in head.doc[head.i + 1 : min(head.i + LATER, head.sent.end)]:
            stray = word.i < head.i + 5 or word.head == head.head.head
            if word.tag_ in {"VBD", "VBZ"} and stray and not _has_subject(word):
                # 'since the cessation of hostilities took effect': a conjunction read as a preposition
                yield from _as_subject(word, "subj", 1)
                return


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.lefts)


def _stray_relatives(head: Token, verb: Token | None) -> Iterator[Link]:
    """Relative clauses that the parser hung on a date or a topic after the noun: 'a pact in July which bans ...'."""
    for governor in (head,) if verb is None else (head, verb):
        for prep in governor.rights:
            if prep.dep_ != "prep" or not head.i < prep.i < head.i + STRAY:
                continue
            nouns = [c for c in prep.children if c.dep_ == "pobj"]
            if prep.lower_ in {"between", "among", "with"}:
                # 'a truce between X and Y brokered by Z': nobody brokers Y
                sides = [*nouns, *(t for n in nouns for t in n.conjuncts)]
                for clause in (c for n in sides for c in n.rights):
                    if clause.dep_ == "acl" and clause.tag_ in {"VBN", "VBD"} and clause.lemma_ in words().context.made:
                        yield Link(clause, "pass", False)
                    elif clause.dep_ == "relcl":
                        yield from (link for link in relative(clause) if link.relation == "under")
            if prep.lower_ not in {"in", "on", "of", "for", "at"}:
                continue
            nouns += [g for n in nouns for c in n.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
            for noun in nouns:
                for clause in noun.rights:
                    if clause.dep_ == "acl" and clause.tag_ == "VBN":
                        yield Link(clause, "pass", False)
                    if clause.dep_ == "relcl" and any(c.dep_ == "nsubj" and c.tag_ == "WDT" for c in clause.lefts):
                        yield from (Link(link.word, link.relation, False) for link in relative(clause))


def relative(verb: Token) -> Iterator[Link]:
    """Links of the noun that a relative clause describes to the verb of that clause."""
    if (
        verb.tag_ == "VB"
        and any(c.tag_ == "TO" for c in verb.lefts)
        and not any(c.tag_ in {"WDT", "WP"} for c in verb.subtree)
    ):
        yield Link(verb, "inf")
        return
    for word in verb.subtree:
        if word.i > verb.i:
            break
        if word.tag_ not in {"WDT", "WP", "IN", "WP$"} or word.lower_ not in {"which", "that", "whose"}:
            continue
        if word.dep_ == "nsubj" and any(c.dep_ == "nsubj" and c.i > word.i for c in verb.lefts):
            # 'which the party wants scrapped'
            yield from (Link(c, "obj", False) for c in verb.rights if c.dep_ in {"xcomp", "ccomp"})
            return
        if word.dep_ == "nsubj" and word.head == verb:
            yield from _as_subject(verb, "subj", 1)
            return
        if word.dep_ in {"nsubjpass"}:
            yield from _as_subject(word.head, "pass", 1)
            return
        if word.dep_ == "dobj":
            wanted = [c for c in word.head.rights if c.dep_ in {"xcomp", "ccomp", "oprd"} and c.tag_ in {"VBN", "VB"}]
            yield from (Link(c, "obj", False) for c in wanted or [word.head])
            return
        if word.dep_ == "pobj":
            relation = "under" if word.head.lower_ in {"under", "by", "in"} else f"prep:{word.head.lower_}"
            yield Link(verb if relation == "under" else word.head.head, relation, False, word.head)
            return
    if any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.lefts):
        # 'the truce that Qatar helped to broker'
        aided = [c for c in verb.rights if c.dep_ in {"xcomp", "ccomp"} and c.tag_ in {"VB", "VBG"}]
        yield Link(aided[0] if aided and not any(c.dep_ == "dobj" for c in aided[0].rights) else verb, "obj", False)
    elif verb.tag_ == "VBN":
        yield from _as_subject(verb, "pass", 1)
