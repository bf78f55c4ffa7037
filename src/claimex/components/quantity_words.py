"""rules/quantity.toml as the quantity grammar uses it."""

from __future__ import annotations

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Bound, Model

Phrase = tuple[str, ...]


class Around(Model):
    """Words that stand around a number."""

    neutral: frozenset[str]
    articles: frozenset[str]
    another: frozenset[str]
    up_particle_verbs: frozenset[str]
    preposition_governors: frozenset[str]
    ambiguous_modifiers: frozenset[str]
    change: frozenset[str]
    more: frozenset[str]
    adjective_heads: frozenset[str]
    participle_heads: frozenset[str]
    verb_nouns: frozenset[str]
    partitive_determiners: frozenset[str]
    pronouns: frozenset[str]
    strong: frozenset[str]
    of_heads: tuple[str, ...]
    mass_nouns: frozenset[str]
    plural_nouns: frozenset[str]
    function_words: frozenset[str]
    percent: frozenset[str]


class Names(Model):
    """Words beside numbers that count nothing."""

    before: frozenset[str]
    always_before: frozenset[str]
    group_nouns: frozenset[str]
    after: frozenset[str]
    one_after: frozenset[str]
    one_before: frozenset[str]
    year_prepositions: frozenset[str]
    fractions: frozenset[str]
    phrase_stops: frozenset[str]
    after_plural_stops: frozenset[str]


class QuantityWords(Model):
    """rules/quantity.toml."""

    before: dict[Bound, tuple[str, ...]]
    after: dict[Bound, tuple[str, ...]]
    words: Around
    currency_signs: dict[str, str]
    currency_words: dict[str, str]
    measures: dict[str, str]
    names: Names


@from_rules
def lexicon() -> QuantityWords:
    """The words around quantities."""
    return read_toml(QuantityWords, "quantity.toml")


@from_rules
def phrases_before() -> dict[str, list[tuple[Phrase, Bound]]]:
    """Modifiers by their last word, the longest first."""
    table: dict[str, list[tuple[Phrase, Bound]]] = {}
    for bound, phrases in lexicon().before.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            table.setdefault(words[-1], []).append((words, bound))
    return {last: sorted(rows, key=lambda row: -len(row[0])) for last, rows in table.items()}


@from_rules
def phrases_after() -> dict[str, list[tuple[Phrase, Bound]]]:
    """Modifiers by their first word, the longest first."""
    table: dict[str, list[tuple[Phrase, Bound]]] = {}
    for bound, phrases in lexicon().after.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, bound))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in table.items()}
