"""Which lines are passed over without being read."""

from __future__ import annotations

import pytest

from claimex.line_sieve import sieve

LINE = '{"id":"7","evidence":{"quote":"%s"},"entities":[{"id":"iso3166:TCD","name":"%s"}]}\n'


@pytest.mark.parametrize(
    ("line", "over"),
    [
        (LINE % ("Mali", "Chad"), True),
        (LINE % ("Mali", "Republic of Mali"), False),
        (LINE % ("Mali", "REPUBLIC OF MALI"), False),
        (LINE % ("Mali", "Re'pub.lic-of_Mali"), False),
        (LINE % ("„Mali“ \\n \\\\", "Chad"), True),  # only the entities and what follows them may hold the name
        (LINE % ("\\u00e9", "Chad"), False),  # a key can be written so: the entities may begin before it
        (LINE % ("Mali", "Republi\\u0063 of Mali"), False),
        (LINE % ("Mali", "Tchad, Républiqué"), False),
        (LINE.rstrip() % ("Mali", "Chad"), True),
        ((LINE % ("Mali", "Chad"))[:-4], False),  # cut off: to be told of
        ((LINE % ("Mali", "Chad"))[1:], False),
        ('{"id":"7"}\n', False),
        ("\n", False),
    ],
)
def test_lines_without_the_name(line: str, over: bool) -> None:
    """Whole lines in which the name cannot stand, in whatever way it is written."""
    passes_over = sieve("entities", ["republic of mali"])
    assert passes_over is not None
    assert passes_over(line.encode()) is over


def test_an_id_is_looked_for_as_it_stands() -> None:
    """Hyphens and dots in it do no harm."""
    passes_over = sieve("entities", ["iso3166:tcd", "person:j.-r-o'hara"])
    assert passes_over is not None
    assert not passes_over((LINE % ("", "Chad")).encode())
    assert not passes_over((LINE % ("", "x")).replace("iso3166:TCD", "person:j.-r-o'hara").encode())
    assert passes_over((LINE % ("", "x")).replace("TCD", "MLI").encode())


@pytest.mark.parametrize("names", [(), ("",), ("mali", ""), ("Ⅳ",), ("—",)])
def test_names_that_only_reading_finds(names: tuple[str, ...]) -> None:
    """No letter or digit of them stands in every way of writing them."""
    assert sieve("entities", names) is None
