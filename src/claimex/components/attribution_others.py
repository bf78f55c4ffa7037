"""Cues that are no verbs: 'according to', nouns of saying, states of mind, hedging adverbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_headlines import colon
from claimex.components.attribution_lexicon import index
from claimex.components.attribution_quotes import after_dateline
from claimex.components.attribution_sources import agent, child, is_passive, owner, phrase, subject
from claimex.components.attribution_text import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from claimex.components.attribution_lexicon import Frame
    from claimex.components.attribution_text import Reading


def according(reading: Reading, i: int) -> Draft | None:
    """'According to X, Y' and 'Y, according to X' at the token 'according'."""
    words = [w.lower() for w in reading.words[i : i + 5]]
    group = next((g for g in index().according if tuple(words[: len(g)]) == g), None)
    if group is None:
        return None
    end = i + len(group)
    low, high = reading.sentence(i)
    first = reading.ahead(end)
    if first >= high:
        return None
    head = child(reading.doc[end - 1], "pobj") or reading.doc[first]
    while head.dep_ in ("compound", "det", "amod", "poss", "nmod", "nummod", "case") and head.head.i > head.i:
        head = head.head
    stop = high
    before = reading.back(i)
    opens = before < low or after_dateline(reading, reading.ahead(low)) == i or reading.words[before] == "]"
    if opens:
        comma = next((j for j in range(max(first, head.i), high) if reading.words[j] == ","), high)
        if comma < high and head.right_edge.i > comma:
            # An apposition inside the source: its closing comma ends the source.
            later = next((j for j in range(comma + 1, high) if reading.words[j] == ","), high)
            comma = later if later <= head.right_edge.i + 1 and later < high else comma
        source = phrase(reading, head, low=end, high=comma)
        if comma == high:
            source = (source[0], _end_of_name(reading, head, source[1]))
        content = reading.trim(comma if comma < high else source[1], stop)
    else:
        source = phrase(reading, head, low=end, high=high)
        content_end = i
        if source[1] + 3 < high and reading.words[source[1]] == "," and reading.words[before] == ",":
            content_end = high
        content = reading.trim(low, content_end)
    if content is None:
        return None
    return Draft(
        cue=(i, end), source=source, content=content, frame=None, rule=index().according[group].id, root=head.i
    )


def _end_of_name(reading: Reading, head: Token, end: int) -> int:
    """The end of a source that no comma closes: 'according to the paramilitary group Hezbollah 30 men fell'."""
    if head.pos_ != "NOUN" or end >= len(reading.words) or reading.doc[end].pos_ != "PROPN":
        return end
    while end < len(reading.words) and reading.doc[end].pos_ == "PROPN":
        end += 1
    return end


def hedge(reading: Reading, i: int) -> Draft | None:
    """'Reportedly' has its clause as content, 'the alleged breach' its noun; nobody is the source."""
    token = reading.doc[i]
    if token.lower_ in index().hedging and token.dep_ != "amod":
        return None
    verb = token.head
    content = reading.trim(*reading.sentence(i))
    if verb.i != i:
        low, high = reading.sentence(i)
        # 'The alleged breach of a pact signed in May': the signing is not alleged
        told = (t.left_edge.i for t in verb.subtree if token.dep_ == "amod" and t.dep_ in ("acl", "relcl") and t.i > i)
        content = reading.trim(max(verb.left_edge.i, low), min(verb.right_edge.i + 1, high, *told))
    if content is not None and content[0] == i:
        content = reading.trim(i + 1, content[1])
    if content is None:
        return None
    return Draft(cue=(i, i + 1), source=None, content=content, frame=None, rule=index().hedges[token.lower_].id)


def noun(reading: Reading, token: Token) -> Draft | None:
    """'The ministry's claim that ...', 'criticism of ...', 'made a promise to ...'."""
    frames = index().nouns.get(token.lemma_.lower(), {})
    low, high = reading.sentence(token.i)
    apart: tuple[Token, ...] = ()
    if token.dep_ == "nsubj" and token.head.lemma_ in index().emerging:
        # 'Reports emerged on Monday that ...': the clause stands behind the verb.
        apart = tuple(token.head.rights)
    elif token.dep_ == "dobj" and token.head.lemma_.lower() in index().light_verbs:
        # 'Gave assurances that ...' where the parser gives the clause to the verb.
        apart = tuple(c for c in token.head.rights if c.dep_ == "ccomp" and c.left_edge.i == token.i + 1)
    for c in (*token.children, *apart):
        if c.i < token.i:
            continue
        found = _frame(frames, c)
        if found is None:
            continue
        frame, start = found
        content = reading.trim(start, min(c.right_edge.i + 1, high))
        root = _noun_source(token)
        if content is None or (root is None and not frame.unnamed):
            continue
        if root is None and frame.reporting and token.lemma_.lower() in index().carriers:
            # 'Reports that ...': the reports themselves are all the source there is.
            root = token
        source = phrase(reading, root, low=low, high=high) if root is not None else None
        if root == token:
            source = (token.left_edge.i, token.i + 1)
        elif source is not None and source[0] <= token.i < source[1]:
            source = phrase(reading, root, low=low, high=token.i) if root.i < token.i else None  # type: ignore[union-attr,arg-type]
        return Draft(
            cue=(token.i, token.i + 1),
            source=source,
            content=content,
            frame=frame,
            rule=frame.id,
            reporting=frame.reporting,
            root=root.i if root is not None else -1,
        )
    return None


