"""The labelled queries: the file is sound, and the finder stays above what was aimed at."""

from __future__ import annotations

import pytest

from tests.serge_tui.core.name_finder.make_queries import make
from tests.serge_tui.core.name_finder.pack import load
from tests.serge_tui.core.name_finder.yardstick import Tally, by_finder, labelled, measure

FIRST, IN_THREE, FALSE = 97.0, 99.0, 1.0
"""Per cent: at least, at least, below."""


@pytest.fixture(scope="module")
def tallies() -> dict[str, dict[str, Tally]]:
    way = by_finder(*load())
    return {part: measure(way, labelled(part)) for part in ("tune", "held")}


@pytest.mark.parametrize("part", ["tune", "held"])
def test_the_aims_are_met_in_the_part_looked_at_and_in_the_part_held_out(
    tallies: dict[str, dict[str, Tally]], part: str
) -> None:
    overall = tallies[part]["all"]
    assert overall.share("first") >= FIRST
    assert overall.share("in_three") >= IN_THREE
    assert overall.share("false") < FALSE


def test_hardly_anybody_is_taken_for_somebody_of_no_page_here(tallies: dict[str, dict[str, Tally]]) -> None:
    nobody = [query for query in labelled() if not query.expected]
    false = sum(
        tally.false for part in tallies.values() for kind, tally in part.items() if kind != "all" and not tally.asked
    )
    assert 100 * false / len(nobody) < FALSE


def test_the_file_is_large_and_fair_enough() -> None:
    queries = labelled()
    assert len(queries) >= 1500
    assert sum(not query.expected for query in queries) >= 200
    assert len({query.query.casefold() for query in queries}) == len(queries)
    assert all(query.part == "held" for query in queries if query.kind.startswith("hand"))


def test_everybody_expected_is_in_the_pack() -> None:
    keys = {figure.key for figure in load()[0]}
    assert not {key for query in labelled() for key in query.expected} - keys


def test_the_queries_are_made_alike_each_time() -> None:
    assert make() == make()
