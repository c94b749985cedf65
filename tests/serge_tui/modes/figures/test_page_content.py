"""What stands on a figure's page, and what does not while it is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.book import Block, Book, BookChapter
from db.ends import names_a_death
from db.found_store import ChapterFindings, begin_search, store_chapter
from db.models import GUIDE_EDITION, Place
from db.models.found_text import Found
from db.store import EditionFindings, replace_edition
from serge_tui.modes.figures.cards import card_lines
from serge_tui.modes.figures.comparison import comparison_head
from serge_tui.modes.figures.dossier import Dossier, load_dossier
from serge_tui.modes.figures.page_content import figure_page, strip_of_mentions
from serge_tui.navigation import ReadAt, ShowEvent, ShowFigure, ShowNote, ShowQuotation
from serge_tui.services.hidden_ends import ALL_SHOWN, hidden_ends

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.widgets.linked_page import Paragraph


def dossier(library: Library, key: str) -> Dossier:
    found = load_dossier(library, key, GUIDE_EDITION)
    assert found is not None
    return found


def text(paragraphs: list[Paragraph]) -> str:
    return "\n".join(f"{paragraph.text.plain}{_below(paragraph)}" for paragraph in paragraphs)


def _below(paragraph: Paragraph) -> str:
    return f"\n? {paragraph.unfolds.plain}" if paragraph.unfolds is not None else ""


@pytest.mark.parametrize(
    ("counts", "strip"),
    [([], ""), ([0, 0], "··"), ([1], "█"), ([1, 0, 8], "▁·█"), ([3, 3], "██"), ([1, 1000], "▁█")],
)
def test_the_strip(counts: list[int], strip: str) -> None:
    assert strip_of_mentions(counts) == strip


def test_the_portrait_comes_first_then_life_and_fate(library: Library) -> None:
    headings = [part.heading for part in figure_page(dossier(library, "trotsky"), ALL_SHOWN) if part.heading]
    assert headings[:4] == ["Portrait", "Life", "Fate", "Names"]
    assert headings[-1] == "Sources"
    assert {"Mentions", "With whom they appear", "Related", "Events"} <= set(headings)


def test_a_person_without_a_quotation_is_drawn_after_serge(library: Library) -> None:
    found = dossier(library, "lazzari")
    assert not found.portraits
    page = figure_page(found, ALL_SHOWN)
    assert next(part.heading for part in page if part.heading) == "Portrait"
    assert f"{found.figure.stroke}  after Serge, in our words" in text(page)
    assert "where Serge draws them" in text(page)


def test_the_chapters_say_what_they_rest_on(library: Library) -> None:
    found = dossier(library, "lashevich")
    words = text(figure_page(found, ALL_SHOWN))
    assert "Chapters of the Memoirs" in words
    assert " 6  probably: a quotation placed by its content, the guide, an event" in words
    kuzmin = text(figure_page(dossier(library, "kuzmin"), ALL_SHOWN))
    assert " 4  a source, a quotation, the guide, an event" in kuzmin


def test_nothing_tells_the_end_while_it_is_sealed(library: Library) -> None:
    ends = hidden_ends(library, hidden=True)
    for key in ends.died:
        found = dossier(library, key)
        figure = found.figure
        hidden = figure_page(found, ends)
        words = text([part for part in hidden if not isinstance(part.target, ShowEvent)])
        if figure.fate_text:
            assert figure.fate_text not in words
        if names_a_death(figure.life):
            assert figure.life not in words
        assert "▒▒▒▒" in hidden[1].text.plain
        assert f"–{figure.died.short}" not in hidden[1].text.plain


def test_every_row_leads_somewhere(library: Library) -> None:
    library.annotations.save(new_annotation("note", target="figure:radek", body="thick glasses")).result()
    targets = {type(part.target) for part in figure_page(dossier(library, "radek"), ALL_SHOWN)}
    assert {ShowQuotation, ReadAt, ShowFigure, ShowEvent, ShowNote} <= targets


def test_what_is_ahead_of_the_reader_is_sealed(library: Library) -> None:
    whole = dossier(library, "trotsky")
    first = whole.mentions[0].mention
    begun = replace(whole, reached=Place(GUIDE_EDITION, first.passage, first.start))
    ends = hidden_ends(library, hidden=True)
    mentions = [part for part in figure_page(begun, ends) if isinstance(part.target, ReadAt)]
    assert len(mentions) == 1
    assert len([part for part in figure_page(begun, ALL_SHOWN) if isinstance(part.target, ReadAt)]) > 1
    assert any("further on" in part.text.plain for part in figure_page(begun, ends))


def test_whose_word_it_is(library: Library) -> None:
    library.corrections.correct("figure:radek", {"born_place": "Lwów", "alias:Radeck": "spelling"}).result()
    words = text(figure_page(dossier(library, "radek"), ALL_SHOWN))
    assert "Lwów  yours" in words
    assert "by you  Radeck" in words
    assert "yours  “Radeck”, the birthplace" in words
    assert "outside sources, for the life" in words


@pytest.mark.usefixtures("ends_hidden")
def test_how_well_the_cards_are_known(library: Library) -> None:
    lines = card_lines(library, "trotsky")
    assert lines
    assert {line.standing for line in lines} == {"new"}
    words = text(figure_page(dossier(library, "trotsky"), hidden_ends(library), lines))
    assert "learn them" in words
    assert "What became of them" not in words


def test_markup_in_a_readers_words_stays_text(library: Library) -> None:
    library.corrections.correct("figure:radek", {"one_line": "[bold]x[/bold] \x1b[31m"}).result()
    words = text(figure_page(dossier(library, "radek"), ALL_SHOWN))
    assert "[bold]x[/bold]" in words
    assert "\x1b" not in words


def test_what_two_have_to_do_with_each_other(library: Library) -> None:
    line = comparison_head(
        dossier(library, "radek"), dossier(library, "bukharin"), hidden_ends(library, hidden=True)
    ).plain
    assert "named together" in line or "both" in line
    assert line.endswith(".")


def test_nobody(library: Library) -> None:
    assert load_dossier(library, "nobody-at-all", GUIDE_EDITION) is None


def test_strokes_from_the_same_pages_stand_under_one_citation(library: Library) -> None:
    page = figure_page(dossier(library, "zinoviev"), ALL_SHOWN)
    first = next(at for at, part in enumerate(page) if part.heading == "Portrait") + 1
    strokes = [page[first], page[first + 1]]
    assert all(isinstance(stroke.target, ShowQuotation) for stroke in strokes)
    citation = page[first + 2]
    assert citation.text.plain.startswith("— p. 84")
    assert citation.target is None
    assert citation.unfolds is not None, "the doubt is one key away, not a paragraph under each quotation"
    assert [part.gap for part in page[first : first + 4]] == [0, 0, 0, 1]
    cited = [part.text.plain for part in page if part.text.plain.startswith("— p. 84")]
    assert len(cited) == 1


def test_a_strip_of_mentions_stands_under_the_portrait(library: Library) -> None:
    page = figure_page(dossier(library, "zinoviev"), ALL_SHOWN)
    strip = next(at for at, part in enumerate(page) if "named 17 times in" in part.text.plain)
    assert page[strip + 1].text.plain == "1234567890"
    assert page[strip + 2].heading == "Life"


def copy_of(library: Library) -> Dossier:
    """Trotsky's dossier in a copy that has two portraits of him, the second further on."""
    texts = ["Trotsky was a tall, proud man with a pale face.", "Trotsky stood there, ill, his eyes sunken."]
    book = Book("A copy", [BookChapter("One", [Block(text) for text in texts])], language="en")
    library.writer.run(lambda c: replace_edition(c, "copy", book, "", EditionFindings()))
    found = [
        Found(
            "copy", "portrait", at, 0, at, len(text), (at, 0, at, len(text)), 0, f"f{at}", text, text, "trotsky",
            "Leon Trotsky", "", "surname", 0.9 - at / 10, True, False,
        )
        for at, text in enumerate(texts)
    ]  # fmt: skip
    library.writer.run(lambda c: begin_search(c, "copy", "en", "v1", 1))
    library.writer.run(lambda c: store_chapter(c, "copy", "v1", 0, ChapterFindings(found)))
    one = load_dossier(library, "trotsky", "copy")
    assert one is not None
    return one


