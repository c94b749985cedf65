from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import HistoricalDate


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "short", "long"),
    [
        ("1879-11-07", date(1879, 11, 7), date(1879, 11, 7), "1879", "7 November 1879"),
        ("1879-02", date(1879, 2, 1), date(1879, 2, 28), "1879", "February 1879"),
        ("1879", date(1879, 1, 1), date(1879, 12, 31), "1879", "1879"),
        ("about 1895", date(1893, 1, 1), date(1897, 12, 28), "c. 1895", "about 1895"),
        ("about 1936-01", date(1934, 1, 1), date(1938, 1, 28), "c. 1936", "about January 1936"),
        ("before 1934", date(1919, 1, 1), date(1934, 1, 1), "< 1934", "before 1934"),
        ("after 1937", date(1937, 12, 31), date(1952, 12, 28), "> 1937", "after 1937"),
        ("1937 or 1938", date(1937, 1, 1), date(1938, 12, 31), "1937/1938", "1937 or 1938"),
        ("1937-03-02 or 1937-03-05", date(1937, 3, 2), date(1937, 3, 5), "1937", "2 or 5 March 1937"),
        ("unknown", None, None, "?", "unknown"),
    ],
)
def test_each_notation_is_read(text: str, earliest: date | None, latest: date | None, short: str, long: str) -> None:
    parsed = HistoricalDate.parse(text)
    assert (parsed.earliest, parsed.latest) == (earliest, latest)
    assert (parsed.short, parsed.long) == (short, long)


@pytest.mark.parametrize(
    "text", ["", "1879-13", "1879-02-30", "c. 1895", "about", "or", "1937 or", "in 1937", "18790101"]
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date: write 1879-11-07"):
        HistoricalDate.parse(text)


@given(st.dates(date(1700, 1, 1), date(2000, 1, 1)))
def test_an_exact_day_bounds_itself(day: date) -> None:
    parsed = HistoricalDate.parse(day.isoformat())
    assert parsed.earliest == parsed.latest == day
    assert parsed.year == day.year
    assert parsed.is_exact_year


@given(st.integers(1700, 2000), st.sampled_from(["about", "before", "after"]))
def test_a_qualified_year_is_never_exact_and_always_in_order(year: int, word: str) -> None:
    parsed = HistoricalDate.parse(f"{word} {year}")
    assert parsed.earliest is not None
    assert parsed.latest is not None
    assert parsed.earliest < parsed.latest
    assert not parsed.is_exact_year
