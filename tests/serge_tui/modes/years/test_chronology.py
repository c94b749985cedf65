"""Rows of the chronology, and who was alive, as plain functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import HistoricalDate
from db.models import Event, Membership
from serge_tui.modes.years.chronology import (
    EventRow,
    GapRow,
    Narrowing,
    YearRow,
    day_in_year,
    last_year_of,
    row_of,
    rows_of,
)
from serge_tui.modes.years.people import Lifespan, Tally, living_in, standing_in, tally
from serge_tui.services.hidden_ends import ALL_SHOWN, HiddenEnds

BORN, DIED = HistoricalDate.parse("1890-12-30"), HistoricalDate.parse("1947-11-17")


def event(key: str, date: str, kind: str = "life", *, chapter: int | None = None, text: str = "") -> Event:
    return Event(key, HistoricalDate.parse(date), kind, "Liège", text, chapter, "", (("serge", "Victor Serge"),))


EVENTS = [
    event("birth", "1890-12-30", text="He is born."),
    event("october", "1917-11-07", "history", chapter=2, text="The Bolsheviks take power in Petrograd."),
    event("arrival", "1919-01", chapter=3, text="He arrives in Petrograd."),
]


def test_years_without_events_are_folded_and_events_follow_their_year() -> None:
    rows = rows_of(EVENTS, Narrowing(), BORN, DIED)
    assert [(row.year, last_year_of(row)) for row in rows if not isinstance(row, EventRow)] == [
        (1881, 1889), (1890, 1890), (1891, 1916), (1917, 1917), (1918, 1918), (1919, 1919), (1920, 1951),
    ]  # fmt: skip
    at = row_of(rows, event="arrival")
    assert at is not None
    assert isinstance(rows[at - 1], YearRow)
    assert rows[at - 1].year == 1919


def test_a_gap_is_unfolded_by_one_of_its_years_and_a_year_in_it_leads_to_it() -> None:
    rows = rows_of(EVENTS, Narrowing(), BORN, DIED)
    at = row_of(rows, year=1905)
    assert at is not None
    assert rows[at] == GapRow(1891, 1916)
    rows = rows_of(EVENTS, Narrowing(), BORN, DIED, unfolded={1905})
    assert [row.year for row in rows if isinstance(row, YearRow)] == list(range(1890, 1920))


@given(st.sets(st.integers(1881, 1951)), st.sets(st.integers(1881, 1951)))
def test_every_year_is_in_exactly_one_row(with_events: set[int], unfolded: set[int]) -> None:
    events = [event(str(year), str(year)) for year in sorted(with_events)]
    rows = [row for row in rows_of(events, Narrowing(), BORN, DIED, (), unfolded) if not isinstance(row, EventRow)]
    assert [year for row in rows for year in range(row.year, last_year_of(row) + 1)] == list(range(1881, 1952))
    assert not {year for row in rows if isinstance(row, GapRow) for year in range(row.year, row.last + 1)} & (
        with_events | unfolded
    )


def test_ages_are_those_of_the_middle_of_the_year_and_only_of_his_life() -> None:
    rows = rows_of([], Narrowing(), BORN, DIED, unfolded={1889})
    ages = {row.year: row.age for row in rows if isinstance(row, YearRow)}
    assert (ages[1889], ages[1891], ages[1919], ages[1947], ages[1948]) == (None, 0, 28, 56, None)


@pytest.mark.parametrize(
    ("narrowing", "kept"),
    [
        (Narrowing(), True),
        (Narrowing(text="1917"), True),
        (Narrowing(text="november"), True),
        (Narrowing(chapter=2, side="history"), True),
        (Narrowing(text="bolsheviks"), False),
        (Narrowing(text="liege"), False),
        (Narrowing(person="serge"), False),
        (Narrowing(term="bolsheviks", events=frozenset({"october"})), False),
    ],
)
def test_a_hidden_event_answers_to_its_date_alone(narrowing: Narrowing, kept: bool) -> None:
    rows = rows_of(EVENTS, narrowing, BORN, DIED, hidden={"october"})
    assert [row.hidden for row in rows if isinstance(row, EventRow) and row.event.key == "october"] == [True] * kept


@pytest.mark.parametrize(
    ("narrowing", "keys"),
    [
        (Narrowing(side="life"), {"birth", "arrival"}),
        (Narrowing(side="history"), {"october"}),
        (Narrowing(chapter=3), {"arrival"}),
        (Narrowing(text="petrograd"), {"october", "arrival"}),
        (Narrowing(text="PETROGRAD bolsheviks"), {"october"}),
        (Narrowing(text="liege"), {"birth", "october", "arrival"}),
        (Narrowing(person="serge", side="history"), {"october"}),
        (Narrowing(person="lenin"), set()),
        (Narrowing(term="bolsheviks", events=frozenset({"october"})), {"october"}),
    ],
)
def test_narrowing_keeps_what_was_asked_and_no_empty_year(narrowing: Narrowing, keys: set[str]) -> None:
    rows = rows_of(EVENTS, narrowing, BORN, DIED)
    assert {row.event.key for row in rows if isinstance(row, EventRow)} == keys
    assert all(row.events for row in rows if isinstance(row, YearRow))


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("1917-11-07", "7 Nov"), ("1917-11", "Nov"), ("1917", ""), ("about 1936-01", "c. Jan"), ("about 1895", ""),
        ("1937-03-02 or 1937-03-05", "2 Mar?"), ("unknown", ""),
    ],
)  # fmt: skip
def test_a_day_is_written_short(date: str, shown: str) -> None:
    assert day_in_year(HistoricalDate.parse(date)) == shown


def test_a_missing_event_leads_to_its_year_and_a_missing_year_to_the_next() -> None:
    rows = rows_of(EVENTS, Narrowing(side="life"), BORN, DIED)
    at = row_of(rows, event="october", year=1917)
    assert at is not None
    assert rows[at].year == 1919
    assert row_of(rows, year=1990) is None


lives = st.lists(
    st.builds(
        Lifespan,
        key=st.text("abcdef", min_size=1, max_size=3),
        name=st.text(max_size=3),
        born=st.integers(1800, 1940),
        died=st.none() | st.integers(1850, 1990),
        fate=st.just(""),
    ),
    max_size=30,
)


@given(lives, st.integers(1881, 1951))
def test_everybody_born_is_in_exactly_one_list(people: list[Lifespan], year: int) -> None:
    living = living_in(year, people, None)
    lists = [*living.alive, *living.died_this_year, *living.dead]
    assert len(lists) == sum(1 for life in people if life.born <= year) == len(living.born)
    assert all(life.died is None or life.died > year for life in living.alive)


def test_only_people_met_are_counted() -> None:
    people = [Lifespan("a", "A", 1880, 1937, "shot"), Lifespan("b", "B", 1880, None, "")]
    assert [life.key for life in living_in(1919, people, {"b"}).alive] == ["b"]
    assert living_in(1919, people, set()).born == ()
    assert [life.key for life in living_in(1937, people, None).died_this_year] == ["a"]
    assert [life.key for life in living_in(1980, people, None).dead] == ["a", "b"]


def test_lives_and_deaths_are_counted_year_by_year() -> None:
    people = [Lifespan("a", "A", 1880, 1937, "shot"), Lifespan("b", "B", 1936, None, "")]
    assert tally(people, None, (1935, 1936, 1937)) == [Tally(1935, 1, 0), Tally(1936, 2, 0), Tally(1937, 1, 1)]
    assert tally(people, {"b"}, (1935, 1937)) == [Tally(1935, 0, 0), Tally(1937, 1, 0)]


def test_somebody_stands_in_a_party_in_its_years_and_a_hidden_end_is_not_told_by_them() -> None:
    years = HistoricalDate.parse
    members = [
        Membership("early", "left-opposition", years("unknown"), years("1927"), "", ""),
        Membership("late", "left-opposition", years("1926-04"), years("1937-01-30"), "", ""),
        Membership("always", "left-opposition", years("unknown"), years("unknown"), "", ""),
    ]
    assert standing_in(1925, members, ALL_SHOWN) == {"early", "always"}
    assert standing_in(1926, members, ALL_SHOWN) == {"early", "late", "always"}
    assert standing_in(1938, members, ALL_SHOWN) == {"always"}
    assert standing_in(1938, members, HiddenEnds(died={"late": 1937})) == {"late", "always"}
