from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.typesetting.breaks import greedy
from serge_tui.core.typesetting.display_text import draw
from serge_tui.core.typesetting.optimum import breakpoints

from .helpers import texts


def broken(text: str, room: int) -> list[str]:
    drawn = draw(text)
    starts, ends = greedy(drawn, 0, len(drawn.text), room, room)
    return [drawn.text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two", 4, ["one", "two"]),
        ("the war\u2014and after", 10, ["the war\u2014", "and after"]),
        ("the war--and after", 11, ["the war--", "and after"]),
        ("a well-known man", 8, ["a well-", "known", "man"]),
        ("a T-shirt here", 5, ["a", "T-shi", "rt", "here"]),
        ("in 1917\u20131921 he", 9, ["in", "1917\u20131921", "he"]),
        ("he said \u2014 so", 9, ["he said \u2014", "so"]),
        ("he said \u2014 so", 8, ["he", "said \u2014", "so"]),
        ("dijo \u2014respondi\u00f3", 8, ["dijo", "\u2014respond", "i\u00f3"]),
        ("quel mot ! oui", 8, ["quel", "mot !", "oui"]),
        ("le \u00ab mot \u00bb dit", 7, ["le", "\u00ab mot \u00bb", "dit"]),
        ("er sagt \u00bbja\u00ab oft", 9, ["er sagt", "\u00bbja\u00ab oft"]),
        ("wait . . . now", 8, ["wait . .", ". now"]),
        ("one\u00a0two three", 6, ["one\u00a0tw", "o", "three"]),
        ("\u6f22\u5b57\u3068\u4eee\u540d\u3002\u6587", 10, ["\u6f22\u5b57\u3068\u4eee", "\u540d\u3002\u6587"]),
        ("see https://example.org/one/two", 16, ["see", "https://example.", "org/one/two"]),
        ("zero\u200bwidth", 6, ["zero", "width"]),
        ("fixed\u2014\u2060here", 7, ["fixed\u2014h", "ere"]),
    ],
)
def test_where_lines_break(text: str, room: int, lines: list[str]) -> None:
    assert broken(text, room) == lines


@given(texts(), st.integers(4, 60), st.integers(0, 3))
def test_greedy_takes_as_much_as_the_list_of_breakpoints_allows(text: str, room: int, indent: int) -> None:
    drawn = draw(" ".join(text.split()))
    size = len(drawn.text)
    if not drawn.text.strip(" ") or drawn.text != drawn.text.strip(" "):
        return
    starts, ends = greedy(drawn, 0, size, room - indent, room)
    points = breakpoints(drawn, 0, size)
    if any(points.end_cells[i + 1] - points.next_cells[i] > room - indent for i in range(len(points.ends) - 1)):
        return
    at, expected = 0, [0]
    while at < len(points.ends) - 1:
        width = room - indent if at == 0 else room
        fits = [j for j in range(at + 1, len(points.ends)) if points.end_cells[j] - points.next_cells[at] <= width]
        at = fits[-1]
        expected.append(points.nexts[at])
    assert starts == expected[:-1]
    assert ends[-1] == size
