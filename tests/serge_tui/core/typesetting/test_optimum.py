from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from serge_tui.core.typesetting import Settings, typeset_passage
from serge_tui.core.typesetting.breaks import greedy
from serge_tui.core.typesetting.display_text import draw
from serge_tui.core.typesetting.hyphenation import hyphenator
from serge_tui.core.typesetting.optimum import Breakpoints, Paragraph, breakpoints, total_fit

from .helpers import PROSE, passage, prose


def cheapest_by_trying_all(points: Breakpoints, wanted: Paragraph) -> float:
    """Least cost over every way to break into the wanted number of lines; exponential, for short texts."""
    last = len(points.ends) - 1

    def ways(at: int, line: int) -> list[list[int]]:
        if line == wanted.lines:
            return [[at]] if at == last else []
        room = wanted.room(line)
        found = []
        for j in range(at + 1, last + 1):
            if points.end_cells[j] - points.next_cells[at] <= room:
                found += [[at, *rest] for rest in ways(j, line + 1)]
        return found

    return min(wanted.cost(points, way) for way in ways(0, 0))


def asked(
    text: str, room: int, indent: int, *, justified: bool, final: bool, divide: bool
) -> tuple[Breakpoints, Paragraph, list[int]]:
    drawn = draw(text)
    starts, ends = greedy(drawn, 0, len(text), room - indent, room)
    divider = hyphenator("en") if divide else None
    points = breakpoints(drawn, 0, len(text), divider.places(drawn, 0, len(text)) if divider else ())
    path = [0, *(points.ends.index(end) for end in ends)]
    return points, Paragraph(room - indent, room, len(starts), final, justified), path


@given(prose(), st.integers(20, 80), st.integers(0, 3), st.booleans(), st.booleans(), st.booleans())
def test_total_fit_never_costs_more_than_greedy(
    text: str, room: int, indent: int, justified: bool, final: bool, divide: bool
) -> None:
    points, wanted, by_greedy = asked(text, room, indent, justified=justified, final=final, divide=divide)
    path = total_fit(points, wanted)
    assert path is not None
    assert len(path) == wanted.lines + 1
    assert (path[0], path[-1]) == (0, len(points.ends) - 1)
    assert all(i < j for i, j in pairwise(path))
    rooms = [wanted.room(line) for line in range(wanted.lines)]
    assert all(
        points.end_cells[j] - points.next_cells[i] <= room for (i, j), room in zip(pairwise(path), rooms, strict=True)
    )
    assert wanted.cost(points, path) <= wanted.cost(points, by_greedy)


SHORT_TEXTS = st.lists(
    st.sampled_from(["a", "of", "two", "seven", "revolution", "x\u2014y"]), min_size=1, max_size=13
).map(" ".join)


@settings(deadline=None)
@given(SHORT_TEXTS, st.integers(11, 24), st.booleans(), st.booleans(), st.booleans())
def test_total_fit_finds_the_cheapest_way_there_is(
    text: str, room: int, justified: bool, final: bool, divide: bool
) -> None:
    points, wanted, _ = asked(text, room, 1, justified=justified, final=final, divide=divide)
    path = total_fit(points, wanted)
    assert path is not None
    assert wanted.cost(points, path) == cheapest_by_trying_all(points, wanted)


def test_a_word_longer_than_the_line_leaves_it_to_the_greedy_way() -> None:
    text = "a " + "b" * 40 + " c"
    assert total_fit(breakpoints(draw(text), 0, len(text)), Paragraph(20, 20, 4, final=True, justified=False)) is None


def test_the_right_margin_is_more_even_than_with_the_greedy_way() -> None:
    def short(setting: Settings) -> list[int]:
        lines = typeset_passage(passage(PROSE * 3), setting)
        return [setting.measure - len(line.text) for line in lines[:-1]]

    by_greedy, optimum = short(Settings(40, "ragged")), short(Settings(40, "ragged-optimum"))
    assert len(by_greedy) == len(optimum)
    assert max(optimum) < max(by_greedy)
    assert sum(s**2 for s in optimum) < sum(s**2 for s in by_greedy)
