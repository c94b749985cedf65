"""The reader's own word over the pack: seen by every query, kept through a rebuild, taken back without a trace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.corrections import check
from db.errors import SergeError
from db.models import Alias, Tie
from db.text import sanitise
from db.vocabulary import TAKEN_AWAY
from import_scripts.pipeline import store_pack

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

DERIVED = ("figure", "figure_role", "figure_nationality", "figure_movement", "figure_chapter", "alias", "tie", "event",
           "quotation", "pack_value")  # fmt: skip


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {table: sorted(map(tuple, connection.execute(f"select * from {table}"))) for table in DERIVED}


def rebuild(library: Library) -> None:
    store_pack(library.path, lambda _stage, _share: None)


def test_everybody_at_once_is_the_same_as_one_by_one(library: Library) -> None:
    library.corrections.correct("figure:radek", {"tie:friend:bukharin": "a note", "nationalities": ""}).result()
    library.corrections.correct("figure:bukharin", {"tie:opponent:radek": "", "born": "1888"}).result()
    everybody = library.figures.all()
    assert [figure.key for figure in everybody] == [name.key for name in library.figures.names()]
    assert everybody == [library.figures.by_key(figure.key) for figure in everybody]
    bukharin = next(figure for figure in everybody if figure.key == "bukharin")
    assert ("radek", "friend", "a note") in [(tie.other, tie.kind, tie.note) for tie in bukharin.ties]
    assert bukharin.citations


def test_a_correction_is_seen_by_every_query(library: Library) -> None:
    library.corrections.correct(
        "figure:zinoviev",
        {"born": "1884-01-02", "movements": "bolshevik\ncomintern", "alias:Zinovief": "spelling"},
    ).result()
    figure = library.figures.by_key("zinoviev")
    assert figure is not None
    assert figure.born.text == "1884-01-02"
    assert figure.movements == ("bolshevik", "comintern")
    assert Alias("Zinovief", "spelling", shared=False) in figure.aliases
    assert "zinoviev" not in library.figures.keys_where(movement="zinovievist")
    assert next(span for span in library.figures.lifespans() if span[0] == "zinoviev")[2] == 1884


def test_corrections_outlive_a_rebuild_of_the_pack(library: Library) -> None:
    library.corrections.correct("figure:zinoviev", {"one_line": "Mine.", "alias:Zinovief": "spelling"}).result()
    library.corrections.correct("event:kronstadt-assault", {"date": "1921-03-17"}).result()
    key, done = library.corrections.add_figure({"name": "Anna Someone", "born": "about 1890"})
    done.result()
    library.corrections.correct("figure:radek", {f"tie:friend:{key}": "shared a room"}).result()
    before = dump(library.path)
    rebuild(library)
    assert dump(library.path) == before
    figure = library.figures.by_key("radek")
    assert figure is not None
    assert any(tie.other == key and tie.note == "shared a room" for tie in figure.ties)
    assert library.corrections.is_added(key)
    assert not library.corrections.is_added("radek")


def test_taking_back_leaves_no_trace(library: Library) -> None:
    before = dump(library.path)
    library.corrections.correct(
        "figure:zinoviev",
        {"name": "G. Zinoviev", "died": "1936", "life": "x", "roles": "a\nb", "chapters": "1 2", "fate": "unknown",
         "alias:Zinovief": "spelling", "tie:friend:radek": ""},
    ).result()  # fmt: skip
    library.corrections.correct("event:kronstadt-assault", {"date": "1921", "text": "x"}).result()
    library.corrections.correct("quote:istrati-omelette", {"page": "324"}).result()
    assert dump(library.path) != before
    library.corrections.take_back("figure:zinoviev", "name", "life").result()
    for record in ("figure:zinoviev", "event:kronstadt-assault", "quote:istrati-omelette"):
        library.corrections.take_back(record).result()
    assert dump(library.path) == before
    assert library.corrections.all() == []


def test_what_is_stored_and_what_is_taken_back_are_one_step(library: Library) -> None:
    ours = library.corrections
    ours.correct("figure:zinoviev", {"one_line": "Mine.", "alias:Zinovief": "spelling"}).result()
    ours.correct("figure:zinoviev", {"born": "1884-01-02"}, ["one_line"]).result()
    assert sorted(ours.of("figure:zinoviev")) == ["alias:Zinovief", "born"]
    with pytest.raises(SergeError):
        ours.correct("figure:zinoviev", {"born": "some day"}, ["alias:Zinovief"])
    assert sorted(ours.of("figure:zinoviev")) == ["alias:Zinovief", "born"]


def test_one_of_the_packs_spellings_can_be_taken_away(library: Library) -> None:
    figure = library.figures.by_key("zinoviev")
    assert figure is not None
    wrong = figure.aliases[0].text
    library.corrections.correct("figure:zinoviev", {f"alias:{wrong}": ""}).result()
    changed = library.figures.by_key("zinoviev")
    assert changed is not None
    assert wrong not in {alias.text for alias in changed.aliases}


def test_a_tie_is_taken_away_from_either_side_and_comes_back(library: Library) -> None:
    def ties() -> list[tuple[Tie, ...]]:
        figures = [library.figures.by_key(key) for key in ("radek", "reissner")]
        return [figure.ties for figure in figures if figure is not None]

    before = ties()
    assert any(tie.other == "reissner" for tie in before[0])
    for record, field in (("figure:radek", "tie:partner:reissner"), ("figure:reissner", "tie:partner:radek")):
        library.corrections.correct(record, {field: TAKEN_AWAY}).result()
        assert not any(tie.other == "reissner" for tie in ties()[0])
        assert not any(tie.other == "radek" for tie in ties()[1])
        rebuild(library)
        assert not any(tie.other == "reissner" for tie in ties()[0])
        library.corrections.take_back(record).result()
        assert ties() == before


def test_what_the_reader_says_of_a_tie_stands_on_both_pages_once(library: Library) -> None:
    library.corrections.correct("figure:reissner", {"tie:partner:radek": "mine"}).result()
    for key, other in (("radek", "reissner"), ("reissner", "radek")):
        figure = library.figures.by_key(key)
        assert figure is not None
        assert [tie.note for tie in figure.ties if tie.other == other] == ["mine"]


def test_an_added_figure_goes_with_everything_that_refers_to_it(library: Library) -> None:
    key, done = library.corrections.add_figure({"name": "Anna Someone"})
    done.result()
    library.corrections.correct("figure:radek", {f"tie:friend:{key}": ""}).result()
    library.writer.run(lambda c: c.execute("insert into mention values ('guide', 0, 0, 4, ?, 1.0)", [key]))
    library.corrections.take_back(f"figure:{key}").result()
    assert library.figures.by_key(key) is None
    assert library.reader().execute("select count(*) from pragma_foreign_key_check").fetchone()[0] == 0


def test_a_second_person_of_a_name_gets_a_key_of_their_own(library: Library) -> None:
    first, done = library.corrections.add_figure({"name": "Иван Иванов"})
    done.result()
    second, done = library.corrections.add_figure({"name": "Иван Иванов"})
    done.result()
    assert first != second


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("born", "yesterday", "is not a date"),
        ("chapters", "3 ²", "numbers from 1 to 10"),
        ("fate", "eaten", "write one of"),
        ("movements", "bolshevist", "bolshevik"),
        ("chapters", "11", "1 to 10"),
        ("one_line", "x" * 91, "at most 90"),
        ("alias:X", "sobriquet", "nickname"),
        ("tie:enemy:radek", "", "opponent"),
        ("name", "  ", "needs a name"),
        ("key", "x", "cannot be corrected"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_one_sentence(
    library: Library, field: str, value: str, says: str
) -> None:
    with pytest.raises(SergeError, match=says):
        library.corrections.correct("figure:radek", {"native_name": "Карл", field: value})
    assert library.corrections.all() == []


def test_other_corrections_in_the_same_table_are_left_alone(library: Library) -> None:
    library.writer.run(
        lambda c: c.execute("insert into correction values ('spelling:radeck', 'figure', 'radek', '2026-01-01')")
    )
    rebuild(library)
    kept = library.reader().execute("select value from correction where record = 'spelling:radeck'").fetchone()
    assert kept["value"] == "radek"
    assert library.corrections.all() == []


@given(st.text(), st.sampled_from(["one_line", "life", "native_name", "born", "alias:a", "movements", "roles", "x"]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_taken_or_refused_and_never_steers_a_terminal(value: str, field: str) -> None:
    try:
        said = check("figure:radek", field, value)
    except SergeError as error:
        said = str(error)
    assert said == sanitise(said)
