"""Files of highlights that readers of other programs reported as read wrongly; each stands for its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from import_scripts.highlights.detect import holds_highlights, read_highlights
from import_scripts.highlights.moments import moment_in
from import_scripts.highlights.place import import_highlights
from import_scripts.pipeline import import_book
from tests.import_scripts.test_highlights import PARAGRAPHS, clippings, stored

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from import_scripts.highlights.record import HighlightFile


def second(
    what: str = "Highlight", place: str = "Location 100-105", when: str = "Sunday, July 30, 2023 1:07:22 AM"
) -> str:
    return f"- Your {what} on {place} | Added on {when}"


def read(tmp_path: Path, text: str, name: str = "Mis recortes.txt") -> HighlightFile:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_highlights(path)


@pytest.mark.parametrize("glue", ["==========B (A)", "\n==========B (A)", "\n========== B (A)", "==========\r\nB (A)"])
def test_glued_separators(tmp_path: Path, glue: str) -> None:
    text = f"B (A)\n{second()}\n\none fell{glue}\n{second(place='Location 300')}\n\ntwo fell\n==========\n"
    assert [one.text for one in read(tmp_path, text).highlights] == ["one fell", "two fell"]


def test_the_same_words_in_two_places_are_two(library: Library, tmp_path: Path) -> None:
    text = clippings(
        (second(place="Location 10"), "The road went down"), (second(place="Location 700"), "The road went down")
    )
    assert len(read(tmp_path, text).highlights) == 2
    done = import_highlights(library, tmp_path / "Mis recortes.txt")
    assert (done.found, done.added) == (2, 2)
    again = import_highlights(library, tmp_path / "Mis recortes.txt")
    assert (again.added, again.known) == (0, 2)


@pytest.mark.parametrize("places", [("page 3", "page 90"), ("page ix", "page 9"), ("Location 3", "Location 900-901")])
def test_equal_words_are_merged_only_in_one_place(tmp_path: Path, places: tuple[str, str]) -> None:
    entries = [(second(place=place), "yes indeed") for place in (*places, places[0])]
    file = read(tmp_path, clippings(*entries))
    assert (len(file.highlights), file.merged, file.entries) == (2, 1, 3)


def test_no_note_is_dropped_or_overwritten(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        clippings(
            (second(place="location 50-52"), "the city was broken"), (second("Note", "location 52"), "broken promise"),
            (second("Note", "location 52"), "broken"), (second("Note", "location 52"), "broken promise"),
        ),
    )  # fmt: skip
    assert [one.note for one in file.highlights] == ["broken promise\n\nbroken"]
    assert (file.entries, file.joined) == (4, 3)


def test_readwise_order_is_no_place(tmp_path: Path) -> None:
    head = "Highlight,Book Title,Note,Location Type,Location,Highlighted at\n"
    rows = "CHAPTER 11,A Book,First note.,order,1,2020-11-08\nCHAPTER 17,A Book,Second note.,order,1,2020-11-08\n"
    file = read(tmp_path, head + rows, "r.csv")
    assert [(one.text, one.note, one.location) for one in file.highlights] == [
        ("CHAPTER 11", "First note.", None), ("CHAPTER 17", "Second note.", None),
    ]  # fmt: skip


def test_an_old_koreader_highlight_of_any_length_is_no_note(tmp_path: Path) -> None:
    words = "The snow fell on the quays. " * 30
    rows = [
        (words, f"Page 120 {words[:600]} @ 2020-01-02 03:04:05"),
        ("Short words", "第121页 Short words @ 2020-01-02 03:04:05"),
        ("Other words", "Mine\\\nin two lines"),
    ]  # fmt: skip
    entries = ",".join(
        f'{{["highlighted"]=true, ["datetime"]="2020-01-02 03:04:05", ["notes"]="{words}", ["text"]="{text}"}}'
        for words, text in rows
    )
    file = read(tmp_path, f'return {{ ["bookmarks"] = {{ {entries} }} }}', "any name")
    assert [(one.kind, one.note, one.page) for one in file.highlights] == [
        ("highlight", "", "120"), ("highlight", "", "121"), ("note", "Mine\nin two lines", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Added on 2013年8月5日 星期一 上午09时11分28秒 GMT+08:00", "2013-08-05T01:11:28"),
        ("添加于 2021年10月29日星期五 上午12:05:00", "2021-10-29T00:05:00"),
        ("新增於 2021年10月29日星期五 下午7:53:45", "2021-10-29T19:53:45"),
        ("作成日: 2020年5月3日日曜日 午後9:15:03", "2020-05-03T21:15:03"),
        ("Adicionado: terça-feira, 19 de março de 2019 23h32min06s GMT-03:00", "2019-03-20T02:32:06"),
        ("Ajouté le samedi 13 avril 2019 à 10 h 25 min 27 s", "2019-04-13T10:25:27"),
        ("Ajouté le samedi 13 avril 2019 à 10 h 25 min", "2019-04-13T10:25:00"),
        ("Added on Monday, January 06, 2020, 12:30 AM", "2020-01-06T00:30:00"),
        ("Added on Monday, January 06, 2020, 12:30 PM", "2020-01-06T12:30:00"),
        ("Hinzugefügt am Montag, 6. Januar 2020 um 12:32:00", "2020-01-06T12:32:00"),
        ("Hinzugefügt am 13.04.2019 um 10:25 Uhr", "2019-04-13T10:25:00"),
        ("Aggiunto in data lunedì 5 agosto 2019 9.05.01", "2019-08-05T09:05:01"),
        ("Добавлено: понедельник, 5 августа 2019 г. в 21:00:01", "2019-08-05T21:00:01"),
        ("Eklendi: 13 Nisan 2019 Cumartesi 10:25:27", "2019-04-13T10:25:27"),
        ("Tillagd lördag 13 april 2019 10:25:27", "2019-04-13T10:25:27"),
        ("शनिवार, 13 अप्रैल 2019 10:25:27", "2019-04-13T10:25:27"),
        ("Added 07/30/2023 1:07 AM", "2023-07-30T01:07:00"),
        ("Added on Sun Jul 30 01:07:22 2023 GMT+02:00", "2023-07-29T23:07:22"),
        ("Added on a day nobody can read", ""), ("", ""), ("31 February 2020 10:00", ""),
    ],
)  # fmt: skip
def test_ways_to_write_a_time(line: str, moment: str) -> None:
    assert moment_in(line)[:19] == moment


def test_a_time_that_cannot_be_read_is_unknown(library: Library, tmp_path: Path) -> None:
    read(tmp_path, clippings((second(when="some day"), "words of mine that stand nowhere")))
    import_highlights(library, tmp_path / "Mis recortes.txt")
    assert [one.created_at for one in library.annotations.all()] == [""]


@pytest.mark.parametrize(
    ("line", "kind", "page", "location"),
    [
        ("- 您在位置 #300 的筆記 | 新增於 2021年10月29日星期五 下午7:53:45", "note", "", (300, 300)),
        ("- 您在位置 #300-310的標註 | 新增於 2021年10月29日星期五 下午7:53:45", "highlight", "", (300, 310)),
        ("- 12ページ|位置No. 1234-1236のハイライト |作成日: 2020年5月3日", "highlight", "12", (1234, 1236)),
        ("- Your Highlight on page xii-xiii | Added on Sunday, July 30, 2023", "highlight", "xii-xiii", None),
        ("- Uw markering op pagina 12-13 | locatie 123-25 | 6 januari 2020", "highlight", "12-13", (123, 125)),
        ("- आपका नोट पृष्ठ 12 | स्थान 170 | शनिवार, 13 अप्रैल 2019 10:25:27", "note", "12", (170, 170)),
        ("- Sayfa 12 veya Konum 170-171 Vurgusu | Eklendi: 13 Nisan 2019 Cumartesi", "highlight", "12", (170, 171)),
        ("- Unbekannt 12-13 | 13 April 2019", "highlight", "", (12, 13)),
    ],
)  # fmt: skip
def test_ways_to_write_a_kind_and_a_place(
    tmp_path: Path, line: str, kind: str, page: str, location: tuple[int, int] | None
) -> None:
    (one,) = read(tmp_path, clippings((line, "words"))).highlights
    assert (one.kind, one.page, one.location) == (kind, page, location)


def test_a_book_without_a_title_and_one_with_brackets(tmp_path: Path) -> None:
    file = read(
        tmp_path, f"\ufeff\n{second()}\n\nwords\n==========\n" + clippings((second(), "more"), title="M (NYRB) (S, V)")
    )
    assert [(one.book, one.author) for one in file.highlights] == [("", ""), ("M (NYRB)", "S, V")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("My Clippings of a life.txt", "Chapter 1\n- 12 men stood about.\n\nThey had been there for hours.", False),
        ("notes.txt", clippings((second(), "words")), True),
        ("book.txt", "[Illustration]\n\nCHAPTER I\n\nThe snow fell.", False),
        ("rules.txt", "A heading\n==========\n- 1 item\n- 2 items\n\nA paragraph of the book.\n" * 9, False),
        ("x.csv", "Highlight,Book Title\na,b\n", True),
        ("table.csv", "Name,Age\na,5\n", False),
        ("a.lua", 'return { ["bookmarks"] = {} }', True),
        ("export.json", '[{"uri": "http://x", "target": [{"source": "x"}], "text": "mine"}]', True),
        ("other.json", '{"a": 1}', False),
        ("recipe.html", "<html><p>My Clippings | Added on Monday 5 May 2020</p></html>", False),
    ],
)  # fmt: skip
def test_highlights_are_told_by_content(tmp_path: Path, name: str, text: str, expected: bool) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert holds_highlights(tmp_path / name) is expected


def test_the_summary_adds_up(library: Library, tmp_path: Path) -> None:
    stored(library)
    read(
        tmp_path,
        clippings(
            (second(place="Location 10-12"), PARAGRAPHS[0][:40]), (second(place="Location 10-14"), PARAGRAPHS[0]),
            (second("Note", "Location 14"), "mine"), (second("Bookmark", "Location 90"), ""), (second(), ""),
            (second(place="Location 500"), "<You have reached the clipping limit for this item>"),
        )
        + clippings((second(), "of another"), title="Another") + "no clipping at all\n==========\n",
    )  # fmt: skip
    done = import_highlights(library, tmp_path / "Mis recortes.txt", books=["small"])
    parts = (done.added, done.known, done.merged, done.joined, done.limited, done.other_books, done.left_out)
    assert parts == (2, 0, 1, 1, 1, 1, 2)
    assert (done.found, sum(parts)) == (8, 8)
    with pytest.raises(SergeError, match="It has: A small book; Another"):
        import_highlights(library, tmp_path / "Mis recortes.txt", books=["nothing"])


def test_highlights_keep_their_place_until_their_book_comes(library: Library, tmp_path: Path) -> None:
    (tmp_path / "k.txt").write_text(
        clippings(
            (second(place="page 2 | Location 10-12"), PARAGRAPHS[1]), (second("Bookmark", "page 2"), ""),
            title="A Small Book: the whole story (Serge, Victor)",
        )
    )  # fmt: skip
    assert import_highlights(library, tmp_path / "k.txt").orphans == 2
    bookmark = next(one for one in library.annotations.all() if one.kind == "bookmark")
    assert bookmark.body == "A Small Book: the whole story, p. 2"
    (tmp_path / "A Small Book.html").write_text(
        f"<html><title>A Small Book</title><p>{PARAGRAPHS[0]}</p><p><span class='pagenum' id='p2'>[Pg 2]</span>"
        f"{PARAGRAPHS[1]}</p></html>"
    )
    imported = import_book(library, tmp_path / "A Small Book.html")
    assert imported.highlights_placed == 2
    for one in library.annotations.of_edition(imported.edition.key):
        assert one.anchor is not None
        assert (one.state, one.anchor.passage, one.body) == ("drifted", 1, "")


def test_equal_words_are_placed_by_their_location(library: Library, tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {number} is about the {number}th winter of the city." for number in range(40)]
    for at in (5, 30):
        paragraphs[at] = "The road went down to the river."
    edition = stored(library, *paragraphs)
    text = clippings(
        *((second(place=f"Location {100 * at}"), paragraphs[at]) for at in (0, 10, 20, 39)),
        (second(place="Location 3000"), paragraphs[30]), (second(place="Location 500"), paragraphs[5]),
    )  # fmt: skip
    (tmp_path / "k.txt").write_text(text)
    assert import_highlights(library, tmp_path / "k.txt").placed == 6
    placed = sorted(one.anchor.passage for one in library.annotations.of_edition(edition) if one.anchor)
    assert placed == [0, 5, 10, 20, 30, 39]
