"""Whom an agreement binds, as far as its own phrase and its verb say so."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import TYPE_CHECKING

from claimex.annotations import mentions_by_token
from claimex.components.columns import lowered
from claimex.components.treaty_phrases import BETWEEN
from claimex.components.treaty_syntax import Link
from claimex.components.treaty_words import words
from claimex.gazetteer import gazetteer
from claimex.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claimex.annotations import EntityMention

    Lookup = Callable[[Token], tuple[Entity, ...]]

CONJUNCTS = 40


def is_party(entity: Entity) -> bool:
    """Whether an entity can be bound: a country, an armed group, an organisation of states."""
    return (
        entity.type in {"country", "armed_group"}
        or (entity.type == "organisation" and entity.id.startswith("group:"))
        or entity.name in words().context.organisations
    )


def stands_for(entity: Entity) -> Entity | None:
    """The party that acts in an entity: itself, or the state that a statesman, a ministry or a parliament serves."""
    organisation = gazetteer().entry(words().stand_ins.get(entity.name))
    if organisation is not None:
        return Entity(id=organisation.id, name=organisation.name, type="organisation")
    if is_party(entity):
        return entity
    organ = words().context.state_organs & {word.lower() for word in entity.name.split()}
    if entity.type != "person" and not (entity.type == "organisation" and organ):
        return None
    entry = gazetteer().entry(entity.id)
    state = gazetteer().entry(entry.country) if entry is not None else None
    if state is None or state.type != "country":
        return None
    return Entity(id=state.id, name=state.name, type="country")


def party_words(doc: Doc, start: int, head: Token, links: list[Link]) -> Iterator[tuple[Token, str]]:
    """Head words that stand where a party stands, with the place: between, with, adjective, subject ..."""
    yield from _inside(doc, start, head.i)
    yield from _after(head, ranges=(head.i, head.i + 16))
    if head.lower_ in words().context.joining:
        yield from ((t, "between") for t in _joining(head))
        return  # whose parliament ratifies it was a member before
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            # 'a treaty of friendship with', 'the cessation of hostilities between'
            for grand in child.children:
                yield from _after(grand, ranges=(head.i, head.i + 16))
    if head.i + 1 < len(doc) and doc[head.i + 1].lower_ in BETWEEN | {"with"}:
        # right behind the noun, whatever the parser hangs it on
        place = "with" if doc[head.i + 1].lower_ == "with" else "between"
        for child in doc[head.i + 1].children:
            if child.dep_ == "pobj":
                yield from ((t, place) for t in _sides(child))
    yield from _places(head)
    context = words().context
    for link in links:
        word, lemma = link.word, link.word.lemma_.lower()
        hangs = link.relation in {"obj", "pass"} or link.relation.startswith("prep:")
        if word.pos_ in {"VERB", "AUX"} and lemma in context.binding and hangs:
            yield from _after(word, ranges=(word.i, word.i + 40))
            if lemma in context.joins and any(t.lower_ == "not" for t in doc[max(0, word.i - 2) : word.i]):
                continue  # who decides not to join is not bound
            place = "signer" if lemma in context.concluding else "subject"
            yield from ((t, place) for t in subjects(word, passive=link.relation == "pass"))
        elif word.pos_ == "VERB" and link.relation in {"obj", "pass"}:
            yield from ((t, "proposer") for t in subjects(word, passive=link.relation == "pass"))
        elif lemma in context.bound_nouns and (link.relation == "comp" or hangs):
            yield from ((t, "subject") for t in doers(word))


def _joining(head: Token) -> Iterator[Token]:
    """Who joins what: 'the accession of Cyprus to the Union', 'Malta and Cyprus's accession'."""
    behind = [head.nbor(1)] if head.i + 1 < len(head.doc) else []  # whatever the parser hangs it on
    for child in dict.fromkeys((*head.rights, *behind)):
        if child.lower_ in {"of", "to"}:
            yield from _held(child)
    for owner in head.lefts:
        if owner.dep_ in {"poss", "nmod"}:
            yield from coordinated(owner)
            if owner.i > 1 and owner.nbor(-1).lower_ == "and" and owner.nbor(-2).pos_ == "PROPN":
                yield owner.nbor(-2)  # the parser may make 'Malta' the object


def _held(preposition: Token) -> Iterator[Token]:
    yield from (t for c in preposition.children if c.dep_ == "pobj" for t in coordinated(c))


