"""Questions, treaties' lives and origins: what a comparison makes of claims made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimex.compare.build import compare
from claimex.compare.model import Comparison, Row, Topic
from claimex.compare.texts import Texts, article_key
from claimex.model import text_sha256
from tests.made_claims import treaty, troops

DEPLOYED = (
    troops(">10,000", place="Kursk", source="United States", article="a0"),
    troops("~2,000", source="reports", article="a1"),
    troops("10,000", source="South Korean officials", when="by December", factuality="predicted", article="a1"),
    troops("~12,000", place="Ukraine", source="reports", article="a3"),
    troops(">10,000", place="Russia", source="South Korean intelligence", article="a4"),
)
TRAINED = (
    troops("~2,000", activity="training", place="Russia", source="reports", article="a1"),
    troops("≤3,000", activity="training", place="Russia", source="officials", factuality="possible", article="a1"),
)


def rows(topic: Topic) -> list[Row]:
    """All rows of a topic."""
    return [row for question in topic.questions for row in (*question.rows, *question.apart)]


def relation(result: Comparison, left: str, right: str) -> tuple[str, str]:
    """Relation and numbers of the first two rows whose figures and places read so."""
    topic = result.topics[0]
    number = {f"{row.figure} {row.place}": row.row for row in rows(topic)}
    pair = sorted((number[left], number[right]))
    found = next(r for r in topic.relations if [r.left, r.right] == pair)
    return found.kind, found.numbers


def test_counts_become_questions_by_force_activity_and_country() -> None:
    """One topic for a force and a class of activity, one question for each country, what is not a fact apart."""
    result = compare([*DEPLOYED, *TRAINED, troops("50,000", force="Russia", article="a3")])
    assert [(t.force, t.activity, t.claims) for t in result.topics] == [
        ("North Korea", "in the field", 5),
        ("North Korea", "training", 2),
        ("Russia", "in the field", 1),
    ]
    questions = {q.country: q for q in result.topics[0].questions}
    assert {country: [row.figure for row in q.rows] for country, q in questions.items()} == {
        "Russia": [">10,000", ">10,000"],
        "Ukraine": ["~12,000"],
        None: ["~2,000"],
    }
    assert [(row.figure, row.factuality, row.standing) for row in questions[None].apart] == [
        ("10,000", "predicted", "apart")
    ]
    assert questions["Russia"].witnesses == 2


def test_relations_of_a_topic() -> None:
    """Within a question and across countries; never with what is predicted."""
    result = compare(DEPLOYED)
    assert relation(result, ">10,000 Kursk", ">10,000 Russia") == ("same", "same")
    assert relation(result, ">10,000 Kursk", "~12,000 Ukraine") == ("different_scope", "compatible")
    assert relation(result, "~12,000 Ukraine", "~2,000 None") == ("undated", "incompatible")
    assert len(result.topics[0].relations) == 6
    apart = [row.row for row in rows(result.topics[0]) if row.standing == "apart"]
    assert not any({r.left, r.right} & set(apart) for r in result.topics[0].relations)
    trained = compare(TRAINED).topics[0]
    assert [(r.kind, r.tentative) for r in trained.relations] == [("compatible", True)]


def test_parts_are_a_question_of_their_own() -> None:
    """'Including 500 officers' is no answer to how many there are."""
    whole = troops("12,000", place="Russia")
    topic = compare([whole, troops("500", place="Russia", unit="officers", part_of=whole["id"])]).topics[0]
    assert [(q.country, q.part, [row.figure for row in q.rows]) for q in topic.questions] == [
        ("Russia", False, ["12,000"]),
        ("Russia", True, ["500"]),
    ]
    assert [r.kind for r in topic.relations] == ["different_scope"]


@pytest.mark.parametrize("factuality", ["negated", "planned", "predicted", "conditional", "possible"])
def test_what_is_not_said_as_fact_stands_apart(factuality: str) -> None:
    """Whatever is not so is no row of the present."""
    question = compare([troops("3,000", place="Mali", factuality=factuality)]).topics[0].questions[0]
    assert question.rows == ()
    assert [row.factuality for row in question.apart] == [factuality]
    assert question.witnesses == 0


def test_an_unknown_force_is_set_against_nobody() -> None:
    """'500 soldiers' of nobody knows whom cannot contradict others; they stand last."""
    result = compare([troops("500", force=None), troops("900", force=None, article="a2"), troops("7")])
    assert [topic.force for topic in result.topics] == ["North Korea", None]
    assert result.topics[1].relations == ()


def test_pairs_are_bounded() -> None:
    """A question with very many figures relates the best witnessed, and says how many pairs it leaves out."""
    many = [troops(f"{number}", place="Mali", when="2013-02-04") for number in range(1000, 1100)]
    topic = compare(many).topics[0]
    assert len(topic.relations) == 60 * 59 // 2
    assert topic.unrelated == 100 * 99 // 2 - len(topic.relations)


def test_one_claim_read_twice_is_one() -> None:
    """A file that was put together from two runs counts a claim once."""
    result = compare([*DEPLOYED, *DEPLOYED])
    assert result.claims == len(DEPLOYED)


def test_duplicates_of_a_row_are_one_row() -> None:
    """The same figure of the same named source in two articles is one row and one witness, shown as such."""
    claims = [troops(">10,000", place="Russia", source="South Korean intelligence", article=a) for a in ("a1", "a2")]
    result = compare(claims)
    row = result.topics[0].questions[0].rows[0]
    assert [link.article for link in row.claims] == ["a1", "a2"]
    assert row.witness == "South Korean intelligence"
    assert result.topics[0].witnesses == 1
    assert [(s.source, s.articles) for s in result.shared_sources] == [("South Korean intelligence", ("a1", "a2"))]


@pytest.mark.parametrize("source", ["reports", "officials", "sources", None])
def test_sources_that_name_nobody_are_witnesses_by_their_articles(source: str | None) -> None:
    """'Officials' in two articles are two witnesses, as far as anybody can tell."""
    claims = [troops("500", place="Mali", source=source, article=article) for article in ("a1", "a2")]
    result = compare(claims)
    assert result.topics[0].witnesses == 2
    assert result.shared_sources == ()


# --- Origins -----------------------------------------------------------------------------------------------------

STORY = (
    "The convoy left the river port before dawn and drove north along the old railway, residents said. "
    "Around noon the first trucks reached the market town, where shops had closed early. "
    "A teacher counted forty vehicles from her window and told neighbours to stay inside. "
    "By evening the garrison had doubled, and soldiers set up posts at both bridges. "
    "The governor called for calm on local radio and promised that schools would open on Monday. "
    "Farmers complained that patrols had blocked the road to their fields during the harvest. "
    "Aid groups said that they had lost contact with two villages beyond the second bridge."
)
OTHER = (
    "Officials in the capital opened a trade fair on Tuesday with speeches about cotton and gold. "
    "Visitors from nine countries walked through halls of new machines while bands played outside. "
    "A minister praised the harvest and announced lower duties on imported tyres and fertiliser. "
    "Traders said prices had already begun to fall in the northern markets this week."
)


def origins(tmp_path: Path, **texts: str) -> list[list[str]]:
    """Clusters of articles with these texts, a claim in each."""
    claims = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        claim = troops("500", place="Mali", article=name, path=str(path), sentence=f"The {name} paper has 500 troops.")
        claim["article"]["sha256"] = text_sha256(text)
        claims.append(claim)
    result = compare(claims)
    assert (result.gone, result.changed) == ((), ())
    assert result.independent == result.articles - sum(len(origin.copies) for origin in result.origins)
    return [[origin.article, *origin.copies] for origin in result.origins]


def test_copies_are_one_origin(tmp_path: Path) -> None:
    """A copy with other line breaks and capitals."""
    copy = STORY.upper().replace(". ", ".\n\n")
    assert origins(tmp_path, one=STORY, two=copy, three=OTHER) == [["one", "two"]]


def test_a_shortened_copy_is_one_origin(tmp_path: Path) -> None:
    """The first two sentences under another headline."""
    short = "News in brief. " + ". ".join(STORY.split(". ")[:3]) + "."
    assert origins(tmp_path, long=STORY, short=short, other=OTHER) == [["long", "short"]]


def test_an_edited_copy_is_one_origin(tmp_path: Path) -> None:
    """A word in each sentence is another one."""
    edited = STORY.replace("dawn", "sunrise").replace("noon", "midday").replace("forty", "some 40")
    edited = edited.replace("doubled", "grown").replace("radio", "television").replace("harvest", "season")
    assert [sorted(found) for found in origins(tmp_path, first=STORY, second=edited)] == [["first", "second"]]


def test_one_shared_sentence_makes_no_copy(tmp_path: Path) -> None:
    """An article that quotes a sentence of another is an article of its own."""
    quoting = OTHER + " " + STORY.split(". ")[0] + "."
    assert origins(tmp_path, one=STORY, two=quoting) == []


def test_unrelated_and_short_texts_are_apart(tmp_path: Path) -> None:
    """Short texts that begin alike are no copies."""
    brief = "GAO, Mali: The army said on Monday that {} soldiers had been hurt near {}."
    assert origins(tmp_path, a=brief.format(3, "Gao"), b=brief.format(12, "Kidal town"), c=OTHER) == []


def test_copies_count_as_one_witness(tmp_path: Path) -> None:
    """Ten copies of a story are one row, one witness, and say what they copy."""
    claims = []
    for number in range(10):
        text = f"{STORY} {OTHER}" if number == 4 else STORY
        claim = troops("500", place="Mali", article=f"paper{number}", sentence=STORY.split(". ")[3])
        claim["article"]["sha256"] = text_sha256(text + str(number))
        claims.append((claim, text))
    texts = Texts({article_key(claim): (text,) for claim, text in claims})
    result = compare([claim for claim, _ in claims], texts)
    row = result.topics[0].questions[0].rows[0]
    assert len(row.claims) == 10
    assert sum(link.copy_of is not None for link in row.claims) == 9
    assert result.topics[0].witnesses == result.independent == 1
    assert result.origins[0].article == "paper4"


def test_a_shared_sentence_is_one_witness_where_texts_are_gone() -> None:
    """Without the texts the claims' own sentences tell copies."""
    sentence = "At least 500 troops from the coast reached the northern garrison late on Friday evening."
    claims = [
        troops("500", place="Mali", article=a, sentence=sentence, path=f"gone/{a}.txt", published=d)
        for a, d in (("a1", "2013-02-04"), ("a2", "2013-02-05"))
    ]
    result = compare(claims)
    assert result.gone == ("a1", "a2")
    assert result.topics[0].witnesses == 1


