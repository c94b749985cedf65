from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import sanitise, sanitise_in_place
from serge_tui.core.typesetting import ChapterLayout, Line, Settings, column_of, offset_at, typeset_passage
from serge_tui.core.typesetting.form import ASTERISM
from serge_tui.core.typesetting.metrics import cell_width

from .helpers import KINDS, PROSE, SETTINGS, passage, settings, shown, texts

if TYPE_CHECKING:
    from db.book import PassageKind
    from db.models import Passage

UNSEEN = frozenset("\u00ad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064")


def chapters() -> st.SearchStrategy[list[Passage]]:
    parts = st.tuples(texts(), st.sampled_from(KINDS), st.integers(0, 3))
    return st.lists(parts, max_size=8).map(
        lambda parts: [passage(text, kind, 7 + at, level) for at, (text, kind, level) in enumerate(parts)]
    )


def drawn_text(line: Line) -> str:
    return " " * line.indent + line.text


@given(texts(), st.sampled_from(KINDS), settings(), st.sampled_from([None, *KINDS]))
def test_no_character_is_lost_doubled_or_out_of_order(
    text: str, kind: PassageKind, chosen: Settings, previous: PassageKind | None
) -> None:
    lines = typeset_passage(passage(text, kind), chosen, previous)
    seen = [pair for line in lines for pair in shown(line)]
    offsets = [offset for offset, _ in seen]
    assert offsets == sorted(set(offsets))
    assert all(0 <= offset < len(text) for offset in offsets)
    if lines[0].text == ASTERISM and kind == "break":
        return
    safe = sanitise_in_place(text)
    for offset, char in seen:
        assert char == safe[offset] or (char == " " and safe[offset].isspace())
    for offset in set(range(len(text))).difference(offsets):
        char = safe[offset]
        tower = cell_width(char) == 0 and offset >= 8
        assert char.isspace() or char in UNSEEN or tower, f"{char!r} at {offset} is not drawn"


@given(texts(), st.sampled_from(KINDS), settings())
def test_lines_keep_to_the_measure_and_to_their_passage(text: str, kind: PassageKind, chosen: Settings) -> None:
    lines = typeset_passage(passage(text, kind, 5, 2), chosen)
    end = 0
    for line in lines:
        assert cell_width(drawn_text(line)) <= chosen.measure
        assert end <= line.start <= line.end <= len(text)
        end = line.end
        assert (line.passage, line.kind, line.level) == (5, kind, 2)
        assert line.offsets is None or len(line.offsets) == len(line.text)
        assert "\n" not in line.text
        assert sanitise(line.text) == line.text
        assert line.text == line.text.rstrip(" ")
    assert [line.first for line in lines] == [True] + [False] * (len(lines) - 1)
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(texts(), st.sampled_from(KINDS), settings())
def test_from_offset_to_column_and_back(text: str, kind: PassageKind, chosen: Settings) -> None:
    for line in typeset_passage(passage(text, kind), chosen):
        if line.kind == "break" and line.text == ASTERISM:
            continue
        column = -1
        for offset, char in shown(line):
            here = column_of(line, offset)
            assert here >= max(column, line.indent)
            column = here
            back = offset_at(line, here)
            if cell_width(char) and back != offset:
                # Inside a cluster the column is that of its first character.
                assert back < offset
                assert column_of(line, back) == here
        assert offset_at(line, 1_000) == line.end
        assert offset_at(line, 0) == line.start or line.indent == 0


@given(texts(), st.sampled_from(KINDS), st.integers(16, 100))
def test_every_setting_makes_the_same_number_of_lines(text: str, kind: PassageKind, measure: int) -> None:
    counts = {len(typeset_passage(passage(text, kind), Settings(measure, setting))) for setting in SETTINGS}
    assert len(counts) == 1


@given(chapters(), settings(), st.data())
def test_a_chapter_knows_where_each_character_is(
    passages: list[Passage], chosen: Settings, data: st.DataObject
) -> None:
    layout = ChapterLayout(passages, chosen)
    lines = layout.lines(0, len(layout))
    assert len(lines) == len(layout)
    before: PassageKind | None = None
    separately: list[Line] = []
    for part in passages:
        separately += typeset_passage(part, chosen, before)
        before = part.kind
    assert [line for line in lines if line.passage >= 0] == separately
    again = ChapterLayout(passages, chosen)
    if passages:
        part = data.draw(st.sampled_from(passages))
        offset = data.draw(st.integers(0, len(part.text)))
        line = again.line(again.index_of(part.ordinal, offset))
        assert line.passage == part.ordinal
        assert line.start <= offset or line.first
        following = again.index_of(part.ordinal, offset) + 1
        if following < len(again) and again.line(following).passage == part.ordinal:
            assert offset < again.line(following).start


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_paragraph_of_many_pages_is_set_from_its_end(setting: str) -> None:
    chosen = next(Settings(setting=known) for known in SETTINGS if known == setting)
    text = PROSE * 60
    whole = ChapterLayout([passage(text)], chosen)
    lines = whole.lines(0, len(whole))
    fresh = ChapterLayout([passage(text)], chosen)
    last = fresh.index_of(0, len(text) - 1)
    assert last == len(fresh) - 1
    assert fresh.line(last) == lines[-1]
    for index in range(len(fresh) - 1, -1, -37):
        assert fresh.line(index) == lines[index]
        if lines[index].passage >= 0:
            assert fresh.index_of(0, lines[index].start) == index


