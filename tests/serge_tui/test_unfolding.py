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


async def test_a_list_has_two_columns_where_the_page_is_wide() -> None:
    app = OnePage()
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.pause()
        page = app.query_one(LinkedPage)
        names = ["Lenin", "Trotsky", "Zinoviev", "A name " + "so long " * 12, "Radek"]
        page.show([Paragraph(Content("People"), heading="People")] + [
            Paragraph(Content(name), name, indent=1, in_column=True) for name in names
        ])  # fmt: skip
        shown = [line.split() for line in lines(page)]
        assert shown[:3] == [["People"], ["Lenin", "Trotsky"], ["Zinoviev"]]
        assert shown[-1] == ["Radek"], "what is too long for a column has its own line"
        followed = []
        for _ in names:
            await pilot.press("j")
            followed.append(page.link)
        assert followed == names
        await pilot.press("k", "k", "k")
        followed = [page.link]
        for column in (3, 70):
            await pilot.click(LinkedPage, offset=(column, 1))
            followed.append(page.link)
        assert followed == ["Trotsky", "Lenin", "Trotsky"]
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert [line.split() for line in lines(page)][:3] == [["People"], ["Lenin"], ["Trotsky"]]