@pytest.mark.parametrize(
    ("one", "other", "articles", "witnesses"),
    [
        (("Omar Diallo", "person"), ("Diallo", "person"), ("a1", "a2"), 1),
        (("Lake Observatory for Peace", "organisation"), ("Observatory", "organisation"), ("a1", "a1"), 1),
        (("Lake Observatory for Peace", "organisation"), ("Observatory", "organisation"), ("a1", "a2"), 2),
        (("United States Treasury", "government"), ("United States", "government"), ("a1", "a1"), 2),
        (("LOCAL OFFICERS", "military"), ("LOCAL OFFICERS", "military"), ("a1", "a2"), 2),
    ],
)
def test_names_of_one_source(
    one: tuple[str, str], other: tuple[str, str], articles: tuple[str, str], witnesses: int
) -> None:
    """A surname is its bearer everywhere, a short name an organisation in its article; capitals name nobody."""
    claims = [
        troops("500", place="Mali", article=article, source=name, sentence=f"{number} {name} said: 500 troops came.")
        for number, ((name, _), article) in enumerate(zip((one, other), articles, strict=True))
    ]
    for claim, (_, type_) in zip(claims, (one, other), strict=True):
        claim["attribution"]["type"] = type_
    assert compare(claims).topics[0].witnesses == witnesses


