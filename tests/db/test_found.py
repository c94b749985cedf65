"""What is found in a text is derived; what the reader decides on it is theirs, and holds by its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.build import migrate
from db.found import matched
from db.found_store import ChapterFindings, begin_search, found_key, note_no_language, store_chapter
from db.library import Library
from db.models.found_text import Found, FoundMention
from db.store import EditionFindings, remove_edition, replace_edition
from db.sync import sync
from db.sync.line import Op
from tests.db.helpers import book
from tests.serge_tui.portraits import drawn_people

if TYPE_CHECKING:
    from pathlib import Path

    from db.models.found_text import FoundKind

STROKE = "Markov was a lean old printer with inky thumbs and a stubborn jaw."
SPEECH = "We shall see about that tomorrow"
CHAPTERS = (["Snow fell on the town.", f"By the stove sat a man. {STROKE}"], [f"“{SPEECH},” said Markov.", "Night."])


def find(
    edition: str, passage: int, chapter: int, text: str, kind: FoundKind = "portrait", *, score: float = 0.8,
    is_card: bool = True, sentence: str = "",
) -> Found:  # fmt: skip
    start = [text for chapter in CHAPTERS for text in chapter][passage].find(text)
    sentence = sentence or text
    return Found(
        edition, kind, passage, start, passage, start + len(text), (passage, start, passage, start + len(text)),
        chapter, found_key(kind, sentence), text, sentence, "", "Markov", "", "surname", score, is_card, False,
    )  # fmt: skip


def bring(library: Library, edition: str = "reed", *, version: str = "v1", sentence: str = "") -> None:
    """Import the small book and store what was found in it."""
    library.writer.run(lambda c: replace_edition(c, edition, book(*CHAPTERS), "", EditionFindings()))
    stroke = find(edition, 1, 0, STROKE, score=0.9, sentence=sentence)
    speech = find(edition, 2, 1, SPEECH, "saying")
    named = [FoundMention(edition, 1, 24, 30, "Markov"), FoundMention(edition, 2, 40, 46, "Markov")]
    library.writer.run(lambda c: begin_search(c, edition, "en", version, 2))
    for chapter, one in enumerate((stroke, speech)):
        findings = ChapterFindings([one], [named[chapter]])
        assert library.writer.run(lambda c, n=chapter, f=findings: store_chapter(c, edition, version, n, f))  # type: ignore[misc]


@pytest.fixture
def small(tmp_path: Path) -> Library:
    migrate(tmp_path / "small.db")
    return Library.open(tmp_path / "small.db")


def test_a_search_goes_on_where_it_stopped_and_another_version_begins_afresh(small: Library) -> None:
    with small as library:
        library.writer.run(lambda c: replace_edition(c, "reed", book(*CHAPTERS), "", EditionFindings()))
        assert library.found.search("reed") is None
        assert library.writer.run(lambda c: begin_search(c, "reed", "en", "v1", 2)) == 0
        library.writer.run(lambda c: store_chapter(c, "reed", "v1", 0, ChapterFindings([find("reed", 1, 0, STROKE)])))
        search = library.found.search("reed")
        assert search is not None
        assert (search.state, search.chapters_done, search.chapters) == ("searching", 1, 2)
        assert library.writer.run(lambda c: begin_search(c, "reed", "en", "v1", 2)) == 1
        assert [one.text for one in library.found.of_edition("reed")] == [STROKE]
        assert library.writer.run(lambda c: begin_search(c, "reed", "en", "v2", 2)) == 0
        assert library.found.of_edition("reed") == []


def test_people_in_no_glossary_are_counted_when_the_last_chapter_is_done(small: Library) -> None:
    with small as library:
        bring(library)
        (person,) = library.found.people("reed")
        assert (person.name, person.mentions, person.passage, person.start) == ("Markov", 2, 1, 24)
        assert [one.passage for one in library.found.mentions("reed", 2, 3)] == [2]
        search = library.found.search("reed")
        assert search is not None
        assert search.state == "done"


def test_a_text_that_is_removed_or_imported_again_is_not_searched_any_more(small: Library) -> None:
    with small as library:
        bring(library)
        library.writer.run(lambda c: remove_edition(c, "reed"))
        assert (library.found.searches(), library.found.of_edition("reed"), library.found.people("reed")) == (
            {},
            [],
            [],
        )
        assert not library.writer.run(lambda c: store_chapter(c, "reed", "v1", 0, ChapterFindings()))
        bring(library, version="v2")
        assert not library.writer.run(lambda c: store_chapter(c, "reed", "v1", 0, ChapterFindings()))
        assert [one.text for one in library.found.of_edition("reed")] == [STROKE, SPEECH]


def test_a_language_without_word_lists_is_told(small: Library) -> None:
    with small as library:
        bring(library)
        library.writer.run(lambda c: note_no_language(c, "reed", "fr", "v1"))
        assert {one.state for one in library.found.searches().values()} == {"no language"}
        assert library.found.of_edition("reed") == []


def test_best_comes_first_and_what_is_unsure_is_not_asked_about(small: Library) -> None:
    with small as library:
        bring(library)
        unsure = find("reed", 0, 0, "Snow fell on the town.", is_card=False, score=0.99)
        library.writer.run(
            lambda c: store_chapter(c, "reed", "v1", 0, ChapterFindings([find("reed", 1, 0, STROKE), unsure]))
        )
        assert [one.text for one in library.found.of_edition("reed", "portrait")] == [unsure.text, STROKE]
        assert [one.text for one in library.found.undecided()] == [STROKE, SPEECH]
        assert [one.text for one in library.found.portraits_between("reed", 0, 1)] == [unsure.text, STROKE]


def test_a_decision_settles_twins_and_survives_a_new_import_and_another_edition(small: Library) -> None:
    with small as library:
        bring(library)
        stroke, speech = library.found.undecided()
        library.found.decide(stroke, "kept").result()
        library.found.decide(speech, "rejected").result()
        assert library.found.undecided() == []
        bring(library, version="v2")
        bring(library, "other")
        assert library.found.undecided() == []
        ((kept, place),) = library.found.kept()
        assert (kept.text, kept.card, kept.language) == (STROKE, stroke.key, "en")
        assert kept.prefix.endswith("sat a man. ")
        assert place is not None
        assert place.edition == "other"
        assert library.found.of_name("Markov", "other") == [place]
        for edition in ("reed", "other"):
            library.writer.run(lambda c, key=edition: remove_edition(c, key))  # type: ignore[misc]
        assert library.found.kept() == [(kept, None)]


def test_a_sentence_that_is_cut_otherwise_keeps_its_decision(small: Library) -> None:
    with small as library:
        bring(library)
        decided = library.found.decide(library.found.undecided()[0], "kept").result()
        bring(library, version="v2", sentence=f"By the stove sat a man: {STROKE}")
        assert [one.kind for one in library.found.undecided()] == ["saying"]
        ((kept, place),) = library.found.kept()
        assert kept == decided
        assert place is not None
        assert place.key != kept.key


def test_trimming_keeps_the_card_and_another_person_begins_a_new_one_until_undone(small: Library) -> None:
    with small as library:
        bring(library)
        stroke = library.found.undecided()[0]
        first = library.found.decide(stroke, "kept").result()
        trimmed = library.found.decide(stroke, "kept", text="a lean old printer\x1b with inky thumbs").result()
        assert (trimmed.card, trimmed.sentence) == (first.card, first.sentence)
        assert "\x1b" not in trimmed.text
        other = library.found.decide(stroke, "kept", person=("lenin", "Lenin")).result()
        assert other.card not in {"", first.card}
        assert (other.figure, other.text) == ("lenin", trimmed.text)
        assert [one.key for one in library.found.of_figure("lenin", "reed")] == [stroke.key]
        assert [one.kind for one in library.found.of_name("Markov", "reed")] == ["saying"]
        back = library.found.decide(stroke, "kept", person=("", "Markov")).result()
        assert back.card == first.card
        library.found.restore(stroke.key, first).result()
        assert library.found.decision(stroke.key) == first
        library.found.restore(stroke.key, None).result()
        assert library.found.decisions() == []


def test_what_stands_where_a_quotation_of_the_pack_stands_is_that_quotation(library: Library) -> None:
    bring(library)
    quotation = library.quotations.all()[0].key
    library.writer.run(
        lambda c: c.execute("insert into quotation_place values (?, 'reed', 1, 30, 1, 60, 1, 1)", [quotation])
    )
    assert [one.quotation for one in library.found.of_edition("reed", "portrait")] == [quotation]
    assert [one.kind for one in library.found.undecided()] == ["saying"]


def test_a_decision_is_synced_and_taken_back(tmp_path: Path) -> None:
    (tmp_path / "carried").mkdir()
    for name in ("one.db", "two.db"):
        migrate(tmp_path / name)
    with Library.open(tmp_path / "one.db") as one, Library.open(tmp_path / "two.db") as two:
        bring(one)
        bring(two)
        stroke = one.found.undecided()[0]
        decided = one.found.decide(stroke, "kept", text="a lean old printer").result()
        for library in (one, two):
            assert sync(library, tmp_path / "carried").conflicts == 0
        assert two.found.decisions() == [decided]
        two.found.decide(stroke, "skipped").result()
        for library in (two, one):
            sync(library, tmp_path / "carried")
        assert [one.state for one in one.found.decisions()] == ["skipped"]
        one.found.restore(stroke.key, None).result()
        for library in (one, two):
            sync(library, tmp_path / "carried")
        assert two.found.decisions() == []


@pytest.mark.parametrize("value", ["[]", "{}", '"kept"', '{"state":"kept"}'])
def test_a_synced_decision_that_is_none_changes_nothing(small: Library, tmp_path: Path, value: str) -> None:
    op = Op("abcd", 1, "2026-01-01T00:00:00+00:00", "found:f1", "decision", value)
    (tmp_path / "carried").mkdir()
    (tmp_path / "carried" / "serge-sync-abcd.jsonl").write_text(op.line() + "\n")
    with small as library:
        sync(library, tmp_path / "carried")
        assert library.found.decisions() == []


def test_punctuation_and_case_make_no_other_key() -> None:
    assert found_key("portrait", "“He was TALL, and lean.”") == found_key("portrait", "He was tall and lean")
    assert found_key("portrait", "He was tall") != found_key("saying", "He was tall")


def test_another_spelling_of_a_name_in_another_edition_keeps_the_decision(library: Library) -> None:
    key = drawn_people(library)
    found = library.found.of_edition(key)
    first = next(one for one in found if one.passage == 1)
    library.found.decide(first, "kept").result()
    spelt = first.sentence.replace("Trotsky", "Trotzky")
    other = replace(first, edition="other", key=found_key("portrait", spelt), text=spelt, sentence=spelt)
    another = replace(other, key="f2", sentence="Trotzky was a small, timid man with a red face and dull eyes.")
    saying = replace(other, key="f3", kind="saying")
    decisions = library.found.decisions()
    assert matched([other, another, saying], decisions) == {other.key: first.key}
    assert matched([*found, other], decisions) == {other.key: first.key, first.key: first.key}, "beside the first too"
