"""Which spelling is shown, and which of its letters are lit."""

from __future__ import annotations

import pytest

from serge_tui.core.name_finder.names import NameFinder
from tests.serge_tui.core.name_finder.people import PEOPLE, TEXTS


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(PEOPLE, TEXTS)


@pytest.mark.parametrize(
    ("query", "alias", "lit", "reason"),
    [
        ("zino", "Grigory Zinoviev", "Zino", "name"),
        ("Sinowjew", "Grigory Zinoviev", "Zinoviev", "other spelling"),
        ("зинов", "Григорий Евсеевич Зиновьев", "Зинов", "alias"),
        ("Koba", "Koba", "Koba", "alias"),
        ("old man", "the Old Man", "OldMan", "alias"),
        ("bronstein lev", "Lev Davidovich Bronstein", "LevBronstein", "alias"),
        ("Kamnev", "Lev Kamenev", "Kamnev", "spelling close"),
        ("dau", "Ernst Däumig", "Däu", "name"),
        ("L. Trotsky", "Leon Trotsky", "LTrotsky", "name"),
        ("lev kam", "Lev Kamenev", "LevKam", "name"),
        ("retif", "Le Rétif", "Rétif", "alias"),
    ],
)
def test_the_spelling_that_matched_and_its_letters(
    finder: NameFinder, query: str, alias: str, lit: str, reason: str
) -> None:
    match = finder.find(query)[0]
    assert match.alias == alias
    assert "".join(match.alias[at] for at in match.positions) == lit
    assert match.reason == reason


def test_an_initial_lights_one_letter(finder: NameFinder) -> None:
    match = finder.find("G. Zinoviev")[0]
    assert match.positions[0] == 0
    assert match.positions[1] == match.alias.index("Zinoviev")
