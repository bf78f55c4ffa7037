"""Datasette in headless Chromium: run by `make test-report`, not by `make test`, which needs no browser."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.cli.claims import write
from tests.cli.test_browse import browsing
from tests.export.claims import seed_claims
from tests.report.pages import hostile


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What `claimex browse` serves: the claims of the seeds and hostile ones."""
    folder = tmp_path_factory.mktemp("browse")
    path = write(folder / "claims.jsonl", [*seed_claims(), *hostile(folder)])
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    with browsing(path, port, folder):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A tab that asks nobody but Datasette, and where no script of an article runs."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    yield tab
    assert tab.evaluate("window.hacked") is None
    assert all(url.startswith(address) for url in asked)
    tab.close()


def test_from_the_first_page_to_a_sentence(page: Page, address: str) -> None:
    """The view that is named first, a facet, and the row has its sentence."""
    page.goto(f"{address}/claims")
    page.get_by_role("link", name="troop_count", exact=True).first.click()
    page.wait_for_selector(".facet-results")
    page.locator(".facet-results").get_by_role("link", name="Russia", exact=True).first.click()
    page.wait_for_url("**force_name=Russia**")
    rows = page.locator("table.rows-and-columns tbody tr")
    assert rows.count() == 1
    assert "50,000" in rows.inner_text()


def test_search(page: Page, address: str) -> None:
    """The box over a view looks through sentences."""
    page.goto(f"{address}/claims/troop_count")
    every = page.locator("table.rows-and-columns tbody tr").count()
    page.fill("input[name=_search]", "Kursk")
    page.keyboard.press("Enter")
    page.wait_for_url("**_search=Kursk**")
    assert 0 < page.locator("table.rows-and-columns tbody tr").count() < every


def test_a_query(page: Page, address: str) -> None:
    """A canned query asks for its parameter and answers."""
    page.goto(f"{address}/claims")
    page.get_by_role("link", name="Life of an agreement").click()
    page.fill("input[name=treaty]", "mutual")
    page.get_by_role("button", name="Run SQL").click()
    page.wait_for_url("**treaty=mutual**")
    assert "mutual defense pact" in page.locator("table.rows-and-columns").inner_text()


@pytest.mark.parametrize("view", ["troop_count", "treaty_event", "claims", "articles", "entities"])
def test_hostile_words_are_words(page: Page, address: str, view: str) -> None:
    """Markup in quotes, names and paths is shown as it is written; nothing is fetched for it."""
    page.goto(f"{address}/claims/{view}?_size=max")
    table = page.locator("table.rows-and-columns")
    assert table.locator("script, img, iframe, b, i").count() == 0
    if view == "claims":
        assert "<script>window.hacked = 1</script>" in table.inner_text()
