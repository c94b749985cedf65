from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.typesetting import ChapterLayout, Settings, columns, pages
from serge_tui.core.typesetting.paging import page_of

from .helpers import KINDS, PROSE, passage

if TYPE_CHECKING:
    from db.book import PassageKind
    from db.models import Passage


def layouts() -> st.SearchStrategy[ChapterLayout]:
    kinds = st.one_of(st.just(KINDS[0]), st.sampled_from(KINDS))
    part = st.tuples(kinds, st.integers(0, len(PROSE)))
    return st.lists(part, max_size=30).map(chapter)


def chapter(parts: list[tuple[PassageKind, int]]) -> ChapterLayout:
    """Lay out pieces of prose; every heading is short and is followed by a paragraph."""
    passages: list[Passage] = []
    for kind, size in parts:
        after_heading = bool(passages) and passages[-1].kind == "heading"
        text = PROSE[: min(size, 80) if kind == "heading" else size]
        passages.append(passage(text, "paragraph" if after_heading else kind, len(passages)))
    return ChapterLayout(passages, Settings(50))


@given(layouts(), st.integers(1, 60), st.integers(0, 3))
def test_pages_hold_every_line_once_besides_the_context(layout: ChapterLayout, height: int, context: int) -> None:
    cut = pages(layout, height, context)
    fresh = [line for page in cut for line in range(page.start + page.context, page.end)]
    assert fresh == list(range(len(layout)))
    assert all(page.end - page.start <= height for page in cut)
    assert all(page.context == min(context, height - 1) for page in cut[1:])
    for at, page in enumerate(cut):
        assert page_of(cut, page.end - 1) == at


@given(layouts(), st.integers(20, 60))
def test_no_page_ends_in_a_widow_an_orphan_a_heading_or_air(layout: ChapterLayout, height: int) -> None:
    for page in pages(layout, height)[:-1]:
        last, following = layout.line(page.end - 1), layout.line(page.end)
        assert last.kind not in {"blank", "heading"}
        if following.kind != "blank" and following.passage == last.passage:
            assert not last.first, "an orphan"
            assert not following.last, "a widow"


def test_a_page_repeats_the_last_line_of_the_one_before() -> None:
    layout = ChapterLayout([passage(PROSE * 20)], Settings())
    for before, after in pairwise(pages(layout, 20)):
        assert after.start == before.end - 1
        assert (before.context, after.context) in {(0, 1), (1, 1)}


@pytest.mark.parametrize(
    ("width", "measure", "count", "each"),
    [(80, 66, 1, 66), (60, 66, 1, 60), (149, 66, 1, 66), (150, 66, 2, 66), (150, 100, 2, 72), (200, 80, 2, 80)],
)
def test_two_columns_from_150_cells_on(width: int, measure: int, count: int, each: int) -> None:
    found = columns(width, measure)
    assert (found.count, found.measure) == (count, each)
    assert found.count * found.measure + (found.count - 1) * found.gutter <= width
