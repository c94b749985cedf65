"""What the reader decides about names takes effect at once and outlives every re-import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.links import EVERY_EDITION, fold_surface, surroundings_of
from db.models import Place
from import_scripts.pipeline import import_book, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

TEXT = """First Karelin for the Left Socialist Revolutionaries, and there was silence in the hall.

Then Karelin sat down, and Trotsky rose. Krylenko laughed.

N. Krylenko went on; Trotsky and Krylenko had a plan, said Krylenko. Karelin was not asked.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def edition(library: Library, path: Path) -> str:
    return import_book(library, path).edition.key


def linked(library: Library, edition: str, figure: str) -> list[str]:
    return [found.surface for found in library.passages.mentions_in_context(figure, edition)]


def test_uncertain_names_stand_in_a_queue_with_their_words(library: Library, edition: str) -> None:
    queue = library.links.uncertain(edition)
    assert [(one.surface, one.candidates[0][0]) for one in queue] == [("Karelin", "karelin")] * 3
    assert library.links.count(edition) == 3
    assert linked(library, edition, "karelin") == []
    assert queue[1].before.endswith("Then ")
    assert queue[1].after.startswith(" sat down")
    assert queue[0].reason
    assert len(library.links.uncertain(edition, limit=2)) == 2


def test_always(library: Library, edition: str, path: Path) -> None:
    assert library.links.always(edition, "KARELIN", "karelin").result() == 3
    assert linked(library, edition, "karelin") == ["Karelin"] * 3
    assert library.links.count(edition) == 0
    import_book(library, path)
    assert linked(library, edition, "karelin") == ["Karelin"] * 3
    mentions = library.passages.mentions_of("karelin", edition)
    assert {mention.confidence for mention in mentions} == {1.0}


def test_never(library: Library, edition: str, path: Path) -> None:
    assert len(linked(library, edition, "trotsky")) == 2
    library.links.never(edition, "Trotsky", "trotsky").result()
    library.links.never(edition, "Karelin").result()
    for _ in range(2):
        assert linked(library, edition, "trotsky") == []
        assert library.links.count(edition) == 0
        import_book(library, path)


def test_here_and_not_here(library: Library, edition: str, path: Path) -> None:
    first, second, third = library.links.uncertain(edition)
    library.links.here(edition, second.passage, second.start, second.end, "karelin").result()
    library.links.here(edition, third.passage, third.start, third.end, "").result()
    changed = "A new beginning.\n\n" + TEXT
    for text in (TEXT, changed):
        path.write_text(text, "utf-8")
        import_book(library, path)
        (mention,) = library.passages.mentions_of("karelin", edition)
        passage = library.passages.at(edition, mention.passage)
        assert passage is not None
        assert passage.text[: mention.end].endswith("Then Karelin")
        assert [one.after[:8] for one in library.links.uncertain(edition)] == [first.after[:8]]


def test_a_decision_for_every_edition_and_one_against_it_in_one(library: Library, edition: str, path: Path) -> None:
    library.links.always(EVERY_EDITION, "Karelin", "karelin").result()
    other = import_book(library, path, key="another").edition.key
    assert linked(library, other, "karelin") == ["Karelin"] * 3
    library.links.always(other, "Karelin", "trotsky").result()
    import_book(library, path, key="another")
    assert linked(library, other, "karelin") == []
    assert linked(library, edition, "karelin") == ["Karelin"] * 3


def test_always_takes_back_never(library: Library, edition: str, path: Path) -> None:
    library.links.never(edition, "Karelin", "karelin").result()
    library.links.always(edition, "Karelin", "karelin").result()
    assert library.links.decisions(edition).never == {}
    assert library.links.take_back(edition, "Karelin").result() == 1
    import_book(library, path)
    assert library.links.count(edition) == 3


def test_suggestions_can_be_named_or_dismissed(library: Library, edition: str, path: Path) -> None:
    (suggestion,) = library.links.suggestions(edition)
    assert (suggestion.name, suggestion.occurrences) == ("N. Krylenko", 4)
    library.links.always(edition, "Krylenko", "trotsky").result()
    assert library.links.suggestions(edition) == []
    import_book(library, path)
    assert linked(library, edition, "trotsky").count("Krylenko") >= 3
    library.links.take_back(edition, "Krylenko").result()
    library.links.never(edition, "Krylenko").result()
    import_book(library, path)
    assert library.links.suggestions(edition) == []


def test_decisions_survive_the_study_pack_being_stored_anew(library: Library, edition: str) -> None:
    library.links.always(edition, "Karelin", "karelin").result()
    library.writer.run(lambda connection: connection.execute("update build set value = 'old' where name = 'pack'"))
    prepare(library.path)
    assert linked(library, edition, "karelin") == ["Karelin"] * 3
    assert library.passages.people_met(Place(edition, 9, 0)) == {"karelin", "trotsky"}


def test_surfaces_and_surroundings_do_not_depend_on_marks() -> None:
    assert fold_surface("“Vaillant-Couturier’s”") == fold_surface("vaillant couturier's")
    one, other = "It was — Karelin, he said.", "It was \u2014\u2060 Karelin ; he said."
    assert surroundings_of(one, 9, 16) == surroundings_of(other, 10, 17)
    assert surroundings_of(one, 9, 16) != surroundings_of("It was not Karelin, he said.", 11, 18)
