"""The word lists of the treaty layer."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model
from claimex.vocabulary import TreatyType

DEMONSTRATIVE = frozenset({"the", "this", "that", "these", "those", "such"})
"""Determiners of what was spoken of before."""
DEFINITE = DEMONSTRATIVE | {"both", "its", "their", "his"}
"""Determiners of what is known, by itself or by whose it is: the layer weighs by them, and the scan of the kind too."""


class Noun(Model):
    """Agreement nouns of one type and weight."""

    words: tuple[str, ...]
    type: TreatyType
    weight: int
    draft: bool = False


class Hints(Model):
    """Words inside the phrase that speak for or against an agreement of states."""

    matter: frozenset[str]
    places: frozenset[str]
    draft_matter: frozenset[str]
    weak: frozenset[str]
    passing: frozenset[str]
    private: frozenset[str]
    relief: frozenset[str]
    business: frozenset[str]


class Context(Model):
    """Words around the phrase."""

    company: frozenset[str]
    public: frozenset[str]
    war: frozenset[str]
    broker: frozenset[str]
    containers: frozenset[str]
    organs: frozenset[str]
    provisos: frozenset[str]
    envoys: frozenset[str]
    never_nouns: frozenset[str]
    state_organs: frozenset[str]
    open: frozenset[str]
    mediators: frozenset[str]
    offers: frozenset[str]
    answers: frozenset[str]
    factions: frozenset[str]
    worldwide: frozenset[str]
    passing_names: frozenset[str]
    followers: frozenset[str]
    opponents: frozenset[str]
    rivals: frozenset[str]
    rebels: frozenset[str]
    unnamed: frozenset[str]
    bound_nouns: frozenset[str]
    outlaws: frozenset[str]
    partners: frozenset[str]
    joining: frozenset[str]
    joins: frozenset[str]
    organisations: frozenset[str]
    binding: frozenset[str]
    concluding: frozenset[str]
    made: frozenset[str]
    events: frozenset[str]


class Chains(Model):
    """What tells two agreements of an article apart, and which kind an unspecific noun is."""

    other: frozenset[str]
    peace_deal: frozenset[str]
    trade_deal: frozenset[str]
    pronoun: frozenset[str]
    provides: frozenset[str]
    ones: frozenset[str]
    intransitive: frozenset[str]
    beginning: frozenset[str]
    in_force: frozenset[str]
    entering: frozenset[str]
    common: frozenset[str]


class Syntax(Model):
    """Words by which an agreement noun hangs in its sentence."""

    saying: frozenset[str]
    copulas: frozenset[str]
    in_place: frozenset[str]
    before_noun: frozenset[str]


class Known(Model):
    """Agreements whose parties nobody names any more; of several ids for one party the first that the article names."""

    names: tuple[str, ...]
    parties: tuple[tuple[str, ...], ...]
    named: bool = False
    """True where only those are bound that the article names."""


class Foe(Model):
    """One side that fights a state, by its id; where it has `words`, only in an article that has one of them."""

    id: str
    words: frozenset[str] = frozenset()


class Foes(Model):
    """Who "the rebels" of a state are where the article does not say."""

    state: str
    sides: tuple[Foe, ...]


class Words(Model):
    """rules/treaty.toml."""

    threshold: int
    noun: tuple[Noun, ...] = Field(min_length=1)
    names: dict[TreatyType, tuple[str, ...]]
    hints: Hints
    context: Context
    stand_ins: dict[str, str]
    known: tuple[Known, ...]
    members: dict[str, frozenset[str]]
    regions: dict[str, frozenset[str]]
    foes: tuple[Foes, ...]
    chains: Chains
    syntax: Syntax

    @cached_property
    def by_word(self) -> dict[str, Noun]:
        """Agreement noun to its entry, singular and plural; of those that only point back ('the text') singular."""
        return {
            form: noun
            for noun in self.noun
            for word in noun.words
            for form in ((word, _plural(word)) if noun.weight >= 0 else (word,))
        }

    @cached_property
    def by_name(self) -> dict[tuple[str, ...], TreatyType]:
        """Words of a treaty's short name to its type."""
        return {tuple(name.split()): kind for kind, names in self.names.items() for name in names}

    @cached_property
    def longest_name(self) -> int:
        """Words of the longest short name."""
        return max(map(len, self.by_name), default=0)

    @cached_property
    def known_names(self) -> frozenset[str]:
        """What is an agreement of states by its name alone, squeezed: 'Good Friday Agreement'.

        Names that are common words as well ('grain deal') are those of agreements of which only who is named is bound.
        """
        names = (name for row in self.known if not row.named for name in row.names)
        return frozenset(squeezed(name) for name in names if name.split()[-1] in self.by_word and " " in name)

    @cached_property
    def foes_by_state(self) -> dict[str, tuple[Foe, ...]]:
        """Id of a state to those who fight it."""
        return {row.state: row.sides for row in self.foes}

    @cached_property
    def name_starts(self) -> frozenset[str]:
        """First words of the short names."""
        return frozenset(name[0] for name in self.by_name)


def _plural(word: str) -> str:
    if word == "memorandum":
        return "memoranda"
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def squeezed(text: str) -> str:
    """A name as it is compared, whatever stands between its words: 'angloirishagreement'."""
    return "".join(filter(str.isalnum, text.lower()))


@from_rules
def words() -> Words:
    """The layer's word lists."""
    return read_toml(Words, "treaty.toml")
