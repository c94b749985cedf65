"""Highlights of other readers become annotations on the right words, once."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import SergeError
from db.store import EditionFindings, replace_edition
from import_scripts.highlights.apple_books import read_apple_books
from import_scripts.highlights.detect import read_highlights
from import_scripts.highlights.hypothesis import read_hypothesis
from import_scripts.highlights.kindle import read_clippings
from import_scripts.highlights.kobo import read_kobo
from import_scripts.highlights.koreader import read_koreader
from import_scripts.highlights.lua import LuaError, parse_table
from import_scripts.highlights.place import import_highlights
from import_scripts.highlights.readwise import read_readwise
from import_scripts.highlights.record import HighlightFile, key_of, make, merge
from import_scripts.pipeline import import_book
from serge_tui.cli.file_kind import recognise_file
from tests.db.helpers import book

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

PARAGRAPHS = [
    "The tram ran along the quay in the rain, and nobody spoke until the bridge was behind us.",
    "All that week there was no bread; the queues began before dawn and went round the canal.",
    "He had been a printer, and he still looked at every page as if it had a wrong letter in it.",
]

# What devices in eight languages, and two more, write above a highlight, a note and a bookmark.
LABELS = {
    "English": (
        "- Your Highlight on page 12 | Location 123-125 | Added on Monday, 6 January 2020 12:30:05",
        "- Your Note on page 12 | Location 125 | Added on Monday, January 6, 2020, 12:31 PM",
        "- Your Bookmark on page 14 | Location 130 | Added on Monday, 6 January 2020 12:32:00",
    ),
    "English, old": (
        "- Highlight Loc. 123-25  | Added on Monday, January 06, 2020, 12:30 PM",
        "- Note Loc. 125  | Added on Monday, January 06, 2020, 12:31 PM",
        "- Bookmark Loc. 130  | Added on Monday, January 06, 2020, 12:32 PM",
    ),
    "Spanish": (
        "- La subrayado en la página 12 | posición 123-125 | Añadido el lunes, 6 de enero de 2020 12:30:05",
        "- La nota en la página 12 | posición 125 | Añadido el lunes, 6 de enero de 2020 12:31:00",
        "- Mi marcador en la página 14 | posición 130 | Añadido el lunes, 6 de enero de 2020 12:32:00",
    ),
    "French": (
        "- Votre surlignement sur la page 12 | emplacement 123-125 | Ajouté le lundi 6 janvier 2020 12:30:05",
        "- Votre note sur la page 12 | emplacement 125 | Ajouté le lundi 6 janvier 2020 12:31:00",
        "- Votre signet sur la page 14 | emplacement 130 | Ajouté le lundi 6 janvier 2020 12:32:00",
    ),
    "German": (
        "- Ihre Markierung auf Seite 12 | Position 123-125 | Hinzugefügt am Montag, 6. Januar 2020 12:30:05",
        "- Ihre Notiz auf Seite 12 | Position 125 | Hinzugefügt am Montag, 6. Januar 2020 12:31:00",
        "- Ihr Lesezeichen auf Seite 14 | Position 130 | Hinzugefügt am Montag, 6. Januar 2020 12:32:00",
    ),
    "Italian": (
        "- La tua evidenziazione a pagina 12 | posizione 123-125 | Aggiunto in data lunedì 6 gennaio 2020 12:30:05",
        "- La tua nota a pagina 12 | posizione 125 | Aggiunto in data lunedì 6 gennaio 2020 12:31:00",
        "- Il tuo segnalibro a pagina 14 | posizione 130 | Aggiunto in data lunedì 6 gennaio 2020 12:32:00",
    ),
    "Portuguese": (
        "- Seu destaque na página 12 | posição 123-125 | Adicionado: segunda-feira, 6 de janeiro de 2020 12:30:05",
        "- Sua nota na página 12 | posição 125 | Adicionado: segunda-feira, 6 de janeiro de 2020 12:31:00",
        "- Seu marcador na página 14 | posição 130 | Adicionado: segunda-feira, 6 de janeiro de 2020 12:32:00",
    ),
    "Dutch": (
        "- Uw markering op pagina 12 | locatie 123-125 | Toegevoegd op maandag 6 januari 2020 12:30:05",
        "- Uw notitie op pagina 12 | locatie 125 | Toegevoegd op maandag 6 januari 2020 12:31:00",
        "- Uw bladwijzer op pagina 14 | locatie 130 | Toegevoegd op maandag 6 januari 2020 12:32:00",
    ),
    "Russian": (
        "- Ваш выделенный отрывок на странице 12 | Место 123–125 | Добавлено: понедельник, 6 января 2020 г. в 12:30:05",
        "- Ваша заметка на странице 12 | Место 125 | Добавлено: понедельник, 6 января 2020 г. в 12:31:00",
        "- Ваша закладка на странице 14 | Место 130 | Добавлено: понедельник, 6 января 2020 г. в 12:32:00",
    ),
    "Chinese": (
        "- 您在第 12 页（位置 #123-125）的标注 | 添加于 2020年1月6日星期一 下午12:30:05",
        "- 您在第 12 页（位置 #125）的笔记 | 添加于 2020年1月6日星期一 下午12:31:00",
        "- 您在第 14 页（位置 #130）的书签 | 添加于 2020年1月6日星期一 下午12:32:00",
    ),
}
RULE = "=========="


def clippings(*entries: tuple[str, str], title: str = "A small book (Serge, Victor)") -> str:
    return "".join(f"{title}\n{second}\n\n{text}\n{RULE}\n" for second, text in entries)


def stored(library: Library, *paragraphs: str, title: str = "A small book") -> str:
    """An edition in the library; gives its key."""
    text = book(list(paragraphs or PARAGRAPHS), title=title)
    return library.writer.run(lambda c: replace_edition(c, "small-text", text, "0", EditionFindings())).key


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_clippings_in_every_language(tmp_path: Path, language: str, line_end: str) -> None:
    highlight, note, bookmark = LABELS[language]
    text = clippings((highlight, PARAGRAPHS[0]), (note, "So quiet!"), (bookmark, ""))
    path = tmp_path / "My Clippings.txt"
    path.write_bytes(("\ufeff" + text.replace("\n", line_end)).encode())
    file = read_clippings(path)
    one, bookmark_read = file.highlights
    assert (one.book, one.author, one.kind, one.text, one.note) == (
        "A small book", "Serge, Victor", "note", PARAGRAPHS[0], "So quiet!",
    )  # fmt: skip
    assert (bookmark_read.kind, bookmark_read.location, bookmark_read.created_at[:16]) == (
        "bookmark", (130, 130), "2020-01-06T12:32",
    )  # fmt: skip
    assert one.location == (123, 125)
    assert one.page == ("" if "old" in language else "12")
    assert one.created_at[:16] == "2020-01-06T12:30"
    assert (file.entries, file.joined, file.report) == (3, 1, [])


def test_versions_of_one_highlight_are_merged(tmp_path: Path) -> None:
    first = "- Your Highlight on page 12 | Location 123-124 | Added on Monday, 6 January 2020 12:30:05"
    second = "- Your Highlight on page 12 | Location 123-125 | Added on Monday, 6 January 2020 12:30:45"
    other = "- Your Highlight on page 90 | Location 923-925 | Added on Monday, 6 January 2020 12:40:00"
    path = tmp_path / "c.txt"
    path.write_text(clippings((first, PARAGRAPHS[0][:40]), (second, PARAGRAPHS[0]), (other, PARAGRAPHS[0][:20])))
    file = read_clippings(path)
    assert [one.text for one in file.highlights] == [PARAGRAPHS[0], PARAGRAPHS[0][:20]]
    assert file.merged == 1


def test_clippings_of_several_books_and_damaged_ones(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    second = LABELS["English"][0]
    path.write_text(
        clippings((second, "one")) + "only a line\n" + RULE + "\n" + clippings((second, "two"), title="Another (X (Y))")
        + clippings((second, "<You have reached the clipping limit for this item>"))
    )  # fmt: skip
    file = read_clippings(path)
    assert [(one.book, one.author, one.text) for one in file.highlights] == [
        ("A small book", "Serge, Victor", "one"), ("Another", "X (Y)", "two"),
    ]  # fmt: skip
    assert len(file.report) == 2


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at_as_clippings(text: str) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.txt"
        path.write_text("A book\n- Your Highlight | Added\n\n" + text, "utf-8", errors="replace")
        try:
            for one in read_clippings(path).highlights:
                assert "\x1b" not in one.text
        except SergeError as error:
            told = str(error)
        else:
            told = ""
        assert "\n" not in told


def test_lua_tables() -> None:
    text = """-- a comment
    return { ["a"] = "x\\"y\\n\\65", b = { 1, -2.5, 0x10, true, nil }, [3] = 'q', ["l"] = [==[long]]]==], }"""
    assert parse_table(text) == {
        "a": 'x"y\nA', "b": {1: 1, 2: -2.5, 3: 16, 4: True, 5: None}, 3: "q", "l": "long]]",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "return", "return os.execute('x')", "return {", "return { a = b }", "return { f() }", "return 5",
     "return " + "{" * 500, 'return { "unended }', "return {} return {}", "return { 1 2 }"],
)  # fmt: skip
def test_what_is_no_table_or_would_run_is_refused(text: str) -> None:
    with pytest.raises(LuaError):
        parse_table(text)


