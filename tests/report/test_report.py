"""The page as an HTML parser reads it: whole, linked, without a way out, and without anything but text in its text."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from claimex.report.build import TITLE, report, script_json
from claimex.report.chart import FACTUALITIES, spec
from claimex.report.figures import rows
from claimex.vocabulary import Factuality
from tests.made_claims import treaty, troops
from tests.report.pages import HOSTILE, PLAIN, Reader, hostile, plain

LOADS = ("src", "srcset", "poster", "data", "action", "formaction", "ping", "background", "xlink:href", "manifest")


def read(claims: list[dict[str, Any]]) -> Reader:
    """The page of some claims."""
    return Reader(report(claims)[0])


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The page of an article without malice."""
    return read(plain(tmp_path_factory.mktemp("lake")))


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The page of a hostile article."""
    return read(hostile(tmp_path_factory.mktemp("attack")))


def check_closed(page: Reader) -> None:
    """Nothing on it loads anything, every link leads to an id of its own, no id stands twice."""
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    assert not {"link", "iframe", "object", "embed", "base", "img", "video", "audio", "source"} & set(page.tags)
    assert not [a for a in page.attributes if a[1] in LOADS or a[1].startswith("on")]
    assert [a[2] for a in page.attributes if a[1] == "href" and a[0] != "a"] == []
    assert page.comments == []


def test_page_is_closed(lake: Reader, attack: Reader) -> None:
    """So it is with a hostile article too."""
    check_closed(lake)
    check_closed(attack)


def test_only_its_own_scripts_run(lake: Reader, attack: Reader) -> None:
    """The policy names every script by its hash and lets nothing be loaded; the styles load nothing either."""
    for page in (lake, attack):
        policy = next(v for tag, name, v in page.attributes if tag == "meta" and name == "content" and "default" in v)
        assert policy.startswith("default-src 'none';")
        code = [code for attributes, code in page.scripts if "type" not in attributes]
        hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in code]
        assert re.findall(r"'sha256-([^']+)'", policy) == hashes
        assert len(page.scripts) == len(code) + 1
    styles = (Path(__file__).parents[2] / "src/claimex/report/static/report.css").read_text(encoding="utf-8")
    assert "url(" not in styles
    assert "@import" not in styles


def test_every_claim_has_a_card_and_its_words(lake: Reader, tmp_path: Path) -> None:
    """Each card leads to words, and the marks of each claim hold exactly its quote."""
    claims = plain(tmp_path)
    index = lake.data["claims"]
    assert len(index["claims"]) == len(claims)
    assert {anchor for anchor, words, *_ in index["claims"]} == {f"c-{one['id']}" for one in claims_on(lake)}
    quotes = {one["evidence"]["quote"] for one in claims if one["kind"] != "entity"}
    assert quotes <= set(lake.marked.values())
    assert all(words in lake.ids for _, words, *_ in index["claims"])


def claims_on(page: Reader) -> list[dict[str, str]]:
    """Ids of the claims that have a card."""
    return [{"id": i.removeprefix("c-")} for i in page.ids if i.startswith("c-")]


def test_parts_of_a_claim_are_marked(tmp_path: Path) -> None:
    """Source, cue, agreement and entity have looks of their own; a place inside a count nests."""
    html, _ = report(plain(tmp_path))
    for mark in ('class="source"', 'class="cue"', 'class="name"', 'class="entity"', 'class="count"', 'class="treaty"'):
        assert f"<mark {mark}" in html
    assert re.search(r'about 2,000 <mark class="entity"[^>]*>Chadian</mark> soldiers</mark>', html)


def test_hostile_text_stays_text(attack: Reader) -> None:
    """Every character of the article stands on the page as text."""
    assert "".join(attack.words).count("window.hacked = 1</script>") >= 1
    shown = "".join(attack.words)
    for line in HOSTILE.splitlines(keepends=True)[:2]:
        assert line.strip() in shown
    assert "W" * 10_000 in shown
    assert "{{ 7 * 7 }}" in shown
    assert not {"b", "i"} & {tag for tag, name, value in attack.attributes if "hacked" in value}
    assert all("hacked" not in code for attributes, code in attack.scripts if "type" not in attributes)


def test_data_cannot_end_its_script() -> None:
    """No '<' stands in the data, and it means the same."""
    made = script_json({"a": "</script><!--&\u2028"})
    assert not set("<>&\u2028") & set(made)
    assert __import__("json").loads(made) == {"a": "</script><!--&\u2028"}


def test_gone_and_changed_texts_are_told(tmp_path: Path) -> None:
    """Quotes without the article, and a sentence that says why."""
    claims = plain(tmp_path)
    path = tmp_path / "lake.txt"
    path.write_text(PLAIN + " More.", encoding="utf-8")
    changed, made = report(claims)
    assert made.comparison.changed == ("lake",)
    assert "has changed since the claims were made" in changed
    path.unlink()
    gone, made = report(claims)
    assert made.comparison.gone == ("lake",)
    assert "not there any more" in gone
    for html in (changed, gone):
        page = Reader(html)
        check_closed(page)
        assert "traders" not in html
        assert 'class="text"' not in html
        assert "about 2,000 Chadian soldiers" in "".join(page.words)
        assert not [i for i in page.ids if i.startswith("w-")]


def test_offsets_that_do_not_fit_are_not_marked(tmp_path: Path) -> None:
    """A claim whose quote stands elsewhere is shown as a card with its sentence."""
    claims = plain(tmp_path)
    claims[1]["evidence"]["start"] += 3
    claims[1]["evidence"]["end"] += 3
    page = read(claims)
    check_closed(page)
    assert f"w-{claims[1]['id']}" not in page.ids
    assert f"c-{claims[1]['id']}" in page.ids


def test_copies_of_one_text_keep_ids_apart(tmp_path: Path) -> None:
    """Two files with one text give claims of one id: both are on the page, each with its own anchor."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, two = plain(tmp_path / "a"), plain(tmp_path / "b")
    for claim in two:
        claim["article"]["id"] = "copy"
    for first, second in zip(one, two, strict=True):
        second["id"] = first["id"]
    page = read([*one, *two])
    check_closed(page)
    assert len(page.data["claims"]["claims"]) == 8
    assert f"c-{one[0]['id']}-2" in page.ids


