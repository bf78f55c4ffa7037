"""The entities layer and the entity claims on the rows of tests/cases/entity.toml."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
import spacy
from pydantic import BaseModel, ConfigDict

from claimex.annotations import ArticleContext, entity_at
from claimex.components.entity_names import Names
from claimex.components.furniture import furniture_ranges, in_furniture
from claimex.model import ArticleRef, text_sha256
from tests.conftest import Case, load_cases


class Expected(BaseModel):
    """A mention that must be found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    name: str
    id: str | None = None
    type: str | None = None
    label: str | None = None
    reading: str = "literal"


class EntityCase(Case):
    """A row: what must be found, and what must not."""

    entities: tuple[Expected, ...]
    complete: bool = True
    none: tuple[str, ...] = ()
    none_names: tuple[str, ...] = ()
    published: str | None = None


CASES = load_cases("entity", EntityCase)


def read(nlp: Any, text: str, published: str | None = None) -> Any:
    """The Doc of an article with a date."""
    doc = nlp.make_doc(text)
    article = ArticleRef(id="case", path="", sha256=text_sha256(text), published=published)
    doc._.context = ArticleContext(article=article, kinds=("entity",))
    return nlp(doc)


@pytest.mark.parametrize("row", CASES)
def test_case(nlp: Any, row: EntityCase) -> None:
    """Every expected mention is there, with its canonical name; nothing else where the row is complete."""
    doc = read(nlp, row.text, row.published)
    mentions = doc._.entity_mentions
    found = [(m.span.text, m.entity.name, m.reading) for m in mentions]
    rest = list(mentions)
    for want in row.entities:
        fits = [
            m
            for m in rest
            if (m.span.text, m.entity.name, m.reading) == (want.text, want.name, want.reading)
            and want.id in {None, m.entity.id}
            and want.type in {None, m.entity.type}
            and want.label in {None, m.label}
        ]
        assert fits, f"{row.why}: no {want} in {found}"
        rest.remove(fits[0])
    if row.complete:
        assert not rest, f"{row.why}: too many: {found}"
    for word in row.none:
        assert not any(word in m.span.text for m in mentions), f"{row.why}: {found}"
    assert not {m.entity.name for m in mentions} & set(row.none_names), f"{row.why}: {found}"


@pytest.mark.parametrize("row", CASES)
def test_claims_say_what_the_mentions_say(nlp: Any, row: EntityCase) -> None:
    """One claim for each canonical entity; its mentions are the layer's, its evidence is the first of them."""
    doc = read(nlp, row.text, row.published)
    claims = [claim for claim in doc._.claims if claim.kind == "entity"]
    assert len({claim.entity.id for claim in claims}) == len(claims)
    spans = {(m.start, m.end) for claim in claims for m in claim.mentions if m.label != "coreference"}
    assert spans == {(m.span.start_char, m.span.end_char) for m in doc._.entity_mentions}
    for claim in claims:
        first = claim.mentions[0]
        assert (claim.evidence.start, claim.evidence.end) == (first.start, first.end)
        assert claim.factuality == "asserted"
        assert claim.attribution is None
        assert [(ref.id, ref.role) for ref in claim.entities] == [(claim.entity.id, "entity")]
        assert all(row.text[m.start : m.end] == m.text for m in claim.mentions)


def test_a_description_is_a_mention(nlp: Any) -> None:
    """'The minister' counts as a mention of the person for whom it stands, after the name."""
    doc = read(nlp, "Foreign Minister Sergei Lavrov flew to Yerevan. The minister will meet both presidents.")
    claim = next(claim for claim in doc._.claims if claim.entity.id == "person:sergei-lavrov")
    assert [m.text for m in claim.mentions] == ["Sergei Lavrov", "The minister"]
    assert [m.label for m in claim.mentions] == ["name", "coreference"]


def test_a_third_of_the_cases_has_nothing_to_find() -> None:
    """Names are easy to find where there are none: rows that expect nothing or a non-entity are a third."""
    rows = [parameter.values[0] for parameter in CASES]
    assert len(rows) >= 60
    assert 3 * sum(not row.entities or bool(row.none or row.none_names) for row in rows) >= len(rows)


def test_mentions_are_sorted_and_apart(nlp: Any) -> None:
    """No two mentions overlap, and `entity_at` finds each by any of its tokens."""
    doc = nlp("Russian President Vladimir Putin met Kim Jong Un in Pyongyang, Reuters and Xinhua said.")
    mentions = doc._.entity_mentions
    assert len(mentions) >= 5
    for before, after in pairwise(mentions):
        assert before.span.end <= after.span.start
    for mention in mentions:
        assert all(entity_at(doc, i) is mention for i in range(mention.span.start, mention.span.end))
    assert entity_at(doc, len(doc) - 1) is None


def test_each_name_of_a_headline_is_looked_up_once(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the headlines ask four times as often whether a name stands in one, not sixteen times."""
    asked = Counter[int]()
    in_headline = Names.in_headline

    def counted(names: Names, i: int) -> bool:
        asked[len(names.doc)] += 1
        return in_headline(names, i)

    monkeypatch.setattr(Names, "in_headline", counted)
    for lines in (20, 80):
        letters = [chr(97 + n // 26) + chr(97 + n % 26) for n in range(lines)]
        nlp("\n\n".join(f"Grimelu{pair} Meets Tarvolu{pair} About Troops Again" for pair in letters))
    few, many = (asked[length] for length in sorted(asked))
    assert few > 20
    assert many < 6 * few


def test_layer_works_without_parse_and_names() -> None:
    """In a bare tokenizer's pipeline the gazetteer alone speaks, and capitals are places."""
    nlp = spacy.blank("en")
    nlp.add_pipe("claimex_entities")
    doc = nlp("Moscow and Hezbollah. \x00 e\u0301")
    assert [(m.span.text, m.entity.name) for m in doc._.entity_mentions] == [
        ("Moscow", "Moscow"),
        ("Hezbollah", "Hezbollah"),
    ]
    assert nlp("")._.entity_mentions == []


def test_furniture_ranges_slice_to_the_words() -> None:
    """Ranges are half-open, sorted and apart; a long line that starts like furniture is text."""
    text = "One.Exit mobile version\nRead more: Two\nThree\nSubscribe to get " + "a very long line " * 20
    assert [text[a:b] for a, b in furniture_ranges(text)] == ["Exit mobile version", "Read more: Two"]
    assert furniture_ranges("") == []


def test_in_furniture() -> None:
    """Offsets are looked up in the ranges."""
    text = "Talks went on.\nExit mobile version\nThey ended."
    ranges = furniture_ranges(text)
    assert not in_furniture(ranges, 0)
    assert in_furniture(ranges, text.index("mobile"))
    assert not in_furniture(ranges, text.index("They"))
