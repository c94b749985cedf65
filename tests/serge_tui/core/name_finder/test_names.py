"""Who is found first, who is accepted, and who is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from serge_tui.core.name_finder.names import NameFinder
from tests.serge_tui.core.name_finder.people import PEOPLE, TEXTS, person


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(PEOPLE, TEXTS)


def first(finder: NameFinder, query: str) -> str | None:
    found = finder.find(query)
    return found[0].figure if found else None


def accepted(finder: NameFinder, query: str) -> str | None:
    meant = finder.identify(query)
    return meant.best.figure if meant.accepted and meant.best else None


@pytest.mark.parametrize(
    ("query", "figure"),
    [
        ("Sinowjew", "zinoviev"),
        ("Zinovieff", "zinoviev"),
        ("Zinóviev", "zinoviev"),
        ("Zinov'ev", "zinoviev"),
        ("Zinovʹev", "zinoviev"),
        ("Зиновьев", "zinoviev"),
        ("зиновьев григорий", "zinoviev"),
        ("Boukharine", "bukharin"),
        ("Bujarin", "bukharin"),
        ("Boecharin", "bukharin"),
        ("Trockij", "trotsky"),
        ("Trozki", "trotsky"),
        ("Trocki", "trotsky"),
        ("Goumilev", "gumilev"),
        ("Gumiljow", "gumilev"),
        ("Gumilyov", "gumilev"),
        ("Lev Davidovich Trotskii", "trotsky"),
        ("L. D. Trotsky", "trotsky"),
        ("Trotsky, L. D.", "trotsky"),
        ("Léon Trotski", "trotsky"),
        ("leo bronstein", "trotsky"),
        ("the Old Man", "trotsky"),
        ("old man", "trotsky"),
        ("Koba", "stalin"),
        ("Josef Stalin", "stalin"),
        ("J. V. Stalin", "stalin"),
        ("Dschugaschwili", "stalin"),
        ("Kun Béla", "kun"),
        ("Bela Kun", "kun"),
        ("Daeumig", "daumig"),
        ("DÄUMIG", "daumig"),
        ("Nin Pérez", "nin"),
        ("Chen Tu-hsiu", "chen"),
        ("陈独秀", "chen"),
        ("Николай II", "nicholas"),
        ("Nikolaus II", "nicholas"),
        ("Nicholas the Second", "nicholas"),
        ("Antonov Ovseyenko", "antonov"),
        ("antonovovseenko", "antonov"),
        ("Deboe", "de-boe"),
        ("VictorSerge", "serge"),
        ("Volodya Lenin", "lenin"),
        ("the poet Gumilev", "gumilev"),
        ("Zinviev", "zinoviev"),
        ("Ziinoviev", "zinoviev"),
        ("Zinoveiv", "zinoviev"),
        ("Lev Kamnev", "kamenev"),
        ("A. Baron", "aron-baron"),
    ],
)
def test_any_spelling_is_first_and_accepted(finder: NameFinder, query: str, figure: str) -> None:
    assert first(finder, query) == figure
    assert accepted(finder, query) == figure


@pytest.mark.parametrize(
    "query",
    [
        "Sergei Kamenev",
        "Сергей Каменев",
        "S. S. Kamenev",
        "Bakunin",
        "Bakounine",
        "Бакунин",
        "Alexander Ulyanov",
        "Dmitry Ulyanov",
        "Leni",
        "Ninov",
        "Nicholas I",
        "Nicholas III",
        "Vorovsky",
        "Воровский",
        "Stern",
        "Hans Poretsky",
        "Lenin's brother",
        "Antonov",
        "Vladimir",
        "Lev",
        "man",
        "poet",
        "xyzzy",
        "' OR 1=1 --",
        "",
        "   ",
        "!?",
    ],
)
def test_another_person_is_not_taken_for_the_one_meant(finder: NameFinder, query: str) -> None:
    assert accepted(finder, query) is None


def test_nin_and_lenin_are_two(finder: NameFinder) -> None:
    assert accepted(finder, "Nin") == "nin"
    assert [match.figure for match in finder.find("Nin")] == ["nin"]
    assert accepted(finder, "Lenin") == "lenin"


def test_a_shared_surname_is_asked_about_and_both_are_offered(finder: NameFinder) -> None:
    meant = finder.identify("Sedov")
    assert meant.verdict == "ambiguous"
    assert meant.best is not None
    assert [meant.best.figure, meant.alternatives[0].figure] == ["lev-sedov", "sergei-sedov"]
    assert "Lev Sedov or Sergei Sedov" in meant.reason
    assert accepted(finder, "Sergei Sedov") == "sergei-sedov"


def test_a_spouses_name_is_the_spouses_first(finder: NameFinder) -> None:
    assert accepted(finder, "Trotsky") == "trotsky"
    assert accepted(finder, "Natalia Trotsky") == "sedova"


def test_while_typing_the_list_narrows_to_the_one(finder: NameFinder) -> None:
    assert {"trotsky", "kamenev", "lev-sedov"} <= {match.figure for match in finder.find("le")}
    assert first(finder, "zi") == "zinoviev"
    assert first(finder, "sinow") == "zinoviev"
    assert first(finder, "buch") == "bukharin"
    assert first(finder, "тро") == "trotsky"
    assert first(finder, "lev k") == "kamenev"
    assert first(finder, "znov") == "zinoviev"


def test_a_beginning_is_accepted_where_only_one_name_begins_so(finder: NameFinder) -> None:
    assert accepted(finder, "Bukhar") == "bukharin"
    assert accepted(finder, "Bukh") is None
    assert accepted(finder, "Zinov") is None
    assert finder.identify("Zinov").best is not None


@pytest.mark.parametrize(
    ("query", "figure"),
    [
        ("VladimirgUlyanov", "lenin"),
        ("Deboe", "de-boe"),
        ("D eBoë", "de-boe"),
        ("Jean Deboe", "de-boe"),
        ("Van der Velde", "vandervelde"),
        ("Мальро", "malraux"),
        ("Reis", "reiss"),
    ],
)
def test_words_run_together_or_torn_apart_and_french_endings(query: str, figure: str) -> None:
    more = [
        person("vandervelde", "Émile Vandervelde", "Vandervelde, Émile"),
        person("malraux", "André Malraux", "Malraux, André"),
        person("reissner", "Larissa Reissner", "Reissner, Larissa", mentions=50),
    ]
    assert first(NameFinder([*PEOPLE, *more], TEXTS), query) == figure


def test_what_is_said_of_somebody_does_not_make_a_beginning_their_name() -> None:
    people = [
        person("souvarine", "Boris Souvarine", "Souvarine, Boris", "", ("Varine", "pen")),
        person("siqueiros", "David Siqueiros", "Siqueiros, David"),
    ]
    texts = {
        "souvarine": "Of the Spanish republic and of civil liberty he wrote.",
        "siqueiros": "An officer in the Spanish civil war.",
    }
    found = NameFinder(people, texts).find("spanish civil war")
    assert found[0].figure == "siqueiros"
    assert found[0].reason == "description"


def test_a_given_name_and_a_name_with_two_readings_are_taken_for_nobody_else() -> None:
    people = [
        person("novomirsky", "Daniil Novomirsky", "Novomirsky, Daniil", "", ("Yakov Kirillovsky", "birth")),
        person("blok", "Alexander Blok", "Blok, Alexander", "Александр Александрович Блок"),
    ]
    finder = NameFinder(people)
    assert accepted(finder, "Kirill") is None
    assert accepted(finder, "Blokh") is None
    assert accepted(finder, "Bloch") is None


def test_a_description_finds_but_never_decides(finder: NameFinder) -> None:
    found = finder.find("Hungarian commissar")
    assert found[0].figure == "kun"
    assert found[0].reason == "description"
    lit = "".join(found[0].alias[at] for at in found[0].positions)
    assert lit.startswith("Hungarian")
    assert accepted(finder, "Hungarian commissar") is None


def test_ties_go_to_the_one_named_more_often_then_to_the_one_met_last() -> None:
    twins = [person("a", "Anna Petrova", "Petrova, Anna"), person("b", "Vera Petrova", "Petrova, Vera")]
    assert first(NameFinder(twins), "Petrova") == "a"
    assert first(NameFinder([twins[0], replace(twins[1], mentions=3)]), "Petrova") == "b"
    assert first(NameFinder(twins, met={"b": 12}), "Petrova") == "b"


def test_a_shared_alias_is_ambiguous() -> None:
    bearers = [
        person("a", "Anna Petrova", "Petrova, Anna", "", ("the Owl", "nickname shared")),
        person("b", "Vera Ivanova", "Ivanova, Vera", "", ("the Owl", "nickname shared")),
    ]
    assert NameFinder(bearers).identify("the owl").verdict == "ambiguous"


def test_a_surname_noted_as_an_alias_of_one_bearer_is_still_everybodys() -> None:
    bearers = [
        person("a", "Lev Sedov", "Sedov, Lev"),
        person("b", "Sergei Sedov", "Sedov, Sergei", "", ("Sedov", "surname shared")),
    ]
    assert NameFinder(bearers).identify("Sedov").verdict == "ambiguous"


def test_only_some_figures_may_be_meant(finder: NameFinder) -> None:
    assert finder.identify("Sedov").verdict == "ambiguous"
    meant = finder.identify("Sedov", among={"sergei-sedov", "lenin"})
    assert meant.accepted
    assert meant.best is not None
    assert meant.best.figure == "sergei-sedov"


@pytest.mark.parametrize(
    ("answer", "target", "grade"),
    [
        ("Zinoviev", "zinoviev", "right"),
        ("Sinowjew", "zinoviev", "right"),
        ("Zinovief", "zinoviev", "right"),
        ("Zinovyef", "zinoviev", "right"),
        ("Znoviev", "zinoviev", "close"),
        ("Kamenev", "zinoviev", "wrong"),
        ("Sergei Kamenev", "kamenev", "wrong"),
        ("Nin", "lenin", "wrong"),
        ("Koba", "stalin", "right"),
        ("Sedov", "lev-sedov", "right"),
        ("", "lenin", "wrong"),
        ("Lenin", "nobody-of-that-key", "wrong"),
    ],
)
def test_a_typed_answer_is_judged_against_everyone(finder: NameFinder, answer: str, target: str, grade: str) -> None:
    assert finder.grade_typed(answer, target).grade == grade


def test_a_wrong_answer_tells_whom_it_names(finder: NameFinder) -> None:
    judged = finder.grade_typed("Koba", "lenin")
    assert judged.meant is not None
    assert judged.meant.figure == "stalin"


def test_a_slip_nearer_to_a_rival_is_not_close(finder: NameFinder) -> None:
    assert finder.grade_typed("Sedva", "lev-sedov").grade == "wrong"
    assert finder.grade_typed("Sedva", "sedova").grade == "close"


def test_a_later_key_does_not_change_what_an_earlier_one_found(finder: NameFinder) -> None:
    before = finder.find("zino")
    finder.find("zinov")
    finder.identify("zinoviev")
    assert finder.find("zino") == before


def test_preparing_changes_no_answer() -> None:
    plain, prepared = NameFinder(PEOPLE, TEXTS), NameFinder(PEOPLE, TEXTS)
    prepared.prepare()
    for query in ("sinow", "Hungarian commissar", "Kamnev", "lev", "Троц"):
        assert plain.find(query) == prepared.find(query)
