"""The treaty layer: the case table, and the layer in a pipeline of its own."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from pydantic import BaseModel, ConfigDict
from spacy.tokens import Doc

import claimex
from claimex.components.treaties import find
from claimex.components.treaty_words import words
from claimex.gazetteer import gazetteer
from tests.conftest import Case, load_cases


class Expected(BaseModel):
    """One expected mention; a field that is left out is not compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    name: str | None = None
    type: str | None = None
    parties: tuple[str, ...] | None = None
    chain: int | None = None


class TreatiesCase(Case):
    """A text and its agreement phrases, in order; none where no states agree."""

    mentions: tuple[Expected, ...] = ()


@pytest.mark.parametrize("case", load_cases("treaties", TreatiesCase))
def test_case(nlp: Any, case: TreatiesCase) -> None:
    found = nlp(case.text)._.treaties
    assert [mention.span.text for mention in found] == [row.text for row in case.mentions], case.why
    for mention, row in zip(found, case.mentions, strict=True):
        values = {
            "text": mention.span.text,
            "name": mention.name,
            "type": mention.type,
            "parties": tuple(party.name for party in mention.parties),
            "chain": mention.chain,
        }
        assert {key: values[key] for key in row.model_fields_set} == row.model_dump(exclude_unset=True), case.why


def test_mentions_are_sorted_and_share_the_name(nlp: Any) -> None:
    text = "Peru and Chile signed a border treaty on Monday. The treaty ends an old quarrel. Both praised the pact."
    found = nlp(text)._.treaties
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
    assert len({m.name for m in found}) == 1
    assert found[1].antecedent is not None and found[1].antecedent.text == found[0].span.text


def test_works_alone_in_any_pipeline(nlp: Any) -> None:
    plain = claimex.components.reader.load_model(None)
    plain.add_pipe("claimex_treaties")
    assert [m.span.root.text for m in plain("Norway and Russia signed a fisheries treaty.")._.treaties] == ["treaty"]


@pytest.mark.parametrize("said", [[], ["treaty"], ["The", "treaty", "\n", "\0"]])
def test_a_doc_without_a_parse_has_none(said: list[str]) -> None:
    claimex.components.extensions.register()
    assert find(Doc(spacy.blank("en").vocab, words=said)) == []


def test_everybody_whom_the_word_lists_bind_is_in_the_gazetteer() -> None:
    lists = words()
    named = {identifier for row in lists.known for choice in row.parties for identifier in choice}
    named |= {row.state for row in lists.foes} | {foe.id for row in lists.foes for foe in row.sides}
    named |= {f"iso3166:{code}" for codes in lists.members.values() for code in codes} | lists.members.keys()
    assert sorted(identifier for identifier in named if gazetteer().entry(identifier) is None) == []
