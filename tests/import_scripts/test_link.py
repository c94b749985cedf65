"""Names are found however they are written, and linked only to the person who is meant."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.book import Block, Book, BookChapter, Span
from db.models import LinkDecisions
from import_scripts.linking.linker import NameLinker
from tests.import_scripts.labelled import LABELS
from tests.import_scripts.measure_linking import NAME_LABELS, measure
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from pathlib import Path

    from db.models import Figure


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return study_pack().figures


@pytest.fixture(scope="module")
def linker(figures: list[Figure]) -> NameLinker:
    return NameLinker(figures)


def linked(
    linker: NameLinker, *texts: str, language: str = "en", canonical: int | None = None
) -> list[tuple[str, str]]:
    """What is linked in passages: the words, and whom they mean."""
    found = linker.link(texts, chapters=[(0, canonical)], language=language).mentions
    return [(texts[passage][start:end], figure) for passage, start, end, figure, _ in found]


def asked(linker: NameLinker, *texts: str, language: str = "en") -> list[tuple[str, str]]:
    """What the reader is asked about."""
    found = linker.link(texts, language=language).questions
    return [(texts[passage][start:end], figure) for passage, start, end, _, figure, _, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Trotsky there.", [("Trotsky", "trotsky")]),
        ("He read Trotsky's theses.", [("Trotsky", "trotsky")]),
        ("He read Trotsky’s theses.", [("Trotsky", "trotsky")]),
        ("TROTSKY, he wrote.", [("TROTSKY", "trotsky")]),
        ("So said Leon Trotsky then.", [("Leon Trotsky", "trotsky")]),
        ("So said L. D. Trotsky then.", [("L. D. Trotsky", "trotsky")]),
        ("So said L.D.Trotsky then.", [("L.D.Trotsky", "trotsky")]),
        ("A paper by Lev Davidovich Trotsky.", [("Lev Davidovich Trotsky", "trotsky")]),
        ("By order: Trotzky, Zinovieff.", [("Trotzky", "trotsky"), ("Zinovieff", "zinoviev")]),
        ("Tchitcherine et Bucharin.", [("Tchitcherine", "chicherin"), ("Bucharin", "bukharin")]),
        ("Sinowjew und Trotzki sprachen.", [("Sinowjew", "zinoviev"), ("Trotzki", "trotsky")]),
        ("Toukhatchevski et Boukharine.", [("Toukhatchevski", "tukhachevsky"), ("Boukharine", "bukharin")]),
        ("Then came Zinov'ev and Kamenev.", [("Zinov'ev", "zinoviev"), ("Kamenev", "kamenev")]),
        ("Vaillant-Couturier wept.", [("Vaillant-Couturier", "vaillant-couturier")]),
        ("Roland-Holst and Saint-Exupéry.", [("Roland-Holst", "roland-holst"), ("Saint-Exupéry", "saint-exupery")]),
        ("Chiang Kai-shek marched.", [("Chiang Kai-shek", "chiang-kai-shek")]),
        ("Then Nicholas II fell.", [("Nicholas II", "nicholas-ii")]),
        ("The Kerenskys of this world.", [("Kerenskys", "kerensky")]),
        ("Panait Istrati and Béla Kun.", [("Panait Istrati", "istrati"), ("Béla Kun", "kun")]),
        ("Kun Béla és Lukács György.", [("Kun Béla", "kun"), ("Lukács György", "lukacs")]),
        ("Writes M. N. Roy of this.", [("M. N. Roy", "roy")]),
        ("蔣介石將軍到了。", [("蔣介石", "chiang-kai-shek")]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(linker: NameLinker, text: str, expected: list[tuple[str, str]]) -> None:
    assert linked(linker, text) == expected


@pytest.mark.parametrize(
    ("text", "surface", "figure"),
    [
        ("с Троцким говорили", "Троцким", "trotsky"),
        ("речь Троцкого была", "Троцкого", "trotsky"),
        ("письмо Зиновьеву", "Зиновьеву", "zinoviev"),
        ("о Бухарине и других", "Бухарине", "bukharin"),
        ("стихи Ахматовой читали", "Ахматовой", "akhmatova"),
        ("Виктор Львович Кибальчич", "Виктор Львович Кибальчич", "serge"),
        ("вместе с Розой Люксембург", "Розой Люксембург", "luxemburg"),
    ],
)
def test_declined_names_are_found(linker: NameLinker, text: str, surface: str, figure: str) -> None:
    assert (surface, figure) in linked(linker, text, language="ru")


@pytest.mark.parametrize(
    "text",
    [
        "We met Trot\u00adsky there.", "We met T\u2060rotsky there.", "We met Trot-\nsky there.",
        "We met Trot- sky there.", "We met Trotsky\u2060\u200a… there.", "We met TrotskyA8.1 there.",
        "We met Trotsky13 there.", "“Trotsky”, we said.", "(Trotsky)", "—Trotsky—", "Trotsky", "post-Trotsky",
    ],
)  # fmt: skip
def test_nothing_that_is_invisible_or_beside_a_name_hides_it(linker: NameLinker, text: str) -> None:
    (mention,) = linker.mentions([text])
    _, start, end, figure, _ = mention
    assert figure == "trotsky"
    letters = "".join(filter(str.isalpha, text[start:end]))
    assert letters == "Trotsky"


def test_ligatures_and_combining_marks_do_not_hide_a_name(linker: NameLinker) -> None:
    assert [
        figure
        for *_, figure, _ in linker.mentions(["Cha\ufb00ee, Fie\ufb02er and Ru\ufb02an met Se\u0301journe\u0301."])
    ] == ["sejourne"]


@pytest.mark.parametrize(
    "text",
    [
        "A Leninist and a Trotskyist disputed Trotskyism.", "a reed shaken by the wind",
        "He held gold in his body.", "Troitsky and Orenburg and Rykovsky are other names.", "The prelenin days.",
        "Alexander Hall, the Nicolai line.", "the “Lenin” left the station",
    ],
)  # fmt: skip
def test_words_that_only_look_like_names_are_left_alone(linker: NameLinker, text: str) -> None:
    assert linked(linker, text) == []


def test_a_word_of_the_language_is_a_name_only_where_more_speaks_for_it(linker: NameLinker) -> None:
    story = ["His body lay there. Gold was hidden near the body; a wolf howled, and a reed bent.",
             "Body by body they fell. Gold! cried one. Wolf tracks everywhere. The Body was cold."]  # fmt: skip
    assert linked(linker, *story) == []
    memoir = ["The body of the hall was full. There I met Marcel Body, a typesetter. Erwin Wolf was with him.",
              "Body told me of Wolf, whom the wolf of Moscow would devour."]  # fmt: skip
    assert linked(linker, *memoir) == [
        ("Marcel Body", "body"), ("Erwin Wolf", "wolf"), ("Body", "body"), ("Wolf", "wolf"),
    ]  # fmt: skip


def test_german_nouns_are_not_people(linker: NameLinker) -> None:
    text = "Der Held trug Gold. Ein Wolf kam, und der Bauer sah den Fischer. Walter Held schrieb mir."
    assert linked(linker, text, language="de") == [("Walter Held", "held")]


def test_another_given_name_is_another_person(linker: NameLinker) -> None:
    assert linked(linker, "As Sergei Kamenev, the Commander-in-Chief, said.") == []
    assert linked(linker, "As Sergei Kamenev said. And Kamenev said more.") == []
    assert ("Kamenev", "kamenev") in asked(linker, "As Sergei Kamenev said. And Kamenev said more.")
    assert linked(linker, "The young Albert Einstein and Karl Marx.") == []


def test_a_given_name_before_another_surname_is_not_the_person(linker: NameLinker) -> None:
    assert linked(linker, "Serge Eisenstein filmed it; Benjamin Franklin did not.") == []


def test_a_party_that_does_not_fit_makes_a_namesake(linker: NameLinker) -> None:
    text = "First Karelin for the Left Socialist Revolutionaries. Then Karelin sat down."
    assert linked(linker, text) == []
    assert asked(linker, text) == [("Karelin", "karelin"), ("Karelin", "karelin")]


def test_the_last_one_named_in_full_is_meant_by_a_shared_surname(linker: NameLinker) -> None:
    texts = ["Ivan Smirnov came in. Smirnov spoke.", "Later came Vladimir Mikhailovich Smirnov.", "Smirnov was silent."]
    assert linked(linker, *texts) == [
        ("Ivan Smirnov", "ivan-smirnov"), ("Smirnov", "ivan-smirnov"),
        ("Vladimir Mikhailovich Smirnov", "vladimir-smirnov"), ("Smirnov", "vladimir-smirnov"),
    ]  # fmt: skip


def test_a_shared_surname_alone_is_asked_about(linker: NameLinker) -> None:
    text = "Then Kibalchich spoke."
    assert linked(linker, text) == []
    assert {surface for surface, _ in asked(linker, text)} == {"Kibalchich"}


def test_a_title_tells_husband_from_wife(linker: NameLinker) -> None:
    assert linked(linker, "Magdeleine Paz wrote. Maurice Paz waited. Madame Paz insisted.")[-1] == (
        "Paz",
        "magdeleine-paz",
    )


def test_an_epithet_needs_its_article_and_the_person(linker: NameLinker) -> None:
    assert linked(linker, "I loved Trotsky. The Old Man smiled.") == [
        ("Trotsky", "trotsky"),
        ("The Old Man", "trotsky"),
    ]
    assert linked(linker, "An Old Man sat by the sea.") == []
    assert linked(linker, "The Old Man sat by the sea.") == []


def test_the_chapters_own_people_are_believed_sooner(linker: NameLinker, figures: list[Figure]) -> None:
    chapters = {figure.key: {*figure.chapters, *figure.chapters_likely} for figure in figures}
    only = (
        chapters["ivan-smirnov"] - chapters["vladimir-smirnov"],
        chapters["vladimir-smirnov"] - chapters["ivan-smirnov"],
    )
    own, key = (only[0], "ivan-smirnov") if only[0] else (only[1], "vladimir-smirnov")
    assert own
    assert linked(linker, "Then Smirnov was there.", canonical=min(own)) == [("Smirnov", key)]
    assert linked(linker, "Then Smirnov was there.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leon Sedov and Sergei Sedov came. Sedov wrote.", "sergei-sedov"),
        ("Aron Baron and Fanya Baron. The Baron was hungry.", None),
        ("Sergei Kirov died. In Kirov Street it was dark.", None),
        ("Dr. Albert Einstein wrote.", None),
        ("I was Victor Serge; before that, Siegfried and Gottlieb.", "serge"),
        ("Genosse Sinowjew und Trotzkis", "trotsky"),
        ("André Breton came. A Breton", None),
        ("André Breton came. Breton smiled.", "breton"),
    ],
)
def test_the_last_name_of_a_line(linker: NameLinker, text: str, expected: str | None) -> None:
    last = linker.mentions([text])[-1:]
    full = linker.mentions([text.partition(".")[0] + "."]) if expected is None else []
    assert [figure for *_, figure, _ in last if last != full[-1:]] == ([expected] if expected else [])


def test_two_names_of_one_person_joined_by_a_hyphen(linker: NameLinker) -> None:
    assert {figure for _, figure in linked(linker, "The criminal Ulianov-Lenin hides.")} == {"lenin"}
    assert [figure for _, figure in linked(linker, "The victory of Kornilov-Kerensky.")][-1] == "kerensky"


def test_links_that_stand_already_are_taken_as_they_are(linker: NameLinker) -> None:
    text = "The eldest is Liuba, and Kibalchich sleeps."
    at = text.index("Kibalchich")
    spans = [Span(14, 19, "link", "figure:liuba-russakova"), Span(at, at + 10, "link", "figure:serge")]
    book = Book("Guide", [BookChapter("One", [Block(text, spans=spans)])], language="en")
    found = linker.link_book(book)
    assert [(figure, confidence) for *_, figure, confidence in found.mentions] == [
        ("liuba-russakova", 1.0),
        ("serge", 1.0),
    ]
    assert found.questions == []


def test_frequent_names_in_no_glossary_are_suggested(linker: NameLinker) -> None:
    text = (
        "N. Podvoisky spoke. Lenin and Podvoisky left. Podvoisky's men cheered; said Podvoisky. In Moscow it was cold."
    )
    cold = "In Moscow they waited. From Moscow came news. To Moscow we went." + " Nobody answered. Nobody spoke." * 2
    found = linker.link([text, cold]).suggestions
    assert [(name, count) for _, name, count, *_ in found] == [("N. Podvoisky", 4)]
    _, _, _, passage, start, end = found[0]
    assert [text, cold][passage][start:end] == "Podvoisky"


def test_the_reader_decides(figures: list[Figure]) -> None:
    texts = ["Karelin rose for the Left Socialist Revolutionaries.", "Trotsky said no; Avseenko drew plans."]
    from db.links import surroundings_of

    digest = surroundings_of(texts[0], 0, 7)
    decisions = LinkDecisions(
        always={"avseenko": "antonov-ovseenko"},
        never={"trotsky": frozenset(["trotsky"])},
        here={("karelin", digest): "karelin"},
    )
    assert linked(NameLinker(figures, decisions), *texts) == [("Karelin", "karelin"), ("Avseenko", "antonov-ovseenko")]
    nobody = LinkDecisions(here={("karelin", digest): ""})
    assert asked(NameLinker(figures, nobody), *texts) == []


@given(st.lists(st.text(alphabet="LeninTrotskyРаковский .'-\u2060\u00ad\n", max_size=60), max_size=6))
def test_mentions_are_in_bounds_in_order_and_apart(texts: list[str]) -> None:
    found = _LINKER.link(texts)
    places = [(passage, start, end) for passage, start, end, *_ in found.mentions]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(texts[passage]) for passage, start, end in places)
    assert all(second[0] > first[0] or second[1] >= first[2] for first, second in pairwise(places))


_LINKER = NameLinker(study_pack().figures)


@pytest.mark.shared
@pytest.mark.parametrize("name", NAME_LABELS)
def test_labelled_texts(figures: list[Figure], samples: Path, name: str) -> None:
    measured = measure(LABELS / name, figures, samples)
    assert measured.missing_stretches <= 0.05 * measured.stretches
    assert measured.tally.precision >= 0.98
    assert measured.tally.recall >= 0.95
