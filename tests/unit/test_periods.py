"""When a claim is about, where only the publication of its article is known."""

from __future__ import annotations

import pytest

from claimex.compare.periods import Period, order, period_of


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2014-05-01", "2014-05-01", "2014-05-01"),
        ("2014-05-01T08:00:00Z", "2014-05-01", "2014-05-01"),
        ("2014-05", "2014-05-01", "2014-05-31"),
        ("2014", "2014-01-01", "2014-12-31"),
    ],
)
def test_a_publication_date_is_all_the_days_it_can_mean(published: str, first: str, last: str) -> None:
    """A year is no day before all of its days."""
    period = period_of(None, published)
    assert period == Period(first, last, said=False)
    assert order(period, Period("2014-05-01", "2014-05-01")) != "before"


@pytest.mark.parametrize("published", [None, "", "last week"])
def test_what_is_no_date_places_nothing(published: str | None) -> None:
    """In time."""
    assert period_of(None, published) is None
