"""The rules of the study pack that a program can check: derived chapters, honest marks, house style, sources."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from import_scripts.pack import CONTENT, PackError, checked_pack

if TYPE_CHECKING:
    from pathlib import Path

    from db.models import Figure
    from db.pack import Pack


@pytest.fixture(scope="module")
def figures(pack: Pack) -> dict[str, Figure]:
    return {figure.key: figure for figure in pack.figures}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content to break."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def faults_after(content: Path, file: str, before: str, after: str) -> str:
    """What the checker says after one change; fails when it says nothing."""
    path = content / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(PackError) as raised:
        checked_pack(content)
    return str(raised.value)


def test_at_least_420_people_with_honest_marks(pack: Pack) -> None:
    assert len(pack.figures) >= 420
    for figure in pack.figures:
        if figure.in_memoirs == "context":
            assert figure.doubt, figure.key


def test_a_chapter_comes_from_quotations_guides_events_and_the_record(figures: dict[str, Figure]) -> None:
    gramsci = figures["gramsci"]
    assert gramsci.chapters == (5,)
    assert dict(gramsci.chapter_bases)[5] == "a source, a quotation placed by its content, the guide, an event"
    # Serge is in every chapter, and what he says makes nobody else's.
    assert figures["serge"].chapters == tuple(range(1, 11))


def test_a_quotation_placed_by_its_content_makes_a_chapter_likely(figures: dict[str, Figure]) -> None:
    kollontai = figures["kollontai"]
    assert 6 in kollontai.chapters_likely
    assert 6 not in kollontai.chapters
    assert set(kollontai.chapters).isdisjoint(kollontai.chapters_likely)


def test_people_named_only_in_a_dispute_are_not_placed_in_the_chapter(figures: dict[str, Figure]) -> None:
    # The guide to chapter 4 names him among those who argued over Kronstadt in 1938.
    ciliga = figures["ciliga"]
    assert 4 not in (*ciliga.chapters, *ciliga.chapters_likely)


def test_every_basis_belongs_to_a_chapter(pack: Pack) -> None:
    for figure in pack.figures:
        numbers = [number for number, _ in figure.chapter_bases]
        assert numbers == sorted({*figure.chapters, *figure.chapters_likely}), figure.key
        assert all(basis for _, basis in figure.chapter_bases), figure.key


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        (
            "figures/kollontai.toml", 'in_memoirs = "seen"', 'in_memoirs = "context"',
            'figures/kollontai.toml › in_memoirs: is "context", but the quotation "kollontai-free-love" is about',
        ),
        (
            "figures/hellfer.toml", 'in_memoirs = "seen"', 'in_memoirs = "likely"',
            'figures/hellfer.toml › in_memoirs: is "likely", but chapter 4 is given as seen',
        ),
        (
            "figures/trotsky.toml", 'one_line = "', 'one_line = "The greatest: ',
            'figures/trotsky.toml › one_line: "greatest" is a superlative told as fact',
        ),
        (
            "figures/trotsky.toml", "Leon Trotsky was born", "In 1936-37 Leon Trotsky was born",
            'figures/trotsky.toml › life: "1936-37": join years with a dash',
        ),
        (
            "figures/trotsky.toml", "Leon Trotsky was born", "Leon Trotsky, whose favorite color was red, was born",
            '"color" is not British spelling',
        ),
        (
            "figures/trotsky.toml", "Leon Trotsky was born", "Leon Trotsky, of Brest-\nLitovsk, was born",
            'figures/trotsky.toml › life: "Brest- Litovsk" is broken at the end of a line',
        ),
        (
            "figures/trotsky.toml", "Leon Trotsky was born", 'Leon Trotsky, "the Pen", was born',
            'figures/trotsky.toml › life: "the Pen": quote with “ and ”',
        ),
        (
            "figures/babel.toml", 'note = "1 July in the old calendar"', 'note = "2 July in the old calendar"',
            "figures/babel.toml › born.note: 1894-07-13 was 1 July in the old calendar, not 2 July",
        ),
        (
            "figures/hellfer.toml", 'doubt = "', 'doubt = "Little is recorded here. ',
            'figures/hellfer.toml › doubt: does not say what is unknown',
        ),
        (
            "figures/rosmer.toml", 'stroke_sources = ["hampton"]', "stroke_sources = []",
            "figures/rosmer.toml › stroke_sources: does not say where Serge draws this person",
        ),
        (
            "figures/rosmer.toml", 'stroke = "', 'stroke = "He incarnated the qualities of vigilance, discretion. ',
            'figures/rosmer.toml › stroke: shares "incarnated the qualities of vigilance" with a quotation',
        ),
        (
            "events.toml", 'text = "', 'text = "On March 13, 1881 it happened. ',
            '"March 13, 1881": put the day first',
        ),
        (
            "sources.toml", "[hampton]", '[libking-ru]\ntitle = "x"\nkind = "book"\ntrust = "low"\n\n[hampton]',
            'sources.toml › libking-ru › key: "libking" shares copies: cite the work itself',
        ),
        (
            "quotations/01-world-without-possible-escape.toml", "pot-bellied peace\"", "pot-bellied peace of the\"",
            'quotations › pot-bellied-peace › text: ends in mid-phrase, with "the"',
        ),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named_with_its_place(content: Path, file: str, before: str, after: str, fault: str) -> None:
    assert fault in faults_after(content, file, before, after)


def test_a_superlative_in_quotation_marks_is_somebody_elses(content: Path) -> None:
    path = content / "figures/trotsky.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Leon Trotsky was born", "Leon Trotsky, “the greatest” to some, was born", 1), "utf-8")
    assert len(checked_pack(content).figures) >= 420


def test_the_line_of_a_term_tells_nobodys_death(content: Path) -> None:
    faults = faults_after(
        content, "terms/places.toml", "where Trotsky lived from January 1937.", "where Trotsky was murdered in 1940."
    )
    assert "coyoacan" in faults
    assert "tells a death beside Trotsky" in faults