def test_order_of_claims_does_not_matter(tmp_path: Path) -> None:
    """The same claims make the same page, byte for byte."""
    claims = [*plain(tmp_path), *hostile(tmp_path)]
    assert report(claims)[0] == report(claims[::-1])[0]


def test_no_claims() -> None:
    """An empty page is a page, and no library is in it."""
    html, made = report([])
    page = Reader(html)
    check_closed(page)
    assert "There are no claims" in html
    assert len(html) < 100_000
    assert made.title == TITLE


def test_comparison_is_on_the_page() -> None:
    """Tables, relations with reasons, life lines and conflicts, all linked to their claims."""
    claims = [
        troops(">10,000", place="Kursk", source="United States", article="a", when="2024-11-04"),
        troops("~2,000", place="Kursk", source="Ukraine", article="b", when="2024-11-04"),
        troops("500", place="Kursk", factuality="negated", article="b"),
        treaty("signed", "Lake Accord", article="a"),
        treaty("ratified", "Lake Accord", article="a"),
        treaty("ratified", "Lake Accord", article="a", factuality="planned", sentence="It will be ratified soon."),
    ]
    html, made = report(claims)
    page = Reader(html)
    check_closed(page)
    for topic in made.comparison.topics:
        for relation in topic.relations:
            assert f'<a href="#r-{relation.left}">' in html
    assert "cannot both hold" in html
    assert "apart: not said as fact" in html
    assert made.comparison.treaties[0].conflicts[0].reason in "".join(page.words)
    assert sum(link.startswith("#c-") for link in page.links) >= len(claims)


BOUNDS = [
    ("500", "", 500, None, False),
    ("~500", "", 500, None, False),
    ("≥500", "right", 500, None, False),
    (">500", "right", 500, None, True),
    ("≤500", "left", None, 500, False),
    ("<500", "left", None, 500, True),
    ("500-700", "", 500, 700, False),
    ("hundreds", "", 200, 999, True),
]


@pytest.mark.parametrize(("figure", "opens", "low", "high", "hollow"), BOUNDS, ids=[row[0] for row in BOUNDS])
def test_bounds_in_the_chart(figure: str, opens: str, low: Any, high: Any, hollow: bool) -> None:
    """Ends that are open, points where a number is said, hollow where it is excluded or only meant."""
    from claimex.report.page import page

    made = page([troops(figure, place="Mali"), troops("100,000", place="Mali", article="z")], title="t")
    chart = made.topics[0].chart
    assert chart is not None
    row = next(row for row in chart["rows"] if "100,000" not in row["figure"])
    assert (row["opens"], row["p1"], row["p2"], row["hollow"]) == (opens, low, high, hollow)
    assert chart["min"] <= row["x1"] <= row["x2"] <= chart["max"]
    if opens == "right":
        assert row["x2"] == chart["max"]
    if opens == "left":
        assert row["x1"] == chart["min"]


def test_a_row_for_each_claim() -> None:
    """Claims that say the same are one row of the table and a row each of the chart; figures without a number none."""
    from claimex.report.page import page

    claims = [troops("500", place="Mali", article=name, source="Mali") for name in "abc"]
    claims.append(troops("many", place="Mali", article="d"))
    made = page(claims, title="t")
    assert len(made.comparison.topics[0].questions[0].rows) < len(claims)
    chart = rows(made.topics[0].topic, {key: card.number for key, card in made.cards.items()})
    assert chart is not None
    assert len(chart["rows"]) == 3


def test_looks_cover_every_factuality() -> None:
    """A sign, a shape and a colour in light and dark for each value, all shapes different."""
    from typing import get_args

    assert set(FACTUALITIES) == set(get_args(Factuality))
    assert len({sign for sign, _ in FACTUALITIES.values()}) == len({s for _, s in FACTUALITIES.values()}) == 7
    styles = (Path(__file__).parents[2] / "src/claimex/report/static/report.css").read_text(encoding="utf-8")
    assert all(styles.count(f"--f-{name}:") == 3 for name in FACTUALITIES)


def test_chart_is_valid_vega_lite() -> None:
    """Altair's own schema takes the specification; it loads no data from anywhere."""
    import altair as alt

    for log in (True, False):
        made = spec(log=log)
        alt.Chart.from_dict(made)
        assert "url" not in str(made).replace("$schema", "")
