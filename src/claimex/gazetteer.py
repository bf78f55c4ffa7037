"""Names of countries, places, people, organisations and armed groups, and what each of them is called.

Plain data and plain functions: neither spaCy nor pydantic is needed to find out that "DPRK" is North Korea. The data is
package data, read at the first question; `scripts/build_gazetteer.py` makes it. Entries are made when they are asked
for: most articles need a few dozen of the thousands.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

from claimex.gazetteer_rows import user_cities, user_rows
from claimex.layering import from_rules
from claimex.normalize.casing import KnownNames
from claimex.normalize.names import fold

FormKind = Literal["name", "acronym", "demonym", "combining"]
MAX_ACRONYM = 8
FIELDS = ("aliases", "short", "lower", "demonyms", "combining", "shared")
KINDS: dict[str, FormKind] = {"demonyms": "demonym", "combining": "combining"}
CALENDAR = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February April June July August September October November December"
)
"""Without March and May: where capitals say nothing they are verbs as often."""
TOKEN = re.compile(r"-|'s\b|[^\s-]+?(?='s\b)|[^\s-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity of the gazetteer. `country` is the id of the country it lies in, belongs to or serves."""

    id: str
    name: str
    type: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    """Acronyms and single words that other things are called too: they need support from the article."""
    lower: tuple[str, ...] = ()
    """Forms that are right in lower case too: 'peshmerga'."""
    demonyms: tuple[str, ...] = ()
    combining: tuple[str, ...] = ()
    """First halves of hyphenated adjectives: 'Sino' in 'Sino-Russian'."""
    shared: tuple[str, ...] = ()
    """Surnames that several entries have; the article's full name or its date decides."""
    governs: str | None = None
    """The state for which the name can stand: Moscow for Russia."""
    former: tuple[str, int] | None = None
    """The state for which it stood up to and including that year."""
    palace: bool = False
    weak: bool = False
    """The name is also a common word, surname or other thing: it needs support from the article."""
    population: int = 0
    years: tuple[int, int] | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entry. `capitals` tells for each word whether it must start with a capital."""

    entry: Entry
    kind: FormKind
    text: str
    capitals: tuple[bool, ...]
    weak: bool = False
    shared: bool = False


class Gazetteer:
    """All entries, by id and by folded form."""

    def __init__(self, rows: list[dict[str, Any]], cities: list[str]) -> None:
        self._rows = rows
        self._entries: dict[str, Entry] = {}
        self._places = {row["id"]: i for i, row in enumerate(rows)}
        self._index: dict[str, list[tuple[int, str, str]]] = {}
        """Folded form to row number, field it stands in and form as written."""
        self._cities: dict[str, str] = {}
        self._forms: dict[str, tuple[Form, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for number, row in enumerate(rows):
            self._add(lengths, number, "name", row["name"])
            for field in FIELDS:
                for text in row.get(field, ()):
                    self._add(lengths, number, field, text)
        for line in cities:
            name = line.split("\t", 2)[1]
            key = name.lower() if name.isalpha() else fold(name)
            self._cities[key] = line
            first, _, more = key.partition(" ")
            lengths.setdefault(first, set()).add(more.count(" ") + 2 if more else 1)
        self.lengths: dict[str, tuple[int, ...]] = {
            first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()
        }
        """First word of a form to the numbers of words that forms with it have, longest first."""

    def _add(self, lengths: dict[str, set[int]], number: int, field: str, text: str) -> None:
        keys = [fold(text)]
        if "'s " in text:
            # A tokenizer parts "People's"; the typist of a wire may not.
            keys.append(fold(text.replace("'s ", " s ")))
        for key in keys:
            self._index.setdefault(key, []).append((number, field, text))
            first, _, more = key.partition(" ")
            lengths.setdefault(first, set()).add(more.count(" ") + 2 if more else 1)

    def entry(self, entity_id: str | None) -> Entry | None:
        """The entry with that id, None when there is none."""
        if entity_id is None or (entity_id not in self._places and entity_id not in self._city_ids):
            return None
        made = self._entries.get(entity_id)
        if made is None:
            if entity_id in self._places:
                row: dict[str, Any] = self._rows[self._places[entity_id]]
                fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
                made = Entry(**fields)
            else:
                made = _city(self._city_ids[entity_id])
            self._entries[entity_id] = made
        return made

    def seats(self) -> list[str]:
        """The names of places that can stand for a government: 'Moscow', 'Kremlin', 'Kiev'."""
        seated = (row for row in self._rows if row.get("governs") or row.get("former"))
        return sorted({name for row in seated for name in (row["name"], *row.get("aliases", ()))})

    @cached_property
    def _city_ids(self) -> dict[str, str]:
        return {"geonames:" + line.split("\t", 1)[0]: line for line in self._cities.values()}

    def ids(self) -> list[str]:
        """The ids of all entries."""
        return [*self._places, *self._city_ids]

    def keys(self) -> list[str]:
        """All folded forms."""
        return [*self._index, *(key for key in self._cities if key not in self._index)]

    def forms(self, key: str) -> tuple[Form, ...]:
        """What a folded form can mean; empty when it is not known."""
        made = self._forms.get(key)
        if made is None:
            made = tuple(self._make(key))
            if made:  # what is not known is not kept: there is no end of it
                self._forms[key] = made
        return made

    def _make(self, key: str) -> list[Form]:
        forms: list[Form] = []
        for number, field, text in self._index.get(key, ()):
            entry = self.entry(self._rows[number]["id"])
            if entry is None or any(form.entry is entry and form.text == text for form in forms):
                continue
            single = " " not in fold(text)
            kind: FormKind = (
                "name" if field not in {"demonyms", "combining"} else "demonym" if field[0] == "d" else "combining"
            )
            if kind == "name" and single and len(text) <= MAX_ACRONYM and text.isupper():
                kind = "acronym"
            weak = field == "short" or (entry.weak and single and field in {"name", "aliases"})
            forms.append(Form(entry, kind, text, _capitals(text, field), weak, field == "shared"))
        line = self._cities.get(key)
        if line is not None and not forms:
            entry = _city(line)
            forms.append(Form(entry, "name", entry.name, _capitals(entry.name, "name"), entry.weak))
        return forms

    def lookup(self, name: str) -> list[Entry]:
        """Every entry that a name, alias, demonym or id can mean, surest first; empty when it is not known."""
        exact = self.entry(name)
        if exact is not None:
            return [exact]
        forms = sorted(self.forms(fold(name)), key=lambda form: (form.shared, form.weak))
        return list({form.entry.id: form.entry for form in forms}.values())


def _city(line: str) -> Entry:
    """A row of cities.tsv: GeoNames number, name, country code, population, '?' where the name needs support."""
    number, name, country, population, doubt = line.split("\t")
    return Entry(
        f"geonames:{number}", name, "place", f"iso3166:{country}", population=int(population), weak=doubt == "?"
    )


def _capitals(text: str, field: str) -> tuple[bool, ...]:
    if field == "lower":
        return ()
    words = text.removeprefix("the ").replace("'s ", " s ").replace("-", " ").replace("/", " ").replace(",", " ")
    return tuple(not word[:1].islower() for word in words.split())


@from_rules
def gazetteer() -> Gazetteer:
    """The gazetteer of the package with a user's own entries, read once."""
    rules = files("claimex.rules")
    lines = rules.joinpath("gazetteer.jsonl").read_text(encoding="utf-8").splitlines()
    cities = rules.joinpath("cities.tsv").read_text(encoding="utf-8").splitlines()
    return Gazetteer(user_rows(json.loads("[" + ",".join(lines) + "]")), cities + user_cities())