@given(st.text(alphabet="{}[]=\"'\\,;ab1. -\n", max_size=80))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    told = ""
    try:
        parse_table("return {" + text)
    except LuaError as error:
        told = str(error)
    assert "\n" not in told


NEW_FORM = """return { ["annotations"] = { [1] = { ["chapter"] = "Chapter 1", ["color"] = "blue",
 ["datetime"] = "2023-12-20 20:59:31", ["drawer"] = "lighten", ["pageno"] = 7, ["pos0"] = "x", ["note"] = "why?",
 ["text"] = "nobody spoke until\\
the bridge was behind us", }, [2] = { ["chapter"] = "Chapter 1", ["page"] = "y", ["text"] = "in Chapter 1" } },
 ["doc_path"] = "/mnt/small.epub", ["doc_props"] = { ["title"] = "A small book", ["authors"] = "Victor Serge" } }"""
OLD_FORM = """return { ["bookmarks"] = { [1] = { ["highlighted"] = true, ["notes"] = "nobody spoke until the bridge",
 ["text"] = "Page 7 nobody spoke @ 2023-12-20 20:59:31", ["datetime"] = "2023-12-20 20:59:31" },
 [2] = { ["highlighted"] = true, ["notes"] = "there was no bread", ["text"] = "hunger" } },
 ["stats"] = { ["title"] = "A small book" } }"""


