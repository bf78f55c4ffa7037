"""Where the time of `claimex extract` goes: processor seconds of each step, on articles that were read once before.

    python benchmarks/extract_profile.py ARTICLES.jsonl.gz [--articles 300] [--kind troop_count --kind treaty_event]

`ARTICLES.jsonl.gz` holds an object with `text` a line. Figures are medians of rounds.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import dataclasses
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from claimex.components import reader as reading
from claimex.components.layer import Layer
from claimex.extraction import extract_articles
from claimex.inputs.article import article
from claimex.pipeline import build_nlp
from extract_speed import news

Taken = dict[str, float]


class Component:
    """A component that is timed."""

    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run

    def __call__(self, doc: Any) -> Any:
        return self.run(doc)


def timed(taken: Taken, name: str, run: Callable[..., Any]) -> Callable[..., Any]:
    """A function that adds the time it takes, without that of other steps that it asks for meanwhile."""

    def measured(*args: Any, **options: Any) -> Any:
        start, others = time.process_time(), sum(taken.values())
        try:
            return run(*args, **options)
        finally:
            taken[name] += time.process_time() - start - (sum(taken.values()) - others)

    return measured


def watched(taken: Taken) -> Any:
    """The pipeline of `extract` with every step timed."""
    nlp: Any = build_nlp(parse="needed")
    reader = nlp.get_pipe("claimex_reader")
    nlp.make_doc = timed(taken, "tokenizer", nlp.make_doc)
    nlp.tokenizer.learn = timed(taken, "tokenizer: words to keep", nlp.tokenizer.learn)
    reader.steps = [dataclasses.replace(s, run=timed(taken, f"model: {s.name}", s.run)) for s in reader.steps]
    reader._copy = timed(taken, "passages as Docs", reader._copy)
    reader._write = timed(taken, "annotations on the Doc", reader._write)
    reading.needed_passages = timed(taken, "scan", reading.needed_passages)
    for name, pipe in nlp.pipeline:
        if isinstance(pipe, Layer):
            pipe.find = timed(taken, name.replace("claimex_", "layer: "), pipe.find)
    nlp._components = [
        (name, pipe if pipe is reader or isinstance(pipe, Layer) else Component(timed(taken, name, pipe)))
        for name, pipe in nlp.pipeline
    ]
    return nlp


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", action="append")
    options = parser.parse_args()
    texts = news(options.articles_file, options.articles)
    taken: Taken = defaultdict(float)
    nlp = watched(taken)
    rounds: list[Taken] = []
    for _ in range(options.rounds + 1):
        taken.clear()
        start = time.process_time()
        for result in extract_articles(
            nlp,
            (article(text, id=str(i)) for i, text in enumerate(texts)),
            kinds=tuple(options.kind) if options.kind else None,
        ):
            encoded = time.process_time()
            for claim in result.claims:
                claim.model_dump_json()
            taken["JSON"] += time.process_time() - encoded
        whole = time.process_time() - start
        rounds.append({**taken, "all else": whole - sum(taken.values()), "together": whole})
    warm = rounds[1:]
    total = statistics.median(r["together"] for r in warm)
    for name in warm[-1]:
        middle = statistics.median(r.get(name, 0.0) for r in warm)
        print(f"{name:28}{middle:8.3f} s{100 * middle / total:7.1f} %")


if __name__ == "__main__":
    main()
