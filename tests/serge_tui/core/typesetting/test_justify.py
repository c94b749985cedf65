from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.typesetting import Line, Settings, typeset_passage
from serge_tui.core.typesetting.justify import MOST_EXTRA, spread

from .helpers import PROSE, passage, prose


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.integers(0, 40))
def test_every_space_gets_as_much_or_one_cell_more(words: list[int], short: int) -> None:
    at, gaps = 0, []
    for word in words:
        at += word
        gaps.append((at, at + 1))
        at += 1
    extra = spread(gaps, short, [(3, 4), (9, 11)])
    if short > MOST_EXTRA * len(gaps):
        assert extra == []
    else:
        assert sum(extra) == short
        assert max(extra) - min(extra) <= 1


def test_no_white_stands_under_white_where_that_can_be_helped() -> None:
    assert spread([(4, 5), (9, 10)], 1, [(4, 6)]) == [0, 1]
    assert spread([(4, 5), (9, 10)], 1, [(9, 10)]) == [1, 0]


@given(prose(), st.integers(30, 90), st.sampled_from(["justified", "justified-hyphenated"]))
def test_lines_reach_the_margin_or_stay_as_they_were(text: str, measure: int, setting: str) -> None:
    settings = Settings(measure, "justified" if setting == "justified" else "justified-hyphenated")
    lines = typeset_passage(passage(text), settings)
    for line in lines:
        assert text[line.start : line.end].split() == line.text.removesuffix("-").split()
        full = line.indent + len(line.text) == measure
        assert full or "  " not in line.text
    assert "  " not in lines[-1].text


def white_under_white(rows: list[set[int]]) -> int:
    return sum(len(one & other) for one, other in pairwise(rows))


def left_first(line: Line) -> set[int]:
    """Cells of white in a line whose first spaces were widened, as the simplest way does it."""
    words = line.text.split()
    each, more = divmod(len(line.text) - len("".join(words)), max(1, len(words) - 1))
    white, at = set[int](), line.indent
    for number, word in enumerate(words[:-1]):
        at += len(word)
        wide = each + (number < more)
        white.update(range(at, at + wide))
        at += wide
    return white


def test_less_white_stands_under_white_than_when_spaces_are_widened_from_the_left() -> None:
    text = " ".join(Random(1).choices(PROSE.split(), k=1_500))
    lines = typeset_passage(passage(text), Settings(setting="justified"))
    ours = [{line.indent + i for i, char in enumerate(line.text) if char == " "} for line in lines]
    simplest = [left_first(line) for line in lines]
    assert [len(row) for row in ours] == [len(row) for row in simplest]
    assert white_under_white(ours) < 0.75 * white_under_white(simplest)
