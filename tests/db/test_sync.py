"""Several machines in step: whatever they did, in whatever order they met, they come to the same."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.book import Block, Book, BookChapter
from db.build import migrate
from db.errors import SergeError
from db.library import Library
from db.models import Annotation, CardState
from db.models.candidate import Candidate
from db.store import EditionFindings, replace_edition
from db.sync import sync
from db.sync.line import Op, read_line
from db.sync.resolution import resolve
from db.sync.values import is_valid
from serge_tui.services.replay import replay_cards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "carried").mkdir()
    return tmp_path / "carried"


EDITIONS = ("reed", "other")
CHAPTERS = [
    ["The train stood for two days in the snow.", "Nobody came.", "At Vologda they took on wood and water."],
    ["Another chapter of it, not long.", "It ends here, with the second of its two paragraphs."],
]


def bring_book(library: Library, edition: str = "reed", *before: str) -> None:
    """Import a small book, with paragraphs put before its first."""
    first, second = ([Block(text) for text in texts] for texts in CHAPTERS)
    book = Book("A book", [BookChapter("One", [*map(Block, before), *first]), BookChapter("Two", second)])
    library.writer.run(lambda connection: replace_edition(connection, edition, book, "", EditionFindings()))


def device(tmp_path: Path, name: str) -> Library:
    path = tmp_path / f"{name}.db"
    migrate(path)
    return Library.open(path)


def state(library: Library) -> object:
    """Everything that ought to be the same everywhere."""
    annotations = {
        a.key: (a.kind, a.body, a.colour, a.tags, a.deleted_at, a.target)
        for a in library.annotations._select("1", [], "key")
    }
    log = sorted((r.card, r.rating, r.reviewed_at, r.given) for r in library.study.log())
    decisions = sorted(map(repr, library.candidates.all()))
    corrections = sorted((c.record, c.field, c.value) for c in library.corrections.all())
    read = [library.reading.intervals(edition, chapter) for edition in EDITIONS for chapter in range(2)]
    return annotations, log, decisions, corrections, read


def until_quiet(libraries: Sequence[Library], folder: Path) -> None:
    """Sync in turn until nobody has anything to tell: a note kept beside another is told once more, by each."""
    for _ in range(5):
        done = [sync(library, folder) for library in libraries]
        if all((one.sent, one.received, one.conflicts) == (0, 0, 0) for one in done):
            return
    raise AssertionError("the machines never come to rest")


def answer(library: Library, card: str, number: int) -> None:
    library.study.record(card, 3, "2026-01-01", CardState(card, 2.0, 5.0, "2026-01-03", "2026-01-01", number)).result()


def decided(library: Library) -> dict[str, str]:
    return {found.text: found.state for found in library.candidates.all()}


def test_what_was_made_of_a_quotation_reaches_the_other_machine_and_is_taken_back(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        snow, rain = (Candidate(key, "review.txt", 0, key, "12", "", ("lenin",)) for key in ("snow", "rain"))
        one.candidates.edit(snow, text="Snow.", pages="13", about=snow.about).result()
        one.candidates.reject(rain).result()
        sync(one, folder)
        assert sync(two, folder).conflicts == 0
        (edited,) = two.candidates.all("edited")
        assert (edited.key, edited.text, edited.pages, edited.about) == ("snow", "Snow.", "13", ("lenin",))
        assert decided(two) == {"Snow.": "edited", "rain": "rejected"}
        two.candidates.reopen("rain").result()
        for library in (two, one):
            sync(library, folder)
        assert decided(one) == {"Snow.": "edited"}
        until_quiet([one, two], folder)
        assert state(one) == state(two)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_last_decision_holds_whoever_tells_first(tmp_path: Path, folder: Path, order: tuple[int, int]) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        snow = Candidate("snow", "review.txt", 0, "snow", "12", "", ())
        one.candidates.accept(snow).result()
        two.candidates.reject(snow).result()
        until_quiet([(one, two)[at] for at in order], folder)
        assert decided(one) == decided(two) == {"snow": "rejected"}


@pytest.mark.parametrize(
    "value",
    ["[]", "3", '"accepted"', "{}",
     '{"state":"open","text":"","pages":"","speaker":"","about":"","source":"","decided_at":"2026-01-01"}',
     '{"state":"accepted","text":"","pages":"","speaker":"","about":"","source":"","decided_at":"soon"}'],
)  # fmt: skip
def test_a_decision_that_is_none_changes_nothing(tmp_path: Path, folder: Path, value: str) -> None:
    op = Op("abcd", 1, "2026-01-01T00:00:00+00:00", "candidate:snow", "decision", value)
    (folder / "serge-sync-abcd.jsonl").write_text(op.line() + "\n")
    with device(tmp_path, "one") as one:
        sync(one, folder)
        assert decided(one) == {}


def test_a_correction_is_seen_on_the_other_machine_at_once(built_database: Path, tmp_path: Path, folder: Path) -> None:
    shutil.copy(built_database, tmp_path / "one.db")
    shutil.copy(built_database, tmp_path / "two.db")
    with Library.open(tmp_path / "one.db") as one, Library.open(tmp_path / "two.db") as two:
        before = two.figures.by_key("radek")
        assert before is not None
        key, added = one.corrections.add_figure({"name": "Anna Someone", "born": "1890"})
        added.result()
        one.corrections.correct("figure:radek", {"born_place": "Lwów", f"tie:friend:{key}": "since school"}).result()
        sync(one, folder)
        sync(two, folder)
        there, anna = two.figures.by_key("radek"), two.figures.by_key(key)
        assert there is not None
        assert anna is not None
        assert there.born_place == "Lwów"
        assert key in {tie.other for tie in there.ties}
        one.corrections.take_back("figure:radek").result()
        one.corrections.take_back(f"figure:{key}").result()
        sync(one, folder)
        sync(two, folder)
        assert two.figures.by_key("radek") == before
        assert two.figures.by_key(key) is None


@pytest.mark.parametrize(
    ("record", "value"),
    [("correction:figure:radek|born", '"soon"'), ("correction:figure:radek|fate", '"eaten"'),
     ("correction:figure:radek|nonsense", '"x"'), ("correction:figure:radek|born_place", "3"),
     ("correction:figure:../x|name", '"x"')],
)  # fmt: skip
def test_a_correction_that_is_none_changes_nothing(
    built_database: Path, tmp_path: Path, folder: Path, record: str, value: str
) -> None:
    op = Op("abcd", 1, "2026-01-01T00:00:00+00:00", record, "value", value)
    (folder / "serge-sync-abcd.jsonl").write_text(op.line() + "\n")
    shutil.copy(built_database, tmp_path / "one.db")
    with Library.open(tmp_path / "one.db") as one:
        before = one.figures.by_key("radek")
        sync(one, folder)
        assert one.figures.by_key("radek") == before
        assert one.corrections.all() == []
        assert sync(one, folder).sent == 0  # nor is it told to be gone: a later program may understand it


def test_a_spelling_with_a_bar_is_carried_whole(built_database: Path, tmp_path: Path, folder: Path) -> None:
    shutil.copy(built_database, tmp_path / "one.db")
    with Library.open(tmp_path / "one.db") as one, device(tmp_path, "two") as two:
        one.corrections.correct("figure:radek", {"alias:a|b": "nickname"}).result()
        sync(one, folder)
        sync(two, folder)
        assert [(c.record, c.field) for c in two.corrections.all()] == [("figure:radek", "alias:a|b")]


def test_a_note_and_an_answer_reach_the_other_machine(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        note = one.annotations.save(new_annotation("note", body="snow", tags=["winter"])).result()
        answer(one, "who/x", 1)
        assert sync(one, folder).sent > 0
        done = sync(two, folder)
        assert done.cards == {"who/x"}
        copy = two.annotations.by_key(note.key)
        assert copy is not None
        assert (copy.body, copy.tags) == ("snow", ("winter",))
        assert state(one) == state(two)
        again = sync(two, folder)
        assert (again.sent, again.received) == (0, 0)


def test_different_fields_changed_apart_are_both_kept(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        note = one.annotations.save(new_annotation("note", body="snow")).result()
        sync(one, folder)
        sync(two, folder)
        one.annotations.save(replace(note, body="much snow")).result()
        there = two.annotations.by_key(note.key)
        assert there is not None
        two.annotations.save(replace(there, colour="red", tags=("winter",))).result()
        for library in (one, two, one):
            assert sync(library, folder).conflicts == 0
        merged = one.annotations.by_key(note.key)
        assert merged is not None
        assert (merged.body, merged.colour, merged.tags) == ("much snow", "red", ("winter",))
        assert state(one) == state(two)


def test_the_same_note_changed_apart_keeps_both_texts(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        note = one.annotations.save(new_annotation("note", body="snow")).result()
        sync(one, folder)
        sync(two, folder)
        for library, body in ((one, "much snow"), (two, "no snow")):
            found = library.annotations.by_key(note.key)
            assert found is not None
            library.annotations.save(replace(found, body=body)).result()
        sync(one, folder)
        assert sync(two, folder).conflicts == 1
        sync(one, folder)
        assert state(one) == state(two)
        bodies = {(a.body, "conflict" in a.tags) for a in one.annotations.all()}
        assert bodies == {("no snow", False), ("much snow", True)}
        until_quiet([one, two], folder)
        assert state(one) == state(two)
        assert len(one.annotations.all()) == 2


def test_what_is_deleted_stays_deleted(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        note = one.annotations.save(new_annotation("note", body="snow")).result()
        sync(one, folder)
        sync(two, folder)
        two.annotations.delete(note.key).result()
        sync(two, folder)
        sync(one, folder)
        assert one.annotations.all() == []
        sync(two, folder)
        assert two.annotations.all() == []


def test_an_undo_voids_the_answer_on_every_machine(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        answer(one, "who/x", 1)
        sync(one, folder)
        sync(two, folder)
        last = two.study.last_answer()
        assert last is not None
        two.study.undo(last, "2026-01-01", CardState("who/x")).result()
        sync(two, folder)
        sync(one, folder)
        assert list(one.study.log()) == list(two.study.log()) == []


def test_a_database_copied_to_another_machine_gets_a_name_of_its_own(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one:
        answer(one, "who/x", 1)
        sync(one, folder)
    shutil.copy(tmp_path / "one.db", tmp_path / "two.db")
    with Library.open(tmp_path / "one.db") as one, Library.open(tmp_path / "two.db") as two:
        one.annotations.save(new_annotation("note", body="from one")).result()
        two.annotations.save(new_annotation("note", body="from two")).result()
        answer(one, "who/y", 1)
        answer(two, "who/z", 1)
        first, second = sync(one, folder), sync(two, folder)
        assert first.device != second.device
        for library in (one, two, one):
            sync(library, folder)
        assert state(one) == state(two)
        assert {a.body for a in one.annotations.all()} == {"from one", "from two"}
        assert sorted(r.card for r in one.study.log()) == ["who/x", "who/y", "who/z"]


def test_a_torn_line_spoils_nothing_but_itself(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        one.annotations.save(new_annotation("note", body="first")).result()
        name = sync(one, folder).device
        path = folder / f"serge-sync-{name}.jsonl"
        whole = path.read_bytes()
        path.write_bytes(whole[:-20])
        one.annotations.save(new_annotation("note", body="second")).result()
        sync(one, folder)
        done = sync(two, folder)
        assert len(done.warnings) == 1
        assert {a.body for a in two.annotations.all()} == {"first", "second"}
        assert state(one) == state(two)


def read_of(library: Library, edition: str = "reed") -> list[list[tuple[int, int]]]:
    return [library.reading.intervals(edition, chapter) for chapter in range(2)]


def test_what_was_read_on_two_machines_is_united(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        for library in (one, two):
            bring_book(library)
        one.reading.add("reed", 0, [(0, 30), (60, 70)]).result()
        two.reading.add("reed", 0, [(20, 50)]).result()
        two.reading.add("reed", 1, [(3, 9)]).result()
        until_quiet([one, two], folder)
        assert read_of(one) == read_of(two) == [[(0, 50), (60, 70)], [(3, 9)]]
        two.reading.replace("reed", [(0, []), (1, None)]).result()
        until_quiet([two, one], folder)
        assert read_of(one) == read_of(two) == [[], [(0, sum(map(len, CHAPTERS[1])))]]
        two.reading.replace("reed", [(1, [])]).result()
        until_quiet([two, one], folder)
        assert read_of(one) == read_of(two) == [[], []]


def test_what_was_read_is_found_in_the_text_that_is_there(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two, device(tmp_path, "three") as three:
        bring_book(one)
        before = "A preface to the corrected printing."
        bring_book(two, "reed", before)
        one.reading.add("reed", 0, [(4, 60)]).result()
        until_quiet([one, two, three], folder)
        assert read_of(two) == [[(4 + len(before), 60 + len(before))], []]
        bring_book(three)
        assert read_of(three) == read_of(one) == [[(4, 60)], []]
        two.reading.add("reed", 0, [(0, 10)]).result()
        until_quiet([one, two, three], folder)
        assert read_of(three) == read_of(one) == [[(4, 60)], []]


def test_a_machine_with_nothing_to_tell_is_seen_by_the_other(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        first = sync(one, folder)
        assert first.sent == 0
        assert sync(two, folder).devices == (first.device,)
        assert sync(one, folder).warnings == ()


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[1]", "null",
     '{"v":2,"device":"a","number":1,"at":"2026-01-01","record":"r","field":"f","value":"1","base":""}',
     '{"v":1,"device":"../a","number":1,"at":"2026-01-01","record":"r","field":"f","value":"1","base":""}',
     '{"v":1,"device":"a","number":0,"at":"2026-01-01","record":"r","field":"f","value":"1","base":""}',
     '{"v":1,"device":"a","number":1,"at":"soon","record":"r","field":"f","value":"1","base":""}',
     '{"v":1,"device":"a","number":1,"at":"2026-01-01","record":"r","field":"f","value":"{","base":""}',
     '{"v":1,"device":"a","number":true,"at":"2026-01-01","record":"r","field":"f","value":"1","base":""}'],
)  # fmt: skip
def test_a_line_that_is_none_is_left_out(line: str) -> None:
    assert read_line(line) is None


SINGLE = (
    None, True, False, 0, -1, 3, 2**31, 2**70, -0.5, 1e308, "", "x", "é\u202e", "a" * 3_000, "0000-01-01",
    "9999-12-31T23:59:59+00:00", "[[", "\x1b[2J", "2026-01-01", "2026-01-01T00:00:00", "\x00", "figure:radek", "\udce9",
)  # fmt: skip
"""Values that no program of ours writes in some place or other."""


def hostile(chance: random.Random, depth: int = 0) -> object:
    """Make a JSON value, sometimes a nested one."""
    match chance.randrange(6 if depth < 3 else 4):
        case 4:
            return [hostile(chance, depth + 1) for _ in range(chance.randrange(4))]
        case 5:
            return {str(chance.choice(SINGLE)): hostile(chance, depth + 1) for _ in range(chance.randrange(3))}
        case _:
            return chance.choice(SINGLE)


def mutated(value: object, chance: random.Random) -> object:
    """Replace one thing somewhere in a value."""
    if isinstance(value, list) and value and chance.random() < 0.7:
        at = chance.randrange(len(value))
        return [*value[:at], mutated(value[at], chance), *value[at + 1 :]]
    if isinstance(value, dict) and value and chance.random() < 0.7:
        name = chance.choice(sorted(value))
        return {**value, name: mutated(value[name], chance)}
    return hostile(chance)


@pytest.fixture(scope="module")
def told(built_database: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """Lines of every kind, as a machine tells them."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copy(built_database, folder / "one.db")
    with Library.open(folder / "one.db") as one:
        bring_book(one)
        anchor = make_anchor("reed", CHAPTERS[0], 0, 0, 4, 0, 20)
        one.annotations.save(new_annotation("highlight", anchor=anchor, body="snow", tags=["winter"])).result()
        one.reading.add("reed", 0, [(0, 30), (50, 60)]).result()
        one.candidates.edit(Candidate("snow", "r", 0, "snow", "12", "", ("lenin",)), text="Snow.", pages="").result()
        one.corrections.correct(
            "figure:radek", {"born": "1886", "tie:friend:lenin": "x", "alias:K.": "initials"}
        ).result()
        one.links.always("reed", "Vologda", "lenin").result()
        one.study.set_state(CardState("who/lenin", suspended=True)).result()
        answer(one, "who/lenin", 1)
        last = one.study.last_answer()
        assert last is not None
        one.study.undo(last, "2026-01-01", CardState("who/lenin")).result()
        answer(one, "who/lenin", 1)
        device_name = sync(one, folder).device
    lines = (folder / f"serge-sync-{device_name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("seed", range(3))
def test_no_line_of_another_machine_raises_and_the_rest_is_received(
    built_database: Path, told: list[dict[str, object]], tmp_path: Path, folder: Path, seed: int
) -> None:
    chance = random.Random(seed)
    shutil.copy(built_database, tmp_path / "two.db")
    with Library.open(tmp_path / "two.db") as two:
        for number in range(35):
            # Of equal times the larger name wins, so that each new file's lines are applied, not only stored.
            name = f"{number:08x}"
            lines = []
            for line in told:
                changed = {**line, "device": name}
                if chance.random() < 0.7:
                    part = chance.choice(["value", "value", "value", "at", "record", "number", "base", "field"])
                    mutation = mutated(json.loads(str(line["value"])), chance) if part == "value" else hostile(chance)
                    changed[part] = json.dumps(mutation) if part == "value" else mutation
                lines.append(json.dumps(changed))
            good = Op(name, 5000, "2026-01-01T00:00:00+00:00", "annotation:good", "body", f'"still here {number}"')
            path = folder / f"serge-sync-{name}.jsonl"
            path.write_text("\n".join([*lines, good.line(), ""]), encoding="utf-8")
            done = sync(two, folder)
            replay_cards(two, done.cards)
            assert len(done.warnings) <= 1
            kept = two.annotations.by_key("good")
            assert kept is not None
            assert kept.body == f"still here {number}"
            path.unlink()
        until_quiet([two], folder)


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [("card:x", "held", "[1]"), ("card:x", "held", '["a",0]'), ("card:x", "held", "null"), ("card:x", "held", "[1,99]"),
     ("review:a.1", "line", "3"), ("review:a.1", "line", "[]"),
     ("review:a.1", "line", '["c","answer",9,"2026-01-01T00:00:00+00:00","2026-01-01",0,"",null]'),
     ("review:a.1", "line", '["c","answer",3,"2026-01-01T00:00:00","2026-01-01",0,"",null]'),
     ("review:a.1", "line", '["c","answer",3,"9999-12-31T00:00:00+00:00","2026-01-01",0,"",null]'),
     ("review:a.1", "line", '["c","undo",3,"2026-01-01T00:00:00+00:00","2026-01-01",0,"",null]'),
     ("annotation:k", "anchor", '{"edition":"e"}'), ("annotation:k", "tags", '"winter"'), ("annotation:k", "kind", "1"),
     ("annotation:k", "body", "3"), ("annotation:k", "created_at", '"soon"'), ("annotation:", "body", '"x"'),
     ("annotation:k\x1b", "body", '"x"'), ("reading:reed", "stretches", "[[0,0,0,4]]"),
     ("reading:reed", "stretches", '[[0,-1,0,4,4,"The","The"]]'), ("later:x", "field", "1"),
     ("annotation:k", "body", "[" * 100_000)],
)  # fmt: skip
def test_a_value_that_is_none_is_left_out_and_told_in_one_sentence(
    tmp_path: Path, folder: Path, record: str, field: str, value: str
) -> None:
    assert not is_valid(record, field, value)
    ops = (
        Op("abcd", 1, "2026-01-01T00:00:00+00:00", record, field, value),
        Op("abcd", 2, "2026-01-01T00:00:00+00:00", "annotation:good", "body", '"still here"'),
    )
    (folder / "serge-sync-abcd.jsonl").write_text("".join(f"{op.line()}\n" for op in ops))
    with device(tmp_path, "one") as one:
        done = sync(one, folder)
        assert done.warnings == ("serge-sync-abcd.jsonl: 1 line could not be read and was left out.",)
        assert [note.body for note in one.annotations.all()] == ["still here"]
        assert one.annotations.all()[0].created_at