def doers(noun: Token) -> Iterator[Token]:
    """Who does what a noun says: 'Iran's violation', 'signature by Cuba', 'Cuba is a party', 'found Iran in breach'."""
    yield from (c for c in noun.lefts if c.dep_ in {"poss", "amod", "compound", "nmod"})
    for child in noun.rights:
        if child.dep_ in {"prep", "agent"} and child.lower_ == "by":
            yield from (t for g in child.children if g.dep_ == "pobj" for t in coordinated(g))
    above = noun.head.head if noun.dep_ in {"pobj", "conj"} and noun.head.pos_ in {"ADP", "SCONJ"} else noun.head
    if noun.dep_ in {"attr", "pobj", "dobj"} and above.pos_ in {"VERB", "AUX"}:
        obj = next((c for c in above.rights if c.dep_ == "dobj" and c.i < noun.i), None)
        if noun.dep_ == "pobj" and noun.head.lower_ == "in" and obj is not None:
            yield from coordinated(obj)
        else:
            yield from subjects(above, passive=False)


def _inside(doc: Doc, start: int, end: int) -> Iterator[tuple[Token, str]]:
    broker = words().context.broker
    for i in range(start, end):
        token = doc[i]
        after = next((doc[j] for j in range(i + 1, min(i + 6, end)) if doc[j].tag_ in {"VBN", "VBD"}), None)
        if after is not None and after.lemma_.lower() in broker:
            continue
        yield token, "possessive" if token.dep_ == "poss" else "adjective"


def _after(governor: Token, ranges: tuple[int, int]) -> Iterator[tuple[Token, str]]:
    for child in governor.rights:
        if child.dep_ == "prep" and ranges[0] < child.i < ranges[1] and child.lower_ in BETWEEN | {"with"}:
            place = "between" if child.lower_ in BETWEEN else "with"
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield from ((t, place) for t in _sides(grand))


