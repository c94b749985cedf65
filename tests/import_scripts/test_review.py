"""Reviews yield quotations with pages and people; the reader's word on them outlives the next import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.book import Block
from db.candidates import candidate_key
from import_scripts.reviews.citations import citations_in, normal_pages
from import_scripts.reviews.review import candidates_in, import_review, language_of, read_review
from import_scripts.reviews.stretches import find_stretches
from tests.import_scripts.measure_reviews import count, read_keys
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from db.models import Candidate, Figure


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return study_pack().figures


def found(figures: list[Figure], *paragraphs: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Words, pages, speaker and people of every candidate."""
    candidates = candidates_in([Block(text) for text in paragraphs], "review.txt", figures)
    return [(c.text, c.pages, c.speaker, c.about) for c in candidates]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("(2012: 119-20)", "119-120"), ("(cut from 1963 edition; 2012: 38)", "38"), ("(2012: 93, 97-98)", "93, 97-98"),
        ("(2012: 272-3, 256)", "272-273, 256"), ("(2012: 407-08)", "407-408"), ("(2012: xxxvii)", "xxxvii"),
        ("(p. 447)", "447"), ("(p.447)", "447"), ("(pp. 119\u2013120)", "119-120"), ("[p. 12]", "12"),
        ("(p\u00e1g. 185)", "185"), ("(S. 45)", "45"), ("(Serge, 2012, p. 45)", "45"),
        ("(\u0441\u0442\u0440. 12)", "12"),
        ("(pp. 1, 3 and 5)", "1, 3, 5"), ("By page 10, Serge", "10"),
    ],
)  # fmt: skip
def test_page_citations(text: str, pages: str) -> None:
    (citation,) = citations_in(text, "2012")
    assert (citation.pages, citation.other) == (pages, False)


@pytest.mark.parametrize("text", ["(1996: 313)", "(Weissman 2001: 232)", "(2000)", "(Deutscher, p. 12)"])
def test_citations_of_other_books(text: str) -> None:
    (citation,) = citations_in(text, "2012")
    assert citation.other


@pytest.mark.parametrize(
    "text", ["(in 1921)", "(12 men)", "(July\u2013August 1947)", "(1890\u20131947)", "(see below)", "2012: 12"]
)
def test_what_only_looks_like_a_citation(text: str) -> None:
    assert citations_in(text, "2012") == []


def test_pages_are_written_out() -> None:
    assert normal_pages("84, 158; 207") == "84, 158, 207"
    assert normal_pages("119-20 & 122f.") == "119-120, 122"


def test_a_page_named_first_holds_until_the_next(figures: list[Figure]) -> None:
    text = (
        "Serge (2012: 119-20) is full of praise for Lenin, who had “built for a palace servant” rooms. Rather he was"
        " “a man of a basic simplicity, talking honestly”. Later (2012: 161) Lenin was “genial as ever, in spirits”."
    )
    assert [(pages, about) for _, pages, _, about in found(figures, text)] == [
        ("119-120", ("lenin",)), ("119-120", ("lenin",)), ("161", ("lenin",)),
    ]  # fmt: skip


def test_a_page_named_behind_holds_for_what_stands_before(figures: list[Figure]) -> None:
    text = "He says “the passion, the experience, the errors” (p. 447). Then: “something else that he said elsewhere”."
    assert [pages for _, pages, _, _ in found(figures, text)] == ["447", ""]


def test_another_books_quotation_is_not_offered(figures: list[Figure]) -> None:
    texts = [
        "In the book (2012: 20) “we wanted to live differently at all costs”.",
        "He said (1996: 313): “It was their duty to hold on.”",
    ]
    assert [words for words, *_ in found(figures, *texts)] == ["we wanted to live differently at all costs"]


def test_an_announced_paragraph_takes_page_and_person_from_what_announces_it(figures: list[Figure]) -> None:
    texts = [
        "His description (2012: 218-19) of Gramsci was evocative:",
        "“His head was heavy, his brow high and broad, his lips thin.”",
    ]
    assert found(figures, *texts) == [
        ("His head was heavy, his brow high and broad, his lips thin.", "218-219", "", ("gramsci",))
    ]