def adjective(reading: Reading, token: Token) -> Draft | None:
    """'Is confident that ...', 'is critical of ...', 'is unwilling to ...': a state of mind in predicate."""
    if token.dep_ not in ("acomp", "oprd", "ROOT", "conj", "ccomp", "xcomp", "advcl"):
        return None
    verb = token.head if token.dep_ in ("acomp", "oprd") else token
    low, high = reading.sentence(token.i)
    frames = index().adjectives[token.lemma_.lower()]
    for c in (*token.children, *verb.children):
        if c.i <= token.i:
            continue
        found = _frame(frames, c, bare_clause=True)
        if found is None:
            continue
        frame, start = found
        root = subject(verb)
        if root is not None and (root.lower_ in ("it", "that", "this") or root.i > token.i):
            root = None
        content = reading.trim(max(start, token.i + 1), min(c.right_edge.i + 1, high))
        if content is None or (root is None and not frame.unnamed):
            continue
        source = phrase(reading, root, low=low, high=token.i) if root is not None else None
        return Draft(
            cue=(token.i, token.i + 1),
            source=source,
            content=content,
            frame=frame,
            rule=frame.id,
            reporting=frame.reporting,
            root=root.i if root is not None else -1,
        )
    return None


def _frame(frames: dict[str, list[Frame]], c: Token, *, bare_clause: bool = False) -> tuple[Frame, int] | None:
    """The frame that a child to the right meets, with the first token of the content."""
    if "clause" in frames and c.dep_ in ("acl", "ccomp", "relcl"):
        mark = child(c, "mark")
        if (mark is not None and mark.lower_ == "that") or (bare_clause and c.dep_ == "ccomp"):
            return frames["clause"][0], c.left_edge.i
    if "infinitive" in frames and c.dep_ in ("acl", "relcl", "xcomp"):
        to = child(c, "aux")
        if to is not None and to.lower_ == "to":
            return frames["infinitive"][0], c.left_edge.i
    if c.dep_ == "prep":
        for frame in frames.get("preposition", ()):
            if c.lower_ in frame.prepositions and any(g.dep_ in ("pobj", "pcomp") for g in c.children):
                return frame, c.i + 1
    return None


def _noun_source(token: Token) -> Token | None:
    own = owner(token)
    if own is not None:
        return own
    verb = token.head
    if token.dep_ in ("dobj", "attr") and verb.lemma_.lower() in index().light_verbs | {"be"}:
        return subject(verb)
    if token.dep_ == "nsubjpass" and is_passive(verb):
        return agent(verb)
    return None


def others(reading: Reading, candidates: list[int]) -> Iterator[Draft]:
    """Every attribution that is no verb's, by candidate token and by paragraph."""
    lexicon = index()
    for i in candidates:
        if reading.quote(i) is not None:
            continue
        token = reading.doc[i]
        word = reading.words[i].lower()
        found: Draft | None = None
        if word in lexicon.according_first:
            found = according(reading, i)
        if found is None and word in lexicon.hedges:
            found = hedge(reading, i)
        elif found is None and token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.nouns:
            found = noun(reading, token)
        elif found is None and token.pos_ in ("ADJ", "VERB") and token.lemma_.lower() in lexicon.adjectives:
            found = adjective(reading, token)
        if found is not None:
            yield found
    for start, end in reading.paragraphs:
        found = colon(reading, start, end)
        if found is not None:
            yield found
