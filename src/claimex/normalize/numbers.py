"""Number words and digits to values: a small grammar over lower-case words, without spaCy.

`read_number(words, i)` reads the longest number that starts at word i. Values are ints when whole; a number of more
than 15 digits is no number, since no news count needs it and Python refuses to print far longer ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from claimex.layering import from_rules
from claimex.lexicon import read_toml
from claimex.model import Model

MAX_DIGITS = 15
LIMIT = 10**MAX_DIGITS
DIGITS = r"(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3}){2,}|0|0(?=\.)|[1-9]\d{0,14}|0\d{3})(?:\.\d{1,6})?"
TOKEN = re.compile(rf"({DIGITS})([a-z%]*)")
RANGE = re.compile(rf"({DIGITS})[–—-]({DIGITS})")
CALIBRE = "mm"
WEIGHTS = {"k", "m", "b"}
"""Abbreviations that stand for other things (metres, 'b.' for born) unless glued to the digits."""


class NumberWords(Model):
    """rules/numbers.toml."""

    words: dict[str, int]
    scales: dict[str, int]
    abbreviations: dict[str, int]
    plurals: dict[str, tuple[int, int]]
    plural_of: dict[str, tuple[int, int]]
    several: dict[str, tuple[int, int]]
    pairs: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that ends before word `end`: a value, or the two ends of a range or of a vague word."""

    end: int
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    form: Literal["digits", "words", "range", "vague"] = "digits"
    unit: str | None = None
    """'percent' where the sign is part of the word ('70%', '70pct')."""


@from_rules
def lexicon() -> NumberWords:
    """The number words."""
    return read_toml(NumberWords, "numbers.toml")


@from_rules
def number_words() -> frozenset[str]:
    """The words of single numbers: 'one' to 'ninety'."""
    return frozenset(lexicon().words)


@from_rules
def starters() -> frozenset[str]:
    """Words that a number without digits can start with."""
    lex = lexicon()
    return frozenset({"a", "an", "half", *lex.words, *lex.plurals, *lex.plural_of, *lex.several, *lex.scales})


def whole(value: Decimal) -> float | int | None:
    """An int where there is no fraction, else a float; None beyond 15 digits."""
    if abs(value) >= LIMIT:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def parse_number(text: str) -> float | int | None:
    """The value of a whole phrase ('half a million', 'twenty-one', '8 million'); None for anything else."""
    words = re.findall(r"[^\s-]+|-", text.lower())
    number = read_number(words, 0) if words else None
    return None if number is None or number.end != len(words) else number.value


def read_number(words: Sequence[str], i: int, *, in_between: bool = False) -> Number | None:
    """The longest number that starts at word i, or None.

    `in_between` stops before 'and', which separates the two ends of 'between A and B'.
    """
    word = words[i]
    if not word:
        return None
    if word[0].isdigit() and word[0].isascii():
        return _digits(words, i)
    if word not in starters():
        return None
    return _half(words, i) or _vague(words, i) or _words(words, i, in_between=in_between)


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _digits(words: Sequence[str], i: int) -> Number | None:
    lex, word = lexicon(), words[i]
    match = TOKEN.fullmatch(word)
    if match is None:
        return _digit_range(word, i)
    value, end = _decimal(match[1]), i + 1
    if value is None:
        return None
    suffix = match[2]
    if suffix in {"%", "pct"}:
        return Number(end, whole(value), unit="percent")
    if suffix:
        if suffix not in lex.abbreviations:
            return None
        return _number(value * lex.abbreviations[suffix], end)
    # "10 000 men": groups of three after a group of one to three.
    if len(match[1]) <= 3 and match[1][0] != "0":
        while re.fullmatch(r"\d{3}", _at(words, end)) and abs(value) < LIMIT and "." not in match[1]:
            if _at(words, end + 1) == CALIBRE:
                break  # "12 105mm guns"
            value, end = value * 1000 + int(words[end]), end + 1
    # "5. 5 billion": a decimal that came apart in the wire text.
    if "." not in match[1] and _at(words, end) in {".", ","} and _at(words, end + 2) in lex.scales:
        tail = _at(words, end + 1)
        if re.fullmatch(r"\d{1,2}", tail):
            value, end = value + Decimal(f"0.{tail}"), end + 2
    return _scaled(words, value, end)


def _decimal(text: str) -> Decimal | None:
    if text.count(".") > 1:
        text = text.replace(".", "")
    text = text.replace(",", "")
    return None if len(text.split(".")[0]) > MAX_DIGITS else Decimal(text)


def _number(value: Decimal, end: int, form: Literal["digits", "words"] = "digits") -> Number | None:
    got = whole(value)
    return None if got is None else Number(end, got, form=form)


def _digit_range(word: str, i: int) -> Number | None:
    match = RANGE.fullmatch(word)
    if match is None:
        return None
    low, high = _decimal(match[1]), _decimal(match[2])
    if low is None or high is None or low >= high:
        return None
    return Number(i + 1, None, whole(low), whole(high), "range")