def _places(head: Token) -> Iterator[tuple[Token, str]]:
    """'A ceasefire in Yemen', 'in the Iran-Iraq war': whose war it is."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "in" and child.i < head.i + 4:
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield grand, "place"
                    yield from ((t, "place") for t in grand.lefts if t.dep_ in {"compound", "amod", "nmod"})


def coordinated(token: Token) -> list[Token]:
    """A noun and what is coordinated with it, with the names in apposition: 'Qatar and the regime's ally Iran'."""
    nouns = [token, *list(token.conjuncts)[:CONJUNCTS]]
    named = [c for noun in nouns for c in noun.rights if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return [*nouns, *named]


def _sides(token: Token) -> list[Token]:
    """Both sides of 'between the government and opposition groups', whose first may be read as a modifier."""
    first = next(
        (c for c in token.lefts if c.dep_ in {"nmod", "compound"} and any(g.dep_ == "cc" for g in c.rights)), None
    )
    return coordinated(token) if first is None else [first, *coordinated(token)]


def subjects(verb: Token, *, passive: bool) -> Iterator[Token]:
    """Who does it: the subject, the agent of a passive, or whose subject an infinitive or participle shares."""
    for child in verb.children:
        if passive and child.dep_ == "agent":
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield from coordinated(grand)
        elif not passive and child.dep_ == "nsubj":
            if child.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
                yield from coordinated(verb.head)
            else:
                yield from coordinated(child)
            return
    stray = next(
        (
            c
            for c in verb.lefts
            if c.pos_ == "PROPN" and c.dep_ in {"advmod", "npadvmod", "dep"} and c.ent_type_ != "DATE"
        ),
        None,
    )
    if not passive and stray is not None and verb.dep_ not in {"xcomp", "conj", "advcl", "pcomp", "acl"}:
        yield stray  # 'Nauru acceded': a name that the parser takes for an adverb
    if not passive and verb.dep_ == "acl" and verb.head.pos_ == "NOUN":
        yield from (c for c in verb.head.lefts if c.dep_ == "poss")  # 'his decision to sign'
    if not passive and verb.dep_ in {"xcomp", "conj", "advcl", "pcomp"} and verb.head != verb:
        above = verb.head
        if verb.dep_ == "pcomp":
            above = above.head
        if above.pos_ in {"VERB", "AUX"} and above.i < verb.i:
            obj = next((c for c in above.rights if c.dep_ == "dobj" and c.i < verb.i), None)
            if verb.dep_ == "xcomp" and obj is not None:
                yield from coordinated(obj)
            else:
                yield from _subjects_once(above)


def _subjects_once(verb: Token) -> Iterator[Token]:
    for _ in range(4):
        for child in verb.lefts:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                if child.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
                    yield from coordinated(verb.head)
                else:
                    yield from coordinated(child)
                return
        if verb.dep_ not in {"xcomp", "conj", "advcl"} or verb.head == verb:
            return
        verb = verb.head


def opponents(state: Entity, said: Container[str] = (), noun: str = "opposition") -> tuple[Entity, ...]:
    """Those who fight a government and are only described; 'Syrian opposition' where no list knows their name.

    The adjective is spelled as the article, whose lower-case words `said` holds, spells it.
    """
    known = [
        entry
        for foe in words().foes_by_state.get(state.id, ())
        if not foe.words or any(word in said for word in foe.words)
        if (entry := gazetteer().entry(foe.id)) is not None
    ]
    if known:
        return tuple(Entity(id=entry.id, name=entry.name, type=entry.type) for entry in known)
    entry = gazetteer().entry(state.id)
    if entry is None or not entry.demonyms:
        return ()
    adjective = next((d for d in entry.demonyms if d.lower() in said), entry.demonyms[0])
    name = f"{adjective} {noun}"
    return (Entity(id=f"group:{name.lower().replace(' ', '-')}", name=name, type="armed_group"),)


def _described(noun: str, near: dict[str, Entity], said: Container[str]) -> tuple[Entity, ...]:
    """'Syrian rebels' are no Syria: the group that a noun and a nationality describe."""
    context = words().context
    states = [e for e in near.values() if e.type == "country"]
    if len(near) != 1 or not states or noun not in context.opponents | context.factions:
        return tuple(near.values())
    return opponents(states[0], said, noun if noun in context.factions else "opposition")


def _titled(person: Token, at: dict[int, EntityMention]) -> bool:
    """Whether a title before a name says for whom it acts: 'Palestinian Authority Chairman Mahmoud Abbas'."""
    left = range(max(person.left_edge.i, person.i - 12), person.i)
    return any((mention := at.get(i)) is not None and is_party(mention.entity) for i in left)


def _belligerents(name: str) -> Iterator[Entity]:
    """The states of 'Iran-Iraq War'."""
    for part in name.removesuffix(" War").split("-"):
        entry = next(iter(gazetteer().lookup(part)), None)
        if entry is not None and entry.type == "country":
            yield Entity(id=entry.id, name=entry.name, type="country")


def entity_lookup(doc: Doc) -> Lookup:
    """From the head word of a phrase to whom it names: itself, or the states that a person's title names."""
    at = mentions_by_token(doc)
    said = set(lowered(doc))

    def named(i: int) -> Entity | None:
        mention = at.get(i)
        return mention.entity if mention is not None else None

    def look(token: Token) -> tuple[Entity, ...]:
        entity = named(token.i)
        party = stands_for(entity) if entity is not None else None
        if entity is not None and party is not None and not (entity.type == "person" and _titled(token, at)):
            return (party,)
        if entity is not None and entity.type == "event":
            return tuple(_belligerents(entity.name))
        if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod", "nmod"}:
            return ()
        # 'Iraqi Deputy Prime Minister Tariq Aziz', 'the Hungarian parliament', 'the Assad regime'
        organ = token.lower_ in words().context.organs
        near: dict[str, Entity] = {}
        for i in range(max(token.left_edge.i, token.i - 12), token.i):
            entity = named(i)
            party = None if entity is None else stands_for(entity) if organ else entity if is_party(entity) else None
            if party is not None:
                near.setdefault(party.id, party)
        if not near and (organ or token.lemma_.lower() in words().context.envoys):
            # 'the government of President Daniel Ortega', 'the ministers of Chile, Peru and Bolivia'
            for child in token.rights:
                if child.dep_ == "prep" and child.lower_ in {"of", "from", "for"}:
                    for grand in _held(child):
                        entity = named(grand.i)
                        party = stands_for(entity) if entity is not None else None
                        if party is not None:
                            near[party.id] = party
        foes = (t.lower_ for t in doc[token.left_edge.i : token.i] if t.lower_ in words().context.rivals)
        return _described(next(foes, token.lower_), near, said)  # 'Syrian opposition forces'

    return look