def test_who_speaks(figures: list[Figure]) -> None:
    text = (
        "Istrati exclaimed, “I can see the broken eggs all right!” Zinoviev: “The hour has come to capitulate, Leon.”"
    )
    assert [(speaker, about) for _, _, speaker, about in found(figures, text)] == [("istrati", ()), ("zinoviev", ())]


def test_the_owner_is_not_the_one_described(figures: list[Figure]) -> None:
    assert found(figures, "Trotsky’s son Leon Sedov was “young, energetic, gentle and resolute at once”.")[0][3] == (
        "lev-sedov",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He wrote “one ‘inner’ quotation with more words” there.", "one ‘inner’ quotation with more words"),
        ('" We revolutionaries, who aimed at much, failed. "', "We revolutionaries, who aimed at much, failed."),
        ("He spoke of ‘the workers’ state that was lost to us’, and left.", "the workers’ state that was lost to us"),
        ("«Nous étions pleins de force et de pensée» disait-il.", "Nous étions pleins de force et de pensée"),
        ("Er schrieb: „Wir hatten nichts zu verlieren als uns.“", "Wir hatten nichts zu verlieren als uns."),
        ("'Together with him, we were against all of it.'", "Together with him, we were against all of it."),
    ],
)  # fmt: skip
def test_kinds_of_quotation_mark(text: str, words: str) -> None:
    (stretch,) = find_stretches([Block(text)])
    assert text[stretch.start : stretch.end] == words


@pytest.mark.parametrize(
    "text",
    ["It’s what the workers’ council didn’t want.", "The “democratic” state.",
     "I read “Memoirs of a Revolutionary” twice.", "“One of the most vivid books of our time.”—The Times"],
)  # fmt: skip
def test_irony_titles_and_praise_are_no_quotations(text: str) -> None:
    assert find_stretches([Block(text)]) == []


def test_a_set_off_paragraph_is_a_quotation() -> None:
    blocks = [
        Block("He says of it"),
        Block("We had nothing to lose but ourselves, and we knew it.", "quote"),
        Block("So much for that."),
    ]
    assert [(stretch.passage, stretch.kind) for stretch in find_stretches(blocks)] == [(1, "block")]


def test_languages() -> None:
    assert language_of("Con esta condición única, no renunciar jamás a defender al hombre") == "es"
    assert language_of("Sin dall'infanzia mi sembra di vivere in un mondo senza evasione che non è") == "it"
    assert language_of("xyzzy") == ""


def write_review(path: Path, *, more: str = "") -> Path:
    path.write_text(
        f"Serge (2012: 84) found Zinoviev “clean-shaven, pale, his face a little puffy”.\n\n{more}\n", "utf-8"
    )
    return path


def test_the_readers_word_outlives_the_next_import(library: Library, tmp_path: Path) -> None:
    path = write_review(
        tmp_path / "a review.txt", more="He called Kun (2012: 220) “a remarkably odious figure of a man”."
    )
    done = import_review(library, path)
    assert (done.found, done.new, done.with_page) == (2, 2, 2)
    zinoviev, kun = library.candidates.all("open")
    assert (zinoviev.about, zinoviev.pages, zinoviev.source) == (("zinoviev",), "84", "a review.txt")
    assert zinoviev.quotation != ""  # the pack has these words
    library.candidates.reject(zinoviev).result()
    library.candidates.edit(kun, text="a remarkably odious figure", pages="220", about=["kun"]).result()
    again = import_review(library, path)
    assert again.new == 0
    assert library.candidates.all("open") == []
    (edited,) = library.candidates.all("edited")
    assert (edited.text, edited.about, edited.key) == ("a remarkably odious figure", ("kun",), kun.key)
    assert library.candidates.about("kun") == [edited]
    assert library.candidates.counts() == {"open": 0, "accepted": 0, "edited": 1, "rejected": 1}


