"""The rules of `rules.toml` and the words that go with them, indexed for lookup."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Literal

from claimex.claims.treaty_event.values import ProvisionKind, Stage
from claimex.layering import from_rules
from claimex.lexicon import Rule, read_toml
from claimex.model import Factuality, Model

ALIASES = {"object": ("obj", "pass")}
VERBAL = {"obj", "pass", "subj", "inf", "ving"}


class Trigger(Rule):
    """Words that tell one stage when they govern an agreement by one of the relations."""

    stage: Stage
    words: tuple[str, ...]
    relations: tuple[str, ...]
    mood: Factuality | None = None
    implicit: tuple[str, ...] = ()
    intransitive: bool = False
    executive: bool = False
    parliament: bool = False
    keeping: bool = False
    urgeable: bool = False
    """True where whoever is urged to do it only has it proposed to him: 'urged both to call a truce'."""
    starting: bool = False
    """True where 'over' behind the word turns it round: 'declared the truce over'."""
    participle: bool = False
    """True where behind a preposition only a participle says it: 'covered under the treaty'."""
    modal: tuple[str, ...] = ()
    """Words that say it only with a modal verb: 'a deal that will see them leave'."""
    pos: Literal["verb", "noun"] | None = None


class Provisions(Model):
    """Words that provisions are read by."""

    not_infinitive: frozenset[str]
    kinds: dict[ProvisionKind, frozenset[str]]


class Rules(Model):
    """rules.toml of this kind."""

    executives: frozenset[str]
    parliaments: frozenset[str]
    deciding: frozenset[str]
    describing: frozenset[str]
    rule: tuple[Trigger, ...]
    provision: Provisions

    @cached_property
    def index(self) -> dict[tuple[str, str], list[tuple[tuple[str, ...], Trigger]]]:
        """Relation and governing word to the phrases that begin or end with it, the longest first."""
        index: dict[tuple[str, str], list[tuple[tuple[str, ...], Trigger]]] = defaultdict(list)
        for rule in self.rule:
            for relation in (r for name in rule.relations for r in ALIASES.get(name, (name,))):
                for phrase in (tuple(word.split()) for word in rule.words):
                    # nouns may have a word before them, 'signatory state of'; predicates a preposition, 'in force'
                    if relation != "pred":
                        index[relation, phrase[0]].append((phrase, rule))
                    if (len(phrase) > 1 and relation not in VERBAL) or relation == "pred":
                        index[relation, phrase[-1]].append((phrase, rule))
        for entries in index.values():
            entries.sort(key=lambda entry: (-len(entry[0]), not (entry[1].executive or entry[1].parliament)))
        return dict(index)

    @cached_property
    def urge(self) -> Trigger:
        """The rule for those who urge others to an agreement."""
        return next(rule for rule in self.rule if "urged" in rule.relations)

    @cached_property
    def failure(self) -> Trigger:
        """The rule for those who fail to keep an agreement."""
        return next(rule for rule in self.rule if "failed" in rule.relations)

    @cached_property
    def over(self) -> frozenset[str]:
        """What an agreement is at its end: 'over', 'dead'."""
        return frozenset(next(rule for rule in self.rule if rule.id == "treaty.end.predicate").words)

    @cached_property
    def implicit(self) -> dict[str, Trigger]:
        """Nouns that tell a stage of the agreement named in the sentence before."""
        return {noun: rule for rule in self.rule for noun in rule.implicit}


RULES = Rules


@from_rules
def rules() -> Rules:
    """The rules of this kind."""
    return read_toml(Rules, "rules.toml", "claimex.claims.treaty_event")
