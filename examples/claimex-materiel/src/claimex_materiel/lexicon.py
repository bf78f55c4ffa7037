"""The words and rules of `rules.toml`, indexed for lookup."""

from __future__ import annotations

from typing import Literal

from claimex.layering import from_rules
from claimex.lexicon import Rule, read_toml
from claimex.model import Model
from claimex_materiel.values import Activity, Family

Relation = Literal["object", "subject", "with", "for", "nominal"]
Place = Literal["subject", "object", "to", "from", "by"]
Words = frozenset[str]


class Nouns(Model):
    """Nouns of one family of arms."""

    family: Family
    sure: Words = frozenset()
    """Arms whatever stands around them."""
    doubtful: Words = frozenset()
    """Arms only behind one of the words under `behind`, or where the sentence tells of arms."""
    behind: Words = frozenset()


class Handling(Rule):
    """A word, how the count stands to it, and what is done with what is counted."""

    activity: Activity
    relation: Relation
    words: Words
    """Lemmas."""
    supplier: tuple[Place, ...] = ()
    recipient: tuple[Place, ...] = ()
    holder: tuple[Place, ...] = ()


class MaterielRules(Model):
    """The whole file."""

    nouns: tuple[Nouns, ...]
    containers: Words
    scene: Words
    civil: Words
    rule: tuple[Handling, ...]


RULES = MaterielRules


@from_rules
def rules() -> MaterielRules:
    """The rules of materiel counts, with what users lay over them."""
    return read_toml(MaterielRules, "rules.toml", "claimex_materiel")


@from_rules
def families() -> dict[str, list[Nouns]]:
    """Noun to the families that it can belong to, those where it is sure first."""
    table: dict[str, list[Nouns]] = {}
    for nouns in sorted(rules().nouns, key=lambda nouns: not nouns.sure):
        for noun in (*nouns.sure, *nouns.doubtful):
            table.setdefault(noun, []).append(nouns)
    return table


@from_rules
def handlings() -> dict[tuple[Relation, str], Handling]:
    """Relation and lemma to the rule that has them."""
    return {(rule.relation, word): rule for rule in reversed(rules().rule) for word in rule.words}