def test_a_file_may_not_speak_for_another_device(tmp_path: Path, folder: Path) -> None:
    op = Op("abcd", 1, "2026-01-01T00:00:00+00:00", "annotation:k", "body", '"x"')
    (folder / "serge-sync-other.jsonl").write_text(op.line() + "\n")
    with device(tmp_path, "one") as one:
        done = sync(one, folder)
        assert done.received == 0
        assert len(done.warnings) == 1


def test_a_missing_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with device(tmp_path, "one") as one, pytest.raises(SergeError, match="is not a folder"):
        sync(one, tmp_path / "nowhere")


OPS = st.builds(
    Op,
    device=st.sampled_from("abc"),
    number=st.integers(1, 6),
    at=st.sampled_from(["2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00", "2026-01-03T00:00:00+00:00"]),
    record=st.sampled_from(["annotation:k", "annotation:l"]),
    field=st.sampled_from(["body", "colour"]),
    value=st.sampled_from(['"x"', '"y"', '"z"']),
    base=st.sampled_from(["", "a:1", "b:2", "c:3"]),
)


@given(st.lists(OPS, unique_by=lambda op: op.id), st.randoms(use_true_random=False))
def test_what_a_set_of_operations_amounts_to_does_not_depend_on_their_order(
    ops: list[Op], chance: random.Random
) -> None:
    shuffled = ops.copy()
    chance.shuffle(shuffled)
    assert resolve(ops) == resolve(shuffled + ops)


