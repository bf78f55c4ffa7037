"""The words that attribute, by what they take: `rules/attribution.toml` as frozen models with a word index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from pydantic import Field

from claimex.layering import from_rules
from claimex.lexicon import Rule, read_toml
from claimex.merging import WordString
from claimex.model import Model, SourceType

Takes = Literal[
    "clause",
    "quote",
    "infinitive",
    "object_infinitive",
    "object",
    "predicate",
    "preposition",
]
On = Literal["phrase", "adverb", "adjective", "beside"]
ID = r"^attribution(\.[a-z0-9_]+)+$"


class Frame(Rule):
    """Words of one part of speech that attribute what stands in one place beside them."""

    id: str = Field(pattern=ID, description="Travels in the mention's `rule`.")
    takes: Takes = Field(description="What holds the content.")
    reporting: bool = Field(True, description="Whether the source vouches for the content or only wishes it.")
    nested: bool = Field(False, description="Whether it counts inside what another source says.")
    prepositions: tuple[str, ...] = Field((), description="For `preposition`: the words that open the content.")
    finite: bool = Field(False, description="Whether it is void after 'to' or a modal verb.")
    passive: bool = Field(False, description="Whether only the passive fits: 'are believed to have fled'.")
    persons: bool = Field(False, description="Whether only a person as object fits: critics attack a minister.")
    unnamed: bool = Field(True, description="Whether the frame holds where nobody is named as the source.")
    words: WordString = Field(description="Lemmas, separated by white space.")


class Cue(Rule):
    """Words that attribute by where they stand, whatever they mean elsewhere."""

    id: str = Field(pattern=ID, description="Travels in the mention's `rule`.")
    on: On = Field(
        description="Before a source; on a clause; on a noun; nouns that are a source beside a colon or a dash."
    )
    words: tuple[str, ...] = Field(description="Words or groups of them, in lower case.")


class Particle(Model):
    """A verb that means a cue only together with a small word: 'point out', 'make clear'."""

    verb: str
    particle: str
    like: str = Field(description="The cue whose frames the pair shares.")


class Idiom(Model):
    """Objects with which a cue says nothing: a flood claims lives, a soldier points a gun."""

    verb: str
    objects: WordString


class SourceTypes(Model):
    """Head nouns and modifiers that tell what kind of source speaks."""

    type: SourceType
    heads: WordString
    modifiers: WordString = ""


class AttributionRules(Model):
    """The whole file."""

    verb: tuple[Frame, ...]
    noun: tuple[Frame, ...]
    adjective: tuple[Frame, ...]
    cue: tuple[Cue, ...]
    particle: tuple[Particle, ...]
    idiom: tuple[Idiom, ...]
    source: tuple[SourceTypes, ...]
    light_verbs: WordString = Field(description="Verbs whose subject is the source of the noun they govern.")
    carriers: WordString = Field(description="Nouns that carry what somebody else says: 'reports from X'.")
    quoting: WordString = Field(description="Verbs before 'as saying': the medium speaks, somebody else is the source.")
    closing: WordString = Field(description="Verbs that may end a sentence after their source without any comma.")
    emerging: WordString = Field(description="Verbs between a report and its clause: 'reports emerged that'.")
    people: WordString = Field(description="Nouns for one person: what 'he' or 'she' can stand for.")
    naming: WordString = Field(description="Verbs with a bare predicate: 'called him a liar'.")
    likening: WordString = Field(description="Verbs whose predicate follows 'to': 'likened it to a war'.")
    relatives: WordString = Field(description="Words before 'he said' that leave the rest of the clause to him.")
    objectless: WordString = Field(description="Verbs of saying that take no noun as their object.")
    aspect: WordString = Field(description="Verbs before 'to say' with which it is said: 'went on to say'.")
    openers: WordString = Field(description="Words that open an indirect question.")
    addressees: WordString = Field(description="Verbs whose object is the listener.")


class Index:
    """The file by word: what one token needs to ask."""

    def __init__(self, rules: AttributionRules) -> None:
        self.rules = rules
        self.verbs = _by_word(rules.verb)
        self.forms = {form: verb for verb in self.verbs if "_" not in verb for form in _inflected(verb)}
        self.nouns = _by_word(rules.noun)
        self.adjectives = _by_word(rules.adjective)
        self.particles = {(p.verb, p.particle): p.like for p in rules.particle}
        self.idioms: dict[str, frozenset[str]] = {}
        for idiom in rules.idiom:
            self.idioms[idiom.verb] = self.idioms.get(idiom.verb, frozenset()) | frozenset(idiom.objects.split())
        self.particle_verbs = frozenset(p.verb for p in rules.particle)
        self.light_verbs = frozenset(rules.light_verbs.split())
        self.carriers = frozenset(rules.carriers.split())
        cues = {on: {word: cue for cue in rules.cue if cue.on == on for word in cue.words} for on in get_args(On)}
        self.headline_sources = cues["beside"]
        self.hedging = cues["adjective"]
        self.hedges = cues["adverb"] | self.hedging
        self.quoting = frozenset(rules.quoting.split())
        self.final_sources = set(self.headline_sources) | {
            word for entry in rules.source if entry.type in ("media", "unnamed") for word in entry.heads.split()
        }
        self.closing = frozenset(rules.closing.split())
        self.emerging = frozenset(rules.emerging.split())
        self.people = frozenset(rules.people.split())
        self.naming = frozenset(rules.naming.split())
        self.likening = frozenset(rules.likening.split())
        self.relatives = frozenset(rules.relatives.split())
        self.objectless = frozenset(rules.objectless.split())
        self.aspect = frozenset(rules.aspect.split())
        self.openers = frozenset(rules.openers.split())
        self.addressees = frozenset(rules.addressees.split())
        self.according = {tuple(group.split()): cue for group, cue in cues["phrase"].items()}
        self.according_first = frozenset(group[0] for group in self.according)
        self.heads: dict[str, SourceType] = {}
        self.modifiers: dict[str, SourceType] = {}
        for entry in rules.source:
            self.heads.update(dict.fromkeys(entry.heads.split(), entry.type))
            self.modifiers.update(dict.fromkeys(entry.modifiers.split(), entry.type))
        self.lemmas = (
            set(self.verbs)
            | set(self.forms)
            | set(self.nouns)
            | set(self.adjectives)
            | set(self.hedges)
            | self.particle_verbs
        )


def _inflected(verb: str) -> Iterator[str]:
    """Regular inflected forms: a tagger's mistake about 'hopes' or 'urged' must not lose the cue."""
    stem = verb.removesuffix("e")
    yield from (verb + "s", verb + "es", stem + "ed", stem + "ing")
    if verb.endswith("y"):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied")


def _by_word(frames: tuple[Frame, ...]) -> dict[str, dict[str, list[Frame]]]:
    """Word to its frames by what they take; two preposition frames of one word both count."""
    index: dict[str, dict[str, list[Frame]]] = {}
    for frame in frames:
        for word in frame.words.split():
            index.setdefault(word, {}).setdefault(frame.takes, []).append(frame)
    return index


@from_rules
def index() -> Index:
    """The validated word index, read once."""
    return Index(read_toml(AttributionRules, "attribution.toml"))
