"""The cues of factuality as looked up by the layer: rules/factuality.toml, validated and turned into tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field, model_validator

from claimex.layering import from_rules
from claimex.lexicon import Rule, read_toml
from claimex.model import Model

Mood = Literal["negated", "conditional", "predicted", "planned", "possible"]
Effect = Literal["negated", "conditional", "predicted", "planned", "possible", "same", "fact"]
Place = Literal[
    "aux",
    "neg",
    "adverb",
    "argument",
    "determiner",
    "adjective",
    "mark",
    "time",
    "preposition",
    "phrase",
    "clause_phrase",
    "structure",
]


class Modifier(Rule):
    """A cue that stands on the event word or in front of its clause."""

    on: Place = Field(description="How the cue stands to the event word.")
    words: tuple[str, ...] = Field(description="The cues in lower case; empty for a rule of structure.")
    value: Mood = Field(description="What the cue makes of the event.")


class Governor(Rule):
    """A word that embeds another event, and what it makes of it."""

    value: Effect = Field(description="What becomes of the embedded event.")
    under_not: Effect = Field(description="What becomes of it when the governor is negated.")
    words: dict[str, tuple[str, ...]] = Field(description="Lemmas by the construction that they govern.")


class Lists(Model):
    """Word lists that rules of structure ask for."""

    pseudo: tuple[str, ...]
    agentless: frozenset[str]
    occurrence: frozenset[str]
    saying: frozenset[str]
    forecasting: frozenset[str]
    passing: frozenset[str]
    relemma: tuple[tuple[str, str], ...]
    outcome: frozenset[str]
    speech_acts: frozenset[str]
    light: frozenset[str]
    denying: frozenset[str]
    requisition: frozenset[str]
    copular: frozenset[str]
    inverting: frozenset[str]
    definite: frozenset[str]
    terminators: frozenset[str]
    event_suffixes: tuple[str, ...]
    things: frozenset[str]
    events: frozenset[str]


class File(Model):
    """rules/factuality.toml."""

    modifier: tuple[Modifier, ...]
    governor: tuple[Governor, ...]
    lists: Lists

    @model_validator(mode="after")
    def once_in_a_scope(self) -> File:
        """A lemma may stand in one governor rule for each scope."""
        seen: dict[tuple[str, str], str] = {}
        for rule in self.governor:
            for scope, words in rule.words.items():
                for word in dict.fromkeys(words):
                    other = seen.setdefault((word, scope), rule.id)
                    if other != rule.id:
                        raise ValueError(f"{word!r} with {scope!r} stands in {other} and in {rule.id}")
        return self


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables: cue words by place, governors by lemma and scope."""

    modifiers: dict[str, dict[str, Modifier]]
    governors: dict[tuple[str, str], Governor]
    phrases: dict[str, list[tuple[tuple[str, ...], Modifier | None]]]
    """Phrases by their first word, longest first; no rule for a pseudo cue."""
    structure: dict[str, Modifier]
    relemma: dict[str, str]
    lists: Lists


@from_rules
def rules() -> Rules:
    """The tables, built once."""
    file = read_toml(File, "factuality.toml")
    modifiers: dict[str, dict[str, Modifier]] = {place: {} for place in get_args(Place)}
    phrases: dict[str, list[tuple[tuple[str, ...], Modifier | None]]] = {}
    structure: dict[str, Modifier] = {}
    for rule in file.modifier:
        if rule.on == "structure":
            structure[rule.id] = rule
        for word in rule.words:
            if rule.on in ("phrase", "clause_phrase"):
                phrases.setdefault(word.split()[0], []).append((tuple(word.split()), rule))
            else:
                modifiers[rule.on][word] = rule
    for pseudo in file.lists.pseudo:
        phrases.setdefault(pseudo.split()[0], []).append((tuple(pseudo.split()), None))
    for found in phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))
    governors = {
        (word, scope): governor
        for governor in file.governor
        for scope, words in governor.words.items()
        for word in words
    }
    return Rules(modifiers, governors, phrases, structure, dict(file.lists.relemma), file.lists)