def _scaled(words: Sequence[str], value: Decimal, end: int) -> Number | None:
    """Scale words after a number: '8 million', '300 thousand', '2 and a half million'."""
    lex = lexicon()
    half = _and_a_half(words, end)
    if half:
        value, end = value + Decimal("0.5"), half
    while True:
        scale, step = lex.scales.get(_at(words, end)), 1
        if scale is None and _at(words, end) in {"-", "–"}:
            scale, step = lex.scales.get(_at(words, end + 1)), 2
        if scale is None and _at(words, end) not in WEIGHTS:
            scale, step = lex.abbreviations.get(_at(words, end)), 1
        if scale is None or value * scale >= LIMIT:
            return _number(value, end)
        value, end = value * scale, end + step


def _and_a_half(words: Sequence[str], end: int) -> int:
    """One past 'and a half' or '-and-a-half' at word `end`; 0 where it does not stand there."""
    tail = [w for w in words[end : end + 6] if w != "-"][:3]
    if tail != ["and", "a", "half"]:
        return 0
    return end + (6 if _at(words, end) == "-" else 3)


def _half(words: Sequence[str], i: int) -> Number | None:
    """'half a million', 'half a dozen', 'half-million', 'a half million'."""
    lex = lexicon()
    j = i + 1 if words[i] == "a" else i
    if _at(words, j) != "half":
        return None
    j += 1
    if _at(words, j) in {"a", "an", "-"}:
        j += 1
    scale = lex.scales.get(_at(words, j))
    return None if scale is None else _number(Decimal(scale) / 2, j + 1, "words")


def _vague(words: Sequence[str], i: int) -> Number | None:
    """'dozens', 'tens of thousands', 'several hundred', 'a few thousand', 'a couple of', 'a handful of'."""
    lex = lexicon()
    j = i + 1 if words[i] == "a" else i
    word = _at(words, j)
    if word in lex.plural_of and _at(words, j + 1) == "of" and _at(words, j + 2) in lex.plurals and j == i:
        low, high = lex.plural_of[word]
        scale = lex.scales[words[j + 2].removesuffix("s")] if words[j + 2] != "scores" else 20
        return Number(j + 3, None, low * scale, (high + 1) * scale - 1, "vague")
    if word in lex.plurals and j == i:
        return Number(j + 1, None, *lex.plurals[word], "vague")
    if word not in lex.several:
        return None
    low, high = lex.several[word]
    k = j + 2 if _at(words, j + 1) == "of" else j + 1
    first = lex.scales.get(_at(words, k).removesuffix("s"))
    if first is not None:
        times, k = first, k + 1
        while (more := lex.scales.get(_at(words, k).removesuffix("s"))) is not None and times * more < LIMIT:
            times, k = times * more, k + 1
        return Number(k, None, low * times, high * times, "vague")
    if word in lex.pairs and j > i and _at(words, j + 1) in {"of", "more"}:
        return Number(j + 1, None, *lex.pairs[word], "vague")
    return None


def _words(words: Sequence[str], i: int, *, in_between: bool) -> Number | None:
    """'one hundred and five thousand', 'twenty-one', 'a hundred', 'two and a half million'."""
    lex, end = lexicon(), i
    total, current, last = 0, 0, ""
    if words[i] in {"a", "an"}:
        if _at(words, i + 1) not in lex.scales:
            return None
        current, end, last = 1, i + 1, "unit"
    elif words[i] in lex.scales:
        if [_at(words, i + k) for k in (1, 2)] != ["-", "strong"]:
            return None
        last = "unit"  # "a thousand-strong column" without its article
    while True:
        at = end
        if last in {"tens", "unit", "hundred", "scale"} and _at(words, at) in {"-", "–"}:
            at += 1
        elif last in {"hundred", "scale"} and _at(words, at) == "and" and not in_between:
            at += 1
            after = lex.scales.get(_at(words, at + 1), 0)
            if _at(words, at) not in lex.words or 0 < after <= 100 or (after and last == "scale"):
                break
        word = _at(words, at)
        if word in lex.words:
            value = lex.words[word]
            kind = "tens" if value >= 20 else "unit"
            if last == "unit" or (last == "tens" and not 1 <= value <= 9):
                break
            current, last = current + value, kind
        elif word in lex.scales and last:
            scale = lex.scales[word]
            if scale <= 100:
                current, last = max(current, 1) * scale, "hundred"
            else:
                total, current, last = total + max(current, 1) * scale, 0, "scale"
        else:
            break
        end = at + 1
        if total + current >= LIMIT:
            return None
    if end == i:
        return None
    said = Decimal(total + current)
    half = _and_a_half(words, end)
    if half:
        if last == "scale":
            return _number(said + Decimal(lex.scales[words[end - 1]]) / 2, half, "words")
        said, end = said + Decimal("0.5"), half
        scale = lex.scales.get(_at(words, end), 0)
        if scale > 100:
            said, end = said * scale, end + 1
    return _number(said, end, "words")
