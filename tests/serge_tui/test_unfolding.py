"""Doubts and sources are a mark on a page until they are unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.content import Content

from serge_tui.widgets.linked_page import LinkedPage, Paragraph

if TYPE_CHECKING:
    from textual.app import ComposeResult

DOUBT = "The year is not certain."


class OnePage(App[None]):
    """A page with a line that unfolds."""

    def compose(self) -> ComposeResult:
        yield LinkedPage()

    def on_mount(self) -> None:
        page = self.query_one(LinkedPage)
        page.show([Paragraph(Content("Born")), Paragraph(Content("Died in 1938"), unfolds=Content(DOUBT))])
        page.focus()


def lines(page: LinkedPage) -> list[str]:
    drawn = (page.render_line(y).text.strip("▸ ") for y in range(page.size.height))
    return [line for line in drawn if line]


async def test_enter_and_a_click_unfold_and_fold_again() -> None:
    app = OnePage()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        page = app.query_one(LinkedPage)
        assert lines(page) == ["Born", "Died in 1938 ?"]
        await pilot.press("j", "enter")
        assert lines(page) == ["Born", "Died in 1938 ?", DOUBT]
        page.show([Paragraph(Content("Died in 1938"), unfolds=Content(DOUBT))])
        assert DOUBT in lines(page), "what was unfolded stays so when the page is shown again"
        await pilot.click(LinkedPage, offset=(5, 0))
        await pilot.pause()
        assert DOUBT not in lines(page)
