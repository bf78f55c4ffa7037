"""Names that the trained model sees, mended, and what an article itself says about them: surnames and acronyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from claimex.components.entity_rules import entity_rules, given_names
from claimex.gazetteer import gazetteer
from claimex.normalize.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.components.entity_matches import Match

Found = tuple[int, int, str]
"""First token, one past the last, label of the model."""

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "NORP", "PRODUCT", "WORK_OF_ART", "LAW"})
MAX_NAME = 9
"""A longer name by the model is a parse accident, not a name."""
MAX_EXPANSION = 10
NEAR = 5
"""So many words after a name an office in apposition may stand."""
ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{1,9}")
HEADLINE_WORDS = 40


class Names:
    """The model's names of one Doc, mended, with the article's own surnames and acronyms."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words: list[str] = doc._.words
        self._headlines: dict[int, bool] = {}
        spans = [span for ent in doc.ents if ent.label_ in LABELS for span in self._cut(ent.start, ent.end, ent.label_)]
        self.spans = self._relabel(_apart([self._widen(span, spans) for span in spans]))
        self.at = {i: span for span in self.spans for i in range(span[0], span[1])}
        self.people = self._people()
        self.acronyms = self._acronyms()

    def _cut(self, start: int, end: int, label: str) -> list[Found]:
        """A name of the model's as one or more: cut at dashes between spaces, and at commas between people."""
        cuts = [
            i
            for i in range(start + 1, end - 1)
            if (self.words[i] == "-" and self.doc[i - 1].whitespace_) or (self.words[i] == "," and label == "PERSON")
        ]
        parts = zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)
        trimmed = [self._trim(a, b, label) for a, b in parts]
        return [span for span in trimmed if span is not None]

    def _trim(self, start: int, end: int, label: str) -> Found | None:
        """The name without article, possessive, title and marks at its ends; None when nothing is left."""
        words, titles = self.words, entity_rules().titles
        while start < end and (
            words[start].casefold() in {"the", "a", "an"}
            or not any(c.isalnum() for c in words[start])
            or (label == "PERSON" and end - start > 1 and words[start].casefold().rstrip(".") in titles)
        ):
            start += 1
        while start < end and (
            words[end - 1] in {"'s", "s'", "’s"}
            or not any(c.isalpha() for c in words[end - 1])
            or (words[end - 1].islower() and self.doc[end - 1].is_lower)
            or (label == "PERSON" and end - start > 2 and words[end - 1].casefold() in titles)
        ):
            end -= 1
        if end - start > 1 and self.doc[start].like_num and self._is_demonym(start + 1):
            start += 1  # "Four Britons" are no organisation
        if end - start > 2 and fold(words[start + 1]) in given_names() and self._is_demonym(start):
            start, label = start + 1, "PERSON"
        if start == end:
            return None
        around = self.words[start - 1] + self.words[end] if start > 0 and end < len(words) else ""
        if around == "()" and end - start == 1 and self.doc[start].is_upper and label == "PERSON":
            label = "ORG"
        return None if around == "<>" else (start, end, label)

    def _is_demonym(self, i: int) -> bool:
        return any(form.kind == "demonym" for form in gazetteer().forms(fold(self.words[i])))

    def _relabel(self, spans: list[Found]) -> list[Found]:
        """The spans with one label for one name in the article, the label mended where words beside the name tell."""
        labelled = [self._trim(a, b, self._label(a, b, label)) for a, b, label in spans]
        spans = [span for span in labelled if span is not None]
        votes: dict[str, Counter[str]] = {}
        for start, end, label in spans:
            votes.setdefault(fold(self.text(start, end)), Counter())[label] += 1
        surnames = {fold(self.words[b - 1]) for a, b, label in spans if label == "PERSON" and b - a > 1}
        settled: list[Found] = []
        for start, end, label in spans:
            name = fold(self.text(start, end))
            if (
                label != "GPE"
                and fold(self.words[end - 1]) in surnames
                and (end - start == 1 or self._personal(start, end))
            ):
                label = "PERSON"
            elif len(votes[name]) > 1:
                label = max(votes[name].items(), key=lambda vote: (vote[1], vote[0]))[0]
            settled.append((start, end, label))
        return settled

    def _widen(self, span: Found, spans: Collection[Found]) -> Found:
        """A person's name with the surname that the model left out, or the given name before it."""
        start, end, label = span
        if label != "PERSON" or end - start > 2:
            return span
        if end < len(self.words) and self._goes_on(end) and not any(a <= end < b and b - a > 1 for a, b, _ in spans):
            end += 1
        while start and span[0] - start < 2 and self._given(start - 1):
            start -= 1
        return start, end, label

    def _given(self, i: int) -> bool:
        """Whether the word at i is a given name as written; capital text is read with common words in lower case."""
        return self.doc[i].text[:1].isupper() and fold(self.words[i]) in given_names()

    def _goes_on(self, i: int) -> bool:
        """Whether the word at i can be a surname that ends the name before it."""
        token, word = self.doc[i], self.words[i]
        if token.tag_ != "NNP" or not word.istitle() or not word.isalpha() or not self.doc[i - 1].whitespace_:
            return False
        return fold(word) not in entity_rules().never and not any(
            not form.weak for form in gazetteer().forms(fold(word))
        )

    def _personal(self, start: int, end: int) -> bool:
        """Whether a name of two to four words can be a person's: capitalised words, none of them a body's."""
        rules = entity_rules()
        bodies = rules.state_nouns | rules.armed_nouns | rules.treaty_nouns | rules.company_nouns
        words = self.words[start:end]
        return 2 <= len(words) <= 4 and all(
            (word.istitle() and word.casefold() not in bodies) or word == "-" or word in rules.name_particles
            for word in words
        )

    def _label(self, start: int, end: int, label: str) -> str:
        """The label of a name, mended: companies by their last word, people by given name or by an office beside."""
        rules, words = entity_rules(), self.words
        last = words[end - 1].casefold().rstrip(".")
        before = words[start - 1].casefold().rstrip(".") if start else ""
        following = words[end].casefold() if end < len(words) else ""
        of_place = before == "of" and start > 1 and words[start - 2].casefold() in rules.place_nouns
        if (
            (of_place or following in rules.place_nouns)
            and label not in {"EVENT", "NORP"}
            and last not in rules.state_nouns
        ):
            return "GPE"
        if (
            end - start == 1
            and before in rules.inside
            and label in {"PERSON", "ORG", "PRODUCT"}
            and words[start].istitle()
        ):
            return "GPE"
        if label == "PERSON" and (last in rules.company_nouns or before in rules.company_nouns):
            return "ORG"
        if label == "PERSON" or not self._personal(start, end):
            return label
        if fold(words[start]) in given_names() or before in rules.roles:
            return "PERSON"
        if end < len(words) and words[end] == ",":
            apposition = [word.casefold() for word in words[end + 1 : end + 1 + NEAR]]
            if "whose" not in apposition and not rules.roles.isdisjoint(apposition):
                return "PERSON"
        return label

    def text(self, start: int, end: int) -> str:
        """The words as read, without line breaks."""
        tokens = zip(self.words[start:end], self.doc[start:end], strict=True)
        return " ".join("".join(word + token.whitespace_ for word, token in tokens).split())

    def _people(self) -> dict[str, list[tuple[int, str]]]:
        """Folded surname to the full names that end in it, each with its place."""
        people: dict[str, list[tuple[int, str]]] = {}
        for start, end, label in self.spans:
            if label == "PERSON" and end - start > 1 and not self.in_headline(start):
                name = self.text(start, end)
                parts = fold(name).split()
                if len(parts) > 1:
                    people.setdefault(parts[-1], []).append((start, name))
        return people

    def full_name(self, word: str, at: int) -> str | None:
        """The full name that the article gives for a surname: the last before a token, else the first after it.

        A given name stands for its bearer where the article has only one.
        """
        key = fold(word)
        known = self.people.get(key)
        if not known and key in given_names():
            bearers = [pair for pairs in self.people.values() for pair in pairs if fold(pair[1]).startswith(key + " ")]
            known = bearers if len({name for _, name in bearers}) == 1 else None
        if not known:
            return None
        return next((name for place, name in reversed(known) if place <= at), known[0][1])

    def _acronyms(self) -> dict[str, tuple[int, int]]:
        """Acronym to the token range of the expansion before it: 'Free Aceh Movement (GAM)'."""
        found: dict[str, tuple[int, int]] = {}
        words = self.words
        for i in range(1, len(words) - 2):
            if words[i] == "(" and words[i + 2] == ")" and ACRONYM.fullmatch(words[i + 1]):
                start = self._expansion(i, words[i + 1])
                if start is not None:
                    found.setdefault(words[i + 1], (start, i))
        return found

    def _expansion(self, end: int, acronym: str) -> int | None:
        """Where the name before token `end` starts: capitals with the initials, or the model's name when it may fit."""
        letters = [c.casefold() for c in acronym if c.isalpha()]
        particles = entity_rules().name_particles
        k = len(letters) - 1
        for i in range(end - 1, max(-1, end - 1 - MAX_EXPANSION), -1):
            word = self.words[i]
            if word[:1].isupper() and word[0].casefold() == letters[k]:
                k -= 1
                if k < 0:
                    return i
            elif not word[:1].isupper() and word.casefold() not in particles:
                break
        span = self.at.get(end - 1)
        if span is None or span[1] != end or span[2] not in {"ORG", "NORP", "PERSON"} or end - span[0] < 3:
            return None
        return span[0]

    def said_in_text(self, key: str) -> bool:
        """Whether the model sees that name outside headlines too."""
        return key in self._in_text

    @cached_property
    def _in_text(self) -> frozenset[str]:
        """The model's names outside headlines, folded."""
        return frozenset(fold(self.text(a, b)) for a, b, _ in self.spans if not self.in_headline(a))

    def in_headline(self, i: int) -> bool:
        """Whether token i stands in a line of Capitalised Words, in which capitals make no name."""
        start = i
        while start and "\n" not in self.words[start - 1] and i - start < HEADLINE_WORDS:
            start -= 1
        if start not in self._headlines:
            line: list[str] = []
            for token in self.doc[start : start + HEADLINE_WORDS + 1]:
                if token.is_space and "\n" in token.text:
                    break
                line.append(token.text)
            long = [word for word in line if len(word) > 3 and word.isalpha()]
            self._headlines[start] = (
                len(line) <= HEADLINE_WORDS
                and len(long) > 3
                and all(word[0].isupper() for word in long)
                and not all(word.isupper() for word in long)
            )
        return self._headlines[start]

    def swallows(self, match: Match, covered: Collection[int]) -> bool:
        """Whether a longer name of the model's holds the match as a part: 'Jordan' in 'Jordan Peterson'."""
        span = self.at.get(match.start)
        if span is None or (span[0] >= match.start and span[1] <= match.end):
            return False
        start, end, label = span
        if label not in {"PERSON", "ORG", "FAC"} or end - start > MAX_NAME or self.in_headline(start):
            return False
        if all(i in covered or not self.words[i][:1].isalpha() for i in range(start, end)):
            return False
        rules = entity_rules()
        following = self.words[match.end].casefold() if match.end < end else ""
        before = self.words[match.start - 1].casefold() if match.start > start else ""
        if following in rules.breaks_after or before in rules.breaks_before:
            return False
        if label == "PERSON":
            if any(form.entry.type == "person" for form in match.forms):
                return match.end - match.start == 1
            return not any(form.kind == "demonym" for form in match.forms)
        acronym = label == "ORG" and any(form.kind == "acronym" for form in match.forms)
        places = all(form.entry.type in {"country", "place", "nationality_group"} for form in match.forms)
        if match.end - match.start > 2 or not (acronym or places):
            return False
        if match.start == start and (following in rules.state_nouns or not self._capital(match.end)):
            return False
        return not (before == "of" and self.words[start].casefold() in rules.state_heads)

    def _capital(self, i: int) -> bool:
        """Whether the word at i can go on with a name: 'Belgian F-16s' is none of Belgium's bodies."""
        word = self.words[i] if i < len(self.words) else ""
        return word[:1].isupper() and not any(c.isdigit() for c in word)

    def free_surnames(self, taken: Collection[int]) -> list[int]:
        """Tokens, neither taken nor in a name of the model's, that are a surname which the article introduces."""
        free = []
        for i, word in enumerate(self.words):
            if word[:1].isupper() and i not in taken and i not in self.at and fold(word) in self.people:
                beside = self.doc[i - 1].tag_ == "NNP" and i - 1 not in taken if i else False
                if self.doc[i].tag_ == "NNP" and (not beside or self.is_title(i - 1)):
                    free.append(i)
        return free

    def is_title(self, i: int) -> bool:
        """Whether token i is a title or an office."""
        return self.words[i].casefold().rstrip(".") in entity_rules().titles


def _apart(spans: list[Found]) -> list[Found]:
    """The spans without those that overlap a longer one before or after."""
    free: list[Found] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not free or span[0] >= free[-1][1]:
            free.append(span)
        elif span[1] - span[0] > free[-1][1] - free[-1][0]:
            free[-1] = span
    return free
