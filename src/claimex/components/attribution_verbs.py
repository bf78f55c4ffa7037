"""Verbs that attribute, in their sentence: the entry in the word list, the source, and what the verb takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.components.attribution_clauses import clause
from claimex.components.attribution_frames import (
    infinitive,
    object_infinitive,
    plain_object,
    predicate,
    preposition,
)
from claimex.components.attribution_lexicon import index
from claimex.components.attribution_sources import (
    agent,
    can_speak,
    child,
    is_passive,
    lemma,
    nearest_speaker,
    phrase,
    quoting,
    subject,
)
from claimex.components.attribution_text import FINITE, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from claimex.components.attribution_lexicon import Frame, Takes
    from claimex.components.attribution_text import Range, Reading

ORDER: tuple[Takes, ...] = ("clause", "predicate", "object_infinitive", "infinitive", "preposition", "object")
"""What is tried first wins: 'called the deal a mistake' before 'called the deal'."""
NOMINAL = ("PROPN", "PRON", "NOUN")
PRENOMINAL = ("compound", "amod", "det", "nmod", "poss", "nummod")
MAX_PARTICLE = 6
"""Words between a verb and its particle: 'pointed the losses out'."""
MAX_CLOSING = 6
"""Words after 'he said' at a sentence's end: 'late on Friday night'."""


def verb_key(token: Token) -> tuple[str, int]:
    """The verb's entry in the word list and the end of its cue: 'point' with 'out' is 'point_out'."""
    lexicon = index()
    word = lemma(token)
    if word in lexicon.particle_verbs:
        for c in token.children:
            like = lexicon.particles.get((word, c.lower_))
            if like is not None and 0 < c.i - token.i < MAX_PARTICLE:
                return like, c.i + 1 if c.i == token.i + 1 else token.i + 1
    return word, token.i + 1


