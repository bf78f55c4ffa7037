"""Names that the trained model sees, and what an article itself says about names: people by surname, acronyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from claimex.gazetteer import gazetteer
from claimex.lexicon import read_toml
from claimex.model import Entity, Model
from claimex.normalize.names import fold, slug, without_marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.annotations import EntityMention
    from claimex.components.entity_matches import Match
    from claimex.gazetteer import Entry, Form

TYPES = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "facility",
         "EVENT": "event", "NORP": "nationality_group"}  # fmt: skip
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MAX_NAME = 9
"""A longer name by the model is a parse accident, not a name."""
MAX_EXPANSION = 10


class EntityRules(Model):
    """Words around names; described in the file."""

    titles: frozenset[str]
    place_prepositions: frozenset[str]
    place_nouns: frozenset[str]
    treaty_nouns: frozenset[str]
    armed_nouns: frozenset[str]
    state_nouns: frozenset[str]
    never: frozenset[str]
    directions: frozenset[str]
    name_particles: frozenset[str]
    breaks_after: frozenset[str]
    breaks_before: frozenset[str]


@cache
def rules() -> EntityRules:
    """The words of rules/entities.toml."""
    return read_toml(EntityRules, "entities.toml")


class Names:
    """The model's names of one Doc, mended, with the article's own surnames and acronyms."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words: list[str] = doc._.words
        self.spans: list[tuple[int, int, str]] = []
        self.at: dict[int, tuple[int, int, str]] = {}
        for ent in doc.ents:
            if ent.label_ in TYPES or ent.label_ in {"PRODUCT", "WORK_OF_ART", "LAW"}:
                span = self._trim(ent.start, ent.end, ent.label_)
                if span is not None:
                    self.spans.append(span)
                    self.at.update(dict.fromkeys(range(span[0], span[1]), span))
        self.people = self._people()
        self.acronyms = self._acronyms()

    def _trim(self, start: int, end: int, label: str) -> tuple[int, int, str] | None:
        """The name without article, possessive, title and marks at its ends; None when nothing is left."""
        words, known = self.words, rules()
        while start < end and (
            words[start].casefold() in {"the", "a", "an"}
            or not any(c.isalnum() for c in words[start])
            or (label == "PERSON" and end - start > 1 and words[start].casefold().rstrip(".") in known.titles)
        ):
            start += 1
        while start < end and (
            words[end - 1].casefold() in {"'s", "'", "s", "s'"} or not any(c.isalnum() for c in words[end - 1])
        ):
            end -= 1
        return (start, end, label) if start < end else None

    def text(self, start: int, end: int) -> str:
        """The words as read, without line breaks and possessives."""
        parts = [
            word + token.whitespace_ for word, token in zip(self.words[start:end], self.doc[start:end], strict=True)
        ]
        return " ".join("".join(parts).split())

    def _people(self) -> dict[str, list[tuple[int, str]]]:
        """Folded surname to the full names that end in it, each with its place."""
        people: dict[str, list[tuple[int, str]]] = {}
        for start, end, label in self.spans:
            if label == "PERSON" and end - start > 1:
                name = self.text(start, end)
                parts = fold(name).split()
                if len(parts) > 1:
                    people.setdefault(parts[-1], []).append((start, name))
        return people

    def _acronyms(self) -> dict[str, tuple[int, int]]:
        """Acronym to the token range of the expansion before it: 'Free Aceh Movement (GAM)'."""
        found: dict[str, tuple[int, int]] = {}
        words = self.words
        for i in range(1, len(words) - 2):
            if words[i] == "(" and words[i + 2] == ")" and words[i + 1].isupper() and 2 <= len(words[i + 1]) <= 10:
                start = self._expansion(i, words[i + 1])
                if start is not None:
                    found.setdefault(words[i + 1], (start, i))
        return found

    def _expansion(self, end: int, acronym: str) -> int | None:
        """Where the name that ends before token `end` starts: the model's name there, or capitals with the initials."""
        letters = [c.casefold() for c in acronym if c.isalpha()]
        k, start, first = len(letters) - 1, None, max(0, end - MAX_EXPANSION)
        for i in range(end - 1, first - 1, -1):
            word = self.words[i]
            if not word[:1].isalpha() and word not in "-'":
                break
            if k >= 0 and word[:1].casefold() == letters[k] and word[:1].isupper():
                k, start = k - 1, i
                if k < 0:
                    return start
            elif not word[:1].isupper() and word.casefold() not in {
                "of",
                "for",
                "the",
                "and",
                "in",
                "on",
                "-",
                "de",
                "la",
            }:
                break
        span = self.at.get(end - 1)
        return span[0] if span is not None and span[1] == end and end - span[0] > 1 else None

    def swallows(self, match: Match) -> bool:
        """Whether a longer name of the model's holds the match as a part: 'Jordan' in 'Jordan Peterson'."""
        span = self.at.get(match.start)
        if span is None or (span[0] >= match.start and span[1] <= match.end):
            return False
        start, end, label = span
        if label not in {"PERSON", "ORG", "FAC"} or end - start > MAX_NAME:
            return False
        following = self.words[match.end].casefold() if match.end < end else ""
        if following in rules().breaks_after or any(f.kind == "acronym" for f in match.forms):
            return False
        if match.start > start and self.words[match.start - 1].casefold() in {
            "and",
            ",",
            "-",
            "'s",
            "(",
            "with",
            "from",
            "/",
        }:
            return False
        if label == "PERSON":
            return not any(form.entry.type == "person" or form.kind == "demonym" for form in match.forms)
        if match.start == start and following in rules().state_nouns:
            return False
        if match.end - match.start > 1 or any(form.entry.type not in {"country", "place"} for form in match.forms):
            return False
        return match.end < end or self.words[match.start - 1].casefold() == "of"

    def rest(self, taken: Mapping[int, EntityMention]) -> Iterator[tuple[int, int, str, Entity]]:
        """Names that the gazetteer does not know, with their new entities, and later mentions by acronym."""
        local: dict[str, Entity] = {}
        spans: dict[tuple[int, int], Entity] = {}
        for acronym, (start, end) in self.acronyms.items():
            held = {taken[i].entity.id: taken[i].entity for i in range(start, end) if i in taken}
            entity = next(iter(held.values())) if len(held) == 1 and start in taken else None
            if entity is None and not held:
                entity = self.organisation(self.text(start, end))
                spans[start, end] = entity
            if entity is not None:
                local[acronym] = entity
        used: set[int] = set()
        for (start, end), entity in spans.items():
            if used.isdisjoint(range(start, end)):
                used.update(range(start, end))
                yield start, end, "ORG", entity
        for i, word in enumerate(self.words):
            if word in local and i not in taken and i not in used:
                used.add(i)
                yield i, i + 1, "ORG", local[word]
        for start, end, label in self.spans:
            if any(i in taken or i in used for i in range(start, end)):
                continue
            entity = self._new(start, end, label)
            if entity is not None:
                used.update(range(start, end))
                yield start, end, label, entity

    def organisation(self, name: str) -> Entity:
        """A new organisation, or an armed group when its name says so."""
        words = set(fold(name).split())
        armed = bool(words & rules().armed_nouns)
        return Entity(
            id=f"{'group' if armed else 'org'}:{slug(name)}",
            name=_plain(name),
            type="armed_group" if armed else "organisation",
        )

    def _new(self, start: int, end: int, label: str) -> Entity | None:
        if label not in TYPES or end - start > MAX_NAME:
            return None
        name = self.text(start, end)
        if not self._is_name(start, end, name):
            return None
        if label == "PERSON":
            return self.person(start, end, name)
        if label == "ORG":
            return self.organisation(name)
        prefix = {"GPE": "place", "LOC": "place", "FAC": "facility", "EVENT": "event", "NORP": "people"}[label]
        return Entity(id=f"{prefix}:{slug(name)}", name=_plain(name), type=TYPES[label])

    def _is_name(self, start: int, end: int, name: str) -> bool:
        key = name.casefold()
        if key in rules().never or fold(name) in rules().never or not any(c.isalpha() for c in name):
            return False
        if "\n" in name or "@" in name or "http" in key or len(fold(name)) < 3:
            return False
        if not any(word[:1].isupper() for word in self.words[start:end]):
            return False
        return any(token.tag_ in {"NNP", "NNPS", ""} or token.tag_.startswith("JJ") for token in self.doc[start:end])

    def person(self, start: int, end: int, name: str) -> Entity | None:
        """The person by that name: a surname takes the full name that the article gives, the last one before it."""
        full = name
        if end - start == 1:
            known = self.people.get(fold(name))
            if known:
                full = next((n for at, n in reversed(known) if at <= start), known[0][1])
        entry = next((e for e in gazetteer().lookup(full) if e.type == "person"), None)
        if entry is not None and " " in full:
            return Entity(id=entry.id, name=entry.name, type="person")
        return Entity(id=f"person:{slug(full)}", name=_plain(full), type="person")


