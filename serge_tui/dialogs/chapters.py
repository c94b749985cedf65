"""The chapters of a text: which of the Memoirs each is taken for, and where one begins that the file does not mark."""

from __future__ import annotations

from asyncio import to_thread
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.chapter_corrections import first_words
from db.text import sanitise_line
from serge_tui.commands.dialogs import CHAPTERS
from serge_tui.core.wording import counted
from serge_tui.dialogs.changes import DialogChanges
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.passage_picker import PassagePicker
from serge_tui.dialogs.prompt import Prompt
from serge_tui.handlers import on, work
from serge_tui.services.undo import Change
from serge_tui.widgets.key_hints import KeyHints, hints_of
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.chapter_corrections import ChapterCorrection
    from db.models import Chapter, Edition
    from serge_tui.commands import Command

NONE: Final = "none of the Memoirs"


class ChaptersDialog(Dialog[None]):
    """Lists the chapters of a text of the reader's. Every change is stored at once and can be taken back.

    With a `passage`, it begins by asking about a chapter that begins there.
    """

    COMMAND_SET: ClassVar[tuple[Command, ...]] = CHAPTERS
    CSS_PATH = "dialog.tcss"

    def __init__(self, edition: Edition, passage: int | None = None) -> None:
        super().__init__()
        self.rows = OptionRows(one_click=False)
        self._changes = DialogChanges(self, self._data_changed)
        self.controllers = {"rows": self.rows, "changes": self._changes}
        self._told = Static("", classes="muted", markup=False)
        self._edition = edition
        self._passage = passage
        self._chapters: list[Chapter] = []
        self._marks: dict[int, ChapterCorrection] = {}
        self._memoirs: dict[int, str] = {}
        """The chapters of the Memoirs: number and title."""

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Chapters of “{sanitise_line(self._edition.title)}”", classes="heading", markup=False)
            yield self._told
            yield self.rows
            yield KeyHints(hints_of(CHAPTERS, self.host.reader_keymap, "Enter map to the Memoirs"))

    def on_mount(self) -> None:
        """Read the chapters."""
        self.rows.focus()
        self._read()
        if self._passage is not None:
            self.host.start(self._begin_at(self._passage))

    @work(exclusive=True, group="chapters")
    async def _read(self, passage: int | None = None) -> None:
        """Read and show the chapters, with the cursor on the one that begins at a passage."""
        library, key = self.host.library, self._edition.key
        self._chapters = await to_thread(library.texts.chapters, key)
        self._marks = {mark.passage: mark for mark in await to_thread(library.chapter_corrections.of, key)}
        self._memoirs = {one.number: one.title for one in await to_thread(library.chronicle.chapters)}
        chosen = self.rows.highlighted or 0
        if passage is not None:
            chosen = max((at for at, one in enumerate(self._chapters) if one.first_passage <= passage), default=0)
        self.rows.clear_options()
        self.rows.add_options(Option(self._row(one)) for one in self._chapters)
        self.rows.highlighted = min(chosen, len(self._chapters) - 1) if self._chapters else None
        found = len({one.canonical for one in self._chapters if one.canonical})
        told = f"{counted(len(self._chapters), 'chapter')}, {found} of the 10 of the Memoirs recognised"
        self._told.update(f"{told}. What you change is kept when the text is imported again.")

    def _row(self, chapter: Chapter) -> Content:
        is_corrected = chapter.passages and chapter.first_passage in self._marks
        title = sanitise_line(chapter.title) or "without a title"
        facts = f" · {counted(chapter.words, 'word')}"
        return (
            Content(f"{chapter.ordinal + 1:>3}  {'  ' * (chapter.level - 1)}{title}\n     ")
            + Content.styled(self._taken_for(chapter.canonical), "$primary")
            + Content.styled(facts, "$muted")
            + Content.styled(" · yours" if is_corrected else "", "$secondary")
        )

    def _taken_for(self, canonical: int | None) -> str:
        if canonical is None:
            return NONE
        return f"chapter {canonical} of the Memoirs: {sanitise_line(self._memoirs.get(canonical, ''))}"

    @property
    def _chosen(self) -> Chapter | None:
        at = self.rows.highlighted
        return self._chapters[at] if at is not None and at < len(self._chapters) else None

    # --- what the reader says ----------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _select(self) -> None:
        if (chapter := self._chosen) is not None:
            self.host.start(self._map(chapter))

    async def _map(self, chapter: Chapter) -> None:
        known = self._marks.get(chapter.first_passage)
        taken = await self._ask_which(chapter.title, chapter.canonical)
        if taken != -1:
            title = known.title if known else ""
            self._mark("chapter of the Memoirs changed", chapter.first_passage, taken or None, title)

    async def _ask_which(self, title: str, canonical: int | None) -> int:
        """Ask which chapter of the Memoirs one is; 0 for none, -1 if the reader does not say."""
        rows = [(f"{NONE[0].upper()}{NONE[1:]}", "")] + [(f"{number}", name) for number, name in self._memoirs.items()]
        numbers = [0, *self._memoirs]
        answer = await self.host.ask(
            Choice(f"“{sanitise_line(title)}” is which chapter of the Memoirs?", rows, numbers.index(canonical or 0))
        )
        return -1 if answer is None else numbers[answer]

    def action_begin(self) -> None:
        """Choose a passage of the chapter, and have a chapter begin there."""
        if (chapter := self._chosen) is not None:
            self.host.start(self._begin(chapter))

    async def _begin(self, chapter: Chapter) -> None:
        last = chapter.first_passage + chapter.passages - 1
        passages = await to_thread(
            self.host.library.passages.between, self._edition.key, chapter.first_passage + 1, last
        )
        if not passages:
            self.host.inform("This chapter has one passage only; there is nowhere to cut it.")
            return
        answer = await self.host.ask(PassagePicker([(one.ordinal, one.text) for one in passages]))
        if answer is not None:
            await self._begin_at(answer)

    async def _begin_at(self, passage: int) -> None:
        """Ask for the name and the chapter of the Memoirs, and have a chapter begin at a passage."""
        library = self.host.library
        self._memoirs = {one.number: one.title for one in await to_thread(library.chronicle.chapters)}
        (there,) = library.passages.between(self._edition.key, passage, passage) or (None,)
        begun = first_words(there.text) if there is not None else ""
        title = await self.host.ask(Prompt("Name of the chapter", "as it should be listed", begun))
        if title is None or there is None:
            return
        taken = await self._ask_which(title or begun, None)
        if taken != -1:
            self._mark("chapter begun", passage, taken or None, "" if title.strip() == begun else title)

    def action_rename(self) -> None:
        """Give the chosen chapter another name."""
        if (chapter := self._chosen) is not None:
            self.host.start(self._rename(chapter))

    async def _rename(self, chapter: Chapter) -> None:
        typed = await self.host.ask(Prompt("Name of the chapter", "as it should be listed", chapter.title))
        title = sanitise_line(typed or "").strip()
        if title and title != chapter.title:
            self._mark("chapter renamed", chapter.first_passage, chapter.canonical, title)

    def action_take_back(self) -> None:
        """Have the chosen chapter as it is in the file: not cut, not named, recognised as before."""
        chapter = self._chosen
        if chapter is None or chapter.first_passage not in self._marks:
            self.host.inform("This chapter is as it is in the file.")
            return
        marks = self.host.library.chapter_corrections.without_chapter(self._edition.key, chapter.first_passage)
        self._change("chapter as in the file", marks, chapter.first_passage)

    # --- changes -----------------------------------------------------------------------------------------------------

    def _mark(self, said: str, passage: int, canonical: int | None, title: str) -> None:
        marks = self.host.library.chapter_corrections.with_chapter(self._edition.key, passage, canonical, title)
        self._change(said, marks, passage)

    def _change(self, said: str, after: tuple[ChapterCorrection, ...], passage: int) -> None:
        store = self.host.library.chapter_corrections.replace
        before = self.host.library.chapter_corrections.of(self._edition.key)
        change = Change(said, partial(store, self._edition.key, before), partial(store, self._edition.key, after))
        self.host.start(self._make(change, passage))

    async def _make(self, change: Change, passage: int) -> None:
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            self._changed(f"{change.said[:1].upper()}{change.said[1:]}; u undoes it.", passage)

    def _changed(self, said: str, passage: int) -> None:
        self.host.inform(said)
        self._data_changed(passage)

    def _data_changed(self, passage: int | None = None) -> None:
        self.host.data_changed()
        if self.is_attached:
            self._read(passage)