def test_changed_texts_are_told(tmp_path: Path) -> None:
    """A file that now holds another text is not read as the claim's article."""
    path = tmp_path / "a1.txt"
    path.write_text(OTHER, encoding="utf-8")
    result = compare([troops("500", path=str(path))])
    assert (result.gone, result.changed) == ((), ("a1",))


@pytest.mark.parametrize("path", ["/dev/zero", "/", "a\0b", "", "-", "x" * 5000])
def test_paths_that_are_no_articles(path: str) -> None:
    """Whatever a claims file names as a path: the text is gone."""
    assert compare([troops("500", path=path)]).gone == ("a1",)


# --- Treaties ----------------------------------------------------------------------------------------------------

CSP = "Comprehensive Strategic Partnership Treaty"
NUCLEAR = ("Russia", "United States")


def lines(*claims: dict[str, Any]) -> list[tuple[str, int]]:
    """Name and number of claims of each agreement."""
    return [(line.name, line.claims) for line in compare(claims).treaties]


def test_one_agreement_under_its_fullest_name() -> None:
    """Same parties and compatible types across articles."""
    found = compare(
        [
            treaty("ratified", f"{CSP} between North Korea and Russia", type="treaty", article="a0"),
            treaty("ratified", "military treaty between North Korea and Russia", type="treaty", article="a0"),
            treaty("negotiated", "defense pact between Russia and North Korea", article="a1"),
            treaty("signed", "mutual defense pact", article="a2", place="Pyongyang"),
            treaty("concluded", "new defense agreement with Moscow", type="other", article="a3"),
        ]
    ).treaties
    assert [(line.name, line.parties, line.type) for line in found] == [(CSP, ("North Korea", "Russia"), "treaty")]
    assert [stage.stage for stage in found[0].stages] == ["negotiated", "concluded", "signed", "ratified"]
    assert found[0].articles == ("a0", "a1", "a2", "a3")
    assert found[0].stages[2].told[0].place == "Pyongyang"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("New START", "treaty"), ("INF Treaty", "treaty"), "two names of their own"),
        (("1961 treaty", "treaty"), ("2024 treaty", "treaty"), "two years"),
        (("grain deal", "other"), ("prisoner exchange deal", "other"), "two subjects"),
        (("ceasefire", "ceasefire"), ("defense pact", "pact"), "types that do not go together"),
        (("trade deal", "trade_deal"), ("defense treaty", "treaty"), "types that do not go together"),
    ],
)
def test_agreements_of_the_same_parties_that_stay_apart(one: tuple[str, str], other: tuple[str, str], why: str) -> None:
    """The same two states have more than one agreement."""
    claims = [treaty("signed", name, type=type_, parties=NUCLEAR, article=name) for name, type_ in (one, other)]
    assert len(lines(*claims)) == 2, why