def test_koreader_new_and_old_form(tmp_path: Path) -> None:
    folder = tmp_path / "small.sdr"
    folder.mkdir()
    (folder / "metadata.epub.lua").write_text(NEW_FORM)
    assert recognise_file(folder).sentence == "Highlights: a KOReader .sdr folder"
    assert recognise_file(tmp_path).sentence == "A folder: every book and list of highlights in it"
    new = read_koreader(folder)
    assert [(one.kind, one.text, one.note, one.colour) for one in new.highlights] == [
        ("note", "nobody spoke until\nthe bridge was behind us", "why?", "blue"), ("bookmark", "in Chapter 1", "", ""),
    ]  # fmt: skip
    (folder / "metadata.epub.lua.old").write_text(OLD_FORM)
    old = read_koreader(folder / "metadata.epub.lua.old")
    assert [(one.kind, one.text, one.note) for one in old.highlights] == [
        ("highlight", "nobody spoke until the bridge", ""), ("note", "there was no bread", "hunger"),
    ]  # fmt: skip


def test_readwise(tmp_path: Path) -> None:
    path = tmp_path / "readwise.csv"
    path.write_text(
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
        "Document tags\n"
        '"there was no bread; the ""queues""",A small book,Victor Serge,,why?,pink,"hunger, cold",page,12,'
        "2023-01-02 03:04:05+00:00,\n"
        ",,,,,,,,,,\nnobody spoke,A small book,Victor Serge,,,,,location,100-102,,\n"
    )
    one, two = read_readwise(path).highlights
    assert (one.text, one.note, one.colour, one.page) == ('there was no bread; the "queues"', "why?", "red", "12")
    assert one.tags == ("readwise", "hunger", "cold")
    assert one.created_at == "2023-01-02T03:04:05.000000+00:00"
    assert (two.location, two.kind) == ((100, 102), "highlight")


