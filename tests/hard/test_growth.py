"""Eight times the length takes eight times the time, and not its square, whatever stands in an article.

`benchmarks/length.py` measures it on more shapes and up to a million characters; here it is small enough for every run,
and sees what costs a microsecond for each pair of words.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from claimex.components.looking import introducing_passages
from claimex.extraction import extract_articles
from claimex.inputs.article import article
from tests.conftest import ROOT

LENGTH, TIMES = 1_500, 8
WORSE = 2.5
"""Times what it may take for each character: the square would be eight times, a busy machine a little more than one."""
NOTHING = 0.1
"""Seconds that are no sign of anything."""


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    """The shapes of the benchmark."""
    folder = str(ROOT / "benchmarks")
    sys.path.insert(0, folder)
    try:
        spec = importlib.util.spec_from_file_location("length", f"{folder}/length.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
    return dict(module.SHAPES)


def seconds(nlp: Any, text: str) -> float:
    """Of the processor, for an article."""
    begin = time.process_time()
    (result,) = extract_articles(nlp, [article(text, id="a")])
    assert result.problems == ()
    return time.process_time() - begin


def grows(take: Callable[[str], float], shape: Callable[[int], str]) -> str | None:
    """What to say where time grows faster than length; a second look: something else may have had the machine."""
    short, long = shape(LENGTH), shape(LENGTH * TIMES)
    take(short)
    for _ in range(3):
        once, many = take(short), take(long)
        if many <= WORSE * TIMES * once + NOTHING:
            return None
    return f"{once:.2f} seconds for {LENGTH:,} characters, {many:.2f} for {TIMES} times as many"


@pytest.mark.parametrize(
    "name",
    [
        "news, one sentence", "counts without end", "treaty without end", "parties without end", "nested clauses",
        "quotation marks", "quotations", "brackets", "one-word paragraphs", "spaces", "digits", "numbers and", "ranges",
    ],
)  # fmt: skip
def test_time_grows_as_length_does(nlp: Any, shapes: dict[str, Any], name: str) -> None:
    assert grows(partial(seconds, nlp), shapes[name]) is None


def test_looking_for_full_names_grows_as_length_does() -> None:
    def take(text: str) -> float:
        begin = time.process_time()
        assert introducing_passages([text, "He saw 300 soldiers of Zabrinski."], {1}) == set()
        return time.process_time() - begin

    assert grows(take, lambda length: "A." * (length // 2)) is None