def test_what_was_found_in_the_copy_leads_to_its_passages_best_first(library: Library) -> None:
    page = figure_page(copy_of(library), ALL_SHOWN)
    at = next(number for number, part in enumerate(page) if part.heading == "In your copy")
    assert page[at + 1].text.plain.startswith("Trotsky was a tall")
    assert page[at + 2].target == ReadAt(Place("copy", 1, 0), lit=(1, 0, 1, 42))
    library.found.decide(library.found.of_edition("copy")[0], "rejected").result()
    again = load_dossier(library, "trotsky", "copy")
    assert again is not None
    assert "Trotsky was a tall" not in text(figure_page(again, ALL_SHOWN))


def test_what_stands_further_on_waits_while_the_end_is_hidden(library: Library) -> None:
    copy_of(library)
    library.texts.save_position(Place("copy", 0, 10), "a tall").result()
    one = load_dossier(library, "trotsky", "copy")
    assert one is not None
    shown = text(figure_page(one, hidden_ends(library, hidden=True)))
    assert "Trotsky was a tall" in shown
    assert "Trotsky stood there" not in shown
    assert "further on than you have read" in shown


def test_the_strip_goes_as_far_as_was_read_while_the_end_is_hidden(library: Library) -> None:
    library.settings.set("fates_sealed", True).result()
    chapter = library.texts.canonical(GUIDE_EDITION, 3)
    assert chapter is not None
    library.texts.save_position(Place(GUIDE_EDITION, chapter.first_passage + 4, 0), "words").result()
    begun = dossier(library, "zinoviev")
    assert begun.reached_chapter == 3
    page = figure_page(begun, hidden_ends(library, hidden=True))
    (strip,) = (part.text.plain for part in page if part.text.plain.endswith("so far"))
    assert strip[:10].rstrip("·") == "··█"
