"""Which articles are copies of each other: ten copies of one wire story are one.

Texts are compared by runs of words: a shortened copy shares most of its own runs with the longer text. A sentence that
stands in two articles word by word makes the claims in it one origin, whatever else the articles say.

Counting runs beats estimating them: of the copies among 5,000 articles sketches of datasketch (MinHash of 128 values,
LSH ensemble) find as many, take six times as long and join some that are none (`benchmarks/copies.py`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from claimex.compare.rules import rules
from claimex.compare.texts import article_key
from claimex.wording import Claim

WORD = re.compile(r"\w+")
SAMPLE_FROM = 500_000
"""From so many runs of words on a sample of them stands for all."""
COMMON = 30
"""A run of words in more origins than this is a formula of the trade, and tells nothing."""


@dataclass(frozen=True)
class Origins:
    """The origin of each article, by their keys, and of the sentences that several articles share."""

    by_article: Mapping[str, str]
    by_sentence: Mapping[int, str] = field(default_factory=dict)

    def of(self, claim: Claim) -> str:
        """The origin of a claim: the first article of those that have its text, or its sentence."""
        own = self.by_article[article_key(claim)]
        return self.by_sentence.get(_sentence_key(claim), own)

    def clusters(self) -> list[list[str]]:
        """The keys of articles of one origin, the longest text first, where there is more than one; sorted."""
        groups: dict[str, list[str]] = defaultdict(list)
        for article, origin in self.by_article.items():
            groups[origin].append(article)
        return sorted(
            [origin, *sorted(a for a in group if a != origin)] for origin, group in groups.items() if len(group) > 1
        )


def find_origins(texts: Mapping[str, Sequence[str]], claims: Iterable[Claim] = ()) -> Origins:
    """The origins of articles, given as key and text (or pieces of it), and of the sentences in their claims."""
    by_article = _cluster({article: _runs(pieces) for article, pieces in texts.items()})
    seen: dict[int, set[str]] = defaultdict(set)
    for claim in claims:
        sentence = _sentence_key(claim)
        if sentence:
            seen[sentence].add(by_article[article_key(claim)])
    return Origins(by_article, {sentence: min(origins) for sentence, origins in seen.items() if len(origins) > 1})


def _cluster(runs: Mapping[str, set[int]]) -> dict[str, str]:
    """Each article to the longest one that it shares its text with; longest first, so the order of input is nothing."""
    limits = rules().origins
    step = 1 + sum(map(len, runs.values())) // SAMPLE_FROM
    index: dict[int, list[str]] = defaultdict(list)
    origin: dict[str, str] = {}
    for article in sorted(runs, key=lambda name: (-len(runs[name]), name)):
        sampled = {run for run in runs[article] if run % step == 0} or runs[article]
        shared: Counter[str] = Counter()
        for run in sampled:
            at = index.get(run, ())
            if len(at) <= COMMON:
                for name in at:
                    shared[name] += 1
        needed = limits.short_containment if len(runs[article]) < limits.short_text else limits.containment
        # What the sample finds, or all but finds, is counted out.
        near = [name for name, count in shared.items() if count >= needed * len(sampled) / 2]
        count, name = min(((-len(runs[article] & runs[name]), name) for name in near), default=(0, article))
        origin[article] = name if -count >= needed * len(runs[article]) else article
        for run in sampled:
            # An origin stands once at each run, so that a thousand copies cost no more than a thousand texts.
            at = index[run]
            if len(at) <= COMMON and origin[article] not in at:
                at.append(origin[article])
    return origin


def _runs(pieces: Iterable[str]) -> set[int]:
    """Hashes of every run of words, in any case and whatever the marks between them."""
    size = rules().origins.shingle
    found = set()
    for piece in pieces:
        words = WORD.findall(piece.casefold())
        for start in range(max(len(words) - size + 1, 1 if words else 0)):
            found.add(crc32(" ".join(words[start : start + size]).encode("utf-8", "surrogatepass")))
    return found


def _sentence_key(claim: Claim) -> int:
    """The sentence of a claim as a number; 0 where it is so short that two writers may well write it."""
    words = WORD.findall(claim["evidence"]["sentence"]["text"].casefold())
    if len(words) < rules().origins.sentence_words:
        return 0
    return hash_of(" ".join(words))


def hash_of(words: str) -> int:
    """A number for some words, the same on every machine."""
    data = words.encode("utf-8", "surrogatepass")
    return crc32(data) << 32 | crc32(data[::-1])
