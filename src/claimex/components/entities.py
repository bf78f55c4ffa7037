"""Names and the canonical entities that they mean: gazetteer first, then the trained model's names.

`find` reads the Doc and returns the mentions; nothing is found in site furniture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.annotations import EntityMention
from claimex.components.columns import text_of
from claimex.components.entity_choice import (
    Scene,
    choose,
    entity_of,
    new_entities,
    organisation,
    published_year,
    supported,
)
from claimex.components.entity_matches import matches
from claimex.components.entity_names import Names
from claimex.components.entity_rules import entity_rules
from claimex.components.furniture import furniture_ranges, in_furniture
from claimex.components.layer import Layer
from claimex.components.metonymy import acts
from claimex.gazetteer import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from claimex.components.entity_matches import Match
    from claimex.gazetteer import Entry
    from claimex.model import Entity


def find(doc: Doc) -> list[EntityMention]:
    """Mentions of entities, sorted, never overlapping, none in site furniture."""
    names, furniture = Names(doc), furniture_ranges(text_of(doc))
    known = [match for match in matches(doc) if not in_furniture(furniture, doc[match.start].idx)]
    sure = [match for match in known if not match.weak and not all(form.shared for form in match.forms)]
    covered = {i: match.forms[0].entry for match in sure for i in range(match.start, match.end)}
    scene = Scene(names, frozenset(form.entry.id for match in sure for form in match.forms), covered)
    taken: dict[int, EntityMention] = {}

    def take(mention: EntityMention) -> None:
        taken.update(dict.fromkeys(range(mention.span.start, mention.span.end), mention))

    local = _local(names, known)
    for start, end, entity in _defined(names, local, known):
        take(EntityMention(doc[start:end], "ORG", entity))
    for match in known:
        if not taken.keys().isdisjoint(range(match.start, match.end)) or names.swallows(match, covered):
            continue
        if match.weak and not supported(scene, match):
            continue
        form = choose(scene, match)
        if form is None:
            continue
        treaty = _treaty(names, match.start, match.end, form.entry)
        take(treaty or _mention(doc, form.entry, match.start, match.end, form.kind, scene.strong))
    for start, end, label, entity in new_entities(names, set(taken)):
        if not in_furniture(furniture, doc[start].idx):
            take(EntityMention(doc[start:end], label, entity))
    return sorted({id(mention): mention for mention in taken.values()}.values(), key=lambda m: m.span.start)


def _local(names: Names, known: list[Match]) -> dict[str, Entity]:
    """Acronyms that the article itself introduces, with what they mean there."""
    exact = {match.end: match for match in known if not match.weak}
    local: dict[str, Entity] = {}
    for acronym, (start, end) in names.acronyms.items():
        match = exact.get(end)
        if match is not None and match.start <= start:
            local[acronym] = entity_of(match.forms[0].entry)
        else:
            local[acronym] = organisation(names.text(start, end))
    return local


def _defined(names: Names, local: dict[str, Entity], known: list[Match]) -> Iterator[tuple[int, int, Entity]]:
    """Where local acronyms and their expansions stand."""
    exact = {match.end: match.start for match in known if not match.weak}
    for acronym, (start, end) in names.acronyms.items():
        if exact.get(end, end) > start:
            yield start, end, local[acronym]
    if local:
        for i, word in enumerate(names.words):
            if word in local:
                yield i, i + 1, local[word]


def _treaty(names: Names, start: int, end: int, entry: Entry) -> EntityMention | None:
    """'Minsk Agreement', 'Oslo Accords': a place and a capitalised agreement noun name an agreement."""
    if entry.type != "place" or end >= len(names.words):
        return None
    word = names.words[end]
    if not word[:1].isupper() or word.casefold() not in entity_rules().treaty_nouns:
        return None
    return EntityMention(names.doc[start : end + 1], "name", organisation(names.text(start, end + 1)))


def _mention(doc: Doc, entry: Entry, start: int, end: int, kind: str, strong: frozenset[str]) -> EntityMention:
    span = doc[start:end]
    if (entry.governs or entry.former) and acts(doc, start, end, palace=entry.palace):
        state = _state(doc, entry, strong)
        if state is not None:
            return EntityMention(span, "name", entity_of(state), "metonym")
    return EntityMention(span, "demonym" if kind in {"demonym", "combining"} else "name", entity_of(entry))


def _state(doc: Doc, entry: Entry, strong: frozenset[str]) -> Entry | None:
    """The state that a seat stands for: the one of the article's year, or the one the article names."""
    known = gazetteer()
    if entry.former is not None:
        state, until = entry.former
        year = published_year(doc)
        if (year is not None and year <= until) or (year is None and state in strong and entry.governs not in strong):
            return known.entry(state)
    return known.entry(entry.governs)


def create(nlp: Language, name: str) -> Layer:
    """Factory `claimex_entities`."""
    return Layer(name, "entity_mentions", find, of_names=True)
