"""Verbs that attribute: what they take beside them, by the parse and, where it fails, by the punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_lexicon import index
from claimex.components.attribution_sources import agent, child, is_passive, lemma, phrase, quoting, subject
from claimex.components.attribution_text import MARKS, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from claimex.components.attribution_lexicon import Frame, Takes
    from claimex.components.attribution_text import Range, Reading

ORDER: tuple[Takes, ...] = (
    "clause",
    "predicate",
    "object_infinitive",
    "infinitive",
    "preposition",
    "object",
    "nothing",
)
CLAUSES = ("ccomp", "advcl", "parataxis", "pcomp", "csubj", "xcomp")
BEFORE_INVERSION = MARKS | {",", "?", "!", "-", "--", "–", "—"}
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOMINAL = ("PROPN", "PRON", "NOUN")
PRENOMINAL = ("compound", "amod", "det", "nmod", "poss", "nummod")
MAX_CLOSING = 4
"""Words after 'he said' at a sentence's end: 'late on Friday night'."""
WH = frozenset({"how", "why", "whether", "what", "who", "where", "if", "when", "which"})


def verb_key(token: Token) -> tuple[str, int]:
    """The verb's entry in the word list and the end of its cue: 'point' with 'out' is 'point_out'."""
    lexicon = index()
    word = lemma(token)
    if word in lexicon.particle_verbs:
        for c in token.children:
            like = lexicon.particles.get((word, c.lower_))
            if like is not None and c.i > token.i and c.i - token.i < 6:
                return like, c.i + 1 if c.i == token.i + 1 else token.i + 1
    return word, token.i + 1