def test_what_was_accepted_stays_when_the_document_goes(library: Library, tmp_path: Path) -> None:
    import_review(library, write_review(tmp_path / "review.txt", more="“Something that is only in the first version.”"))
    candidate = next(c for c in library.candidates.all() if c.text.startswith("Something"))
    library.candidates.accept(candidate).result()
    import_review(library, write_review(tmp_path / "review.txt"))
    kept: Candidate | None = library.candidates.by_key(candidate.key)
    assert kept is not None
    assert (kept.text, kept.state) == (candidate.text, "accepted")
    library.candidates.reopen(candidate.key).result()
    assert library.candidates.by_key(candidate.key) is None


def test_nothing_curated_is_changed(library: Library, tmp_path: Path) -> None:
    before = library.quotations.all()
    import_review(library, write_review(tmp_path / "review.txt"))
    assert library.quotations.all() == before


def test_the_same_words_are_the_same_candidate() -> None:
    assert candidate_key("“All right, I can see…”") == candidate_key("all right I can\u00a0see")
    assert candidate_key("all right") != candidate_key("all wrong")


@pytest.mark.shared
@pytest.mark.parametrize("alone", [False, True])
def test_labelled_reviews(samples: Path, alone: bool) -> None:
    counted = [count(key, samples, alone=alone) for key in read_keys()]
    marked = sum(one.found["marked"] for one in counted), sum(one.wanted["marked"] for one in counted)
    pages = sum(one.pages_right for one in counted), sum(one.pages for one in counted)
    assert marked[0] >= 0.97 * marked[1]
    assert pages[0] >= 0.97 * pages[1]
    assert sum(one.pages_wrong for one in counted) <= 2
    assert sum(one.needless for one in counted) <= 0.05 * sum(one.candidates for one in counted)
    assert sum(one.figures_right for one in counted) >= 0.9 * sum(one.figures for one in counted)
    if not alone:
        assert sum(one.found["block"] for one in counted) >= 0.9 * sum(one.wanted["block"] for one in counted)


def footnoted(tmp_path: Path, figures: list[Figure], body: str, *notes: str) -> list[tuple[str, str]]:
    """Words and pages of the candidates of a page in HTML with these footnotes, referred to as [1] and so on."""
    for number in range(1, len(notes) + 1):
        body = body.replace(f"[{number}]", f'<sup><a href="#n{number}" id="r{number}">{number}</a></sup>')
    listed = "".join(f'<p id="n{n}">{n}. {note} <a href="#r{n}">↩</a></p>' for n, note in enumerate(notes, start=1))
    path = tmp_path / "review.html"
    path.write_text(f"<html><body><h1>A review</h1>{body}<h2>Notes</h2>{listed}</body></html>", encoding="utf-8")
    return [(candidate.text, candidate.pages) for candidate in read_review(path, figures).candidates]


WHO, HOW = "a walking lantern without any oil in it", "hard as a rail and twice as straight"


@pytest.mark.parametrize(
    ("notes", "pages"),
    [
        (("Serge, <i>Memoirs</i>, p. 84.", "Ibid., p. 163."), ["84", "163"]),
        (("Victor Serge, <i>Memoirs of a Revolutionary</i> (New York, 2012), 84.", "Serge, 163–4."), ["84", "163-164"]),
        (("<i>Memoirs</i>, pp. 84–85.", "p. 163."), ["84-85", "163"]),
        (("Serge, <i>Mémoires</i>, p. 84.", "Ibidem, p. 163 ; voir aussi p. 170."), ["84", "163"]),
        (("See Serge, <i>Memoirs</i>, p. 84, for the scene.", "Serge, <i>Memoirs</i>."), ["84", ""]),
        (("Serge, <i>Memoirs</i>, p. 84.", "Trotsky, <i>My Life</i>, p. 163."), ["84"]),
        (("Deutscher, <i>Stalin</i>, p. 84.", "Ibid., p. 163."), []),
        (("Deutscher, <i>Stalin</i>, p. 84.", "Serge, <i>Memoirs</i>, p. 163."), ["163"]),
        (("He means Zinoviev.", "Memoirs, p. 163."), ["", "163"]),
    ],
)
def test_pages_stand_in_footnotes(
    figures: list[Figure], tmp_path: Path, notes: tuple[str, str], pages: list[str]
) -> None:
    body = f"<p>Zinoviev was “{WHO}”.[1] Trotsky seemed to him “{HOW}”.[2]</p>"
    assert [page for _, page in footnoted(tmp_path, figures, body, *notes)] == pages


