"""Your library: the texts that can be read, and those removed that can be brought back."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.removed_texts import RemovedText
from db.text import sanitise_line
from serge_tui.commands.dialogs import LIBRARY
from serge_tui.core.wording import counted
from serge_tui.dialogs.changes import DialogChanges
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.prompt import Prompt
from serge_tui.handlers import on, work
from serge_tui.services.found_texts import search_line
from serge_tui.services.undo import Change
from serge_tui.widgets.key_hints import KeyHints, hints_of
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual.app import ComposeResult

    from db.models.found_text import FoundSearch
    from db.models.text import TextSummary
    from serge_tui.commands import Command

LOOK_AGAIN: Final = 0.3
"""Seconds between two looks how far the searches are."""


@dataclass(frozen=True, slots=True)
class LibraryAnswer:
    """What the reader wants: to read a text, or to add one, in place of `replace` if that is not empty."""

    edition: str = ""
    replace: str = ""


class LibraryDialog(Dialog[LibraryAnswer | None]):
    """Lists the texts. Answers with what to read or add, or None."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = LIBRARY
    CSS_PATH = "dialog.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.rows = OptionRows(one_click=False)
        self._changes = DialogChanges(self, self._data_changed)
        self.controllers = {"rows": self.rows, "changes": self._changes}
        self._texts: list[TextSummary] = []
        self._removed: list[RemovedText] = []
        self._is_read = False
        self._searches: dict[str, FoundSearch] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._under_way: dict[str, tuple[int, int]] = {}

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical(classes="dialog"):
            yield Static("Your library", classes="heading", markup=False)
            yield self.rows
            yield KeyHints(hints_of(LIBRARY, self.host.reader_keymap, "Enter read"))

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one(OptionList).focus()
        self._read()
        self.set_interval(LOOK_AGAIN, self._follow_searches)

    def _follow_searches(self) -> None:
        """Show how far the searches under way are."""
        searches = self.host.portrait_searches
        now = dict(searches.progress) if searches is not None else {}
        if now == self._under_way:
            return
        ended = self._under_way.keys() - now.keys()
        self._under_way = now
        if ended:
            self._read()
            return
        options = self.query_one(OptionList)
        for at, one in enumerate(self._texts[: options.option_count]):
            if one.edition.key in now:
                options.replace_option_prompt_at_index(at, self._row(one))

    def _row(self, text: TextSummary) -> Content:
        key = text.edition.key
        row = _row(text)
        if text.edition.is_guide:
            return row
        line = search_line(self._searches.get(key), self._counts.get(key, (0, 0)), self._under_way.get(key))
        return row + Content.styled(f"\n  {line}", "$muted")

    @work(exclusive=True, group="library")
    async def _read(self) -> None:
        library = self.host.library
        before = self._key
        self._texts = await to_thread(library.texts.summaries)
        self._removed = await to_thread(library.removed_texts.all)
        self._searches = await to_thread(library.found.searches)
        self._counts = await to_thread(library.found.counts)
        options = self.rows
        keys = [*(one.edition.key for one in self._texts), *(one.key for one in self._removed)]
        # What was removed or brought back is in another row now: the cursor goes along.
        chosen = keys.index(before) if before in keys else options.highlighted or 0
        options.clear_options()
        options.add_options([*(Option(self._row(one)) for one in self._texts), *map(_removed_row, self._removed)])
        options.highlighted = min(chosen, options.option_count - 1) if options.option_count else None
        self._is_read = True

    @property
    def keys_must_wait(self) -> bool:
        """Whether the list is still being read."""
        return not self._is_read

    @property
    def _chosen(self) -> TextSummary | RemovedText | None:
        rows: list[TextSummary | RemovedText] = [*self._texts, *self._removed]
        at = self.query_one(OptionList).highlighted
        return rows[at] if at is not None and at < len(rows) else None

    @property
    def _key(self) -> str:
        """The key of the text under the cursor; empty if there is none."""
        chosen = self._chosen
        if chosen is None:
            return ""
        return chosen.key if isinstance(chosen, RemovedText) else chosen.edition.key

    def _own_text(self) -> TextSummary | None:
        """Return the chosen text if it is the reader's; otherwise show a message."""
        chosen = self._chosen
        if chosen is None:
            return None
        if isinstance(chosen, RemovedText):
            self.host.inform("That text has been removed; Enter brings it back.")
            return None
        if chosen.edition.is_guide:
            self.host.inform("The guide belongs to Serge; it stays as it is.")
            return None
        return chosen

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        if isinstance(chosen, RemovedText):
            key = chosen.key
            self._change(
                "text brought back",
                redo=partial(self.host.library.removed_texts.restore, key),
                undo=partial(self.host.library.removed_texts.remove, key),
            )
        else:
            self.dismiss(LibraryAnswer(chosen.edition.key))

    def action_add(self) -> None:
        """Add a book."""
        self.dismiss(LibraryAnswer())

    def action_import_again(self) -> None:
        """Import the chosen text again, in place of what is here."""
        if (chosen := self._own_text()) is not None:
            self.dismiss(LibraryAnswer(replace=chosen.edition.key))

    def action_chapters(self) -> None:
        """List the chapters of the chosen text, to correct them."""
        if (chosen := self._own_text()) is not None:
            self.host.start(self._correct_chapters(chosen))

    async def _correct_chapters(self, chosen: TextSummary) -> None:
        from serge_tui.dialogs.chapters import ChaptersDialog

        await self.host.ask(ChaptersDialog(chosen.edition))
        self._read()

    def action_rename(self) -> None:
        """Give the chosen text another title."""
        if (chosen := self._own_text()) is not None:
            self.host.start(self._rename(chosen))

    async def _rename(self, chosen: TextSummary) -> None:
        key, shown = chosen.edition.key, chosen.edition.title
        before = self.host.library.texts.own_title(key)
        hint = "as it should be shown; leave it empty for the title in the file"
        typed = await self.host.ask(Prompt("Title", hint, shown))
        title = sanitise_line(typed or "").strip()
        if typed is not None and title not in (shown, before):
            rename = self.host.library.texts.rename
            # Where the reader had given no title, undo leaves none: the next import shows the file's.
            self._change("text renamed", redo=partial(rename, key, title), undo=partial(rename, key, before))

    def action_look_for_portraits(self) -> None:
        """Look for portraits and sayings in the chosen text."""
        if (chosen := self._own_text()) is not None:
            self.host.look_for_portraits([chosen.edition.key])
            self._follow_searches()

    def action_remove(self) -> None:
        """Remove the chosen text, or delete a removed one for good, once the reader has confirmed it."""
        if isinstance(chosen := self._chosen, RemovedText):
            self.host.start(self._delete(chosen))
        elif (text := self._own_text()) is not None:
            self.host.start(self._remove(text))

    async def _delete(self, text: RemovedText) -> None:
        rows = [("Cancel", ""), ("Delete for good", "this cannot be undone; your notes and answers stay")]
        asked = f"Delete “{sanitise_line(text.title)}” for good?"
        if await self.host.ask(Choice(asked, rows)) == 1 and await self.host.write_succeeded(
            self.host.library.removed_texts.delete(text.key)
        ):
            self._changes.forget({text.key})
            self._changed("Deleted for good.")

    async def _remove(self, chosen: TextSummary) -> None:
        edition = chosen.edition
        notes = f" ({chosen.annotations:,} in it)" if chosen.annotations else ""
        answer = await self.host.ask(
            Choice(
                f"Remove “{sanitise_line(edition.title)}”? Your notes{notes} and answers stay, with their words.",
                [("Remove it", "it can be brought back for 30 days"), ("Keep it", "")],
                1,
            )
        )
        if answer == 0:
            removed = self.host.library.removed_texts
            self._change("text removed", redo=partial(removed.remove, edition.key),
                         undo=partial(removed.restore, edition.key))  # fmt: skip

    # --- changes -----------------------------------------------------------------------------------------------------

    def _change(self, said: str, *, redo: partial[Future[None]], undo: partial[Future[None]]) -> None:
        keys = frozenset(str(key) for key in redo.args[:1])
        self.host.start(self._make(Change(said, undo, redo, keys)))

    async def _make(self, change: Change) -> None:
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            self._changed(f"{change.said[:1].upper()}{change.said[1:]}; u undoes it.")

    def _changed(self, said: str) -> None:
        self.host.inform(said)
        self._data_changed()

    def _data_changed(self) -> None:
        self.host.data_changed()
        if self.is_attached:
            self._read()


def _row(text: TextSummary) -> Content:
    edition = text.edition
    parts = [
        "the guide" if edition.is_guide else edition.format.upper(),
        counted(edition.words, "word"),
        f"{text.recognised} of 10 chapters" if text.recognised else "not the Memoirs",
        f"{text.share_read:.0%} read" if text.share_read else "not begun",
    ]
    row = Content.styled(sanitise_line(edition.title), "bold") + Content.styled("\n  " + " · ".join(parts), "$muted")
    if edition.is_from_older_importer:
        row += Content.styled("\n  read by an older importer · i imports it again; your notes move along", "$secondary")
    return row


def _removed_row(text: RemovedText) -> Option:
    detail = f"\n  removed · deleted on {text.deleted_on} · Enter brings it back"
    return Option(Content(sanitise_line(text.title)) + Content.styled(detail, "$muted"))