@from_rules
def known_names() -> KnownNames:
    """What the gazetteer knows about capitals, for text that is written without them."""
    words = set(CALENDAR.split())
    phrases: dict[str, set[tuple[str, ...]]] = {"the": {("the", "US")}}
    names = gazetteer()
    for key in names.keys():  # noqa: SIM118  (not a dict)
        for form in names.forms(key):
            if form.weak and not (form.kind == "acronym" and len(form.text) > 2):
                continue
            tokens = tuple(TOKEN.findall(form.text))
            if len(tokens) == 1 and form.text.istitle() and form.entry.type in {"country", "place"}:
                words.add(form.text)
            elif tokens:
                phrases.setdefault(tokens[0].lower(), set()).add(tokens)
    ordered = {first: tuple(sorted(found, key=lambda n: (-len(n), n))) for first, found in phrases.items()}
    return KnownNames(frozenset(words), ordered)


@from_rules
def known_given_names() -> frozenset[str]:
    """Folded first words of the full names of people."""
    names = gazetteer()
    people = (names.entry(id_) for id_ in names.ids() if id_.startswith("person:"))
    firsts = (fold(entry.name).split(" ") for entry in people if entry is not None)
    return frozenset(words[0] for words in firsts if len(words) == 2 and len(words[0]) > 2)


def lookup(name: str) -> list[Entry]:
    """Entries that a name, alias, demonym or id can mean, surest first; empty when it is not known."""
    return gazetteer().lookup(name)


def canonical(name: str) -> str | None:
    """Canonical name for a name, alias, demonym or id; None when it is not known or means several."""
    found = lookup(name)
    return found[0].name if len(found) == 1 else None


def country_of(entity_id: str) -> Entry | None:
    """The country that an entity lies in or belongs to (a country itself: the country); None when not known."""
    entry = gazetteer().entry(entity_id)
    if entry is None or entry.type == "country":
        return entry
    return gazetteer().entry(entry.country)
