"""The reader's own word on a figure: corrected, added, undone, written as a patch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from db.errors import SergeError
from serge_tui.dialogs.figure_form.fields import form_fields
from serge_tui.modes.figures.browser import FigureBrowser
from serge_tui.navigation import ShowFigure

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.library import Library
    from serge_tui.dialogs.figure_form.screen import FormAnswer


class FigureCorrecting(FigureBrowser):
    """Between the list with its page and what else can be done."""

    def __init__(self) -> None:
        super().__init__()
        self._before: list[tuple[str, dict[str, str]]] = []
        """Keys of figures that were corrected, with what of them was the reader's before; the latest last."""

    def action_correct(self) -> None:
        """Open the form for the figure shown."""
        from serge_tui.dialogs.figure_form.adding import ties_by_name
        from serge_tui.dialogs.figure_form.screen import FigureForm

        key = self.shown_key
        figure = self.host.library.figures.by_key(key) if key is not None else None
        if figure is None:
            return
        record = f"figure:{figure.key}"
        corrections = self.host.library.corrections.of(record)
        sealed = self.is_sealed(figure.key)
        ties = ties_by_name(self.host, figure, sealed=sealed)
        fields = form_fields(figure, corrections, ties, sealed=sealed)

        async def answered(answer: FormAnswer | None) -> None:
            if answer is None or not (answer.stored or answer.back):
                return
            ours = self.host.library.corrections
            self._remember(figure.key)
            if await self.host.write_succeeded(ours.correct(record, answer.stored, answer.back)):
                self.host.inform("Kept as yours; u undoes it.")
                self.host.data_changed()

        self.app.push_screen(FigureForm(f"Correct {figure.name}", record, fields, corrections, ties), answered)

    def action_add(self) -> None:
        """Open the form for somebody who is not here yet."""
        from serge_tui.dialogs.figure_form.adding import adding_form

        async def answered(answer: FormAnswer | None) -> None:
            if answer is not None and answer.stored:
                key, future = self.host.library.corrections.add_figure(answer.stored)
                self._remember(key)
                if await self.host.write_succeeded(future):
                    self.host.data_changed()
                    self.host.go_to(ShowFigure(key))

        self.app.push_screen(adding_form(self.host), answered)

    async def action_pack_again(self) -> None:
        """Take back every correction of the figure shown; somebody added is gone."""
        key = self.shown_key
        if key is None:
            return
        ours = self.host.library.corrections
        if not ours.of(f"figure:{key}"):
            self.host.inform("Nothing here is yours; everything is the pack's.")
            return
        self._remember(key)
        if await self.host.write_succeeded(ours.take_back(f"figure:{key}")):
            self.host.inform("The pack's word is back; u undoes that.")
            self._show_changed(key)

    # --- undo --------------------------------------------------------------------------------------------------------

    def _remember(self, key: str) -> None:
        ours = self.host.library.corrections.of(f"figure:{key}")
        self._before.append((key, {field: correction.value for field, correction in ours.items()}))

    async def action_undo(self) -> None:
        """Undo what was corrected, added or taken back last."""
        if not self._before:
            self.host.inform("Nothing was corrected since Serge was opened.")
            return
        key, before = self._before.pop()
        ours = self.host.library.corrections
        record = f"figure:{key}"
        name = self.host.library.figures.name_of(key)
        now = {field: correction.value for field, correction in ours.of(record).items()}
        stored = {field: value for field, value in before.items() if now.get(field) != value}
        back = [field for field in now if field not in before]
        if await self.host.write_succeeded(ours.correct(record, stored, back)):
            self.host.inform(f"Undone: {self.host.library.figures.name_of(key) if before else name}.")
            self._show_changed(key)

    def _show_changed(self, key: str) -> None:
        if self.shown_key == key and self.host.library.figures.by_key(key) is None:
            self.set_open(None)
        self.host.data_changed()

    # --- taken along -------------------------------------------------------------------------------------------------

    def action_write_patch(self) -> None:
        """Write everything that was corrected or added as a patch for the study pack."""
        from serge_tui.dialogs.prompt import Prompt

        write = self.host.patch_writer
        count = len({correction.record for correction in self.host.library.corrections.all()})
        if write is None or not count:
            self.host.inform("Nothing is corrected yet; e on somebody corrects.")
            return

        def named(name: str | None) -> None:
            if name is not None and name.strip():
                self._write_patch(write, name.strip())

        people = "1 record" if count == 1 else f"{count} records"
        self.app.push_screen(Prompt(f"Patch of {people} to", "a new file", "corrections.patch"), named)

    @work(thread=True, group="figures-patch")
    def _write_patch(self, write: Callable[[Library], str], name: str) -> None:
        try:
            path = write_new(Path(name), write(self.host.library))
        except SergeError as error:
            self.app.call_from_thread(self.host.report_error, str(error))
        else:
            self.app.call_from_thread(self.host.inform, f"Written to {path}; `git apply` takes it.")


def write_new(name: Path, text: str) -> Path:
    """Write a new file of the reader's; gives its whole path. Raises SergeError where it is there or cannot be."""
    try:
        path = name.expanduser().absolute()
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise SergeError(f"{path} is there already; give another name.") from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SergeError(f"{name} cannot be written: {reason}.") from error
    return path
