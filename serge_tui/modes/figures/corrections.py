"""The reader's corrections of figures: made, added, undone, made again, written as a patch."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import SergeError
from serge_tui.core.wording import counted
from serge_tui.navigation import ShowFigure
from serge_tui.services.new_file import write_new_file
from serge_tui.services.undo import Change, UndoStack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Future

    from db.library import Library
    from db.models import Figure
    from serge_tui.dialogs.kept_draft import KeptDraft
    from serge_tui.host import Host


class FigureCorrections:
    """Controller: corrects figures, adds some, and takes that back.

    Args:
        host: The app.
        shown_key: Return the key of the figure that commands are about.
        is_end_hidden: Return whether a figure's end is hidden, by key.
    """

    def __init__(self, host: Host, shown_key: Callable[[], str | None], is_end_hidden: Callable[[str], bool]) -> None:
        self._host = host
        self._shown_key = shown_key
        self._is_end_hidden = is_end_hidden
        self._changes = UndoStack(host.write_succeeded)

    # --- correcting and adding ---------------------------------------------------------------------------------------

    def action_correct(self) -> None:
        """Open the form for the figure shown."""
        key = self._shown_key()
        figure = self._host.library.figures.by_key(key) if key is not None else None
        if figure is not None:
            self._host.start(self._ask_and_correct(figure))

    async def _ask_and_correct(self, figure: Figure) -> None:
        from serge_tui.dialogs.figure_form.adding import correcting_form
        from serge_tui.dialogs.figure_form.drafts import correcting_draft

        hide_ends = self._is_end_hidden(figure.key)
        kept = correcting_draft(self._host, figure, hide_ends=hide_ends)
        answer = await self._host.ask(await correcting_form(self._host, figure, hide_ends=hide_ends, kept=kept))
        if answer is None:
            return
        if not (answer.stored or answer.back):
            kept.discard()
        elif await self.correct(figure.key, answer.stored, answer.back, kept):
            self._host.inform("Saved as your correction. Press u to undo.")
            self._host.data_changed()

    async def correct(
        self, key: str, stored: Mapping[str, str], back: Iterable[str] = (), kept: KeptDraft | None = None
    ) -> bool:
        """Store corrections of a figure and withdraw others, as one change that can be undone; that ends a draft.

        Returns:
            Whether it was stored.
        """
        return await self._change(
            key, lambda: self._host.library.corrections.correct(f"figure:{key}", stored, tuple(back)), kept=kept
        )

    def action_add(self) -> None:
        """Open the form for a person who is not among the figures yet."""
        self._host.start(self._ask_and_add())

    async def _ask_and_add(self) -> None:
        from serge_tui.dialogs.figure_form.adding import adding_form
        from serge_tui.dialogs.figure_form.drafts import adding_draft

        kept = adding_draft(self._host)
        answer = await self._host.ask(await adding_form(self._host, kept=kept))
        if answer is None:
            return
        if not answer.stored:
            kept.discard()
        elif (key := await self.add(answer.stored, kept)) is not None:
            self._host.data_changed()
            self._host.go_to(ShowFigure(key))

    async def add(self, values: Mapping[str, str], kept: KeptDraft | None = None) -> str | None:
        """Add a person, which ends a draft; return the new key, or None if nothing could be stored."""
        key, future = self._host.library.corrections.add_figure(values)
        return key if await self._change(key, lambda: future, before={}, kept=kept) else None

    async def action_restore_pack(self) -> None:
        """Withdraw every correction of the figure shown; a person the reader added is removed."""
        key = self._shown_key()
        if key is None:
            return
        if not self._of(key):
            self._host.inform("You have corrected nothing here.")
        elif await self._change(key, lambda: self._host.library.corrections.take_back(f"figure:{key}")):
            self._host.inform("Your corrections of this figure are withdrawn. Press u to undo.")
            self._host.data_changed()

    # --- undo --------------------------------------------------------------------------------------------------------

    def _of(self, key: str) -> dict[str, str]:
        corrections = self._host.library.corrections.of(f"figure:{key}")
        return {field: correction.value for field, correction in corrections.items()}

    async def _change(
        self,
        key: str,
        write: Callable[[], Future[None]],
        before: Mapping[str, str] | None = None,
        kept: KeptDraft | None = None,
    ) -> bool:
        """Change one figure's corrections, and remember them as they were before and after."""
        name = self._host.library.figures.name_of(key)
        if before is None:
            before = self._of(key)
        earlier = before
        future = write()
        if kept is not None:
            kept.stored(future)
        if not await self._host.write_succeeded(future):
            return False
        after = self._of(key)
        said = self._host.library.figures.name_of(key) if name == key else name
        self._changes.push(
            Change(
                said, undo=lambda: self._set(key, earlier), redo=lambda: self._set(key, after), keys=frozenset({key})
            )
        )
        return True

    def _set(self, key: str, wanted: Mapping[str, str]) -> Future[None]:
        """Start the write that leaves a figure with just these corrections."""
        now = self._of(key)
        stored = {field: value for field, value in wanted.items() if now.get(field) != value}
        back = [field for field in now if field not in wanted]
        return self._host.library.corrections.correct(f"figure:{key}", stored, back)

    async def action_undo(self) -> None:
        """Undo the last correction, addition or withdrawal."""
        if self._changes.next_undo is None:
            self._host.inform("There is no correction to undo.")
        elif change := await self._changes.undo():
            self._host.inform(f"Undone: {change.said}. Press U to redo.")
            self._host.data_changed()

    async def action_redo(self) -> None:
        """Make the change that was undone last again."""
        if self._changes.next_redo is None:
            self._host.inform("There is no correction to redo.")
        elif change := await self._changes.redo():
            self._host.inform(f"Redone: {change.said}.")
            self._host.data_changed()

    # --- export ------------------------------------------------------------------------------------------------------

    def action_write_patch(self) -> None:
        """Write all corrections and additions as a patch for the study pack."""
        self._host.start(self._ask_and_write())

    async def _ask_and_write(self) -> None:
        from serge_tui.dialogs.prompt import Prompt

        write = self._host.patch_writer
        count = len({correction.record for correction in self._host.library.corrections.all()})
        if write is None or not count:
            self._host.inform("You have corrected nothing yet. Press e on a figure to correct it.")
            return
        records = counted(count, "record")
        name = await self._host.ask(Prompt(f"Write a patch of {records} to", "a new file", "corrections.patch"))
        if name is not None and name.strip():
            try:
                path = await asyncio.to_thread(_write_patch, self._host.library, write, name.strip())
            except SergeError as error:
                self._host.report_error(str(error))
            else:
                self._host.inform(f"Written to {path}. Apply it with `git apply`.")


def _write_patch(library: Library, write: Callable[[Library], str], name: str) -> Path:
    return write_new_file(Path(name), write(library))
