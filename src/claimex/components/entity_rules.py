"""The words around names that the entities layer goes by."""

from __future__ import annotations

from pydantic import Field

from claimex.gazetteer import known_given_names
from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

Words = frozenset[str]


class EntityRules(Model):
    """rules/entities.toml."""

    titles: Words = Field(description="Before a person's name, no part of it.")
    personal_titles: Words = Field(description="Before a name: it is a person's, never a place's.")
    roles: Words = Field(description="Offices: a name beside one is a person's.")
    place_prepositions: Words = Field(description="Before a name: it is a place.")
    inside: Words = Field(description="Of these, those that outweigh the model's label.")
    place_nouns: Words = Field(description="After a name: it is a place.")
    generic: Words = Field(description="Bodies and things that a single capital does not name.")
    treaty_nouns: Words = Field(description="Last word of an agreement's name.")
    armed_nouns: Words = Field(description="In the name of an armed group.")
    state_nouns: Words = Field(description="After a country: an arm of the state, not a body of its own.")
    state_heads: Words = Field(description="Before 'of' and a country: the same.")
    group_nouns: Words = Field(description="After an acronym: it is a group's.")
    company_nouns: Words = Field(description="In or before the name of a company or body, in no person's.")
    given_names: Words = Field(description="Given names beside those of the gazetteer's people.")
    never: Words = Field(description="Names by the model that are none.")
    name_particles: Words = Field(description="Lower-case words inside names.")
    breaks_after: Words = Field(description="What ends a known name, whatever the model took for one.")
    breaks_before: Words = Field(description="What stands before a known name that is no part of a longer one.")


@from_rules
def entity_rules() -> EntityRules:
    """The words, read once."""
    return read_toml(EntityRules, "entities.toml")


@from_rules
def given_names() -> frozenset[str]:
    """Given names, folded: of the list, and of the people that the gazetteer knows."""
    return entity_rules().given_names | known_given_names()