def apple_databases(folder: Path) -> Path:
    path = folder / "AEAnnotation_v1_local.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "create table ZAEANNOTATION (ZANNOTATIONASSETID, ZANNOTATIONSELECTEDTEXT, ZANNOTATIONNOTE,"
            " ZANNOTATIONSTYLE, ZANNOTATIONTYPE, ZANNOTATIONDELETED, ZANNOTATIONCREATIONDATE)"
        )
        connection.executemany(
            "insert into ZAEANNOTATION values (?, ?, ?, ?, ?, ?, ?)",
            [("A1", PARAGRAPHS[0], "quiet", 2, 2, 0, 600000000.0), ("A1", "gone", None, 1, 2, 1, 0.0),
             ("A1", None, None, 1, 3, 0, None)],
        )  # fmt: skip
    with closing(sqlite3.connect(folder / "BKLibrary-1.sqlite")) as connection, connection:
        connection.execute("create table ZBKLIBRARYASSET (ZASSETID, ZTITLE, ZAUTHOR)")
        connection.execute("insert into ZBKLIBRARYASSET values ('A1', 'A small book', 'Victor Serge')")
    return path


def test_apple_books(tmp_path: Path) -> None:
    path = apple_databases(tmp_path)
    (one,) = read_apple_books(path).highlights
    assert (one.book, one.author, one.kind, one.note, one.colour) == (
        "A small book", "Victor Serge", "note", "quiet", "blue",
    )  # fmt: skip
    assert one.created_at == "2020-01-06T10:40:00.000000+00:00"


def kobo_database(folder: Path) -> Path:
    path = folder / "KoboReader.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table Bookmark (VolumeID, ContentID, Text, Annotation, Type, DateCreated, Hidden)")
        connection.execute("create table content (ContentID, Title, Attribution)")
        connection.executemany(
            "insert into Bookmark values (?, ?, ?, ?, ?, ?, ?)",
            [("file:///small.epub", "c1", PARAGRAPHS[1], "", "highlight", "2021-02-03T04:05:06.000", "false"),
             ("file:///small.epub", "c1", None, None, "dogear", "", "false"),
             ("file:///small.epub", "c1", None, None, "markup", "", "false")],
        )  # fmt: skip
        connection.execute("insert into content values ('file:///small.epub', 'A small book', 'Victor Serge')")
    return path


def test_kobo(tmp_path: Path) -> None:
    path = kobo_database(tmp_path)
    before = path.read_bytes()
    file = read_kobo(path)
    one, bookmark = file.highlights
    assert (one.book, one.text, one.created_at[:10]) == ("A small book", PARAGRAPHS[1], "2021-02-03")
    assert bookmark.kind == "bookmark"
    assert (file.entries, file.left_out, len(file.report)) == (3, 1, 1)
    assert path.read_bytes() == before


HYPOTHESIS = {
    "total": 1,
    "rows": [
        {
            "id": "x", "created": "2022-01-02T03:04:05.678901+00:00", "updated": "2022-01-03T00:00:00+00:00",
            "uri": "https://example.org/book", "text": "really?", "tags": ["doubt"],
            "document": {"title": ["A small book"]},
            "target": [
                {"source": "x", "selector": [
                    {"type": "TextPositionSelector", "start": 1, "end": 5},
                    {"type": "TextQuoteSelector", "exact": "no bread", "prefix": "week there was ",
                     "suffix": "; the queues"},
                ]}
            ],
        }
    ],
}  # fmt: skip


def test_hypothesis(tmp_path: Path) -> None:
    path = tmp_path / "h.json"
    path.write_text(json.dumps(HYPOTHESIS))
    (one,) = read_hypothesis(path).highlights
    assert (one.book, one.text, one.note, one.prefix) == ("A small book", "no bread", "really?", "week there was")
    assert one.tags == ("hypothesis", "doubt")