def _plain(name: str) -> str:
    return without_marks(name).replace("’", "'")


def supported(doc: Doc, names: Names, match: Match, strong: set[str]) -> bool:
    """Whether the article supports a name that can also be a common word, a surname or another thing."""
    if any(form.entry.id in strong for form in match.forms):
        return True
    ent = names.at.get(match.start)
    entry = match.forms[0].entry
    if entry.type == "place":
        if ent is not None:
            return ent[2] in PLACE_LABELS and ent[0] >= match.start and ent[1] <= match.end
        before = names.words[match.start - 1].casefold() if match.start else ""
        return before in rules().place_prepositions and doc[match.end - 1].tag_ == "NNP"
    return ent is not None and ent[2] != "PERSON" and ent[1] - ent[0] <= match.end - match.start + 1


def choose(doc: Doc, names: Names, match: Match, strong: set[str]) -> Form | None:
    """The form that a name means here; None where it means nobody in particular."""
    forms = match.forms
    people = [form for form in forms if form.entry.type == "person"]
    if people and match.end - match.start == 1:
        return _person_form(doc, names, match, people, strong) or next((f for f in forms if f not in people), None)
    return next((form for form in forms if not form.weak), forms[0])


def _person_form(doc: Doc, names: Names, match: Match, people: list[Form], strong: set[str]) -> Form | None:
    """A surname: the article's own full name first, then the one in office in the article's year."""
    full = names.people.get(fold(names.words[match.start]))
    if full:
        name = next((n for at, n in reversed(full) if at <= match.start), full[0][1])
        return next((form for form in people if form.entry in gazetteer().lookup(name)), None)
    if len(people) == 1 and not people[0].shared:
        return people[0]
    year = _year(doc)
    in_office = [form for form in people if year is not None and _served(form.entry, year)]
    named = [form for form in people if form.entry.id in strong and len(people) > 1 and not form.shared]
    found = named or in_office
    return found[0] if len(found) == 1 else None


def _served(entry: Entry, year: int) -> bool:
    return entry.years is not None and entry.years[0] <= year <= entry.years[1]


def _year(doc: Doc) -> int | None:
    article = doc._.context.article
    published = article.published if article is not None else None
    return int(published[:4]) if published and published[:4].isdecimal() else None
