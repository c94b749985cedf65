from __future__ import annotations

from hypothesis import given

from db.text import sanitise
from serge_tui.core.typesetting.display_text import draw

from .helpers import PROSE, texts


def test_plain_text_is_drawn_as_it_is() -> None:
    drawn = draw(PROSE)
    assert (drawn.text, drawn.origin, drawn.cells) == (PROSE, None, None)


def test_what_is_unseen_is_left_out_and_the_way_back_kept() -> None:
    drawn = draw("no\u2060\u2014yes, re\u00advolt")
    assert drawn.text == "no\u2014yes, revolt"
    assert drawn.origin is not None
    assert [drawn.offset(i) for i in range(4)] == [0, 1, 3, 4]
    assert drawn.never == {2}
    assert [drawn.text[:at] for at in drawn.soft] == ["no\u2014yes, re"]
    assert drawn.offset(len(drawn.text)) == len("no\u2060\u2014yes, re\u00advolt")


def test_zero_width_space_lets_a_line_break() -> None:
    assert draw("zero\u200bwidth").places == [4]
    assert draw("zero \u200bwidth").places == []


def test_tabs_reach_the_next_stop_or_are_one_space() -> None:
    assert draw("a\tbcd\te", expand_tabs=True).text == "a   bcd e"
    assert draw("a\tb\n\tc", expand_tabs=True).text == "a   b\n    c"
    assert draw("a\tb").text == "a b"


def test_a_letter_under_a_tower_of_marks_keeps_a_few() -> None:
    drawn = draw("e" + "\u0301" * 200 + "x")
    assert drawn.text == "e" + "\u0301" * 8 + "x"
    assert drawn.offset(9) == 201
    assert drawn.width(0, len(drawn.text)) == 2


@given(texts())
def test_nothing_drawn_could_steer_a_terminal(text: str) -> None:
    for expand_tabs in (False, True):
        drawn = draw(text, expand_tabs=expand_tabs)
        assert sanitise(drawn.text) == drawn.text
        assert drawn.origin is None or len(drawn.origin) == len(drawn.text) + 1
        assert drawn.cells is None or len(drawn.cells) == len(drawn.text) + 1
        assert all(drawn.position(drawn.offset(i)) <= i for i in range(len(drawn.text)))
