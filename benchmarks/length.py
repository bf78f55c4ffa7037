"""How the time of one article grows with its length, for articles of many shapes, the hostile among them.

    python benchmarks/length.py [--longest 64] [--shape WORD]

Each shape is written 1, 2, 4 ... times 15,000 characters long, as one article. A row has CPU seconds for 15,000
characters at each length: where time grows as the length does, they stay the same. Rows whose last figure is more than
twice the first are marked. The last column is the most memory that the process has had so far.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import random
import resource
import time
from collections.abc import Callable

from claimex.extraction import extract_articles
from claimex.inputs.article import article
from claimex.pipeline import build_nlp
from made_articles import paragraphs, varied
from record import record

UNIT = 15_000
ENOUGH = 100.0
"""Seconds for one article after which no longer one of its shape is tried."""


def news(between: str) -> Callable[[int], str]:
    """Paragraphs of news, other states and numbers in each, with something between them."""

    def text(length: int) -> str:
        chance, pool, parts, total = random.Random(7), paragraphs(), [], 0
        while total < length:
            parts.append(varied(chance.choice(pool), chance))
            total += len(parts[-1])
        return between.join(parts)[:length]

    return text


def repeated(words: str, end: str = "") -> Callable[[int], str]:
    """The same words again and again."""
    return lambda length: (words * (length // len(words) + 1))[: length - len(end)] + end


def numbered(words: str) -> Callable[[int], str]:
    """The same words with another number each time."""

    def text(length: int) -> str:
        count = length // len(words) + 1
        return "".join(words.replace("#", f"{n % 900 + 100}") for n in range(count))[:length]

    return text


SHAPES: dict[str, Callable[[int], str]] = {
    "news": news("\n\n"),
    "news, one paragraph": news(" "),
    "news, one sentence": lambda length: news(" ")(length).replace(".", ","),
    "counts": numbered("Chad sent # soldiers to Gao, the army said.\n"),
    "counts without end": numbered("Chad sent # soldiers to Gao and "),
    "counts in a list": numbered("# troops, "),
    "treaty events": numbered("Russia and North Korea signed treaty # in Pyongyang, Putin said.\n"),
    "conventions": numbered("The UN convention # was signed by Chad. It ratified it. "),
    "treaty without end": repeated("Russia and North Korea signed a treaty and "),
    "parties without end": repeated("Russia, North Korea, Chad and Niger, "),
    "treaties of treaties": repeated("the treaty on the treaty between Chad and "),
    "nested clauses": repeated("Putin said that Kim said that "),
    "nested relatives": repeated("the soldiers who fought the soldiers who "),
    "pronouns": repeated("He said they sent them to him. "),
    "names": repeated("Kim Jong Un "),
    "new names": lambda length: " ".join(f"Grimelu{chr(97 + n % 26)}{n}" for n in range(length // 8))[:length],
    "quotation marks": repeated('"'),
    "open quotations": repeated('"Troops left. '),
    "quotations": repeated('"We sent 300 soldiers," Putin said. '),
    "brackets": repeated("(["),
    "one-word paragraphs": repeated("troops\n\n"),
    "one-name paragraphs": repeated("Chad\n\n"),
    "line breaks": repeated("\n"),
    "spaces": repeated(" "),
    "one word": repeated("a"),
    "digits": repeated("9"),
    "digits and points": repeated("9,999."),
    "numbers": repeated("9 "),
    "number words": repeated("hundred thousand "),
    "numbers and": repeated("one hundred and "),
    "ranges": repeated("10 to 20-30 soldiers "),
    "months": repeated("from March to May "),
    "dates": repeated("Feb. 23, 2024 until "),
    "negations": repeated("not no never "),
    "hyphens": repeated("pro-"),
    "commas": repeated(","),
    "dots": repeated("."),
    "links": repeated("http://a.b/"),
    "combining marks": repeated("e\u0301\u0302"),
    "lone surrogates": repeated("\ud800 "),
    "controls": repeated("\x1b[31m\x00 "),
    "right to left": repeated("\u202e\u0627\u0644\u062c\u064a\u0634 "),
    "capitals": repeated("CHAD SENT TROOPS TO GAO "),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=64, help="times 15,000 characters")
    parser.add_argument("--shape", default="", help="only shapes with this in their name")
    options = parser.parse_args()
    nlp = build_nlp(parse="needed")
    growth: dict[str, float] = {}
    slowest: dict[str, float] = {}
    lengths = [1 << n for n in range(options.longest.bit_length()) if 1 << n <= options.longest]
    print(f"{'':22}" + "".join(f"{times:>8} x" for times in lengths) + f"{'claims':>9}{'MB':>7}")
    for name, shape in SHAPES.items():
        if options.shape not in name:
            continue
        row, figures, seconds, claims = f"{name:22}", [], 0.0, 0
        for times in lengths:
            if seconds > ENOUGH / 2:
                break
            item = article(shape(UNIT * times), id="a")
            begin = time.process_time()
            (result,) = extract_articles(nlp, [item])
            seconds = time.process_time() - begin
            claims = len(result.claims)
            figures.append(seconds / times)
            row += f"{figures[-1]:10.2f}" if not result.problems else f"{'problem':>10}"
        row += "          " * (len(lengths) - len(figures))
        row += f"{claims:9,}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f}"
        growth[name], slowest[name] = figures[-1] / max(figures[0], 0.02), max(figures)
        print(row + ("  !" if growth[name] > 2 else ""), flush=True)
    if growth:
        worst, longest = max(growth, key=growth.__getitem__), max(slowest, key=slowest.__getitem__)
        span = f"{len(growth)} shapes of articles, {UNIT:,} characters and {lengths[-1]} times as many"
        record(
            f"time for a character, {span}: most that it grows",
            f"{growth[worst]:.2f} times ({worst})",
            wanted="2 times",
        )
        record(f"{UNIT:,} characters of the slowest shape", f"{slowest[longest]:.2f} s ({longest})")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        record("memory of the process that has read all of them", f"{memory:,.0f} MB")


if __name__ == "__main__":
    main()
