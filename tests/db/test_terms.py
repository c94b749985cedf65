"""Terms, memberships, pronunciations and pages as the database gives them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION

if TYPE_CHECKING:
    from db.library import Library


def test_a_term_comes_back_whole(library: Library) -> None:
    poum = library.terms.by_key("poum")
    assert poum is not None
    assert (poum.kind, poum.name, poum.years) == ("organisation", "POUM", "1935–1980")
    assert "P.O.U.M." in [alias.text for alias in poum.aliases if alias.language == "en"]
    assert 9 in poum.chapters
    assert "nin" in [member.figure for member in poum.members]
    assert poum.citations
    assert library.terms.by_key("no-such-term") is None


def test_terms_by_kind_chapter_and_name(library: Library) -> None:
    everything = library.terms.all()
    places = library.terms.all("place")
    assert {term.kind for term in places} == {"place"}
    assert len(places) < len(everything) == len(library.terms.names())
    assert "kronstadt-rising" in [term.key for term in library.terms.of_chapter(4)]


def test_where_somebody_stood_and_when(library: Library) -> None:
    years = {membership.term: membership.years for membership in library.terms.memberships_of("zinoviev")}
    assert years["comintern"] == "1919–1926"
    assert years["united-opposition"] == "1926–1927"
    assert library.terms.memberships_of("mayakovsky") == []


def test_a_membership_that_nobody_checked_says_so(library: Library) -> None:
    unchecked = {membership.term: membership.is_unchecked for membership in library.terms.memberships_of("blumkin")}
    assert unchecked["left-opposition"]
    checked = [membership.is_unchecked for membership in library.terms.memberships_of("zinoviev")]
    assert not any(checked)


def test_how_a_name_is_said(library: Library) -> None:
    said = library.terms.pronunciation_of("zinoviev")
    assert said is not None
    assert said.say == "zee-NOV-yef"
    assert library.terms.pronunciation_of("gide") is None


def test_the_guide_has_its_terms_linked(library: Library) -> None:
    last = library.reader().execute("select max(ordinal) from passage where edition = ?", [GUIDE_EDITION]).fetchone()[0]
    mentions = library.terms.mentions(GUIDE_EDITION, 0, last)
    assert {"cheka", "comintern", "poum"} <= {mention.term for mention in mentions}
    assert library.terms.mentions(GUIDE_EDITION, last + 1, last + 9) == []
    counted = {name.key: name.mentions for name in library.terms.names(GUIDE_EDITION)}
    assert counted["poum"] == sum(mention.term == "poum" for mention in mentions)


def test_pages_are_in_order(library: Library) -> None:
    assert [page.title for page in library.terms.pages()] == [
        "Getting the book",
        "Russian names, party names, spellings",
    ]


def test_a_line_of_another_work_says_which(library: Library) -> None:
    line = library.quotations.by_key("gide-face")
    assert line is not None
    assert line.reference == "Pages from a Diary"
    ours = library.quotations.by_key("page-of-hegel")
    assert ours is not None
    assert ours.own_translation
    assert ours.reference.endswith("our translation")


def test_a_year_that_is_not_known_is_not_shown_as_a_span(library: Library) -> None:
    years = {one.term: one.years for one in library.terms.memberships_of("maitrejean")}
    assert years["l-anarchie"] == "from 1911"
    assert [one.years for one in library.terms.memberships_of("monatte") if one.term == "cgt"] == ["until 1914"]


def test_what_lasted_no_longer_than_a_year_has_one(library: Library) -> None:
    years = {term.key: term.years for term in library.terms.all()}
    assert years["german-october"] == "1923"
    assert years["cheka"] == "1917–1922"
    assert years["butyrki"] == ""
