"""Where people are together, and what the card may tell by a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.models import Mention
from db.store import EditionFindings, replace_edition
from serge_tui.modes.reader.card_content import Met, card_facts, words_told
from serge_tui.modes.reader.meetings import meetings
from serge_tui.modes.reader.widgets.figure_card import card_content
from serge_tui.services.hidden_ends import ALL_SHOWN, HiddenEnds

if TYPE_CHECKING:
    from db.library import Library

HIDDEN = HiddenEnds(switched_on=True, died={"trotsky": 1940})


def named(figure: str, *passages: int) -> list[Mention]:
    return [Mention("book", passage, 3, 9, figure, 1.0) for passage in passages]


def test_passages_that_name_everybody() -> None:
    found = meetings([named("a", 1, 4, 4, 9), named("b", 2, 4, 9), named("c", 4, 9)])
    assert [(meeting.first, meeting.last) for meeting in found] == [(4, 4), (9, 9)]


def test_neighbours_count_when_no_passage_names_them_all() -> None:
    found = meetings([named("a", 1, 10), named("b", 3, 20)])
    assert [(meeting.first, meeting.last) for meeting in found] == [(1, 3)]
    assert meetings([named("a", 1), named("b", 9)]) == []
    assert meetings([named("a", 1), []]) == []


def stored(library: Library) -> list[Mention]:
    """A book of nine chapters that names Trotsky in the first and the last two."""
    chapters = [
        BookChapter(f"Chapter {number}", [Block("Here is Trotsky again.")], canonical=number) for number in range(1, 10)
    ]
    mentions = [(at, 8, 15, "trotsky", 1.0) for at in (0, 7, 8)]
    library.writer.run(lambda c: replace_edition(c, "book", Book("Book", chapters), "", EditionFindings(mentions)))
    return library.passages.mentions_of("trotsky", "book")


def test_a_sealed_card_tells_only_what_was_told_by_the_line(library: Library) -> None:
    first, back, last = stored(library)
    figure = library.figures.by_key("trotsky")
    assert figure is not None
    early = card_facts(library, figure, first, (0, 20), ends=HIDDEN, unfolded=False)
    assert (early.first, early.last_seen, early.count) == ("here", "", "named once so far")
    assert early.years.endswith("▒▒▒▒")
    assert (early.life, early.serge, early.fate) == ("", "", "")
    assert early.words is None or (early.words.chapter or 99) <= 1
    late = card_facts(library, figure, back, (7, 20), ends=HIDDEN, unfolded=False)
    assert late.last_seen == "chapter 1"
    assert early.met is None
    assert late.met == Met("chapter 1", "Here is ", "Trotsky", " again.")
    assert late.next == "chapter 9"
    assert late.words is not None
    assert (late.words.chapter or 99) <= 8
    open_card = card_facts(library, figure, last, (8, 20), ends=ALL_SHOWN, unfolded=True)
    assert open_card.years.endswith("1940")
    assert open_card.life
    assert open_card.fate


def test_words_that_come_later_are_only_announced(library: Library) -> None:
    stored(library)
    quotations = library.quotations.about("trotsky")
    first_chapter = min(quotation.chapter for quotation in quotations if quotation.chapter)
    words, later = words_told(library, "trotsky", "book", (first_chapter - 2, 0), HIDDEN)
    assert (words, later) == (None, True)
    assert words_told(library, "trotsky", "book", (0, 0), ALL_SHOWN) == (quotations[0], False)


def test_a_card_without_words_of_serge_shows_a_stroke_from_the_chapter_that_shows_them(library: Library) -> None:
    chapters = [
        BookChapter(f"Chapter {number}", [Block("Here is Lazzari again.")], canonical=number) for number in range(1, 5)
    ]
    mentions = [(at, 8, 15, "lazzari", 1.0) for at in range(4)]
    library.writer.run(lambda c: replace_edition(c, "book", Book("Book", chapters), "", EditionFindings(mentions)))
    first, *_, last = library.passages.mentions_of("lazzari", "book")
    figure = library.figures.by_key("lazzari")
    assert figure is not None
    assert card_facts(library, figure, first, (0, 20), ends=HIDDEN, unfolded=False).stroke == ""
    late = card_facts(library, figure, last, (3, 20), ends=HIDDEN, unfolded=False)
    assert late.stroke == figure.stroke != ""
    assert f"{figure.stroke}  after Serge, in our words" in card_content(late).plain


def test_the_card_says_how_to_say_a_name_and_where_they_stood_in_the_years_of_the_chapter(library: Library) -> None:
    first, back, _ = stored(library)
    figure = library.figures.by_key("trotsky")
    assert figure is not None
    then = card_facts(library, figure, back, (7, 20), ends=ALL_SHOWN, unfolded=False)
    assert "Left Opposition 1923–1933" in then.stood
    assert "Red Army" not in then.stood
    assert then.stood in card_content(then).plain
    assert then.say == "TROT-skee"
    assert f"{then.years} · {then.say}" in card_content(then).plain
    before = card_facts(library, figure, first, (0, 20), ends=ALL_SHOWN, unfolded=False)
    assert before.stood.count(";") == 2
    assert card_facts(library, figure, back, (7, 20), ends=HIDDEN, unfolded=False).stood == ""


def test_the_card_quotes_no_earlier_passage_that_tells_a_hidden_end(library: Library) -> None:
    texts = ["Trotsky was murdered in 1940.", "Trotsky met Lenin."]
    chapters = [BookChapter("One", [Block(text) for text in texts], canonical=1)]
    mentions = [(at, 0, 7, "trotsky", 1.0) for at in range(2)]
    library.writer.run(lambda c: replace_edition(c, "book", Book("Book", chapters), "", EditionFindings(mentions)))
    figure = library.figures.by_key("trotsky")
    assert figure is not None
    here = library.passages.mentions_of("trotsky", "book")[1]
    assert card_facts(library, figure, here, (1, 7), ends=HIDDEN, unfolded=False).met is None
    shown = card_facts(library, figure, here, (1, 7), ends=ALL_SHOWN, unfolded=False).met
    assert shown is not None
    assert shown.after.startswith(" was murdered")
