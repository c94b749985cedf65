"""A text as plain lines."""

from __future__ import annotations

from db.models import Note, Passage
from serge_tui.core.export.plain import Excerpt, plain_text, whole_word


def passage(text: str, ordinal: int = 0, kind: str = "paragraph") -> Passage:
    return Passage("book", ordinal, 0, kind, 0, text, ())  # type: ignore[arg-type]


def test_paragraphs_are_lines_with_an_empty_one_between() -> None:
    text = plain_text(Excerpt([passage("One two."), passage("", 1, "break"), passage("Three.", 2)]))
    assert text == "One two.\n\n* * *\n\nThree.\n"


def test_lines_are_no_longer_than_asked_and_keep_the_indent_of_what_is_quoted() -> None:
    words = "word " * 30
    text = plain_text(Excerpt([passage(words, 0, "quote"), passage(words, 1), passage(words, 2, "list")]), width=40)
    assert all(len(line) <= 40 for line in text.splitlines())
    quoted, plain, listed = text.split("\n\n")
    assert all(line.startswith("    word") for line in quoted.splitlines())
    assert all(line.startswith("word") for line in plain.splitlines())
    assert listed.startswith("- word")


def test_names_are_marked_and_one_inside_another_is_not() -> None:
    names = {0: [(0, 7), (4, 7), (12, 17)]}
    assert plain_text(Excerpt([passage("Leo Lev and Radek.")]), names) == "[Leo Lev] and [Radek].\n"


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    excerpt = Excerpt([passage("It snowed in Petrograd."), passage("Nobody came to meet us.", 1)], 5, 10)
    assert plain_text(excerpt) == "in Petrograd.\n\nNobody came\n"
    assert plain_text(Excerpt([passage("One two three.")], 4, 8), {0: [(4, 7)]}) == "[two]\n"
    assert whole_word("short", 99) == 5


def test_notes_stand_below_and_nothing_steers_the_terminal() -> None:
    text = plain_text(Excerpt([passage("A word1.")]), notes=[Note("book", "n1", "1", "Said \x1b[31min 1920.")])
    assert "Notes\n\n1 Said" in text
    assert "\x1b" not in text
