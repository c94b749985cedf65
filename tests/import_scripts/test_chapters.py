from __future__ import annotations

from dataclasses import replace

import pytest

from db.book import Block, Book, BookChapter
from db.errors import SergeError
from db.models import CanonicalChapter
from import_scripts.chapters import map_chapters, parse_map, recognise_chapters

TITLES = {
    1: ("World Without Possible Escape", "Monde sans évasion possible"),
    2: ("Live to Prevail", "Vivre pour vaincre"),
    3: ("Anguish and Enthusiasm", "L'angoisse et l'enthousiasme"),
    4: ("Danger from Within", "Le péril est en nous (or: Le danger est en nous)"),
    5: ("Europe at the Dark Crossroads", "L'Europe au tournant obscur"),
    6: ("Deadlock of the Revolution", "La révolution dans l'impasse"),
    7: ("The Years of Resistance", "Les années de résistance"),
    8: ("The Years of Captivity", "Les années de captivité"),
    9: ("Defeat in the West", "La défaite de l'Occident"),
    10: ("Looking Forward", ""),
}
CANONICAL = [
    CanonicalChapter(
        number, english, "seen", "", "", None, "", None, "", (), (("fr", french, "seen"),) if french else ()
    )
    for number, (english, french) in TITLES.items()
]


def edition(*titles: str, title: str = "A Book", author: str = "", words: int = 3_000) -> Book:
    chapters = [BookChapter(name, [Block("word " * words)]) for name in titles]
    return Book(title, chapters, author)


def mapped(book: Book) -> list[tuple[int, int]]:
    return [(match.chapter, match.canonical) for match in map_chapters(book, CANONICAL).matches]


@pytest.mark.parametrize(
    "spelling",
    [
        "{number}. {title}",
        "{title}",
        "CHAPTER {number}: {title}",
        "{title}: 1906–1912",
        "{number} · {title} (1928-1933)",
    ],
)
def test_titles_with_and_without_numbers_and_years(spelling: str) -> None:
    book = edition(
        "Foreword", *(spelling.format(number=number, title=title) for number, (title, _) in TITLES.items()), "Notes"
    )
    assert mapped(book) == [(number, number) for number in range(1, 11)]
    assert map_chapters(book, CANONICAL).missing == ()


def test_misspelt_shouted_and_french_titles() -> None:
    book = edition("LE DANGER EST EN NOUS", "L’Europe au tournant obscure", "La Revolution dans l’impasse")
    assert mapped(book) == [(0, 4), (1, 5), (2, 6)]


def test_likeness_gives_the_confidence() -> None:
    mapping = map_chapters(
        edition("Danger From Within", "Europe at the Dark Crossroad", "Years of Captivity"), CANONICAL
    )
    first, second, third = mapping.matches
    assert first.confidence == 1.0
    assert 0.86 < second.confidence < 1.0
    assert (third.canonical, third.reason) == (8, "title")
    assert mapping.confidence == min(match.confidence for match in mapping.matches)
    assert mapping.missing == (1, 2, 3, 6, 7, 9, 10)


def test_another_book_keeps_its_chapters() -> None:
    assert mapped(edition("I: Background", "II: The Coming Storm", "III: On the Eve", "Looking Forward")) == []
    assert mapped(edition(*(f"Chapter {number}" for number in range(1, 11)))) == []


def test_numbers_serve_where_titles_say_nothing() -> None:
    book = edition("Prólogo", *(f"Capítulo {number}" for number in range(1, 11)))
    book.title, book.author = "Memorias de un revolucionario", "Victor Serge"
    mapping = map_chapters(book, CANONICAL)
    assert [(match.chapter, match.canonical, match.reason) for match in mapping.matches] == [
        (number, number, "number") for number in range(1, 11)
    ]
    assert mapping.confidence < 0.8


def test_ten_long_chapters_serve_as_the_last_resort() -> None:
    book = edition(
        *(f"Untitled {letter}" for letter in "abcdefghij"), title="Воспоминания революционера", author="Виктор Серж"
    )
    book.chapters.insert(0, BookChapter("Обложка", [Block("Обложка")]))
    mapping = map_chapters(book, CANONICAL)
    assert [(match.chapter, match.canonical) for match in mapping.matches] == [(n, n) for n in range(1, 11)]
    assert {match.reason for match in mapping.matches} == {"order"}


def test_a_gap_between_known_chapters_is_filled_by_order() -> None:
    titles = [title for title, _ in TITLES.values()]
    titles[3] = "Kronstadt"
    mapping = map_chapters(edition(*titles), CANONICAL)
    filled = mapping.of(3)
    assert filled is not None
    assert (filled.canonical, filled.reason, filled.confidence) == (4, "order", 0.6)


def test_a_title_out_of_order_does_not_break_the_sequence() -> None:
    titles = [title for title, _ in TITLES.values()]
    assert mapped(edition("Looking Forward", *titles)) == [(number, number) for number in range(1, 11)]


