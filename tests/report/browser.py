"""The report in headless Chromium: run by `make test-report`, not by `make test`, which needs no browser.

The browser is looked for where CHROMIUM says, else in the PATH.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from claimex.report.build import encoded, report
from tests.made_claims import treaty, troops
from tests.report.pages import HOSTILE, PLAIN, hostile, plain

READY = "html[data-ready]"


class Tab:
    """A page in the browser, and everything that went wrong in it."""

    def __init__(self, browser: Browser, path: Path, **options: Any) -> None:
        self.page: Page = browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector(READY)

    def visible(self, selector: str) -> int:
        """How many elements are to be seen."""
        return self.page.locator(f"{selector}:visible").count()

    def count(self) -> str:
        """What the page says about how many claims pass."""
        self.page.wait_for_timeout(250)
        return self.page.inner_text("#count")

    def on(self) -> str:
        """The words that are marked as those of the chosen claim."""
        outer = "[...document.querySelectorAll('.text mark.on')].filter(m => !m.parentElement.closest('mark.on'))"
        return self.page.evaluate(f"{outer}.map(m => m.textContent).join('')")

    def close(self) -> None:
        """No request left the page but the one for the file, nothing was said in the console."""
        assert all(url.startswith("file:") for url in self.requests)
        assert len(self.requests) == 1
        assert self.errors == []
        self.page.close()


def saved(folder: Path, claims: list[dict[str, Any]]) -> Path:
    """The report of some claims as a file."""
    path = folder / "report.html"
    path.write_bytes(encoded(report(claims)[0]))
    return path


@pytest.fixture
def lake(browser: Browser, tmp_path: Path) -> Iterator[Tab]:
    """The report on an article without malice and some claims whose articles are gone."""
    others = [
        troops(">10,000", place="Mali", force="Niger", source="United States", article="gone_1"),
        troops("50-70", place="Mali", force="Niger", article="gone_2", factuality="negated"),
        treaty("ratified", "Lake Accord", article="gone_1", factuality="planned"),
    ]
    tab = Tab(browser, saved(tmp_path, [*plain(tmp_path), *others]))
    yield tab
    tab.close()


def test_chart_is_drawn(lake: Tab) -> None:
    """A row for each figure, in colours of the page, and a click leads to the claim."""
    lake.page.locator("#figures").scroll_into_view_if_needed()
    lake.page.wait_for_selector(".chart[data-drawn] svg")
    lake.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    lake.page.wait_for_function("document.querySelectorAll('.chart:not([data-drawn])').length === 0")
    figures = lake.page.locator(".chart svg text").all_text_contents()
    assert {"~2,000", "≤3,000", ">10,000", "50–70"} <= set(figures)
    colours = lake.page.evaluate(
        "[...document.querySelectorAll('.chart svg [stroke]')].map(e => getComputedStyle(e).stroke)"
    )
    assert "rgb(0, 114, 178)" in colours
    lake.page.locator(".chart svg text", has_text="~2,000").first.click()
    assert lake.on() == "about 2,000 Chadian soldiers"


@pytest.mark.parametrize("claim", [1, 2, 3])
def test_a_claim_leads_to_exactly_its_words(lake: Tab, tmp_path: Path, claim: int) -> None:
    """A click on a card's quote scrolls to its words and marks them, no more and no less; its source too."""
    one = plain(tmp_path)[claim]
    lake.page.click(f"#c-{one['id']} .quote a")
    lake.page.wait_for_timeout(700)
    assert lake.on() == one["evidence"]["quote"]
    box = lake.page.locator(f"#w-{one['id']}").bounding_box()
    assert box
    assert 0 <= box["y"] <= 900
    parts = lake.page.locator(".text mark.part-on").all_text_contents()
    if one["attribution"]:
        assert one["attribution"]["text"] in parts
        assert "said" in parts


def test_words_lead_back(lake: Tab, tmp_path: Path) -> None:
    """A click on words marks their claim; entities are all marked at once."""
    chad, count, *_ = plain(tmp_path)
    lake.page.locator(f"#w-{count['id']}").click(position={"x": 4, "y": 8})
    assert lake.page.locator("li.claim.on").get_attribute("id") == f"c-{count['id']}"
    lake.page.click(f"#c-{chad['id']} a")
    assert lake.on() == "Chadian"


def test_link_to_a_claim(browser: Browser, tmp_path: Path) -> None:
    """An address that ends in a claim opens there."""
    claims = plain(tmp_path)
    path = saved(tmp_path, claims)
    tab = Tab(browser, path)
    tab.page.goto(f"{path.as_uri()}#w-{claims[3]['id']}")
    tab.page.wait_for_selector("mark.on")
    assert tab.on() == "signed"
    tab.page.close()