class VerbCue:
    """One verb of the word list with its source; `draft` asks it for its content."""

    def __init__(self, reading: Reading, verb: Token) -> None:
        self.reading = reading
        self.verb = verb
        self.key, self.end = verb_key(verb)
        self.frames = index().verbs.get(self.key, {})
        self.low, self.high = reading.sentence(verb.i)
        self.finite = not any(c.dep_ == "aux" and c.tag_ in ("MD", "TO") for c in verb.children)
        self.passive = is_passive(verb)
        self.quoting = quoting(verb)
        self.root = self._source()
        self.source = self._source_range()
        self._end_of_unpunctuated()

    def draft(self) -> Draft | None:
        """The attribution by parse and punctuation; None where the verb takes nothing that attributes."""
        for takes in ORDER:
            for frame in self.frames.get(takes, ()):
                if not self._fits(frame):
                    continue
                found = self._content(takes, frame)
                content = self.reading.trim(*found[0]) if found is not None else None
                if found is not None and content is not None:
                    return self.make((self.verb.i, found[1]), content, frame)
        return None

    def _fits(self, frame: Frame) -> bool:
        """Whether mood, voice and source are as the frame wants them."""
        moody = frame.finite and not self.finite
        return not moody and self.passive >= frame.passive and (self.root is not None or frame.unnamed)

    def make(self, cue: Range, content: Range | None, frame: Frame) -> Draft:
        """A draft with this verb's source."""
        root = self.root.i if self.root is not None else -1
        return Draft(
            cue=cue,
            source=self.source,
            content=content,
            frame=frame,
            rule=frame.id,
            reporting=frame.reporting and self._happens(),
            root=root,
            via=self._via(),
        )

    def _happens(self) -> bool:
        """Whether the verb is said to happen: no modal verb, no 'to' but in 'went on to say'."""
        aux = [c for c in self.verb.children if c.dep_ == "aux"]
        if any(c.tag_ == "MD" for c in aux):
            return False
        return not any(c.tag_ == "TO" for c in aux) or lemma(self.verb.head) in index().aspect

    def quote_frame(self) -> Frame | None:
        """The frame by which the verb takes quotations; a passive takes none."""
        frames = self.frames.get("quote")
        return frames[0] if frames and not self.passive else None

    def first(self) -> int:
        """Where the attributing words begin: the source or the verb."""
        first = self.verb.i
        if self.source is not None and self.source[0] < first:
            first = self.source[0]
        return first

    def last(self) -> int:
        """One past the attributing words: the cue or a source behind it."""
        return max(self.end, self.source[1] if self.source is not None else 0)

    def closes(self) -> bool:
        """Whether verb and source end the sentence but for a date: 'six men fell a monitor said Friday'."""
        rest = [t for t in self.reading.doc[self.last() : self.high] if not (t.is_space or t.is_punct)]
        gerund = next((k for k, t in enumerate(rest) if t.tag_ == "VBG"), len(rest))
        rest = rest[:gerund]
        return len(rest) <= MAX_CLOSING and not any(t.pos_ in ("VERB", "AUX") for t in rest)

    def _content(self, takes: Takes, frame: Frame) -> tuple[Range, int] | None:
        """Content and end of the cue for one frame, None when the frame is not met."""
        if takes == "clause":
            content = clause(self)
            return (content, self.end) if content is not None else None
        if takes == "preposition":
            return preposition(self, frame)
        if takes == "object":
            return plain_object(self, frame)
        plain = {"infinitive": infinitive, "object_infinitive": object_infinitive, "predicate": predicate}
        return plain[takes](self)

    def _source(self) -> Token | None:
        if self.quoting is not None:
            return child(self.quoting, "nsubjpass") or child(self.quoting, "dobj") or self._neighbour()
        if self.passive:
            return agent(self.verb)
        found = subject(self.verb)
        if found is None or self.reading.quote(found.i) is not None or found.ent_type_ in ("DATE", "TIME"):
            # The parser took a subject out of the quotation, or the day for one.
            return self._neighbour()
        if self.verb.tag_ == "VBG" and found.i < self.verb.i and not can_speak(found):
            return nearest_speaker(self.verb, self.low) or found
        return found

    def _neighbour(self) -> Token | None:
        """The name right beside a verb that the parser left without a subject: '..., said Lee.'"""
        reading, verb = self.reading, self.verb
        if verb.tag_ not in FINITE and verb.tag_ != "VBN":
            return None
        before, after = reading.back(verb.i), reading.ahead(self.end)
        behind = self._name_behind(after)
        if behind is not None and self.key in index().closing and self._reaches_the_end(behind):
            return behind
        if before >= self.low and reading.quote(before) is None and reading.doc[before].pos_ in NOMINAL:
            return reading.doc[before]
        return behind

    def _name_behind(self, after: int) -> Token | None:
        if after >= self.high or self.reading.quote(after) is not None:
            return None
        head = self.reading.doc[after]
        while head.dep_ in PRENOMINAL and head.i < head.head.i < self.high:
            head = head.head
        return head if head.pos_ in NOMINAL else None

    def _reaches_the_end(self, head: Token) -> bool:
        """Whether a noun phrase behind the verb fills the sentence: 'guns fell silent said the observers.'"""
        rest = self.reading.doc[head.right_edge.i + 1 : self.high]
        return not any(t.pos_ in ("VERB", "AUX") for t in self.reading.doc[head.i : self.high]) and all(
            t.is_punct or t.is_space for t in rest
        )

    def _source_range(self) -> Range | None:
        if self.root is None:
            return None
        if self.root.i < self.verb.i:
            low = self.reading.sentence(self.root.i)[0]
            return phrase(self.reading, self.root, low=low, high=self.verb.i)
        return phrase(self.reading, self.root, low=self.end, high=self.high)

    def _end_of_unpunctuated(self) -> None:
        """Take '... near Tyre state media reported' apart, where the parser gave the speaker to the clause before."""
        reading, verb = self.reading, self.verb
        if self.key not in index().closing or self.passive or self.source is None or self.root is None:
            return
        before = reading.back(verb.i)
        head = reading.doc[max(before, 0)]
        named = {lemma(head), head.lower_} & index().final_sources
        if before <= self.low or not named or not self.closes():
            return
        if not any(t.tag_ in FINITE for t in reading.doc[self.low : before]):
            return
        mixed = any(t.pos_ in ("ADP", "CCONJ", "VERB") for t in reading.doc[self.source[0] : before])
        if head.head.i == verb.i and not mixed:
            return
        start = before
        while start - 1 > self.low and _names_a_source(reading.words[start - 1], reading.doc[start - 1]):
            start -= 1
        self.root, self.source = head, (start, verb.i)

    def _via(self) -> Range | None:
        """The medium that quotes the source: 'the paper quoted Lee as saying'."""
        if self.quoting is None:
            return None
        medium = agent(self.quoting) if is_passive(self.quoting) else subject(self.quoting)
        if medium is None or medium == self.root:
            return None
        return phrase(self.reading, medium, low=self.low, high=self.high)


def _names_a_source(word: str, token: Token) -> bool:
    """Whether a word in front of 'media' or 'agency' goes with it: 'local', 'state', an acronym, but no other name."""
    return (token.tag_ in ("NN", "JJ") and (word.islower() or word.isupper())) or (
        token.pos_ == "PROPN" and word.isupper()
    )


def verb_cues(reading: Reading, candidates: list[int]) -> Iterator[VerbCue]:
    """The verbs of the word list among the tokens, in order; whom a quoted speaker cites stays in his quotation."""
    for i in candidates:
        token = reading.doc[i]
        if reading.quote(i) is None and (token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBD", "VBZ")):
            cue = VerbCue(reading, token)
            if cue.frames:
                yield cue
