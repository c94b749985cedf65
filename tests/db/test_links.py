"""What the reader decides about names takes effect at once and outlives every re-import."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.library import Library
from db.links import EVERY_EDITION, fold_surface, surroundings_of
from db.models import Place
from db.sync import sync
from db.sync.line import Op
from import_scripts.pipeline import import_book, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from db.link_changes import LinkChange

TEXT = """First Karelin for the Left Socialist Revolutionaries, and there was silence in the hall.

Then Karelin sat down, and Trotsky rose. Podvoisky laughed.

N. Podvoisky went on; Trotsky and Podvoisky had a plan, said Podvoisky. Karelin was not asked.
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
    assert library.links.always(edition, "KARELIN", "karelin").result().settled == 3
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
    assert library.links.forget(edition, "Karelin").result() == 1
    import_book(library, path)
    assert library.links.count(edition) == 3


def test_suggestions_can_be_named_or_dismissed(library: Library, edition: str, path: Path) -> None:
    (suggestion,) = library.links.suggestions(edition)
    assert (suggestion.name, suggestion.occurrences) == ("N. Podvoisky", 4)
    before = everything(library)
    change = library.links.always(edition, suggestion.surface, "trotsky").result()
    assert change.settled == 4
    assert library.links.suggestions(edition) == []
    at_once = linked(library, edition, "trotsky")
    assert (at_once.count("Podvoisky"), at_once.count("N. Podvoisky"), at_once.count("Trotsky")) == (3, 1, 2)
    library.links.undo(change).result()
    assert everything(library) == before
    library.links.always(edition, suggestion.surface, "trotsky").result()
    import_book(library, path)
    assert linked(library, edition, "trotsky").count("Podvoisky") >= 3
    library.links.forget(edition, "Podvoisky").result()
    library.links.never(edition, "Podvoisky").result()
    import_book(library, path)
    assert library.links.suggestions(edition) == []


def everything(library: Library) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: [tuple(row) for row in library.reader().execute(f"select * from {table} order by 1, 2, 3, 4")]
        for table in ("mention", "link_question", "name_suggestion", "correction")
    }


def decide(library: Library, edition: str, how: str) -> LinkChange:
    links = library.links
    place = links.uncertain(edition)[1] if "here" in how.split() else None
    match how:
        case "always":
            return links.always(edition, "Karelin", "karelin").result()
        case "everywhere":
            return links.always(EVERY_EDITION, "Trotsky", "lenin").result()
        case "never":
            return links.never(edition, "Karelin", "karelin").result()
        case "nobody at all":
            return links.never(edition, "Podvoisky").result()
        case "known":
            return links.never(edition, "Trotsky", "trotsky").result()
        case "here" if place:
            return links.here(edition, place.passage, place.start, place.end, "trotsky").result()
    assert place
    return links.here(edition, place.passage, place.start, place.end, "").result()


HOW = ["always", "everywhere", "never", "nobody at all", "known", "here", "nobody here"]


@pytest.mark.parametrize("first", HOW)
def test_an_undo_leaves_everything_as_it_was(library: Library, edition: str, first: str) -> None:
    states, changes = [everything(library)], []
    for how in (first, "nobody at all", "known"):
        changes.append(decide(library, edition, how))
        states.append(everything(library))
    assert states[0] != states[1]
    for change, state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        assert library.links.undo(change).result()
        assert everything(library) == state


def test_a_person_added_and_linked_is_one_change(library: Library, edition: str) -> None:
    before = everything(library)
    values = {"name": "Anna Someone", "born": "1890"}
    change = library.links.add_person(edition, "Karelin", values).result()
    assert change.person == "anna-someone"
    assert linked(library, edition, "anna-someone") == ["Karelin"] * 3
    assert library.links.undo(change).result()
    assert everything(library) == before
    assert library.figures.by_key("anna-someone") is None


def test_a_person_whose_link_fails_is_not_added(
    library: Library, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr("db.links.settle", fail)
    with pytest.raises(sqlite3.OperationalError):
        library.links.add_person(edition, "Karelin", {"name": "Anna Someone"}).result()
    assert library.figures.by_key("anna-someone") is None
    monkeypatch.undo()
    with pytest.raises(SergeError):
        library.links.add_person(edition, "Karelin", {"name": ""}).result()


def test_an_undo_after_an_import_takes_the_decision_back_and_the_next_import_asks_again(
    library: Library, edition: str, path: Path
) -> None:
    change = library.links.always(edition, "Karelin", "karelin").result()
    import_book(library, path)
    assert not library.links.undo(change).result()
    assert library.links.decisions(edition).always == {}
    import_book(library, path)
    assert library.links.count(edition) == 3


@pytest.mark.parametrize("how", HOW)
def test_what_was_decided_on_another_machine_takes_effect_here(
    built_database: Path, tmp_path: Path, path: Path, how: str
) -> None:
    folder = tmp_path / "carried"
    folder.mkdir()
    for name in ("one.db", "two.db"):
        shutil.copy(built_database, tmp_path / name)
    with Library.open(tmp_path / "one.db") as one, Library.open(tmp_path / "two.db") as two:
        edition = import_book(one, path).edition.key
        assert import_book(two, path).edition.key == edition
        decide(one, edition, how)
        sync(one, folder)
        sync(two, folder)
        told = {"mention", "link_question", "name_suggestion"}
        ours, theirs = everything(one), everything(two)
        assert {table: ours[table] for table in told} == {table: theirs[table] for table in told}


def test_a_name_that_is_always_nobody_known_here_links_nothing(library: Library, edition: str, tmp_path: Path) -> None:
    op = Op("abcd", 1, "2026-01-01T00:00:00+00:00", f"correction:link:{edition}:karelin|always", "value", '"stranger"')
    (tmp_path / "serge-sync-abcd.jsonl").write_text(op.line() + "\n")
    before = everything(library)["mention"]
    sync(library, tmp_path)
    assert everything(library)["mention"] == before


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