def test_subdivisions_belong_to_their_chapter() -> None:
    book = edition(
        "Danger from Within", "Kronstadt", "Europe at the Dark Crossroads", "Deadlock of the Revolution", "Index"
    )
    book.chapters[1].level = 2
    mapping = map_chapters(book, CANONICAL)
    assert [(match.chapter, match.canonical, match.reason) for match in mapping.matches][:2] == [
        (0, 4, "title"),
        (1, 4, "within"),
    ]
    assert mapping.of(4) is None


def test_recognising_writes_into_the_book_and_reports_what_is_missing() -> None:
    book = edition("Preface", *(title for number, (title, _) in TITLES.items() if number < 9))
    recognise_chapters(book, CANONICAL)
    assert [chapter.canonical for chapter in book.chapters] == [None, 1, 2, 3, 4, 5, 6, 7, 8]
    assert book.report == [
        "Not recognised in this edition: chapter 9, 10 of the Memoirs; `--map` says which chapter is which."
    ]


def test_the_reader_has_the_last_word() -> None:
    book = edition(*(title for title, _ in TITLES.values()))
    mapping = recognise_chapters(book, CANONICAL, parse_map("1=-, 2 = 1;3:2"))
    assert [chapter.canonical for chapter in book.chapters][:4] == [None, 1, 2, 4]
    assert mapping.missing == (3,)


@pytest.mark.parametrize("text", ["", "5", "0=1", "a=b", "5==1"])
def test_a_mapping_written_wrongly_is_explained(text: str) -> None:
    with pytest.raises(SergeError, match="is not understood; write it as"):
        parse_map(text)


@pytest.mark.parametrize(
    ("text", "message"), [("99=1", "there is none numbered 99"), ("1=11", "there is none numbered 11")]
)
def test_a_mapping_to_what_does_not_exist_is_explained(text: str, message: str) -> None:
    with pytest.raises(SergeError, match=message):
        recognise_chapters(edition("One", "Two"), CANONICAL, parse_map(text))


def test_nothing_to_compare_with() -> None:
    assert map_chapters(edition("Danger from Within"), []).matches == ()
    assert map_chapters(Book("Empty", []), CANONICAL).matches == ()


YEARS = {1: "1906-1912", 2: "1912-1919", 3: "1919-1920", 4: "1920-1921", 5: "1922-1926", 6: "1926-1928", 7: "1928-1933",
         8: "1933-1936", 9: "1936-1941", 10: ""}  # fmt: skip
DATED = [replace(one, year_from=YEARS[one.number][:4], year_to=YEARS[one.number][5:]) for one in CANONICAL]


def test_years_in_unknown_titles_and_order_are_evidence() -> None:
    titles = [f"Ein fremder Titel {number} ({YEARS[number]})" if YEARS[number] else "Nach vorn" for number in TITLES]
    book = edition("Vorwort", *titles, "Glossary", title="Memoirs of a Revolutionary", author="Victor Serge")
    assert [(one.chapter, one.canonical) for one in map_chapters(book, DATED).matches] == [(n, n) for n in range(1, 11)]


def test_years_alone_make_no_memoirs_of_another_book() -> None:
    book = edition(*(f"Chapter ({years})" for years in YEARS.values() if years), title="A History", author="Somebody")
    assert map_chapters(book, DATED).matches == ()


def test_a_book_that_says_it_is_the_memoirs_and_is_not_recognised_says_what_to_do() -> None:
    book = edition("Alpha", "Beta", title="Memoirs of a Revolutionary", author="Victor Serge")
    assert recognise_chapters(book, CANONICAL).says_memoirs
    assert any('--map "3=1,4=2"' in line for line in book.report)


def whole_book() -> Book:
    passages = ["Foreword by somebody.", "“It began,” he said, in the snow.", "More.", "Then the war came.", "The end."]
    return Book("A Book", [BookChapter("All of it", [Block(passage) for passage in passages])])


def test_the_reader_cuts_and_names_chapters_by_their_first_words() -> None:
    book = whole_book()
    mapping = recognise_chapters(book, CANONICAL, parse_map('"it began, he said"=1, “Then the war”=2'))
    assert [(chapter.title, chapter.canonical, len(chapter.blocks)) for chapter in book.chapters] == [
        ("All of it", None, 1), ("World Without Possible Escape", 1, 2), ("Live to Prevail", 2, 2),
    ]  # fmt: skip
    assert [(one.chapter, one.canonical, one.reason) for one in mapping.matches] == [(1, 1, "reader"), (2, 2, "reader")]


def test_words_that_are_not_there_are_refused_once_and_told_when_remembered() -> None:
    told = parse_map('"Nothing of the kind"=3')
    with pytest.raises(SergeError, match="No passage begins with the words “Nothing of the kind”"):
        recognise_chapters(whole_book(), CANONICAL, told)
    book = whole_book()
    recognise_chapters(book, CANONICAL, told, is_remembered=True)
    assert any("no chapter was cut there" in line for line in book.report)
    with pytest.raises(SergeError, match="there is none numbered 40"):
        recognise_chapters(whole_book(), CANONICAL, parse_map('"Then the war"=40'))
