"""Names of countries, places, people, organisations and armed groups, and what each of them is called.

Plain data and plain functions: neither spaCy nor pydantic is needed to find out that "DPRK" is North Korea. The data is
package data, read at the first question; `scripts/build_gazetteer.py` makes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from claimex.normalize.names import fold

FormKind = Literal["name", "acronym", "demonym"]
MAX_ACRONYM = 8


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
    capitals: tuple[bool, ...]
    weak: bool = False
    shared: bool = False


class Gazetteer:
    """All entries, by id and by folded form."""

    def __init__(self, entries: list[Entry]) -> None:
        self.by_id: dict[str, Entry] = {entry.id: entry for entry in entries}
        self.forms: dict[str, list[Form]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        """First word of a form to the numbers of words that forms with it have, longest first."""
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            for text in (entry.name, *entry.aliases):
                self._add(lengths, entry, text, weak=entry.weak and " " not in text)
            for text in entry.short:
                self._add(lengths, entry, text, weak=True)
            for text in entry.lower:
                self._add(lengths, entry, text)
            for text in entry.demonyms:
                self._add(lengths, entry, text, kind="demonym")
            for text in entry.shared:
                self._add(lengths, entry, text, shared=True)
        for first, counts in lengths.items():
            self.lengths[first] = tuple(sorted(counts, reverse=True))

    def _add(
        self,
        lengths: dict[str, set[int]],
        entry: Entry,
        text: str,
        *,
        kind: FormKind = "name",
        weak: bool = False,
        shared: bool = False,
    ) -> None:
        key = fold(text)
        words = key.split(" ")
        if kind == "name" and len(words) == 1 and len(key) <= MAX_ACRONYM and text.isupper():
            kind = "acronym"
        known = self.forms.setdefault(key, [])
        if any(form.entry.id == entry.id and form.kind == kind for form in known):
            return
        written = text.removeprefix("the ").replace("-", " ").replace("/", " ").replace(",", " ").split()
        capitals = tuple(not word[:1].islower() for word in written) if len(written) == len(words) else ()
        if kind == "demonym":
            capitals = capitals or (True,)
        known.append(Form(entry, kind, capitals, weak, shared))
        lengths.setdefault(words[0], set()).add(len(words))

    def lookup(self, name: str) -> list[Entry]:
        """Every entry that a name, alias, demonym or id can mean, surest first; empty when it is not known."""
        if name in self.by_id:
            return [self.by_id[name]]
        forms = sorted(self.forms.get(fold(name), ()), key=lambda form: (form.shared, form.weak))
        return list({form.entry.id: form.entry for form in forms}.values())


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package, read once."""
    rules = files("claimex.rules")
    lines = rules.joinpath("gazetteer.jsonl").read_text(encoding="utf-8").splitlines()
    rows = json.loads("[" + ",".join(lines) + "]")
    entries = [Entry(**{key: _tuple(value) for key, value in row.items()}) for row in rows]
    for line in rules.joinpath("cities.tsv").read_text(encoding="utf-8").splitlines():
        number, name, country, population, weak = line.split("\t")
        entries.append(
            Entry(f"geonames:{number}", name, "place", country, population=int(population), weak=weak == "weak")
        )
    return Gazetteer(entries)


def lookup(name: str) -> list[Entry]:
    """Entries that a name, alias, demonym or id can mean, surest first; empty when it is not known."""
    return gazetteer().lookup(name)


def canonical(name: str) -> str | None:
    """Canonical name for a name, alias, demonym or id; None when it is not known or means several."""
    found = lookup(name)
    return found[0].name if len(found) == 1 else None


def country_of(entity_id: str) -> Entry | None:
    """The country that an entity lies in or belongs to (a country itself: the country); None when not known."""
    entry = gazetteer().by_id.get(entity_id)
    if entry is None:
        return None
    if entry.type == "country":
        return entry
    return gazetteer().by_id.get(entry.country) if entry.country else None
