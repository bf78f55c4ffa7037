"""One article takes so much time and memory and no more: past that it is a problem of its own, and the run goes on."""

from __future__ import annotations

import json
import re
import resource
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import claimex
import claimex.explanation.build
import claimex.pipeline
import claimex.rule_listing
from claimex import extraction
from claimex.cli.app import app
from claimex.engine import bounds
from claimex.engine.bounds import bounded, seconds_for
from claimex.errors import LimitError, UsageError
from claimex.extraction import extract_articles
from claimex.inputs.article import Article, article
from claimex.rule_files import use_rules

OWN_RULE = """
[[rule]]
id = "treaty.my.flub"
stage = "violated"
words = ["flub"]
relations = ["object"]
note = "A verb that no dictionary has."
yes = ["bad"]
no = ["Chad signed the treaty with Niger."]
"""
SENTENCE = "Chad sent 300 soldiers to Gao."


def without_end() -> None:
    """A regular expression that backtracks till the end of days."""
    re.match("(a+)+$", "a" * 60 + "b")


def unheard() -> None:
    """A layer that takes every error for one of its own, once."""
    with suppress(Exception):
        without_end()
    without_end()


def too_large() -> None:
    """More than there is room for."""
    bytearray(2 * bounds.MEMORY)


MISHAPS = pytest.mark.parametrize(
    ("mishap", "reason"),
    [
        (without_end, "reading it takes more than 1 seconds of the processor"),
        (unheard, "reading it takes more than 1 seconds of the processor"),
        (too_large, "reading it takes more than 4 GB of memory"),
    ],
)


@pytest.fixture
def reader(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Makes every way of reading run into the mishap where an article is "bad", with a second to spare."""
    monkeypatch.setattr(bounds, "SECONDS", 1)
    monkeypatch.setattr(claimex.pipeline, "build_nlp", lambda *args, **options: nlp)
    claims, explain, fired = extraction._claims, claimex.explanation.build.explain, claimex.rule_listing._fired

    def use(mishap: Callable[[], None]) -> None:
        def read(nlp: Any, items: Sequence[Article], kinds: Any) -> Any:
            if any(item.text == "bad" for item in items):
                mishap()
            return claims(nlp, items, kinds)

        def explained(doc: Any, **options: Any) -> Any:
            if doc.text == "bad":
                mishap()
            return explain(doc, **options)

        def fires(nlp: Any, sentence: str, layer: str) -> Any:
            if sentence == "bad":
                mishap()
            return fired(nlp, sentence, layer)

        monkeypatch.setattr(extraction, "_claims", read)
        monkeypatch.setattr(claimex.explanation.build, "explain", explained)
        monkeypatch.setattr(claimex.rule_listing, "_fired", fires)

    return use


Reader = Callable[[Callable[[], None]], None]


@MISHAPS
def test_an_article_that_takes_too_much(nlp: Any, reader: Reader, mishap: Callable[[], None], reason: str) -> None:
    """Is told with the limit; those before and behind it in the same chunk are read."""
    reader(mishap)
    items = [article(text, id=str(n), path=f"{n}.txt") for n, text in enumerate([SENTENCE, "bad", SENTENCE])]
    first, bad, last = extract_articles(nlp, items, kinds=("troop_count",), bounds=bounded)
    assert [problem.message for problem in bad.problems] == [f"1.txt: {reason}; split the article, or leave it out"]
    assert len(first.claims) == len(last.claims) == 1


@MISHAPS
def test_in_the_library(reader: Reader, mishap: Callable[[], None], reason: str) -> None:
    """Where the caller asks for it, a problem of the article too."""
    reader(mishap)
    first, bad, last = claimex.extract([SENTENCE, "bad", SENTENCE], kinds=("troop_count",), limited=True)
    assert [problem.message for problem in bad.problems] == [f"text-1: {reason}; split the article, or leave it out"]
    assert len(first.claims) == len(last.claims) == 1


def test_the_library_takes_no_signal_unasked(reader: Reader) -> None:
    """What a caller has set for itself stays as it is while articles are read."""
    before = resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGVTALRM)
    seen = []
    reader(lambda: seen.append((resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGVTALRM))))
    assert list(claimex.extract("bad"))
    assert seen == [before]


def test_limits_that_cannot_be_had_are_refused(reader: Reader) -> None:
    """Whoever asks for limits in a thread is told that there are none."""
    said = []

    def ask() -> None:
        with pytest.raises(UsageError) as error:
            claimex.extract(SENTENCE, limited=True)
        said.append(str(error.value))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert said == ["limited: limits of time and memory need Linux or macOS, and the main thread"]


@MISHAPS
def test_explain(reader: Reader, tmp_path: Path, mishap: Callable[[], None], reason: str) -> None:
    """The other articles of the file are explained; status 1."""
    reader(mishap)
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in (SENTENCE, "bad", SENTENCE)))
    done = CliRunner().invoke(app, ["explain", str(path)])
    assert (done.exit_code, [row["article"] for row in json.loads(done.stdout)]) == (1, ["dump-1", "dump-3"])
    assert done.stderr == f"claimex: {path}, line 2: {reason}; split the article, or leave it out\n"


@MISHAPS
def test_evaluate(reader: Reader, tmp_path: Path, mishap: Callable[[], None], reason: str) -> None:
    """Gold whose article is not read in its limits is told; status 1."""
    reader(mishap)
    (tmp_path / "a.txt").write_text("bad")
    gold = tmp_path / "gold.jsonl"
    digest = sha256(b"bad").hexdigest()
    row = {"doc": "a.txt", "sha256": digest, "published": None, "caps": False, "claims": []}
    gold.write_text(json.dumps(row) + "\n")
    done = CliRunner().invoke(app, ["evaluate", str(gold), "--articles", str(tmp_path)])
    assert done.exit_code == 1
    assert f"a.txt: {reason}; split the article, or leave it out" in done.stderr


@MISHAPS
def test_rules_check(reader: Reader, tmp_path: Path, mishap: Callable[[], None], reason: str) -> None:
    """A user's own sentences are texts like others; status 1."""
    reader(mishap)
    (tmp_path / "treaty_event.toml").write_text(OWN_RULE, encoding="utf-8")
    done = CliRunner().invoke(app, ["rules", "--rules", str(tmp_path), "--own", "--check"])
    use_rules(())
    assert done.exit_code == 1
    assert f"treaty.my.flub: {reason}; write shorter sentences" in done.stderr


def test_the_limits_end_with_the_block() -> None:
    """Whoever reads goes on as before, after an error too."""
    before = resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(LimitError), bounded(0):
        raise MemoryError
    with bounded(0):
        assert resource.getrlimit(resource.RLIMIT_DATA)[0] == bounds.MEMORY
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
    assert (resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGVTALRM)) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_in_a_thread_reading_is_not_bounded_in_time() -> None:
    """Python hears signals in the main thread alone."""
    done = []
    thread = threading.Thread(target=lambda: done.append(_read()))
    thread.start()
    thread.join()
    assert done == ["read"]


def _read() -> str:
    with bounded(0):
        return "read"


def test_twice_the_length_gets_twice_the_time() -> None:
    """From a start that every article has."""
    assert seconds_for(0) == bounds.SECONDS
    assert seconds_for(600_000) - bounds.SECONDS == 2 * (seconds_for(300_000) - bounds.SECONDS)