@given(OPS)
def test_a_line_is_read_as_it_was_written(op: Op) -> None:
    assert read_line(op.line()) == op
    assert json.loads(op.line())["v"] == 1


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_three_machines_come_to_the_same_whatever_they_did(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    tmp_path = tmp_path_factory.mktemp("three")
    folder = tmp_path / "carried"
    folder.mkdir()
    libraries = [device(tmp_path, name) for name in ("one", "two", "three")]
    for library in libraries[:2]:
        for edition in EDITIONS:
            bring_book(library, edition)
    bring_book(libraries[2])
    try:
        for _ in range(25):
            act(chance.choice(libraries), chance, folder)
        order = list(itertools.permutations(libraries))[seed % 6]
        until_quiet(order, folder)
        bring_book(libraries[2], "other")
        assert state(libraries[0]) == state(libraries[1]) == state(libraries[2])
        until_quiet(order, folder)
    finally:
        for library in libraries:
            library.close()


def act(library: Library, chance: random.Random, folder: Path) -> None:
    """Do one random thing on a machine."""
    notes: list[Annotation] = library.annotations.all()
    match chance.randrange(15):
        case 0 | 1:
            library.annotations.save(new_annotation("note", body=f"note {chance.random()}")).result()
        case 2 if notes:
            library.annotations.save(replace(chance.choice(notes), body=f"changed {chance.random()}")).result()
        case 3 if notes:
            library.annotations.save(
                replace(chance.choice(notes), colour=chance.choice(["red", "blue"]), tags=(f"t{chance.randrange(3)}",))
            ).result()
        case 4 if notes:
            library.annotations.delete(chance.choice(notes).key).result()
        case 5:
            answer(library, f"who/{chance.randrange(4)}", 1)
        case 7:
            library.candidates.edit(quotation(chance), text=f"as {chance.random()}", pages="").result()
        case 8:
            chance.choice([library.candidates.accept, library.candidates.reject])(quotation(chance)).result()
        case 9:
            library.candidates.reopen(quotation(chance).key).result()
        case 11 | 12:
            begin = chance.randrange(80)
            library.reading.add(chance.choice(EDITIONS), chance.randrange(2), [(begin, begin + 30)]).result()
        case 13:
            kept = chance.choice([None, [], [(5, 25)]])
            library.reading.replace(chance.choice(EDITIONS), [(chance.randrange(2), kept)]).result()
        case 6 if last := library.study.last_answer():
            library.study.undo(last, "2026-01-01", CardState(last.card)).result()
        case _:
            sync(library, folder)


def quotation(chance: random.Random) -> Candidate:
    key = f"c{chance.randrange(3)}"
    return Candidate(key, "review.txt", 0, f"text of {key}", "12", "", ())