@pytest.mark.parametrize("kind", ["clippings", "koreader", "readwise", "apple", "kobo", "hypothesis"])
def test_every_kind_is_told_and_stored_once(library: Library, tmp_path: Path, kind: str) -> None:
    edition = stored(library)
    path = tmp_path / "file"
    match kind:
        case "clippings":
            path.write_text(clippings((LABELS["English"][0], PARAGRAPHS[0][4:60])))
        case "koreader":
            path.write_text(NEW_FORM)
        case "readwise":
            path.write_text(f'Highlight,Book Title\n"{PARAGRAPHS[2]}",A small book: a novel\n')
        case "apple":
            path = apple_databases(tmp_path)
        case "kobo":
            path = kobo_database(tmp_path)
        case "hypothesis":
            path.write_text(json.dumps(HYPOTHESIS))
    done = import_highlights(library, path)
    bookmarks = kind == "kobo"  # one that says nothing of its place
    assert done.added - bookmarks == done.placed >= 1
    assert (done.orphans, done.known, done.editions) == (bookmarks, 0, (edition,))
    assert len(library.annotations.of_edition(edition)) == done.added
    annotations = [one for one in library.annotations.of_edition(edition) if one.state != "orphan"]
    for annotation in annotations:
        assert annotation.anchor is not None
        anchor = annotation.anchor
        assert PARAGRAPHS[anchor.passage][anchor.start : anchor.end] == anchor.exact
        assert annotation.state == "anchored"
    again = import_highlights(library, path)
    assert (again.added, again.known) == (0, done.added)
    library.annotations.delete(annotations[0].key).result()
    assert import_highlights(library, path).added == 0
    deleted = library.annotations.by_key(annotations[0].key)
    assert deleted is not None
    assert deleted.deleted_at


def test_words_that_are_not_there_become_orphans_with_their_words(library: Library, tmp_path: Path) -> None:
    edition = stored(library)
    path = tmp_path / "c.txt"
    path.write_text(clippings((LABELS["English"][0], "Something that this edition never had in it at all.")))
    done = import_highlights(library, path)
    assert (done.added, done.placed, done.orphans) == (1, 0, 1)
    (orphan,) = library.annotations.of_edition(edition)
    assert orphan.anchor is not None
    assert (orphan.state, orphan.anchor.exact) == ("orphan", "Something that this edition never had in it at all.")