def test_filters(lake: Tab) -> None:
    """Each filter, several of them, and none again."""
    assert lake.count() == "7 claims"
    lake.page.uncheck("#f-kind input[value=entity]")
    assert lake.count() == "6 of 7 claims"
    lake.page.fill("#f-source", "army")
    assert lake.count() == "1 of 7 claims"
    assert lake.visible("ol.claims > .claim") == 1
    assert lake.visible(".article") == 1
    assert lake.visible("table.figures tr.item") == 1
    assert lake.visible(".treaty-life") == 0
    lake.page.click("#all")
    assert lake.count() == "7 claims"
    lake.page.fill("#f-source", "in the writer's own voice")
    assert lake.count() == "4 of 7 claims"
    lake.page.fill("#f-source", "")
    lake.page.fill("#f-entity", "Niger")
    assert lake.count() == "2 of 7 claims"
    lake.page.fill("#f-entity", "")
    for value in ("reported", "asserted", "possible", "planned"):
        lake.page.uncheck(f"#f-factuality input[value={value}]")
    assert lake.count() == "1 of 7 claims"
    assert lake.visible("mark.count:not(.off)") <= 2
    lake.page.click("#all")
    lake.page.fill("#q", "BY MAY soldiers")
    assert lake.count() == "1 of 7 claims"
    lake.page.fill("#q", "no such words")
    assert lake.count() == "0 of 7 claims"
    assert lake.page.is_visible("#nothing")


def test_chart_follows_filters(lake: Tab) -> None:
    """What is filtered out is not drawn."""
    lake.page.fill("#q", "3,000")
    lake.count()
    lake.page.locator("#figures").scroll_into_view_if_needed()
    lake.page.wait_for_selector(".chart[data-drawn='2'], .chart[data-drawn='1']")
    assert "~2,000" not in lake.page.locator(".topic:not([hidden]) .chart svg text").all_text_contents()


def test_keys(lake: Tab) -> None:
    """Search, next, previous, words and back, look, help, nothing marked."""
    page = lake.page
    page.keyboard.press("j")
    first = lake.on()
    page.keyboard.press("j")
    second = page.locator("li.claim.on").get_attribute("id")
    page.keyboard.press("k")
    assert lake.on() == first
    page.keyboard.press("w")
    page.keyboard.press("w")
    assert lake.on() == first
    assert page.locator("li.claim.on").get_attribute("id") != second
    page.keyboard.press("Escape")
    assert page.locator(".on").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("#q") == "jk"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert lake.count() == "7 claims"
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_tab_reaches_everything(lake: Tab) -> None:
    """The first key leads past the head; links and fields can be reached."""
    lake.page.keyboard.press("Tab")
    assert lake.page.evaluate("document.activeElement.className") == "skip"
    lake.page.keyboard.press("Tab")
    assert lake.page.evaluate("document.activeElement.textContent") == "Overview"


def background(tab: Tab) -> str:
    """Colour of the paper."""
    return str(tab.page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_dark_and_light(browser: Browser, tmp_path: Path) -> None:
    """As the system is, and by the switch."""
    path = saved(tmp_path, plain(tmp_path))
    light, dark = (Tab(browser, path, color_scheme=scheme) for scheme in ("light", "dark"))
    paper = [background(light), background(dark)]
    assert paper[0] != paper[1]
    for _ in range(2):
        light.page.click("#theme")
    assert background(light) == paper[1]
    dark.page.keyboard.press("t")
    assert background(dark) == paper[0]
    light.close()
    dark.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, tmp_path: Path, width: int) -> None:
    """Not even a word of 10,000 characters."""
    path = saved(tmp_path, [*plain(tmp_path), *hostile(tmp_path)])
    tab = Tab(browser, path, viewport={"width": width, "height": 800})
    tab.page.evaluate("scrollTo(0, document.getElementById('figures').offsetTop)")
    tab.page.wait_for_selector(".chart[data-drawn]")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_hostile_text_does_nothing(browser: Browser, tmp_path: Path) -> None:
    """No script of an article runs, its elements are none, its words stand as they are, its claims are marked."""
    claims = hostile(tmp_path)
    tab = Tab(browser, saved(tmp_path, claims))
    assert tab.page.evaluate("window.hacked") is None
    assert tab.page.locator("img, iframe, .text script, .text b").count() == 0
    assert tab.page.evaluate("document.querySelector('.text').textContent") == HOSTILE
    for one in claims:
        tab.page.click(f"#c-{one['id']} .quote a")
        assert tab.on() == one["evidence"]["quote"]
    direction = "getComputedStyle(document.querySelector('#articles h3')).direction"
    assert tab.page.evaluate(direction) == "ltr"
    tab.close()


def test_text_is_whole(lake: Tab) -> None:
    """The article on the page is the article, line ends as HTML has them."""
    text = lake.page.evaluate("document.querySelector('.text').textContent")
    assert text == PLAIN.replace("\r\n", "\n")


def test_print(lake: Tab) -> None:
    """On paper there are no filters, and text and claims are there."""
    lake.page.emulate_media(media="print")
    assert not lake.page.is_visible("#filters")
    assert lake.page.is_visible(".text")
    assert lake.page.is_visible("ol.claims")


def test_charts_are_drawn_where_nobody_scrolls(browser: Browser, tmp_path: Path) -> None:
    """The browser's own command to print finds every chart."""
    claims = [troops("500", force=f"Group {n}", place="Mali", article=f"a{n}") for n in range(20)]
    tab = Tab(browser, saved(tmp_path, claims))
    tab.page.wait_for_function("document.querySelectorAll('.chart[data-drawn]').length === 20")
    assert tab.page.evaluate("scrollY") == 0
    tab.close()
