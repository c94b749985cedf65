from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import fold
from serge_tui.core.typesetting.align import Group, align, anchors, counterpart, turned

from .helpers import PROSE

if TYPE_CHECKING:
    from pathlib import Path

    from serge_tui.core.typesetting.align import Marked

ENGLISH = [
    "In 1919 I came to Petrograd, where Zinoviev presided over the International and nobody had bread.",
    "The city was dying of cold.",
    "Gorky received me in his house on the Kronverksky Prospect; he coughed, and spoke of 1905.",
    "I said nothing.",
    "The next day Trotsky\u2019s train left for the front with 300 men, and the newspapers lied about it, as usual.",
]
FRENCH = [
    "En 1919, j\u2019arrivai à Pétrograd où Zinoviev présidait l\u2019Internationale et où l\u2019on manquait de pain.",
    "La ville mourait de froid.",
    "Gorki me reçut chez lui, perspective Kronverkski ; il toussait et parlait de 1905.",
    "Je ne dis rien.",
    "Le lendemain, le train de Trotski partit pour le front avec 300 hommes, et la presse mentit, comme toujours.",
]
BODY = [
    f"In {year} the commission counted {year * 7} prisoners and {PROSE[: year % 90]}" for year in range(1_700, 1_900)
]


def marked(texts: list[str]) -> list[Marked]:
    return [(text, anchors(text)) for text in texts]


def pairs(groups: list[Group]) -> list[tuple[list[int], list[int]]]:
    return [(list(group.left), list(group.right)) for group in groups]


def test_what_two_languages_have_in_common() -> None:
    common = anchors(ENGLISH[0]) & anchors(FRENCH[0])
    assert "#1919" in common
    assert len([anchor for anchor in common if anchor.startswith("@")]) >= 2, "Petrograd and Zinoviev"
    assert (
        anchors("Sinowjew spricht")
        & anchors("Zinoviev speaks")
        & anchors("\u0417\u0438\u043d\u043e\u0432\u044c\u0435\u0432")
    )
    assert "figure:trotsky" in anchors("the Old Man", ["figure:trotsky"])


def test_passages_that_say_the_same_match_one_to_one() -> None:
    groups = align(marked(ENGLISH), marked(FRENCH))
    assert pairs(groups) == [([at], [at]) for at in range(5)]
    assert all(0.3 < group.score <= 1 for group in groups)


def test_what_one_edition_leaves_out_has_no_counterpart() -> None:
    groups = align(marked(BODY), marked(BODY[:20] + BODY[22:]))
    assert pairs(groups)[:20] == [([at], [at]) for at in range(20)]
    assert pairs(groups)[20:22] == [([20], []), ([21], [])]
    assert pairs(groups)[22:] == [([at], [at - 2]) for at in range(22, len(BODY))]
    assert [group.score for group in groups[20:22]] == [0, 0]


def test_a_passage_that_was_parted_matches_its_pieces() -> None:
    joined = [FRENCH[0] + " " + FRENCH[1], *FRENCH[2:]]
    assert pairs(align(marked(ENGLISH), marked(joined)))[0] == ([0, 1], [0])
    assert pairs(align(marked(joined), marked(ENGLISH)))[0] == ([0], [0, 1])


def test_lengths_alone_do_when_there_is_nothing_else() -> None:
    sizes = [40, 900, 35, 410, 80, 1_200, 60]
    left: list[Marked] = [("x" * size, frozenset()) for size in sizes]
    right: list[Marked] = [("x" * (size + size // 10), frozenset()) for size in sizes]
    assert pairs(align(left, right)) == [([at], [at]) for at in range(len(sizes))]


def test_an_edition_with_a_hundred_passages_more_is_followed_to_its_end() -> None:
    extra = [f"Nothing of this was in the first edition, number {number * 100_003}" for number in range(100)]
    groups = align(marked(BODY), marked(BODY[:60] + extra + BODY[60:]))
    found = {(i, j) for group in groups for i in group.left for j in group.right}
    assert {(i, i if i < 60 else i + 100) for i in range(200)} <= found


@given(
    st.lists(st.text("ab 1789ZX", max_size=60), max_size=25), st.lists(st.text("ab 1789ZX", max_size=60), max_size=25)
)
def test_every_passage_is_in_one_group_in_order(left: list[str], right: list[str]) -> None:
    groups = align(marked(left), marked(right))
    assert [i for group in groups for i in group.left] == list(range(len(left)))
    assert [j for group in groups for j in group.right] == list(range(len(right)))
    assert all(len(group.left) or len(group.right) for group in groups)
    assert all(0 <= group.score <= 1 for group in groups)
    here, there = list(map(len, left)), list(map(len, right))
    for at, size in enumerate(here):
        passage, offset = counterpart(groups, here, there, at, size // 2)
        assert 0 <= passage <= max(0, len(there) - 1)
        assert 0 <= offset <= (there[passage] if there else 0)
    assert turned(turned(groups)) == groups


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=12))
def test_a_text_leads_to_itself(texts: list[str]) -> None:
    sizes = [len(text) for text in texts]
    groups = [Group(range(at, at + 1), range(at, at + 1), 1.0) for at in range(len(texts))]
    for at, size in enumerate(sizes):
        for offset in range(size):
            assert counterpart(groups, sizes, sizes, at, offset) == (at, offset)


def test_within_a_group_the_way_is_by_proportion() -> None:
    groups = [
        Group(range(2), range(1), 1.0),
        Group(range(2, 3), range(1, 1), 0.0),
        Group(range(3, 4), range(1, 3), 1.0),
    ]
    here, there = [100, 100, 50, 100], [400, 100, 100]
    assert counterpart(groups, here, there, 0, 50) == (0, 100)
    assert counterpart(groups, here, there, 1, 50) == (0, 300)
    assert counterpart(groups, here, there, 2, 30) == (1, 0)
    assert counterpart(groups, here, there, 3, 75) == (2, 50)
    assert counterpart(turned(groups), there, here, 0, 300) == (1, 50)


def of_names_and_numbers(texts: list[str]) -> list[Marked]:
    """What is left to go by when the two editions are in different languages."""
    return [(text, frozenset(anchor for anchor in anchors(text) if anchor[0] in "@#")) for text in texts]


@pytest.mark.shared
def test_two_real_editions_of_one_book(samples: Path) -> None:
    from import_scripts.formats.book_file import read_book

    books = samples / "books"
    editions = [
        read_book(books / name) for name in ("john-reed_ten-days-that-shook-the-world.epub", "reed_ten_days_utf8.txt")
    ]
    wanted = ("The Coming Storm", "The Fall of the Provisional Government", "Victory")
    for title in wanted:
        left, right = (
            next([block.text for block in ch.blocks] for ch in book.chapters if title in ch.title) for book in editions
        )
        # Passages whose first words stand once in each edition are known to belong together.
        begins = [[" ".join(re.findall(r"\w+", fold(text))[:8]) for text in side] for side in (left, right)]
        known = {
            (i, begins[1].index(begun))
            for i, begun in enumerate(begins[0])
            if begins[0].count(begun) == begins[1].count(begun) == 1
        }
        assert len(known) > 0.7 * min(len(left), len(right))
        groups = align(of_names_and_numbers(left), of_names_and_numbers(right))
        found = {(i, j) for group in groups for i in group.left for j in group.right}
        assert len(known & found) >= 0.99 * len(known), title