def test_highlights_of_a_book_that_is_not_here_wait_for_it(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text(clippings((LABELS["English"][0], PARAGRAPHS[0]), title="Another book entirely (Nobody)"))
    assert import_highlights(library, path).orphans == 1
    text = book(PARAGRAPHS, title="Another book entirely")
    text.format = "epub"
    from db.store import edition_key

    stored_edition = library.writer.run(lambda c: replace_edition(c, edition_key(text), text, "1", EditionFindings()))
    assert (stored_edition.orphaned, stored_edition.drifted) == (0, 1)


def test_a_book_with_an_unknown_title_is_known_by_its_words(library: Library, tmp_path: Path) -> None:
    edition = stored(library)
    path = tmp_path / "c.txt"
    path.write_text(clippings((LABELS["English"][0], PARAGRAPHS[1]), title="B00XYZ"))
    assert import_highlights(library, path).editions == (edition,)


def test_a_named_edition_must_exist(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text(clippings((LABELS["English"][0], PARAGRAPHS[1])))
    with pytest.raises(SergeError, match="no edition"):
        import_highlights(library, path, edition="nowhere")


def test_equal_words_are_told_apart_by_their_chapter(library: Library, tmp_path: Path) -> None:
    text = book([PARAGRAPHS[0], PARAGRAPHS[1]], [PARAGRAPHS[2], PARAGRAPHS[1]])
    library.writer.run(lambda c: replace_edition(c, "small-text", text, "0", EditionFindings()))
    path = tmp_path / "metadata.epub.lua"
    path.write_text(
        NEW_FORM.replace("nobody spoke until\\\nthe bridge was behind us", PARAGRAPHS[1]).replace(
            '"Chapter 1"', '"Chapter 2"'
        )
    )
    import_highlights(library, path)
    marks = library.annotations.of_edition("small-text")
    assert [(mark.kind, mark.anchor.passage) for mark in marks if mark.anchor] == [("bookmark", 2), ("note", 3)]


def test_our_own_export_comes_back_as_it_was(library: Library, tmp_path: Path) -> None:
    from db.anchoring import make_anchor
    from db.annotations import new_annotation
    from serge_tui.core.export.web_annotation import to_web_annotations
    from serge_tui.services.note_records import all_note_records

    edition = stored(library)
    anchor = make_anchor(edition, PARAGRAPHS, 0, 0, 4, 0, 30)
    mark = new_annotation("note", anchor=anchor, colour="green", body="Why *not*?\n\nIndeed.", tags=["quiet", "rain"])
    on_figure = new_annotation("note", target="figure:trotsky", body="Look again.")
    library.annotations.save_all([mark, on_figure]).result()
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(to_web_annotations(all_note_records(library))))
    assert import_highlights(library, path).added == 0
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("delete from annotation_tag")
        connection.execute("delete from annotation")
    assert import_highlights(library, path).added == 2
    back = library.annotations.by_key(mark.key)
    assert back == mark
    assert library.annotations.by_key(on_figure.key) == on_figure


def test_a_foreign_web_annotation_is_placed_by_its_words(library: Library, tmp_path: Path) -> None:
    stored(library)
    path = tmp_path / "w3c.json"
    path.write_text(json.dumps([{
        "type": "Annotation", "motivation": "highlighting", "created": "2022-01-01T00:00:00Z",
        "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": "queues began before dawn"}},
        "body": [{"value": "hunger", "purpose": "tagging"}, {"type": "TextualBody", "value": "so long!"}],
    }]))  # fmt: skip
    done = import_highlights(library, path)
    assert (done.source, done.added, done.placed) == ("web-annotations", 1, 1)
    (mark,) = library.annotations.all()
    assert (mark.kind, mark.body, mark.tags) == ("note", "so long!", ("hunger", "web-annotations"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"Just a text, with nothing in it."), ("a.json", b'{"a": 1}'), ("a.json", b"[1, 2"),
        ("a.json", b"[" * 200_000), ("a.db", b"SQLite format 3\x00" + b"\xff" * 5000), ("a.csv", b"Name,Age\nx,1\n"),
        ("empty.txt", b""),
    ],
)  # fmt: skip
def test_what_has_no_highlights_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SergeError) as refused:
        read_highlights(path)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_hostile_words_are_made_harmless() -> None:
    one = make("Bo\x1b]0;x\x07ok", "", "highlight", text="a\x1b[31mred\u202e", note="\x00", tags=["#two words", "\x1b"])
    assert "\x1b" not in one.book + one.text + "".join(one.tags)
    assert "\u202e" not in one.text
    assert "two-words" in one.tags


def test_keys_do_not_depend_on_subtitle_marks_or_source() -> None:
    one = make("A small book: a novel", "", "highlight", text="“Nobody” spoke—until…", tags=["kindle"])
    other = make("A Small Book (Classics)", "X", "highlight", text='"nobody" spoke - until', colour="blue")
    assert key_of(one) == key_of(other)
    assert key_of(one) != key_of(make("Another", "", "highlight", text="“Nobody” spoke—until…"))


def test_merging_an_empty_file_is_nothing() -> None:
    assert merge(HighlightFile("kindle")).highlights == []


@pytest.mark.shared
def test_the_real_sidecar_of_a_real_book(library: Library, samples: Path, tmp_path: Path) -> None:
    folder = samples / "highlights/koreader"
    imported = import_book(library, folder / "the_prophet.epub")
    done = import_highlights(library, folder / "the_prophet.sdr")
    assert (done.found, done.added, done.placed, done.orphans) == (4, 4, 4, 0)
    assert done.editions == (imported.edition.key,)
    old = tmp_path / "metadata.epub.lua"
    shutil.copy(folder / "the_prophet.sdr/metadata.epub.lua.old", old)
    assert import_highlights(library, old).added == 0


@pytest.mark.shared
def test_the_real_clippings(library: Library, samples: Path) -> None:
    for path in sorted((samples / "highlights").glob("*.txt")):
        done = import_highlights(library, path)
        assert (done.found, done.orphans) == (2, 2)
