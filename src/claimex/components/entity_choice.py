"""Which entity a name means: support for doubtful names, people by surname and office, new entities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimex.components.entity_names import MAX_NAME, Found, Names
from claimex.components.entity_rules import entity_rules
from claimex.gazetteer import gazetteer
from claimex.model import Entity
from claimex.normalize.names import fold, slug, without_marks

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from claimex.components.entity_matches import Match
    from claimex.gazetteer import Entry, Form
    from claimex.vocabulary import EntityType

NEW: dict[str, tuple[str, EntityType]] = {
    "GPE": ("place", "place"),
    "LOC": ("place", "place"),
    "FAC": ("facility", "facility"),
    "EVENT": ("event", "event"),
    "NORP": ("people", "nationality_group"),
}
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MODEL_NUMBER = re.compile(r"[A-Za-z]{1,4}-?\d+\w*")
MIN_LETTERS = 3
LONG_ACRONYM = 4


def entity_of(entry: Entry) -> Entity:
    """The entity that claims carry for an entry of the gazetteer."""
    return Entity(id=entry.id, name=entry.name, type=entry.type)


def published_year(doc: Doc) -> int | None:
    """Year of the article's publication, None when unknown."""
    article = doc._.context.article
    published = article.published if article is not None else None
    return int(published[:4]) if published and published[:4].isascii() and published[:4].isdecimal() else None


@dataclass(frozen=True)
class Scene:
    """What an article says about names as a whole."""

    names: Names
    strong: frozenset[str]
    """Ids of the entries that it names beyond doubt."""
    covered: Mapping[int, Entry]
    """Tokens of such names."""


def supported(scene: Scene, match: Match) -> bool:
    """Whether the article supports a name that can also be a common word, a surname or another thing."""
    names, words, rules = scene.names, scene.names.words, entity_rules()
    place = match.forms[0].entry.type == "place"
    if not place and _owned_by_another(scene, match):
        return False
    if any(form.entry.id in scene.strong for form in match.forms):
        return True
    ent = names.at.get(match.start)
    before = words[match.start - 1].casefold() if match.start else ""
    if place:
        if fold(words[match.end - 1]) in names.people:
            return False
        if before in rules.inside and words[match.start][:1].isupper():
            return ent is None or ent[1] <= match.end
        if ent is not None:
            return ent[2] in PLACE_LABELS and ent[0] >= match.start and ent[1] <= match.end
        return before in rules.place_prepositions and names.doc[match.end - 1].tag_ == "NNP"
    if ent is not None and ent[2] != "PERSON":
        return ent[0] == match.start and (ent[1] == match.end or words[match.start].isupper())
    # A long acronym is rarely something else; a short one needs people or deeds of a group beside it.
    proper = names.doc[match.start].tag_ in {"NNP", "NNPS"} and words[match.start].isupper()
    following = words[match.end].casefold() if match.end < len(words) else ""
    return ent is None and proper and (len(words[match.start]) >= LONG_ACRONYM or following in rules.group_nouns)


def _owned_by_another(scene: Scene, match: Match) -> bool:
    """Whether another country stands before the name as its owner: 'Brazil's Senate' is not the American one."""
    words, i = scene.names.words, match.start - 1
    if i > 0 and words[i] in {"'s", "'"}:
        i -= 1
    owner = scene.covered.get(i)
    if owner is None or owner.type != "country":
        return False
    return all(form.entry.country != owner.id for form in match.forms)


def choose(scene: Scene, match: Match) -> Form | None:
    """The form that a name means here; None where it means nobody that the gazetteer knows."""
    people = [form for form in match.forms if form.entry.type == "person"]
    single = match.end - match.start == 1
    if people and single:
        other = next((form for form in match.forms if form not in people), None)
        return _by_surname(scene, match, people) or other
    if single and match.forms[0].entry.type == "place" and match.start:
        title = scene.names.words[match.start - 1].casefold().rstrip(".")
        if title in entity_rules().personal_titles:
            return None
    return next((form for form in match.forms if not form.weak), match.forms[0])


