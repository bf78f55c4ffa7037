"""One article takes so much time and memory and no more: past that it is a problem of its own, and the run goes on."""

from __future__ import annotations

import re
import resource
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from claimex import extraction
from claimex.engine import bounds
from claimex.engine.bounds import bounded, seconds_for
from claimex.errors import LimitError
from claimex.extraction import extract_articles
from claimex.inputs.article import Article, article

SENTENCE = "Chad sent 300 soldiers to Gao."


def without_end() -> None:
    """A regular expression that backtracks till the end of days."""
    re.match("(a+)+$", "a" * 60 + "b")


def too_large() -> None:
    """More than there is room for."""
    bytearray(2 * bounds.MEMORY)


@pytest.mark.parametrize(
    ("mishap", "reason"),
    [
        (without_end, "reading it takes more than 1 seconds of the processor"),
        (too_large, "reading it takes more than 4 GB of memory"),
    ],
)
def test_an_article_that_takes_too_much(
    nlp: Any, monkeypatch: pytest.MonkeyPatch, mishap: Callable[[], None], reason: str
) -> None:
    """Is told with the limit; those before and behind it in the same chunk are read."""
    monkeypatch.setattr(bounds, "SECONDS", 1)
    claims = extraction._claims

    def read(nlp: Any, items: Sequence[Article], kinds: Any) -> Any:
        if any(item.text == "bad" for item in items):
            mishap()
        return claims(nlp, items, kinds)

    monkeypatch.setattr(extraction, "_claims", read)
    items = [article(text, id=str(n), path=f"{n}.txt") for n, text in enumerate([SENTENCE, "bad", SENTENCE])]
    first, bad, last = extract_articles(nlp, items, kinds=("troop_count",), bounds=bounded)
    assert [problem.message for problem in bad.problems] == [f"1.txt: {reason}; split the article, or leave it out"]
    assert len(first.claims) == len(last.claims) == 1


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