class VerbCue:
    """One verb in its sentence, asked for its source and its content."""

    def __init__(self, reading: Reading, verb: Token) -> None:
        self.reading = reading
        self.verb = verb
        self.key, self.end = verb_key(verb)
        self.frames = index().verbs.get(self.key, {})
        self.low, self.high = reading.sentence(verb.i)
        self.finite = not any(
            c.dep_ == "aux" and (c.tag_ in ("MD", "TO") or c.lower_ == "to") for c in verb.children
        )
        self.passive = is_passive(verb)
        self.quoting = quoting(verb)
        self.root = self._source()
        self.source = self._source_range()

    def _source(self) -> Token | None:
        if self.quoting is not None:
            return child(self.quoting, "nsubjpass") or child(self.quoting, "dobj") or self._neighbour()
        if self.passive:
            return agent(self.verb)
        found = subject(self.verb)
        if found is None or self.reading.quote(found.i) is not None or found.ent_type_ in ("DATE", "TIME"):
            # The parser took a subject out of the quotation, or the day for one.
            return self._neighbour()
        return found

    def _neighbour(self) -> Token | None:
        """The name right beside a verb that the parser left without a subject: '..., said Lee.'"""
        reading, verb = self.reading, self.verb
        if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
            return None
        before, after = reading.back(verb.i), reading.ahead(self.end)
        if before >= self.low and reading.quote(before) is None and reading.doc[before].pos_ in NOMINAL:
            return reading.doc[before]
        if after < self.high and reading.quote(after) is None and reading.doc[after].pos_ in (*NOMINAL, "DET", "ADJ"):
            head = reading.doc[after]
            while head.dep_ in PRENOMINAL and head.head.i > head.i and head.head.i < self.high:
                head = head.head
            return head if head.pos_ in NOMINAL else None
        return None

    def _source_range(self) -> Range | None:
        root = self.root
        if root is None:
            return None
        if root.i < self.verb.i:
            return phrase(self.reading, root, low=self.reading.sentence(root.i)[0], high=self.verb.i)
        return phrase(self.reading, root, low=self.end, high=self.high)

    # -- what the verb takes -----------------------------------------------------------------------------------

    def draft(self) -> Draft | None:
        """The attribution by the parse; None where the verb takes nothing that attributes."""
        for takes in ORDER:
            for frame in self.frames.get(takes, ()):
                if frame.finite and not self.finite:
                    continue
                found = self._content(takes, frame)
                if found is None:
                    continue
                content, cue_end = found
                if self.root is None and not frame.unnamed:
                    continue
                trimmed = self.reading.trim(*content) if content is not None else None
                if trimmed is None and takes != "nothing":
                    continue
                return self.make((self.verb.i, cue_end), trimmed, frame)
        return None

    def make(self, cue: Range, content: Range | None, frame: Frame) -> Draft:
        """A draft with this verb's source."""
        root = self.root.i if self.root is not None else -1
        return Draft(
            cue=cue, source=self.source, content=content, frame=frame, rule=frame.id, root=root, via=self._via()
        )

    def _via(self) -> Range | None:
        """The medium that quotes the source: 'the paper quoted Lee as saying'."""
        if self.quoting is None:
            return None
        medium = agent(self.quoting) if is_passive(self.quoting) else subject(self.quoting)
        if medium is None or medium == self.root:
            return None
        return phrase(self.reading, medium, low=self.low, high=self.high)

    def _content(self, takes: Takes, frame: Frame) -> tuple[Range | None, int] | None:
        """Content and end of the cue for one frame, None when the frame is not met."""
        if takes == "clause":
            content = self._clause()
            return (content, self.end) if content is not None else None
        if takes == "infinitive":
            c = self._infinitive(self.verb)
            if c is None:
                return None
            start = c.left_edge.i
            held = child(self.verb, "nsubjpass")
            if self.passive and held is not None:
                start = held.left_edge.i
            return (start, self._cut(c)), self.end
        if takes == "object_infinitive":
            return self._object_infinitive()
        if takes == "predicate":
            return self._predicate()
        if takes == "preposition":
            return self._preposition(frame)
        if takes == "object":
            return self._object()
        plain = not any(c.dep_ in ("dobj", "xcomp", "ccomp") for c in self.verb.children)
        return (None, self.end) if plain else None

    def _cut(self, token: Token) -> int:
        return min(token.right_edge.i + 1, self.high)

    def _clause(self) -> Range | None:
        verb, reading = self.verb, self.reading
        for c in verb.children:
            bare = c.dep_ == "xcomp" and c.tag_ in FINITE
            if c.dep_ == "ccomp" or bare or (c.dep_ in CLAUSES and self._opens_with_wh(c)):
                if c.i > verb.i:
                    last = max((d.right_edge.i for d in verb.children if d.dep_ == "ccomp"), default=0)
                    return max(c.left_edge.i, self.end), max(self._cut(c), min(last + 1, self.high))
                if c.dep_ == "ccomp" and not self._is_small(c):
                    return self._fronted(c)
        return self._what() or self._that_clause() or self._parenthetical() or self._after_colon()

    def _after_colon(self) -> Range | None:
        """'He added:' at a paragraph's end: the next paragraph, where it stands without quotation marks."""
        end = self.reading.paragraph(self.verb.i)[1]
        last = self.reading.back(end)
        if "quote" not in self.frames or self.reading.words[last] != ":" or last - self.verb.i > 12:
            return None
        follow = self.reading.ahead(end)
        if follow >= len(self.reading.words) or self.reading.quote(follow) is not None:
            return None
        return self.reading.paragraph(follow)

    def _what(self) -> Range | None:
        """'A film of what it claimed were two soldiers': the rest of the clause."""
        before = self.reading.back(self.first())
        if before < self.low or self.reading.words[before].lower() != "what" or self.source is None:
            return None
        stop = next((i for i in range(self.end, self.high) if self.reading.words[i] in (",", ";", ".")), self.high)
        return (self.end, stop) if stop - self.end > 1 else None

    def _that_clause(self) -> Range | None:
        """'told the leaders that ...' where the parser hung the clause on the listener."""
        words = self.reading.words
        for i in range(self.end + 1, min(self.end + 25, self.high)):
            if words[i] == "that" and self.reading.doc[i].dep_ == "mark":
                clause = self.reading.doc[i].head
                held = clause.head
                listener = held.head if held.dep_ == "pobj" and held.head.lower_ == "to" else held
                if held.i < i and listener.dep_ in ("dobj", "dative", "prep") and listener.head.i == self.verb.i:
                    return i, self._cut(clause)
                return None
            if words[i] in (".", ";", ":"):
                return None
        return None

    def _is_small(self, c: Token) -> bool:
        """Whether a clause before the verb is too small to be what is said: an adverbial that was misread."""
        return c.right_edge.i - c.left_edge.i < 2 and child(c, "nsubj") is None

    def _opens_with_wh(self, c: Token) -> bool:
        return c.i > self.verb.i and c.left_edge.lower_ in WH and c.left_edge.i <= self.verb.i + 6

    def first(self) -> int:
        """Where the attributing words begin: the source or the verb."""
        first = self.verb.i
        if self.source is not None and self.source[0] < first:
            first = self.source[0]
        return first

    def _closes(self) -> bool:
        """Whether verb and source end the sentence but for a date: 'six men fell a monitor said Friday'."""
        last = max(self.end, self.source[1] if self.source is not None else 0)
        rest = [t for t in self.reading.doc[last : self.high] if not (t.is_space or t.is_punct)]
        return len(rest) <= MAX_CLOSING and not any(t.pos_ in ("VERB", "AUX") for t in rest)

    def _fronted(self, c: Token) -> Range | None:
        first = self.first()
        if self.reading.words[self.reading.back(first)] not in BEFORE_INVERSION and not self._closes():
            return None
        start = self.low if self.verb.dep_ in ("ROOT", "parataxis", "ccomp") else max(c.left_edge.i, self.low)
        end = min(first, c.right_edge.i + 1)
        return (start, end) if start < end else None

    def _parenthetical(self) -> Range | None:
        """'The bridge fell, he said.' and 'The bridge, he said, fell.' where the parser lost the clause."""
        reading, verb = self.reading, self.verb
        if verb.tag_ not in ("VBD", "VBZ", "VBP") or "quote" not in self.frames or self.source is None:
            return None
        first = self.first()
        before = reading.back(first)
        if before > self.low and reading.words[before] == "as":
            # 'The bridge, as he pointed out, fell.'
            before = reading.back(before)
            if reading.words[before] == ",":
                return self.low, self.high
        if before <= self.low:
            return None
        if reading.words[before] != ",":
            spoken = any(t.tag_ in FINITE for t in reading.doc[self.low : first])
            return (self.low, first) if spoken and self._closes() and self.key in index().closing else None
        if not any(t.tag_ in FINITE for t in reading.doc[self.low : first]):
            after = reading.ahead(max(self.end, self.source[1]))
            if after >= self.high or reading.words[after] != ",":
                return None
        last = max(self.end, self.source[1])
        after = reading.ahead(last)
        content_end = first
        if after < self.high and reading.words[after] == "," and after + 3 < self.high:
            content_end = self.high
        return self.low, content_end

    def _infinitive(self, verb: Token) -> Token | None:
        for c in verb.children:
            if c.dep_ in ("xcomp", "advcl", "ccomp", "acl") and c.i > verb.i:
                to = child(c, "aux")
                if to is not None and to.lower_ == "to" and child(c, "nsubj") is None:
                    if c.dep_ != "advcl" or c.left_edge.i <= verb.i + 2:
                        return c
        return None

    def _object_infinitive(self) -> tuple[Range, int] | None:
        verb = self.verb
        held = child(verb, "dobj", "nsubjpass") if not self.passive else child(verb, "nsubjpass")
        for c in verb.children:
            if c.dep_ not in ("xcomp", "ccomp", "advcl", "acl") or c.i < verb.i:
                continue
            to = child(c, "aux")
            if to is None or to.lower_ != "to":
                continue
            if child(c, "nsubj") is not None:
                return (max(c.left_edge.i, self.end), self._cut(c)), self.end
            if held is not None and held.i < c.i:
                return (held.left_edge.i, self._cut(c)), self.end
        on = child(verb, "prep")
        if self.key in ("call_on", "call_upon") and on is not None:
            return (on.i + 1, self._cut(verb)), on.i + 1 if on.i == verb.i + 1 else self.end
        if held is not None and not self.passive:
            to = next((c for c in held.children if c.dep_ in ("acl", "relcl") and c.i > held.i), None)
            if to is not None and any(a.lower_ == "to" for a in to.children):
                return (held.left_edge.i, self._cut(held)), self.end
        return None

    def _predicate(self) -> tuple[Range, int] | None:
        verb = self.verb
        held = child(verb, "nsubjpass") if self.passive else child(verb, "dobj")
        for c in verb.children:
            if c.i < verb.i:
                continue
            as_word = c.dep_ == "prep" and c.lower_ in ("as", "to")
            if c.dep_ == "oprd" or as_word or (c.dep_ in ("ccomp", "xcomp") and self.key in ("call", "consider", "deem", "brand", "label", "dub", "term")):
                if as_word and c.lower_ == "to" and self.key not in ("compare", "liken"):
                    continue
                start = c.left_edge.i
                if held is not None and (held.i > verb.i or self.passive):
                    start = held.left_edge.i
                elif as_word and c.i > self.end:
                    start = self.end
                return (start, self._cut(c)), self.end
        return None

    def _preposition(self, frame: Frame) -> tuple[Range, int] | None:
        verb = self.verb
        held = child(verb, "nsubjpass") if self.passive else child(verb, "dobj")
        for c in verb.children:
            if c.dep_ in ("prep", "agent", "dative", "prt") and c.i > verb.i and c.lower_ in frame.prepositions:
                if not any(g.dep_ in ("pobj", "pcomp") for g in c.children):
                    continue
                end = self._cut(c)
                if held is not None and self.key not in index().addressees:
                    return (held.left_edge.i, end), self.end
                return (c.i + 1, end), c.i + 1 if c.i == self.end else self.end
        return None

    def _object(self) -> tuple[Range, int] | None:
        verb = self.verb
        if self.passive:
            held = child(verb, "nsubjpass")
            if held is None and verb.dep_ == "acl":
                held = verb.head
                return (held.left_edge.i, verb.i), self.end
            return ((held.left_edge.i, min(held.right_edge.i + 1, verb.i)), self.end) if held is not None else None
        held = child(verb, "dobj")
        if held is None or held.i < verb.i:
            return None
        return (max(held.left_edge.i, self.end), self._cut(held)), self.end


def quote_frame(cue: VerbCue) -> Frame | None:
    """The frame by which a verb takes quotations."""
    frames = cue.frames.get("quote")
    return frames[0] if frames and not cue.passive else None


def verb_cues(reading: Reading, candidates: list[int]) -> Iterator[VerbCue]:
    """The verbs of the word list among the tokens, in order; whom a quoted speaker cites stays in his quotation."""
    for i in candidates:
        token = reading.doc[i]
        if reading.quote(i) is None and (token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBD", "VBZ")):
            cue = VerbCue(reading, token)
            if cue.frames:
                yield cue
