"""What can be done with a figure besides correcting it: note, compare, take along."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION
from serge_tui.modes.figures.corrections import FigureCorrecting
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.navigation import Destination, ShowFigure, SideBySide

if TYPE_CHECKING:
    from serge_tui.dialogs.note_editor import NoteDraft


class FigureActions(FigureCorrecting):
    """Between the list with its page and the screen with its keys."""

    def __init__(self) -> None:
        super().__init__()
        self._compared: str | None = None
        self._beside: SideBySide | None = None

    def action_note(self) -> None:
        """Write a note on the figure shown."""
        from db.annotations import new_annotation
        from serge_tui.dialogs.note_editor import NoteEditor

        key = self.shown_key
        if key is None:
            return

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None and draft.body:
                note = new_annotation("note", target=f"figure:{key}", body=draft.body, tags=draft.tags)
                if await self.host.write_succeeded(self.host.library.annotations.save(note)):
                    self.refresh_data()

        self.app.push_screen(NoteEditor(self.host.library.figures.name_of(key)), written)

    # --- side by side, at random, all of them ------------------------------------------------------------------------

    def action_compare(self) -> None:
        """Choose a figure to compare; with a second one, show both."""
        key = self.shown_key
        if key is None or self.catalogue is None:
            return
        if self._compared is None or self._compared == key:
            self._compared = None if self._compared == key else key
            name = self.host.library.figures.name_of(key)
            chosen = f"{name}: = on another puts the two side by side."
            self.host.inform(chosen if self._compared else f"{name} is not compared any more.")
            return
        self._put_side_by_side(SideBySide(self._compared, key))
        self._compared = None

    def _put_side_by_side(self, view: SideBySide) -> None:
        from serge_tui.modes.figures.compare_screen import CompareScreen

        edition = self.catalogue.edition if self.catalogue is not None else GUIDE_EDITION
        one, other = (load_dossier(self.host.library, key, edition) for key in (view.one, view.other))
        if one is None or other is None:
            return
        screen = CompareScreen(one, other, view, sealed=self.is_sealed(view.one) or self.is_sealed(view.other))

        def left(destination: Destination | None) -> None:
            if destination is not None:
                self._beside = screen.left_at
                self.host.go_to(destination)
                self._beside = None

        self.app.push_screen(screen, left)

    def here(self) -> ShowFigure:
        """Where one is, also where two are compared over it."""
        return replace(super().here(), beside=self._beside)

    def visit(self, destination: Destination) -> None:
        """Show the list or a page exactly as it was, with the two that were compared over it."""
        super().visit(destination)
        if isinstance(destination, ShowFigure) and destination.beside is not None:
            self._put_side_by_side(destination.beside)

    def action_random(self) -> None:
        """Open somebody of the list at random."""
        others = [key for key in self.keys if key != self.shown_key]
        if others:
            key = random.choice(others)  # noqa: S311  # nothing secret hangs on it
            self.host.go_to(ShowFigure(key, self.words, 0, key))

    def action_table(self) -> None:
        """Show the people of the list as a table that can be taken along."""
        from serge_tui.modes.figures.table import figure_table
        from serge_tui.modes.figures.table_screen import FigureTableScreen

        if self.catalogue is not None:
            rows = figure_table(self.catalogue, self.keys, sealed=self.host.fates_hidden)
            self.app.push_screen(FigureTableScreen(rows), self._go)

    def _go(self, destination: Destination | None) -> None:
        if isinstance(destination, ShowFigure) and destination.key is not None:
            self.host.go_to(ShowFigure(destination.key, self.words, 0, destination.key))
        elif destination is not None:
            self.host.go_to(destination)
