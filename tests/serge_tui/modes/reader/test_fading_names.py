"""Names that fade: whole for who was never asked, one letter for who is slipping, nothing for who is held."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from serge_tui.core.study.acquaintance import Memory
from serge_tui.modes.reader.page_layers import fading_layer

if TYPE_CHECKING:
    from serge_tui.modes.reader.chapter import OpenChapter


def test_the_line_under_a_name_grows_shorter_as_its_person_is_learnt() -> None:
    names = [
        SimpleNamespace(figure=figure, passage=1, start=start, end=start + 5)
        for figure, start in (("reed", 0), ("lenin", 10), ("gorky", 20))
    ]
    opened = cast("OpenChapter", SimpleNamespace(others=names))
    layer = fading_layer(opened, {"lenin": Memory.SLIPPING, "gorky": Memory.HELD})
    assert layer.stretches == {1: [(0, 5), (10, 11)]}