def test_places_outside_the_chapter_give_the_nearest_line() -> None:
    layout = ChapterLayout([passage(PROSE, ordinal=3), passage(PROSE, ordinal=4)], Settings())
    assert layout.index_of(99, 5) == len(layout) - 1
    assert layout.line(layout.index_of(0, 50)).passage == 3
    assert layout.line(layout.index_of(3, 10**6)).last
    with pytest.raises(IndexError):
        layout.line(len(layout))
    empty = ChapterLayout([], Settings())
    assert (len(empty), empty.index_of(3), empty.lines(0, 9)) == (0, 0, [])


def test_setting_anew_gives_what_a_fresh_layout_gives() -> None:
    passages = [passage(PROSE, ordinal=at) for at in range(4)]
    narrow = Settings(measure=44, setting="justified")
    anew = ChapterLayout(passages, Settings()).with_settings(narrow)
    assert anew.lines(0, 99) == ChapterLayout(passages, narrow).lines(0, 99)


def rows(*parts: tuple[PassageKind, str], chosen: Settings | None = None) -> list[str]:
    passages = [passage(text, kind, at, 1) for at, (kind, text) in enumerate(parts)]
    layout = ChapterLayout(passages, chosen or Settings(measure=50))
    return [drawn_text(line) for line in layout.lines(0, len(layout))]


def test_a_chapter_opens_with_air_and_no_indent() -> None:
    assert rows(("heading", "One"), ("paragraph", "First."), ("paragraph", "Second.")) == [
        "", "", "", "One", "", "", "First.", "   Second.",
    ]  # fmt: skip


def test_spaced_paragraphs_have_no_indent() -> None:
    chosen = Settings(paragraphs="spaced")
    assert rows(("paragraph", "One."), ("paragraph", "Two."), chosen=chosen)[-3:] == ["One.", "", "Two."]


def test_a_later_heading_has_air_before_and_after() -> None:
    assert rows(("paragraph", "One."), ("heading", "Two"), ("paragraph", "Three."))[-6:] == [
        "One.", "", "", "Two", "", "Three.",
    ]  # fmt: skip


def test_a_break_is_an_asterism_in_the_middle_and_the_next_paragraph_begins_at_the_margin() -> None:
    assert rows(("paragraph", "One."), ("break", "* * *"), ("paragraph", "Two."))[-5:] == [
        "One.", "", " " * 24 + ASTERISM, "", "Two.",
    ]  # fmt: skip
    assert rows(("break", "Part II"))[-1] == " " * 21 + "Part II"


def test_quotations_and_letters_are_indented_on_both_sides() -> None:
    for kind in ("quote", "letter"):
        found = rows(
            ("paragraph", "One."), ("quote" if kind == "quote" else "letter", PROSE[:120]), ("paragraph", "Two.")
        )
        inside = found[found.index("One.") + 2 : -2]
        assert all(row.startswith("    ") and len(row) <= 46 for row in inside)
        assert found[found.index("One.") + 1] == found[-2] == ""


def test_a_verse_keeps_its_lines_and_hangs_what_runs_over() -> None:
    verse = "Short line\n  set in\n\nA line of verse that is far too long to stand on one line here"
    assert rows(("verse", verse))[2:] == [
        "    Short line",
        "      set in",
        "    ",
        "    A line of verse that is far too long to stand",
        "        on one line here",
    ]


def test_list_items_get_a_bullet_or_keep_their_own_and_hang() -> None:
    long = "a thing that needs more than the one line it is given here"
    assert rows(("list", long), ("list", f"12. {long}"))[2:] == [
        "\u2022 a thing that needs more than the one line it is",
        "  given here",
        "12. a thing that needs more than the one line it",
        "    is given here",
    ]


def test_a_table_keeps_its_rows_and_columns() -> None:
    assert rows(("table", "Bolsheviks   250\nOthers        99"))[2:] == ["Bolsheviks   250", "Others        99"]
    assert rows(("table", "a\t1\nabc\t2"))[2:] == ["a   1", "abc 2"]


def test_a_table_too_wide_loses_white_columns_before_it_wraps() -> None:
    table = "Prices\u2014in roubles\nBlack bread          0.02         0.12\nWhite bread          0.05         0.20"
    assert rows(("table", table), chosen=Settings(26))[2:] == [
        "Prices\u2014in roubles",
        "Black bread      0.02 0.12",
        "White bread      0.05 0.20",
    ]
    (_, line, _) = typeset_passage(passage(table, "table"), Settings(26))
    assert [table[offset] for offset, _ in shown(line)] == list(line.text)
    assert rows(("table", table), chosen=Settings(16))[2:] == [
        "Prices\u2014in",
        "  roubles",
        *("Black bread", "  0.02", "  0.12"),
        *("White bread", "  0.05", "  0.20"),
    ]


def test_a_heading_of_two_lines_is_balanced() -> None:
    title = "How the commissions succeeded commissions and nothing"
    plain = rows(("heading", title), chosen=Settings(60))
    even = rows(("heading", title), chosen=Settings(60, "ragged-optimum"))
    assert [len(row) for row in plain[3:]] == [45, 7]
    assert abs(len(even[3]) - len(even[4])) < 12


def test_right_to_left_words_are_neither_turned_nor_pulled_apart() -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \u05d8\u05d5\u05d1"
    text = f"He wrote {hebrew} on the wall of the house and went away without a word to anyone there"
    for line in typeset_passage(passage(text), Settings(40, "justified")):
        assert ("\u05e9" not in line.text) or hebrew in line.text


def test_hostile_text_is_shown_and_does_nothing() -> None:
    text = "before \x1b[31m [red]\x9b5n\u202eafter\x00"
    (line,) = typeset_passage(passage(text), Settings())
    assert line.text == "before \ufffd[31m [red]\ufffd5n\ufffdafter\ufffd"
    assert line.offsets is None
    assert text[line.start : line.end] == text
