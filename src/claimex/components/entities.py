"""Names and the canonical entities that they mean: gazetteer first, then the trained model's names.

`find` reads the Doc and returns the mentions; the component writes them, and the character ranges of site furniture,
in which nothing is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimex.annotations import EntityMention
from claimex.components.entity_matches import matches
from claimex.components.entity_names import Names, choose, supported
from claimex.components.extensions import register
from claimex.components.furniture import furniture_ranges, in_furniture
from claimex.components.metonymy import acts
from claimex.gazetteer import gazetteer
from claimex.model import Entity

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimex.gazetteer import Entry


def find(doc: Doc) -> list[EntityMention]:
    """Mentions of entities, sorted, never overlapping, none in site furniture."""
    names = Names(doc)
    known = [match for match in matches(doc) if not in_furniture(doc, doc[match.start].idx)]
    taken: dict[int, EntityMention] = {}
    strong = {form.entry.id for match in known if not match.weak for form in match.forms}
    for match in known:
        if names.swallows(match) or (match.weak and not supported(doc, names, match, strong)):
            continue
        form = choose(doc, names, match, strong)
        if form is None:
            continue
        mention = _mention(doc, form.entry, match.start, match.end, form.kind, strong)
        taken.update(dict.fromkeys(range(match.start, match.end), mention))
    for start, end, label, entity in names.rest(taken):
        if not in_furniture(doc, doc[start].idx):
            mention = EntityMention(doc[start:end], label, entity)
            taken.update(dict.fromkeys(range(start, end), mention))
    return sorted(set(taken.values()), key=lambda mention: mention.span.start)


def _mention(doc: Doc, entry: Entry, start: int, end: int, kind: str, strong: set[str]) -> EntityMention:
    span = doc[start:end]
    if (entry.governs or entry.former) and acts(doc, start, end, palace=entry.palace):
        state = _state(doc, entry, strong)
        if state is not None:
            return EntityMention(span, "name", entity_of(state), "metonym")
    return EntityMention(span, "demonym" if kind == "demonym" else "name", entity_of(entry))


def entity_of(entry: Entry) -> Entity:
    """The entity that claims carry for an entry of the gazetteer."""
    return Entity(id=entry.id, name=entry.name, type=entry.type)


def _state(doc: Doc, entry: Entry, strong: set[str]) -> Entry | None:
    """The state that a seat stands for: the one of the article's year, or the one the article names."""
    known = gazetteer().by_id
    if entry.former is not None:
        state, until = entry.former
        year = published_year(doc)
        if (year is not None and year <= until) or (year is None and state in strong and entry.governs not in strong):
            return known[state]
    return known[entry.governs] if entry.governs else None


def published_year(doc: Doc) -> int | None:
    """Year of the article's publication, None when unknown."""
    article = doc._.context.article
    published = article.published if article is not None else None
    return int(published[:4]) if published and published[:4].isdecimal() else None


class EntityLayer:
    """Writes `doc._.entity_mentions` and the article's furniture."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        doc._.context.furniture = furniture_ranges(doc.text)
        doc._.entity_mentions = find(doc)
        return doc


def create(nlp: Language, name: str) -> EntityLayer:
    """Factory `claimex_entities`."""
    register()
    return EntityLayer(name)
