"""How fast `claimex extract` reads, against bare spaCy with the same model: one row for each way of reading.

    python benchmarks/extract_speed.py [ARTICLES.jsonl.gz] [--articles 300] [--rounds 3] [--show]

`ARTICLES.jsonl.gz` holds an object with `text` a line, news; without it articles made of the seeds are read. Baseline B
is `nlp.pipe` of the model with all its components, batch size 16, one thread, over the same texts. The figures are
medians of rounds in which every way takes its turn, in processor time. Each way has a pipeline of its own, as a run
has, and has read the texts once before, as B has; what that first reading took is told beside. Reading only what is
needed is compared with reading everything: every claim that differs is counted, and listed with --show.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import gc
import gzip
import json
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy
import spacy
import thinc

import claimex
from claimex.components.reader import load_model
from claimex.extraction import extract_articles
from claimex.inputs.article import article
from claimex.pipeline import build_nlp
from made_articles import seed_like
from record import record

WANTED = {
    ("news", "needed"): "1.8 x, aim 2.1 x",
    ("news", "needed, counts and treaties"): "12 x",
    ("seed-like", "needed, counts and treaties"): "4 x",
}
COUNTS = ("troop_count", "treaty_event")
Claims = list[set[str]]


def news(path: Path, count: int) -> list[str]:
    """The texts of the first articles of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, count)]


def bare(model: Any, texts: Sequence[str]) -> Claims:
    """What the baseline does."""
    for _ in model.pipe(texts, batch_size=16):
        pass
    return []


def extracted(nlp: Any, texts: Sequence[str], kinds: tuple[str, ...] | None) -> Claims:
    """The claims of each text but those of entities, by their JSON without the id."""
    results = extract_articles(nlp, (article(text, id=str(i)) for i, text in enumerate(texts)), kinds=kinds)
    return [
        {claim.model_dump_json(exclude={"id"}) for claim in result.claims if claim.kind in COUNTS} for result in results
    ]


def measure(ways: dict[str, Callable[[], Claims]], rounds: int) -> dict[str, tuple[list[float], Claims]]:
    """Processor seconds of every way in every round, and its claims."""
    taken: dict[str, tuple[list[float], Claims]] = {name: ([], []) for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            # As a worker does: what is there for good is not looked through for garbage again and again.
            gc.collect()
            gc.freeze()
            start = time.process_time()
            claims = run()
            taken[name][0].append(time.process_time() - start)
            taken[name] = (taken[name][0], claims)
    return taken


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="list every claim that differs")
    options = parser.parse_args()
    model = load_model(None)
    print(
        f"claimex {claimex.__version__}, spaCy {spacy.__version__}, thinc {thinc.__version__}, "
        f"NumPy {numpy.__version__}"
    )
    print(f"{model.meta['name']} {model.meta['version']}, Python {platform.python_version()}, {platform.machine()}")
    corpora = {"seed-like": seed_like(60)}
    if options.articles_file:
        corpora = {"news": news(options.articles_file, options.articles), **corpora}
    for label, texts in corpora.items():
        model = load_model(None)
        ways: dict[str, Callable[[], Claims]] = {
            "bare spaCy": partial(bare, model, texts),
            "exhaustive": partial(extracted, build_nlp(), texts, None),
            "needed": partial(extracted, build_nlp(parse="needed"), texts, None),
            "needed, counts and treaties": partial(extracted, build_nlp(parse="needed"), texts, COUNTS),
        }
        first = measure(ways, 1)
        taken = measure(ways, options.rounds)
        base = statistics.median(taken["bare spaCy"][0])
        print(f"\n{label}: {len(texts)} articles, {sum(map(len, texts)):,} characters")
        for name, (seconds, claims) in taken.items():
            middle = statistics.median(seconds)
            line = f"  {name:30} {middle:7.2f} s  ({min(seconds):.2f} to {max(seconds):.2f})  {base / middle:5.2f} x B"
            at_first = first["bare spaCy"][0][0] / first[name][0][0]
            line += f"  (at first {at_first:.2f} x)"
            record(
                f"{label}: {name}",
                f"{len(texts) / middle:.1f} articles a second",
                spread=f"{len(texts) / max(seconds):.1f} to {len(texts) / min(seconds):.1f}",
                baseline=f"{base / middle:.2f} x bare spaCy; at first {at_first:.2f} x",
                wanted=WANTED.get((label, name), ""),
            )
            if name.startswith("needed"):
                whole = taken["exhaustive"][1]
                total = sum(map(len, whole))
                lost = [
                    (i, "only exhaustive", k)
                    for i, (x, y) in enumerate(zip(whole, claims, strict=True))
                    for k in x
                    if k not in y
                ]
                extra = [
                    (i, "only needed", k)
                    for i, (x, y) in enumerate(zip(whole, claims, strict=True))
                    for k in y
                    if k not in x
                ]
                line += f"  {total - len(lost)} of {total} claims the same, {len(extra)} others"
                record(
                    f"{label}: {name}, claims as in exhaustive",
                    f"{total - len(lost)} of {total}, {len(extra)} others",
                    wanted="" if name == "needed" else "99 %",
                )
                if options.show:
                    line += "".join(
                        f"\n    article {i}, {where}: {claim}" for i, where, claim in sorted([*lost, *extra])
                    )
            print(line, flush=True)


if __name__ == "__main__":
    main()
