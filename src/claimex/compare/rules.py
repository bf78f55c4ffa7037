"""The words and limits that comparison goes by: `rules.toml` as frozen objects."""

from __future__ import annotations

from functools import cache, cached_property

from pydantic import Field

from claimex.lexicon import read_toml
from claimex.model import Model


class ActivityClass(Model):
    """Activities that answer one question."""

    name: str
    activities: tuple[str, ...]
    event: bool = Field(False, description="Whether the count tells what happened in a period.")
    whole: frozenset[str] = Field(frozenset(), description="Further head nouns for all of whom that can be said.")


class Units(Model):
    """Head nouns of counts."""

    whole: frozenset[str]


class Words(Model):
    """Words around a count that change what it counts."""

    added: tuple[str, ...]
    added_after_number: tuple[str, ...]


class OriginLimits(Model):
    """From where on texts and sentences count as copies of each other."""

    shingle: int
    containment: float
    short_text: int
    short_containment: float
    sentence_words: int
    named_types: frozenset[str]


class StageRule(Model):
    """A stage of an agreement's life."""

    name: str
    implies: tuple[str, ...] = ()
    once: bool = Field(False, description="Whether it happens once in a life.")
    again: bool = Field(False, description="Whether it can fail or end, and come again.")
    disputed: bool = Field(True, description="Whether a denial of it is set against it.")


class CommonWords(Model):
    """Words that tell nothing about an agreement."""

    common: frozenset[str]


class TreatyRules(Model):
    """When two names can be one agreement."""

    compatible: tuple[frozenset[str], ...]
    recurring: frozenset[str]
    recurring_days: int
    subjects: dict[str, frozenset[str]]
    words: CommonWords


class Rules(Model):
    """All of it."""

    tolerance: float = Field(ge=0, lt=1)
    same_time_days: int
    same_period_days: int
    toll_days: int
    few: int
    paired_figures: int
    paired_across: int
    activities: tuple[ActivityClass, ...]
    units: Units
    words: Words
    origins: OriginLimits
    stages: tuple[StageRule, ...]
    treaties: TreatyRules

    @cached_property
    def by_activity(self) -> dict[str, ActivityClass]:
        """The class of each activity."""
        return {activity: group for group in self.activities for activity in group.activities}

    @cached_property
    def stage_order(self) -> dict[str, int]:
        """The place of each stage in an agreement's life."""
        return {stage.name: place for place, stage in enumerate(self.stages)}


@cache
def rules() -> Rules:
    """The rules of the package, read once."""
    return read_toml(Rules, "rules.toml", "claimex.compare")


def activity_class(activity: str) -> ActivityClass:
    """The class of an activity; one that no class lists is a class of its own."""
    return rules().by_activity.get(activity) or ActivityClass(name=activity, activities=(activity,))
