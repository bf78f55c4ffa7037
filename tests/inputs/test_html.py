"""Web pages: the article in one, what it says about itself, and pages that are made to hurt."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from claimex.inputs import page_process, pages
from tests.inputs.made import known, made, read

PARAGRAPHS = (
    "Chad has sent 1,200 soldiers to Gao, the defence minister said on Monday.",
    "The troops will stay until the treaty with Mali is ratified, “and not a day longer”, he added.",
    "About 300 fighters were killed near Agadez last week, according to the army of Niger.",
)
HEAD = """
<title>Chad sends soldiers to Gao | The Sahel Courier</title>
<meta property="og:title" content="Chad sends soldiers to Gao">
<meta property="og:site_name" content="The Sahel Courier">
<link rel="canonical" href="https://sahel.example/chad-gao">
<meta property="article:published_time" content="2013-02-04T22:15:00-05:00">
"""


def page(*, head: str = HEAD, extra: str = "") -> str:
    """A web page of three paragraphs with what stands around an article."""
    body = "".join(f"<p>{words}</p>\n" for words in PARAGRAPHS)
    return (
        f"<!DOCTYPE html>\n<html lang=en><head>{head}</head>\n<body><nav><a href=/>Home</a> <a href=/x>World</a></nav>"
        f"<article><h1>Chad sends soldiers to Gao</h1>{body}{extra}</article><script>var a = '9 soldiers'</script>"
        "<footer>© 2024 The Sahel Courier. Subscribe to get our letter.</footer></body></html>"
    )


def test_a_page(tmp_path: Path) -> None:
    """Text without what stands around it; fields from the page; an address that is a page's own."""
    ((article,), said) = read(made(tmp_path, "a.html", page()))
    assert said == []
    assert article.text == "\n".join(("Chad sends soldiers to Gao", *PARAGRAPHS))
    assert article.extractor == f"trafilatura {version('trafilatura')}"
    assert known(article) == {
        "id": "a",
        "title": "Chad sends soldiers to Gao",
        "published": "2013-02-04",
        "publisher": "The Sahel Courier",
        "url": "https://sahel.example/chad-gao",
    }


def test_a_paragraph_that_repeats_the_one_before(tmp_path: Path) -> None:
    """Is left out, as docs/inputs.md says; further down it stands."""
    first, second = (f"<p>{words}</p>" for words in PARAGRAPHS[:2])
    ((article,), _) = read(made(tmp_path, "a.html", page(extra=first + second + second)))
    assert article.text == "\n".join(("Chad sends soldiers to Gao", *PARAGRAPHS, *PARAGRAPHS[:2]))


def test_no_date_is_guessed(tmp_path: Path) -> None:
    """The year beside a copyright sign is not the day of publication."""
    ((article,), _) = read(made(tmp_path, "a.htm", page(head="<title>T</title>")))
    assert article.ref.published is None


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset='iso-8859-1'>", "cp1252"),
        ('<META http-equiv=x content="text/html; charset=windows-1252">', "cp1252"),
    ],
)
def test_the_encoding_that_a_page_declares(tmp_path: Path, declared: str, encoding: str) -> None:
    """Latin-1 is what browsers take for it; a codec that is no encoding of texts is not looked at."""
    data = page(head=declared + HEAD).encode(encoding, "xmlcharrefreplace")
    ((article,), _) = read(made(tmp_path, "a.html", data))
    assert article.encoding == encoding
    assert article.text.endswith(PARAGRAPHS[2])
    assert "“and not a day longer”" in article.text


def test_a_codec_that_is_no_encoding_is_not_looked_at(tmp_path: Path) -> None:
    """Whatever a page declares."""
    data = page(head="<meta charset='idna'>" + HEAD).encode("cp1252")
    ((article,), _) = read(made(tmp_path, "a.html", data))
    assert article.encoding == "cp1252"


@pytest.mark.parametrize("extra", ["<p>\x1b[31mRed \0 text</p>", "<p>&#27;[31mRed &#x0; text</p>"])
def test_control_characters_do_not_cost_the_page(tmp_path: Path, extra: str) -> None:
    """Raw or as references."""
    data = page(extra=extra).encode()
    ((article,), said) = read(made(tmp_path, "a.html", b" " * 9000 + data))
    assert said == []
    assert article.text.endswith("\ufffd[31mRed \ufffd text")


@pytest.mark.parametrize("content", ["<html><body></body></html>", "<html><head><title>T</title></head></html>"])
def test_a_page_without_an_article(tmp_path: Path, content: str) -> None:
    """One sentence."""
    (said,) = read(made(tmp_path, "a.html", content))[1]
    assert said == ": trafilatura finds no article in this page; save its text as .txt and try again"


SLOW = """
from claimex.inputs import page_process
page_process.SECONDS = 0
page_process.answer = lambda *_: any(iter(int, 1))
page_process.main()
"""


@pytest.mark.parametrize("before", ["true", "ulimit -v 3500000"])
def test_a_page_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str) -> None:
    """Costs itself; the next page has a process of its own. Limits of the caller's own leave the others as they are."""
    command = ["sh", "-c", f'{before} && exec "$0" -P -c "$1"', sys.executable, SLOW]
    monkeypatch.setattr(pages, "python_module", lambda name: command)
    pages.PAGES.close()
    (said,) = read(made(tmp_path, "a.html", page()))[1]
    monkeypatch.undo()
    assert said == ": trafilatura was not done with this page in 30 seconds"
    assert read(made(tmp_path, "a.html", page()))[1] == []


def test_a_page_that_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that breaks off takes nothing with it."""
    monkeypatch.setattr(pages, "python_module", lambda name: ["sh", "-c", "exit 7"])
    pages.PAGES.close()
    (said,) = read(made(tmp_path, "a.html", page()))[1]
    assert said == ": trafilatura broke off at this page (status 7)"


def test_an_error_of_the_parser_is_the_page_s() -> None:
    """Whatever it is."""

    def extract(*_: object, **__: object) -> Any:
        raise RecursionError("too deep")

    assert page_process.answer(extract, "<p>") == {"error": "RecursionError: too deep"}


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    find = importlib.util.find_spec
    monkeypatch.setattr(pages, "find_spec", lambda name: None if name == "trafilatura" else find(name))
    (said,) = read(made(tmp_path, "a.html", page()))[1]
    assert said == ": reading web pages needs an extra: pip install 'claimex[html]'"


def test_no_network() -> None:
    """The process that reads pages cannot make a connection, whatever it is asked for."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = (
            "import io, sys, socket; from claimex.inputs import page_process\n"
            "page_process.receive = lambda _: None; page_process.main()\n"
            f"socket.create_connection(('127.0.0.1', {server.getsockname()[1]}))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "claimex reads pages without the network" in done.stderr


def test_a_page_that_points_elsewhere_is_not_followed(tmp_path: Path) -> None:
    """Pictures, frames, styles and entities of another host: nobody comes to fetch them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"http://127.0.0.1:{server.getsockname()[1]}"
        extra = f"<img src={host}/a.png><iframe src={host}/b></iframe><link rel=stylesheet href={host}/c.css>"
        head = f'<base href="{host}/"><link rel="canonical" href="{host}/d">' + HEAD
        assert read(made(tmp_path, "a.html", page(head=head, extra=extra)))[1] == []
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
