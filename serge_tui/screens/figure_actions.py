"""What can be done with a figure: correct, add, note, compare, take along."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from serge_tui.figures.dossier import load_dossier
from serge_tui.figures.form import form_fields
from serge_tui.navigation import Destination, ShowFigure
from serge_tui.screens.figure_browser import FigureBrowser

if TYPE_CHECKING:
    from serge_tui.screens.figure_form import FormAnswer
    from serge_tui.screens.note_editor import NoteDraft


class FigureActions(FigureBrowser):
    """Between the list with its page and the screen with its keys."""

    def __init__(self) -> None:
        super().__init__()
        self._compared: str | None = None

    # --- the reader's own --------------------------------------------------------------------------------------------

    def action_correct(self) -> None:
        """Open the form for the figure shown."""
        from serge_tui.screens.figure_form import FigureForm

        key = self.shown_key
        figure = self.serge.library.figures.by_key(key) if key is not None else None
        if figure is None:
            return
        record = f"figure:{figure.key}"
        corrections = self.serge.library.corrections.of(record)
        fields = form_fields(figure, corrections, sealed=self.is_sealed(figure.key))

        async def answered(answer: FormAnswer | None) -> None:
            if answer is None or not (answer.stored or answer.back):
                return
            ours = self.serge.library.corrections
            kept = not answer.stored or await self.serge.done(ours.correct(record, answer.stored))
            if kept and answer.back:
                kept = await self.serge.done(ours.take_back(record, *answer.back))
            if kept:
                self.serge.tell("Kept as yours.")
                self.serge.data_changed()

        self.app.push_screen(FigureForm(f"Correct {figure.name}", record, fields, corrections), answered)

    def action_add(self) -> None:
        """Open the form for somebody who is not here yet."""
        from serge_tui.screens.figure_form import FigureForm

        async def answered(answer: FormAnswer | None) -> None:
            if answer is not None and answer.stored:
                key, future = self.serge.library.corrections.add_figure(answer.stored)
                if await self.serge.done(future):
                    self.serge.data_changed()
                    self.serge.travel(ShowFigure(key))

        fields = form_fields(None, {}, sealed=False)
        self.app.push_screen(FigureForm("Add somebody", "figure:", fields, {}), answered)

    async def action_pack_again(self) -> None:
        """Take back every correction of the figure shown; somebody added is gone."""
        key = self.shown_key
        if key is None:
            return
        ours = self.serge.library.corrections
        if not ours.of(f"figure:{key}"):
            self.serge.tell("Nothing here is yours; everything is the pack's.")
        elif await self.serge.done(ours.take_back(f"figure:{key}")):
            self.serge.tell("The pack's word is back.")
            if self.serge.library.figures.by_key(key) is None:
                self.set_open(None)
            self.serge.data_changed()

    def action_note(self) -> None:
        """Write a note on the figure shown."""
        from db.annotations import new_annotation
        from serge_tui.screens.note_editor import NoteEditor

        key = self.shown_key
        if key is None:
            return

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None and draft.body:
                note = new_annotation("note", target=f"figure:{key}", body=draft.body, tags=draft.tags)
                if await self.serge.done(self.serge.library.annotations.save(note)):
                    self.refresh_data()

        self.app.push_screen(NoteEditor(self.serge.library.figures.name_of(key)), written)

    # --- side by side, at random, all of them ------------------------------------------------------------------------

    def action_compare(self) -> None:
        """Choose a figure to compare; with a second one, show both."""
        key = self.shown_key
        if key is None or self.catalogue is None:
            return
        if self._compared is None or self._compared == key:
            self._compared = None if self._compared == key else key
            name = self.serge.library.figures.name_of(key)
            chosen = f"{name}: = on another puts the two side by side."
            self.serge.tell(chosen if self._compared else f"{name} is not compared any more.")
            return
        both = [load_dossier(self.serge.library, figure, self.catalogue.edition) for figure in (self._compared, key)]
        sealed = self.is_sealed(self._compared) or self.is_sealed(key)
        self._compared = None
        if both[0] is not None and both[1] is not None:
            from serge_tui.screens.compare import CompareScreen

            self.app.push_screen(CompareScreen(both[0], both[1], sealed=sealed), self._go)

    def action_random(self) -> None:
        """Open somebody of the list at random."""
        others = [key for key in self.keys if key != self.shown_key]
        if others:
            key = random.choice(others)  # noqa: S311  # nothing secret hangs on it
            self.serge.travel(ShowFigure(key, self.words, 0, key))

    def action_table(self) -> None:
        """Show the people of the list as a table that can be taken along."""
        from serge_tui.figures.table import figure_table
        from serge_tui.screens.figure_table import FigureTableScreen

        if self.catalogue is not None:
            rows = figure_table(self.catalogue, self.keys, sealed=self.serge.fates_sealed)
            self.app.push_screen(FigureTableScreen(rows), self._go)

    def _go(self, destination: Destination | None) -> None:
        if isinstance(destination, ShowFigure) and destination.key is not None:
            self.serge.travel(ShowFigure(destination.key, self.words, 0, destination.key))
        elif destination is not None:
            self.serge.travel(destination)
