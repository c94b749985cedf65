"""Where a chapter begins that the file does not mark: at the selection, or at the first line shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serge_tui.dialogs.chapters import ChaptersDialog
    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.selection import Selection
    from serge_tui.modes.reader.widgets.page import PageView


class ChapterBeginning:
    """Controller: has a chapter begin at a passage of the page."""

    def __init__(self, page: PageView, text: OpenedText, selection: Selection, host: Host) -> None:
        self._page, self._text, self._selection, self._host = page, text, selection, host

    def action_begin(self) -> None:
        """Ask for the name of the chapter that begins here, and store it."""
        opened, view = self._text.opened, self._page.view()
        if opened is None or view is None:
            return
        selected = self._selection.selected()
        passage = selected.begin[0] if selected is not None else view.begin[0]
        if opened.edition.is_guide:
            self._host.inform("The guide belongs to Serge; its chapters stay as they are.")
        elif passage == opened.chapter.first_passage:
            self._host.inform("A chapter begins here already; m in the library (L) says which of the Memoirs it is.")
        else:
            from serge_tui.dialogs.chapters import ChaptersDialog

            self._host.start(self._ask(ChaptersDialog(opened.edition, passage)))

    async def _ask(self, dialog: ChaptersDialog) -> None:
        await self._host.ask(dialog)