def test_a_note_far_behind_a_quotation_is_not_its_page(figures: list[Figure], tmp_path: Path) -> None:
    body = f"<p>Zinoviev was “{WHO}”, and the winter of that year was long and without bread.[1]</p>"
    assert footnoted(tmp_path, figures, body, "Serge, <i>Memoirs</i>, p. 84.") == [(WHO, "")]


def test_a_page_in_the_lead_is_that_of_the_quotation(figures: list[Figure]) -> None:
    lead = f"Zinoviev was “{WHO}” (p. 84), Trotsky “{HOW}” (163)."
    looks_back = "On the last page (p. 447) he looks back: “We lost everything except the habit of hoping.”"
    assert [pages for _, pages, *_ in found(figures, lead, looks_back)] == ["84", "163", "447"]


def test_a_page_of_the_quotation_before_is_not_that_of_the_next(figures: list[Figure]) -> None:
    text = (
        f"Zinoviev was “{WHO}” (p. 84), and Trotsky, he says, “{HOW}”. Lenin was “as plain as an old teacher” (p. 12)."
    )
    assert [pages for _, pages, *_ in found(figures, text)] == ["84", "", "12"]


@pytest.mark.parametrize(
    "lead",
    [
        "Orwell thought that",
        "As Susan Sontag wrote,",
        "Adam Hochschild has called it",
        "One critic, Dwight Macdonald, says of Serge:",
    ],
)
def test_what_others_write_of_the_book_is_not_from_it(figures: list[Figure], lead: str) -> None:
    assert found(figures, f"{lead} “the book of a whole generation and of its dead”.") == []


@pytest.mark.parametrize(
    "lead", ["Serge thought that", "Victor Serge wrote,", "He wrote that", "Of the prison Serge has written:"]
)
def test_what_the_author_writes_is_his(figures: list[Figure], lead: str) -> None:
    assert len(found(figures, f"{lead} “the walls had a language of their own”.")) == 1


BLOCK = "We lost everything, and kept only the habit of hoping and the taste of the cold; nobody spoke of it again."


@pytest.mark.parametrize(
    "lead",
    [
        "A stanza from Bertolt Brecht’s poem might have served as an epigraph for Victor Serge’s memoir:",
        "One thinks of the last lines of a poem by Anna Akhmatova:",
        "A letter from Gorky tells of the same days:",
        "In her preface Susan Sontag writes:",
        "As Orwell’s last essay has it:",
    ],
)
def test_a_block_of_another_writer_is_not_from_the_book(figures: list[Figure], lead: str) -> None:
    assert found(figures, lead, f"“{BLOCK}”") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Of the winter he writes:",
        "After a letter from Gorky Serge recalls:",
        "His memoir has this:",
        "Serge’s last lines are these:",
    ],
)
def test_a_block_of_the_author_is_from_the_book(figures: list[Figure], lead: str) -> None:
    assert len(found(figures, lead, f"“{BLOCK}”")) == 1


@pytest.mark.parametrize(
    ("lead", "speaker", "about"),
    [
        ("His father introduced him to the writings of Trotsky:", "", ()),
        ("He had read the works of Lenin:", "", ()),
        ("There is his portrait of Zinoviev:", "", ("zinoviev",)),
        ("He tells of the death of Lenin:", "", ("lenin",)),
        ("Thus Trotsky:", "trotsky", ()),
    ],
)
def test_whoever_is_read_or_portrayed_does_not_speak(
    figures: list[Figure], lead: str, speaker: str, about: tuple[str, ...]
) -> None:
    (one,) = found(figures, f"{lead} “the walls had a language of their own, and kept it”.")
    assert one[2:4] == (speaker, about)
