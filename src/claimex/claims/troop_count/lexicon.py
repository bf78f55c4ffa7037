"""The words and rules of `rules.toml`, indexed for lookup."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from claimex.claims.troop_count.values import Activity
from claimex.layering import from_rules
from claimex.lexicon import Rule, read_toml
from claimex.model import Model

Relation = Literal["object", "subject", "nominal", "predicate", "head", "with"]
Words = frozenset[str]


class Heads(Model):
    """What is counted. The fields are explained in the file."""

    inherent: Words
    irregular: Words
    gunmen: Words
    invariable: Words
    no_men: Words
    conditional: Words
    army: Words
    rank: Words
    collective: Words
    service: Words
    foreigner: Words
    warfare: Words
    volunteering: Words
    serving: Words
    beside: Words
    captive: Words
    downed: Words
    peace: Words
    penal: Words
    fielding: Words
    suffering: Words
    fate: Words
    fielder: Words
    own: Words
    consisting: Words
    retold: Words
    elliptic: Words
    part: Words
    body: Words
    military_body: Words
    aircraft: Words
    civil: Words
    criminal: Words
    battle: Words
    prisoner: Words
    taking: Words
    battle_scene: Words
    civilian: Words
    not_counted_after: Words
    former: Words
    unreal: Words
    guerrilla: Words
    regular: Words
    strength: Words
    novice: Words
    toll: Words
    losses: Words
    among: Words
    fallen: Words
    serving_men: Words
    mission: Words
    sports: Words
    statecraft: Words
    aircraft_verb: Words
    military_modifier: Words
    member_of: Words


class Sides(Model):
    """Whose people they are. The fields are explained in the file."""

    alone: Words
    state: Words
    service: Words
    organ: Words
    official: Words
    missions: Words
    rebel: Words
    rebellious: Words
    militant: Words
    jihadists: Words
    described: Words
    led: Words
    own: Words
    opposed: Words
    state_armies: Words
    fighting: Words
    alliance: Words
    group: Words
    naming: Words
    joint: Words
    own_object: Words
    enemy_subject: Words
    blaming: Words
    enemy_noun: Words


class Levels(Model):
    """Numbers that rise and fall."""

    verb: Words
    generic: Words
    static: Words
    lowering: Words
    sum: Words
    comparisons: frozenset[tuple[str, str]]
    military_theme: Words
    theme: Words


class Scan(Model):
    """Where a count may stand, by a look at the raw text. The fields are explained in the file."""

    toll: Words
    loss: Words
    breaks: Words
    elliptic: Words
    again: Words
    pointing: Words
    level: Words
    units: Words
    scales: Words
    determiners: Words
    fighters: Words


class ActivityRule(Rule):
    """A word, how the count stands to it, and the activity that follows."""

    activity: Activity = Field(description="What happens to those counted.")
    relation: Relation = Field(description="How the count stands to the word.")
    words: Words = Field(min_length=1, description="Lemmas; a second word is a particle, object or complement.")


class TroopRules(Model):
    """The whole file."""

    heads: Heads
    sides: Sides
    levels: Levels
    scan: Scan
    rule: tuple[ActivityRule, ...]


RULES = TroopRules


@from_rules
def rules() -> TroopRules:
    """The rules of troop counts."""
    return read_toml(TroopRules, "rules.toml", "claimex.claims.troop_count")


@from_rules
def activity_index() -> dict[tuple[str, str], list[tuple[str | None, ActivityRule]]]:
    """(relation, first lemma) to the rules with their second word, those with a second word first."""
    index: dict[tuple[str, str], list[tuple[str | None, ActivityRule]]] = {}
    for rule in rules().rule:
        for words in rule.words:
            first, _, second = words.partition(" ")
            index.setdefault((rule.relation, first), []).append((second or None, rule))
    for entries in index.values():
        entries.sort(key=lambda entry: entry[0] is None)
    return index