def _by_surname(scene: Scene, match: Match, people: list[Form]) -> Form | None:
    """A surname: the article's own full name first, then the one in office in the article's year."""
    names, i = scene.names, match.start
    full = names.full_name(names.words[i], i)
    if full is not None:
        known = gazetteer().lookup(full)
        return next((form for form in people if form.entry in known), None)
    if i and names.doc[i - 1].tag_ == "NNP" and i - 1 not in scene.covered and not names.is_title(i - 1):
        return None
    named = [form for form in people if form.entry.id in scene.strong]
    if not named and len(people) == 1 and not people[0].shared:
        return people[0]
    year = published_year(names.doc)
    found = named or [form for form in people if year is not None and _served(form.entry, year)]
    return found[0] if len(found) == 1 else None


def _served(entry: Entry, year: int) -> bool:
    return entry.years is not None and entry.years[0] <= year <= entry.years[1]


def new_entities(names: Names, taken: set[int]) -> Iterator[tuple[int, int, str, Entity]]:
    """Names that the gazetteer does not know, and surnames of people whom the article introduces."""
    for start, end, label in names.spans:
        if taken.isdisjoint(range(start, end)):
            entity = _new(names, (start, end, label))
            if entity is not None:
                taken.update(range(start, end))
                yield start, end, label, entity
    for i in names.free_surnames(taken):
        entity = person(names, i, i + 1)
        if entity is not None:
            yield i, i + 1, "PERSON", entity


def organisation(name: str) -> Entity:
    """A new organisation, an armed group when its name says so, or an agreement."""
    words = fold(name).split()
    if words and words[-1] in entity_rules().treaty_nouns:
        return Entity(id=f"treaty:{slug(name)}", name=_plain(name), type="treaty")
    armed = bool(entity_rules().armed_nouns.intersection(words))
    prefix, type_ = ("group", "armed_group") if armed else ("org", "organisation")
    return Entity(id=f"{prefix}:{slug(name)}", name=_plain(name), type=type_)


def _new(names: Names, found: Found) -> Entity | None:
    start, end, label = found
    name = names.text(start, end)
    if not _is_name(names, found, name):
        return None
    if label == "PERSON":
        return person(names, start, end)
    if label == "ORG" or fold(name).split()[-1] in entity_rules().treaty_nouns:
        return organisation(name)
    if label not in NEW:
        return None
    prefix, type_ = NEW[label]
    return Entity(id=f"{prefix}:{slug(name)}", name=_plain(name), type=type_)


def _is_name(names: Names, found: Found, name: str) -> bool:
    """Whether the model's name can be one: not a stray capital, a label of the page or a type of weapon."""
    start, end, _ = found
    key = fold(name)
    rules = entity_rules()
    if end - start > MAX_NAME or key in rules.never or key in rules.generic or len(key) < MIN_LETTERS:
        return False
    if "@" in name or "http" in key or MODEL_NUMBER.fullmatch(name) or not any(c.isalpha() for c in key):
        return False
    words = names.words[start:end]
    if not any(word[:1].isupper() for word in words) or any("\n" in word for word in words):
        return False
    if names.in_headline(start) and not names.said_in_text(key):
        return False
    return any(token.tag_ in {"NNP", "NNPS", ""} or token.tag_.startswith("JJ") for token in names.doc[start:end])


def person(names: Names, start: int, end: int) -> Entity | None:
    """The person by that name; a surname takes the full name that the article gives."""
    name = names.text(start, end)
    full = (names.full_name(name, start) or name) if end - start == 1 else name
    # An article that leaves apostrophes out writes "Bashar al-Assads government".
    spellings = [full, full[:-1]] if full.endswith("s") else [full]
    known = [entry for spelling in spellings for entry in gazetteer().lookup(spelling) if " " in full]
    entry = next((e for e in known if e.type == "person"), None)
    return entity_of(entry) if entry else Entity(id=f"person:{slug(full)}", name=_personal(full), type="person")


def _personal(name: str) -> str:
    """A person's name with capitals where text in capitals left a common word without: 'Agustin Mantilla'."""
    particles = entity_rules().name_particles
    words = _plain(name).split(" ")
    return " ".join(w[:1].upper() + w[1:] if w.isalpha() and w.islower() and w not in particles else w for w in words)


def _plain(name: str) -> str:
    shown = without_marks(name).replace("’", "'")
    return shown[:1].upper() + shown[1:] if shown[:1].islower() and not shown.startswith(("al-", "el-")) else shown
