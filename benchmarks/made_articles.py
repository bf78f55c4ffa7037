"""Articles made of the seeds' sentences, with other states, other numbers, and names that nobody has borne before.

The same each time. New names keep coming as they do in news: whatever keeps every word it has met grows with them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
STATES = (
    "North Korea",
    "Russia",
    "Ukraine",
    "Norway",
    "Chad",
    "Peru",
    "Poland",
    "Ethiopia",
    "Vietnam",
    "Turkey",
    "Egypt",
)
SYLLABLES = ("ba", "dor", "el", "fan", "gri", "ho", "is", "kam", "lu", "mer", "no", "pra", "quin", "ro", "sta", "tev")


def paragraphs() -> list[str]:
    """The paragraphs of the seeds."""
    files = sorted(SEEDS.glob("*.txt"))
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def varied(text: str, chance: random.Random) -> str:
    """A text with other states and other numbers in it."""
    renamed = dict(zip(STATES, chance.sample(STATES, len(STATES)), strict=True))
    text = re.sub("|".join(STATES), lambda match: renamed[match.group()], text)
    return re.sub(r"\b\d{1,2},000\b", lambda _: f"{chance.randint(1, 60)},000", text)


def seed_like(count: int) -> list[str]:
    """Articles as long as the seeds."""
    chance, pool = random.Random(4), paragraphs()
    return [varied("\n".join(chance.sample(pool, 8)), chance) for _ in range(count)]


def short_articles(count: int) -> Iterator[str]:
    """Articles of two sentences and a new name."""
    chance = random.Random(5)
    sentences = [s for p in paragraphs() for s in re.split(r"(?<=[.!?])\s+", p) if 60 < len(s) < 220]
    for _ in range(count):
        name = "".join(chance.choices(SYLLABLES, k=chance.randint(3, 5))).capitalize()
        first, second = chance.sample(sentences, 2)
        yield varied(f"{first} {name}, a spokesman in {name[:5]}ville, said so.\n\n{second}\n", chance)