def test_plain_words_join_no_articles() -> None:
    """'An agreement' of the same two states may be any; in the words of a subject they have, it is that one."""
    pact = treaty("signed", "defense pact")
    assert len(lines(pact, treaty("signed", "political agreement", type="other", article="a2"))) == 2
    assert len(lines(pact, treaty("signed", "military agreement", type="other", article="a2"))) == 1


def test_ceasefires_come_again() -> None:
    """One of 2005 is not one of 2024; a name of its own lasts."""
    days = ("2005-02-08", "2024-11-27")
    for name, count in (("ceasefire", 2), ("Lakeside ceasefire", 1)):
        claims = [treaty("in_force", name, type="ceasefire", article=day, published=day) for day in days]
        assert len(lines(*claims)) == count


def test_names_in_capitals_tell_no_names() -> None:
    """A wire in capitals writes of the same ceasefire."""
    claims = [treaty("signed", name, type="ceasefire", article=name) for name in ("DEFINITIVE CEASE-FIRE", "ceasefire")]
    assert len(lines(*claims)) == 1


def test_agreements_of_other_parties_stay_apart() -> None:
    """'Defense pact' between others is another one."""
    assert len(lines(treaty("signed"), treaty("signed", parties=("Chad", "Niger"), article="a2"))) == 2


