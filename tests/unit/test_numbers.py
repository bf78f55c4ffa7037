"""The number grammar: words and digits to values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimex.normalize.numbers import parse_number, read_number


def in_digits(text: str) -> float | int | None:
    """The value of one word that is a number in digits, without a unit."""
    number = read_number([text.lower()], 0)
    return None if number is None or number.form != "digits" or number.unit else number.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,269", 1269),
        ("1.200.000", 1200000),
        ("3.5", 3.5),
        ("12k", 12000),
        ("5bn", 5000000000),
        ("1.1mln", 1100000),
        ("999999999999999", 999999999999999),
    ],
)
def test_digits(text: str, value: float) -> None:
    assert in_digits(text) == value
    assert isinstance(in_digits(text), type(value))


@pytest.mark.parametrize(
    "text", ["", "t-72", "03.33", "1,26", "12x", "70%", "9" * 16, "9" * 1_000_000, "٣", "1e5", "3,500–4,000"]
)
def test_what_is_no_number_in_digits(text: str) -> None:
    assert in_digits(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-one", 21),
        ("one hundred and five", 105),
        ("three hundred and fifty thousand", 350000),
        ("two hundred thousand", 200000),
        ("half a million", 500000),
        ("half-million", 500000),
        ("two and a half thousand", 2500),
        ("two-and-a-half", 2.5),
        ("a million and a half", 1500000),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("a hundred", 100),
        ("8 million", 8000000),
        ("1.1 million", 1100000),
        ("10 000", 10000),
        ("Forty-Two", 42),
    ],
)
def test_phrases(text: str, value: float) -> None:
    assert parse_number(text) == value
    assert isinstance(parse_number(text), type(value))


@pytest.mark.parametrize("text", ["", "a", "an army", "million", "twenty thirty", "two three", "soldiers", "-"])
def test_what_is_no_phrase(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        (["dozens"], 24, 99),
        (["tens", "of", "thousands"], 20000, 99999),
        (["hundreds", "of", "thousands"], 200000, 999999),
        (["several", "thousand"], 3000, 9000),
        (["a", "few", "hundred"], 200, 500),
        (["a", "couple", "of", "thousand"], 2000, 3000),
    ],
)
def test_vague_words_have_a_floor_and_a_ceiling(words: list[str], low: int, high: int) -> None:
    number = read_number(words, 0)
    assert number is not None
    assert (number.form, number.value, number.low, number.high, number.end) == ("vague", None, low, high, len(words))


def test_between_keeps_its_and() -> None:
    words = ["one", "hundred", "and", "five", "hundred"]
    number = read_number(words, 0, in_between=True)
    assert number is not None
    assert (number.value, number.end) == (100, 2)


@given(st.text(max_size=40))
def test_any_text_has_a_value_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or abs(value) < 10**15
