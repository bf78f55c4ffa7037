"""Copies among many articles: how claimex finds them, against datasketch where it is installed.

    python benchmarks/copies.py [ARTICLES] [--rounds 3]

5,000 articles unless told otherwise; two in five are copies of an earlier one: word by word, edited, shortened, or with
paragraphs of their own around it. Both look at runs of five words. `pip install datasketch` has the peer measured too:
MinHash sketches of 128 values in an LSH ensemble, the kind that estimates containment, with the same threshold. Figures
are medians of rounds in which both take their turn.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable
from statistics import median

from claimex.compare.origins import WORD, find_origins
from claimex.compare.rules import rules
from made_articles import SYLLABLES
from record import record

Texts = dict[str, str]
Pairs = set[tuple[str, str]]


def edited(words: list[str], chance: random.Random) -> list[str]:
    """One word in twenty is another one."""
    return [chance.choice(words) if chance.random() < 0.05 else word for word in words]


def shortened(words: list[str], chance: random.Random) -> list[str]:
    """The first two fifths or so."""
    return words[: int(len(words) * chance.uniform(0.3, 0.5))]


def embedded(words: list[str], chance: random.Random) -> list[str]:
    """With as much again that is new."""
    half = len(words) // 2
    return [*chance.choices(words, k=half), *words, *chance.choices(words, k=half)]


def made(count: int) -> tuple[Texts, dict[str, str]]:
    """Articles, and of which one each is a copy."""
    chance = random.Random(6)
    known = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4000)]
    weights = [1 / (rank + 10) for rank in range(len(known))]
    texts: Texts = {}
    first: dict[str, str] = {}
    for number in range(count):
        name = f"{number:06}"
        if number and chance.random() < 0.4:
            first[name] = first[chance.choice(list(texts)[-500:])]
            words = texts[first[name]].split()
            change = chance.choice((list, edited, shortened, embedded))
            texts[name] = " ".join(words if change is list else change(words, chance))
        else:
            first[name] = name
            texts[name] = " ".join(chance.choices(known, weights, k=chance.randint(150, 500)))
    return texts, first


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    """Every two that are in one group, in order."""
    return {(a, b) for group in map(sorted, groups) for i, a in enumerate(group) for b in group[i + 1 :]}


def grouped(first: dict[str, str]) -> Iterable[list[str]]:
    """The members of each group, from who is whose copy."""
    groups: dict[str, list[str]] = {}
    for name, origin in first.items():
        groups.setdefault(origin, []).append(name)
    return groups.values()


def own(texts: Texts) -> dict[str, str]:
    """Each article to its origin, as `claimex compare` finds it."""
    return dict(find_origins({name: [text] for name, text in texts.items()}).by_article)


def sketched(texts: Texts) -> dict[str, str]:
    """Each article to the first one that the ensemble takes for its origin."""
    from datasketch import MinHash, MinHashLSHEnsemble

    size = rules().origins.shingle
    entries = []
    for name, text in texts.items():
        words = WORD.findall(text.casefold())
        runs = {" ".join(words[i : i + size]).encode() for i in range(len(words) - size + 1)}
        sketch = MinHash(num_perm=128)
        sketch.update_batch(runs)
        entries.append((name, sketch, len(runs)))
    ensemble = MinHashLSHEnsemble(threshold=rules().origins.containment, num_perm=128, num_part=16)
    ensemble.index(entries)
    origin = {name: name for name in texts}

    def root(name: str) -> str:
        while origin[name] != name:
            name = origin[name]
        return name

    for name, sketch, runs in entries:
        for other in ensemble.query(sketch, runs):
            one, two = sorted((root(name), root(other)))
            origin[two] = one
    return {name: root(name) for name in texts}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts, first = made(options.articles)
    truth = pairs(grouped(first))
    ways: dict[str, Callable[[Texts], dict[str, str]]] = {"own, runs of five words": own}
    try:
        import datasketch

        ways[f"datasketch {getattr(datasketch, '__version__', '')}".strip()] = sketched
    except ImportError:
        print("datasketch is not installed: it was not measured")
    copies = options.articles - len(set(first.values()))
    print(f"{options.articles:,} articles, {sum(map(len, texts.values())) / 1e6:.1f} MB, {copies:,} copies")
    print(f"{'':28}{'CPU s':>8}{'found':>9}{'wrong':>9}")
    taken: dict[str, list[float]] = {name: [] for name in ways}
    found: dict[str, Pairs] = {}
    for _ in range(options.rounds):
        for name, run in ways.items():
            began = time.process_time()
            groups = run(texts)
            taken[name].append(time.process_time() - began)
            found[name] = pairs(grouped(groups))
    for name, seconds in taken.items():
        right = len(found[name] & truth) / len(truth)
        wrong = len(found[name] - truth) / max(len(found[name]), 1)
        print(f"{name:28}{median(seconds):8.2f}{right:9.1%}{wrong:9.2%}")
        record(
            f"copies among {options.articles:,} articles: {name}",
            f"{median(seconds):.2f} s, {right:.1%} found, {wrong:.2%} of what is found wrong",
            spread=f"{min(seconds):.2f} to {max(seconds):.2f}",
        )


if __name__ == "__main__":
    main()
