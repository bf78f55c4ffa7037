"""Who speaks: the noun phrase that is a cue's source, and how far it extends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimex.components.attribution_text import Range, Reading

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
CLIMBED = frozenset({"pcomp", "prep", "agent", "conj", "advcl", "xcomp", "ccomp", "parataxis", "dep"})
MAX_CLIMB = 6
"""Verbs between a cue and the verb whose subject it shares; deeper chains are parse errors."""


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of the dependency labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a participle that stands for one: 'asked to comment, he ...'."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"auxpass", "nsubjpass"}:
        return True
    if verb.tag_ != "VBN" or deps & {"dobj", "aux", "nsubj"}:
        return False
    return verb.dep_ in ("acl", "amod", "advcl")


def lemma(token: Token) -> str:
    """The lemma, mended where the tagger took an inflected cue for another word."""
    return index().forms.get(token.lower_) or token.lemma_.lower()


def speaker(token: Token) -> Token | None:
    """The verb of saying in whose content a token stands, the nearest first."""
    node = token
    for _ in range(MAX_CLIMB):
        head = node.head
        if head.i == node.i:
            return None
        if node.dep_ == "ccomp" and lemma(head) in index().verbs:
            return head
        node = head
    return None


def _same_speaker(node: Token) -> Token | None:
    """The verb before 'and added' or ', saying' whose subject goes on, where the parser put them into its content."""
    takes = index().verbs.get(lemma(node), {})
    if "clause" not in takes and "quote" not in takes:
        return None
    if node.dep_ == "advcl" and node.tag_ == "VBG" and node.left_edge.i > node.head.i:
        return speaker(node)
    said = node.head
    if node.dep_ == "conj" and node.tag_ in ("VBD", "VBZ", "VBP") and said.dep_ == "ccomp":
        above = speaker(node)
        modal = any(c.tag_ == "MD" for c in said.children)
        if above is not None and above.i == said.head.i and (modal or above.tag_ == node.tag_ != said.tag_):
            return above
    return None


def _is_loose(participle: Token) -> bool:
    """Whether a participle that hangs on a noun goes with the sentence: behind a comma, or behind what cannot speak.

    'He left for Paris, adding that ...', 'condemned the raid calling on all sides ...'
    """
    noun = participle.head
    comma = participle.i > 0 and participle.nbor(-1).text == ","
    return comma or (noun.dep_ == "dobj" and not can_speak(noun))


def _governing_verb(token: Token) -> Token | None:
    node = token
    for _ in range(MAX_CLIMB):
        if node.pos_ in ("VERB", "AUX"):
            return node
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def nearest_speaker(verb: Token, low: int) -> Token | None:
    """The subject before a participle that can speak: 'the talks came after Lee had left, saying ...' means Lee."""
    for i in range(verb.i - 1, low - 1, -1):
        token = verb.doc[i]
        if token.dep_ == "nsubj" and can_speak(token):
            return token
    return None


def can_speak(noun: Token) -> bool:
    """Whether a noun is a person, a body or a text, so that a participle behind it can be its own."""
    lexicon, word = index(), noun.lemma_.lower()
    return noun.pos_ != "NOUN" or any(word in known for known in (lexicon.heads, lexicon.people, lexicon.nouns))


def _nearest_subject(verb: Token) -> Token | None:
    """The last subject: 'which the army said cost ...' hangs both 'which' and 'army' on one verb."""
    own = next((c for c in reversed(list(verb.children)) if c.dep_ in SUBJECTS), None)
    if own is not None:
        return own
    # 'They had on Saturday accused him': the parser may give the subject to the auxiliary
    return next((c for aux in verb.lefts if aux.dep_ == "aux" for c in aux.lefts if c.dep_ in SUBJECTS), None)


def subject(verb: Token) -> Token | None:
    """The head of the noun phrase that does what the verb says, looked for up the chain of verbs without one."""
    node = verb
    for _ in range(MAX_CLIMB):
        own = _nearest_subject(node)
        if own is not None:
            return own
        if node != verb and is_passive(node):
            return child(node, *PASSIVE_SUBJECTS)
        above = _same_speaker(node)
        if above is not None:
            node = above
            continue
        dep, head = node.dep_, node.head
        if head.i == node.i:
            return None
        if dep in ("acl", "relcl") and head.pos_ not in ("VERB", "AUX"):
            above = _governing_verb(head) if node.tag_ == "VBG" and _is_loose(node) else None
            if above is not None:
                node = above
                continue
            return None if node.tag_ == "VBN" and dep == "acl" else head
        if dep == "xcomp":
            held = child(head, "dobj")
            if held is not None and held.i < node.i and held.pos_ in ("NOUN", "PROPN", "PRON"):
                return held if node.tag_ == "VB" else child(head, *SUBJECTS)
        if dep in CLIMBED:
            node = head
            continue
        return None
    return None


def agent(verb: Token) -> Token | None:
    """Who does a passive verb: 'by the army'."""
    by = child(verb, "agent")
    if by is None:
        by = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def owner(noun: Token) -> Token | None:
    """Whose a noun is: 'the ministry's', 'his', 'by the army', 'from Seoul', 'of the inspectors'."""
    held = child(noun, "poss")
    if held is not None:
        return held
    for word in ("by", "from"):
        for c in noun.children:
            if c.dep_ in ("prep", "agent") and c.lower_ == word:
                return child(c, "pobj")
    return None


def quoting(verb: Token) -> Token | None:
    """The verb before 'as saying': 'quoted' in 'the paper quoted Lee as saying'."""
    if verb.i == 0 or verb.nbor(-1).lower_ != "as" or verb.tag_ != "VBG":
        return None
    node = verb.nbor(-1)
    for _ in range(MAX_CLIMB):
        if lemma(node) in index().quoting:
            return node
        beside = next((c for c in node.children if c.i < verb.i and lemma(c) in index().quoting), None)
        if beside is not None or node.head.i == node.i:
            return beside
        node = node.head
    return None


def _is_time(token: Token) -> bool:
    return token.pos_ == "ADV" or token.ent_type_ in ("DATE", "TIME")


def phrase(reading: Reading, head: Token, *, low: int, high: int) -> Range:
    """The words of a noun phrase: titles, names and apposition, cut to [low, high)."""
    start, end = max(head.left_edge.i, low), min(head.right_edge.i + 1, high)
    start, end = min(start, head.i), max(end, head.i + 1)
    # 'Doctors on Saturday said', 'meanwhile doctors said': day and adverb belong to the verb.
    dated = False
    while end - 1 > head.i and (_is_time(reading.doc[end - 1]) or (dated and reading.doc[end - 1].pos_ == "ADP")):
        dated = reading.doc[end - 1].pos_ != "ADP"
        end -= 1
    while start < head.i and reading.doc[start].pos_ == "ADV" and reading.doc[start].dep_ == "advmod":
        start += 1
    quote = reading.quote(head.i)
    for i in range(head.i + 1, end):
        # A source never runs into the quotation that it introduces.
        if reading.quote(i) != quote and reading.words[i] not in ("'", "’"):
            end = i
            break
    for i in range(head.i - 1, start - 1, -1):
        if reading.quote(i) != quote and reading.quote(i) is not None and i == reading.quote(i)[1] - 1:  # type: ignore[index]
            start = i + 1
            break
    return reading.trim(start, end) or (head.i, head.i + 1)