def test_a_name_of_its_own_joins_what_parties_tell_in_part() -> None:
    """One article names one party, another both."""
    found = lines(
        treaty("signed", "Minsk agreements", type="other", parties=("Russia", "Ukraine")),
        treaty("violated", "Minsk agreements", type="other", parties=("Russia",), article="a2"),
        treaty("violated", "Minsk agreements", type="other", parties=(), article="a3"),
    )
    assert found == [("Minsk agreements", 3)]


def test_a_plain_name_that_fits_two_agreements_joins_neither() -> None:
    """'The treaty' of an article that names none of the two."""
    found = lines(
        treaty("signed", "New START", type="treaty", parties=NUCLEAR, article="a1"),
        treaty("withdrawn", "INF Treaty", type="treaty", parties=NUCLEAR, article="a2"),
        treaty("suspended", "treaty", type="treaty", parties=NUCLEAR, article="a3"),
    )
    assert len(found) == 3


def conflicts(*claims: dict[str, Any]) -> list[tuple[str, str]]:
    """Stage and kind of each conflict."""
    return [(c.stage, c.kind) for line in compare(claims).treaties for c in line.conflicts]


def test_ratified_against_still_to_be_ratified() -> None:
    """In one article a contradiction; across undated articles it may be one of time; dates settle it."""
    assert conflicts(treaty("ratified"), treaty("ratified", factuality="planned")) == [("ratified", "contradicts")]
    assert conflicts(treaty("ratified"), treaty("ratified", factuality="planned", article="a2")) == [
        ("ratified", "undated")
    ]
    dated = (
        treaty("ratified", published="2024-11-12"),
        treaty("ratified", factuality="planned", article="a2", published="2024-10-20"),
    )
    assert conflicts(*dated) == [("ratified", "update")]
    reversed_ = (
        treaty("ratified", published="2024-10-20"),
        treaty("ratified", factuality="planned", article="a2", published="2024-11-12"),
    )
    assert conflicts(*reversed_) == [("ratified", "contradicts")]


def test_a_conflict_in_the_words_of_the_articles() -> None:
    """What is said, by whom, and what is said against it."""
    claims = [
        treaty("ratified", source="Chad", sentence="Chad said the pact had been ratified in May."),
        treaty("ratified", factuality="planned", article="a2", sentence="The pact is to be ratified soon."),
    ]
    (line,) = compare(claims).treaties
    assert line.conflicts[0].reason == (
        "ratified: “the pact had been ratified in” (Chad, a1); still to come: “pact is to be ratified soon” (a2); "
        "the difference may be one of time"
    )


def test_what_fails_may_come_again() -> None:
    """A deal that was not reached, then was, is no contradiction; a denial by others is one."""
    failed = treaty("concluded", factuality="negated")
    assert conflicts(treaty("concluded"), failed) == [("concluded", "undated")]
    assert conflicts(treaty("concluded", source="Chad"), failed) == [("concluded", "contradicts")]
    assert conflicts(treaty("negotiated"), treaty("negotiated", factuality="negated")) == []


def test_what_an_article_tells_again_is_one_line() -> None:
    """Equal tellings of one article stand once, with all their claims."""
    claims = [treaty("signed", sentence=f"{n}: they signed it.") for n in range(3)]
    (told,) = compare(claims).treaties[0].stages[0].told
    assert len(told.claims) == 3


def test_what_a_stage_implies() -> None:
    """Nobody ratifies what is not signed."""
    assert conflicts(treaty("ratified"), treaty("signed", factuality="negated")) == [("signed", "contradicts")]
    assert conflicts(treaty("ratified"), treaty("signed"), treaty("signed", factuality="conditional")) == []


def test_stages_that_come_again_are_disputed_by_denials_alone() -> None:
    """More talks are no contradiction to talks; a denied violation is one."""
    assert conflicts(treaty("negotiated"), treaty("negotiated", factuality="planned")) == []
    assert conflicts(treaty("violated", source="Chad"), treaty("violated", source="Niger", factuality="negated")) == [
        ("violated", "contradicts")
    ]


def test_other_kinds_and_no_claims_are_nothing() -> None:
    """An empty comparison is a comparison."""
    result = compare([])
    assert (result.claims, result.topics, result.treaties) == (0, (), ())
