"""Settings: a list of everything that can be set, by section, with a box that searches it. Every change is saved."""

from __future__ import annotations

from asyncio import to_thread
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.backups import make_backup
from db.errors import SergeError
from db.health import examine
from db.text import sanitise, sanitise_line
from serge_tui.commands.settings import SETTINGS
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.settings.keys import PREFIX, KeyCapture, change_keys, command_of, key_rows, keys_of_file
from serge_tui.dialogs.settings.plans import Costs, StudyPlans, number_of, work_out_costs
from serge_tui.dialogs.settings.section_names import SectionNames
from serge_tui.dialogs.settings.themes import ThemeChooser
from serge_tui.handlers import on, work
from serge_tui.host import tell_errors
from serge_tui.paths import config_file
from serge_tui.services.folder_exchange import export_all, synchronise
from serge_tui.services.memory_fit import FitOutcome, fit_to_answers, unfit
from serge_tui.services.setting_rows import (
    ROWS,
    SECTIONS,
    THEME,
    SettingRow,
    change_settings,
    matches,
    stepped,
    toggled_day,
    value_of,
    words_of,
)
from serge_tui.services.study_plans import read_exam
from serge_tui.services.study_settings import study_settings
from serge_tui.services.undo import Change, UndoStack
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from concurrent.futures import Future

    from textual.app import ComposeResult

    from db.settings import SettingValue
    from serge_tui.commands import Command

_ASKS: Final = {
    "exam": "chapter 4 by 12 May",
    "spread": "at most how many a day?",
    "away": "how many days away?",
    "sync": "a folder, such as ~/Nextcloud/serge",
    "export": "a new folder, such as ~/serge-export",
}
_TITLE_WIDTH: Final = 31


class SettingsScreen(Dialog[bool]):
    """Rows with their values: left and right change one, Enter opens one, Esc closes. Every change is saved.

    Answers whether anything was changed.
    """

    COMMAND_SET: ClassVar[tuple[Command, ...]] = SETTINGS
    CSS_PATH = "settings.tcss"

    def __init__(self, start: str = "") -> None:
        """Begin at the first row of a section, or at a row by its name; at the very first one without."""
        super().__init__()
        self.rows = OptionRows(one_click=False, id="settings-rows")
        self.controllers = {"rows": self.rows}
        self._start = start
        self._shown: list[SettingRow] = []
        self._costs: Costs | None = None
        self._changes = UndoStack(self._stored)
        self._plans = StudyPlans(self.host)
        self._changed = False
        self._key_rows = key_rows()
        self._threads = ThreadPoolExecutor(1)

    async def _stored(self, future: Future[Any]) -> bool:
        return await self.host.write_succeeded(future)

    def compose(self) -> ComposeResult:
        """The sections, a box to search, the rows, help on the selected one, and a box to type in."""
        with Vertical(classes="dialog"):
            yield SectionNames(SECTIONS)
            yield Input(id="settings-search", placeholder="search: limit, theme, width, spoiler…", compact=True)
            yield self.rows
            yield Static("", id="settings-help", markup=False)
            yield Input(id="settings-input", compact=True)
            yield KeyHints(id="settings-keys")

    def on_mount(self) -> None:
        """Show the rows."""
        self._box.display = False
        self._fill()
        first = next((row for row in self._shown if self._start in (row.section, row.name)), None)
        if first is not None:
            self.rows.highlighted = self.rows.get_option_index(first.name)
        (self.rows if self._start else self._search).focus()

    def on_unmount(self) -> None:
        """Let the thread that writes keys go."""
        self._threads.shutdown(wait=False)

    @property
    def _box(self) -> Input:
        return self.query_one("#settings-input", Input)

    @property
    def _search(self) -> Input:
        return self.query_one("#settings-search", Input)

    # --- the list ----------------------------------------------------------------------------------------------------

    def _all_rows(self) -> tuple[SettingRow, ...]:
        return (*ROWS, *self._key_rows)

    def _fill(self) -> None:
        """Show the rows that have the words of the search, each section under its name."""
        self._shown = [row for row in self._all_rows() if matches(row, self._search.value)]
        rows = self.rows
        rows.clear_options()
        for section, found in groupby(self._shown, key=lambda row: row.section):
            rows.add_option(Option(section, disabled=True))
            rows.add_options(Option(self._drawn(row), id=row.name) for row in found)
        if self._shown:
            rows.highlighted = 1  # under the name of the first section
        else:
            self._show_help("No setting has these words.")
            self._show_keys()

    def _drawn(self, row: SettingRow) -> Content:
        if row.act == "key":
            keys = command_of(row).label(self.host.reader_keymap)
            return Content(f" {row.title.ljust(_TITLE_WIDTH)}") + Content.styled(keys, "bold")
        value = words_of(row, value_of(self.host.library, row))
        return Content(f" {row.title.ljust(_TITLE_WIDTH)}") + Content.styled(sanitise_line(value), "bold")

    @property
    def chosen(self) -> SettingRow | None:
        """The row under the cursor; None when the search finds nothing."""
        at = self.rows.highlighted
        name = self.rows.get_option_at_index(at).id if at is not None else None
        return next((row for row in self._shown if row.name == name), None)

    @on(Input.Changed, "#settings-search")
    def _searched(self) -> None:
        self._fill()

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the cursor is."""
        self._show_keys()

    def _show_keys(self) -> None:
        if self._box.has_focus:
            keys = "Enter done · Esc cancel"
        elif self._search.has_focus:
            keys = "Enter to the settings · Esc show all" if self._search.value else "↓ to the settings · Esc close"
        elif (row := self.chosen) is not None:
            keys = _keys_of(row)
        else:
            keys = "Esc show all"
        self.query_one("#settings-keys", KeyHints).update(keys)

    @on(Input.Submitted, "#settings-search")
    def _search_done(self) -> None:
        self.action_to_list()

    def action_search(self) -> None:
        """Go to the search box."""
        self._search.focus()

    def action_to_list(self) -> None:
        """Go from the search box to what it found."""
        if self._search.has_focus and self._shown:
            self.rows.focus()

    def action_down(self) -> None:
        """Go from the search box into the list: to what it found, or, where nothing was typed, to the next row."""
        if self._search.has_focus and not self._search.value:
            self.rows.action_move(1)
        self.action_to_list()

    def action_section(self, step: int) -> None:
        """Go to the first row of the next section, or of the one before."""
        sections = list(dict.fromkeys(row.section for row in self._shown))
        if self.chosen is not None:
            wanted = sections[(sections.index(self.chosen.section) + step) % len(sections)]
            first = next(row for row in self._shown if row.section == wanted)
            at = self.rows.get_option_index(first.name)
            self.rows.highlighted = at
            self.rows.focus()

    @on(SectionNames.Clicked)
    def _section_clicked(self, message: SectionNames.Clicked) -> None:
        first = next((row for row in self._shown if row.section == message.section), None)
        if first is not None:
            self.rows.highlighted = self.rows.get_option_index(first.name)
            self.rows.focus()

    # --- what a row means --------------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#settings-rows")
    def _explain(self) -> None:
        row = self.chosen
        if row is None:
            return
        self._plans.planned = None
        self._box.display = False
        lines = [row.help]
        if row.name == "cards.retention":
            lines += self._cost_lines()
        elif row.act == "exam":
            self._tell_also(row, self._plans.exam())
        elif row.act == "spread":
            self._tell_also(row, self._plans.backlog())
        elif row.act == "file":
            lines.append(str(self.host.library.path))
        self._show_help("\n".join(lines))
        self._show_sections(row)
        self._show_keys()

    def _show_sections(self, row: SettingRow) -> None:
        self.query_one(SectionNames).chosen = row.section

    def _show_help(self, text: str) -> None:
        self.query_one("#settings-help", Static).update(Content(sanitise(text)))

    def _cost_lines(self) -> list[str]:
        if self._costs is None:
            self._find_costs()
            return ["Working out a year…"]
        return self._costs.lines(study_settings(self.host.library).retention)

    @work(thread=True, exclusive=True, group="costs")
    def _find_costs(self) -> None:
        costs = work_out_costs(self.host.library)
        self.app.call_from_thread(self._costs_found, costs)

    def _costs_found(self, costs: Costs) -> None:
        self._costs = costs
        if self.is_mounted and self.chosen is not None and self.chosen.name == "cards.retention":
            self._explain()

    def _tell_also(self, row: SettingRow, counting: Coroutine[Any, Any, str]) -> None:
        """Add words that are counted in a thread to the help of a row, if that is still chosen then."""
        self.run_worker(tell_errors(self.host, self._add_to_help(row, counting)), group="counting", exclusive=True)

    async def _add_to_help(self, row: SettingRow, counting: Coroutine[Any, Any, str]) -> None:
        words = await counting
        if words and self.chosen is row and self._plans.planned is None:
            self._show_help(f"{row.help}\n{words}")

    # --- changing ----------------------------------------------------------------------------------------------------

    async def _change(self, row: SettingRow, values: Mapping[str, SettingValue]) -> None:
        """Store settings, and remember the change for undo."""
        change = change_settings(self.host.library, row.title, values)
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            await self._follow(change)

    async def _follow(self, change: Change) -> None:
        """Show every value again after a change, here and in the app; the costs depend on them."""
        self._changed = True
        self._costs = None
        if any(name.startswith(PREFIX) for name in change.keys):
            self.host.keys_changed(await to_thread(keys_of_file, config_file()))
        self.host.settings_changed(change.keys)
        for row in self._shown:
            self.rows.replace_option_prompt(row.name, self._drawn(row))
        self._explain()

    async def action_step(self, step: int) -> None:
        """Change the value of the row."""
        row = self.chosen
        if row is None:
            return
        if row.name == THEME:
            names = self.host.themes
            present = str(value_of(self.host.library, row))
            at = names.index(present) if present in names else 0
            await self._change(row, {THEME: names[(at + step) % len(names)]})
            return
        value = stepped(row, value_of(self.host.library, row), step)
        if value is not None:
            await self._change(row, {row.name: value})

    async def action_day(self, day: int) -> None:
        """Turn an easy day on or off."""
        row = self.chosen
        if row is not None and row.name == "cards.easy_days":
            await self._change(row, {row.name: toggled_day(value_of(self.host.library, row), day)})

    def action_leave(self) -> None:
        """Close the box, then the search, then the settings."""
        if self._box.display:
            self._box.display = False
            self.rows.focus()
        elif self._search.value:
            self._search.value = ""
            self._search.focus()
        else:
            self.dismiss(self._changed)

    async def action_undo(self) -> None:
        """Undo the last change made here; on its row, the last spread, however long ago."""
        row = self.chosen
        if row is not None and row.act == "spread" and await self._plans.is_spread():
            if said := await self._plans.unspread():
                self._changed = True
                self._show_help(said)
        elif row is not None and row.act == "fit" and self._changes.next_undo is None and self._is_fitted:
            self._show_help("Returning to the published schedule…")
            self.run_worker(tell_errors(self.host, self._unfit(row)), group="fitting", exclusive=True)
        elif change := await self._changes.undo():
            await self._follow(change)
            self.host.inform(f"Undone: {change.said}.")
        else:
            self.host.inform("There is nothing to undo.")

    async def action_redo(self) -> None:
        """Do again what was undone last."""
        if change := await self._changes.redo():
            await self._follow(change)
            self.host.inform(f"Redone: {change.said}.")
        else:
            self.host.inform("There is nothing to redo.")

    # --- rows that are opened ----------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#settings-rows")
    async def _opened(self) -> None:
        row = self.chosen
        if row is None:
            return
        match row.act:
            case None:
                await self.action_step(1)
            case "theme":
                self.host.start(self._choose_theme(row))
            case "key":
                self.host.start(self._choose_key(row))
            case "backup":
                self.run_worker(tell_errors(self.host, self._back_up(row)), group="data", exclusive=True)
            case "check":
                self.run_worker(tell_errors(self.host, self._check()), group="data", exclusive=True)
            case "fit":
                self._show_help("Fitting to your answers…")
                self.run_worker(tell_errors(self.host, self._fit(row)), group="fitting", exclusive=True)
            case "spread" if self._plans.planned is not None:
                if said := await self._plans.store(self._plans.planned):
                    self._changed = True
                    self._show_help(said)
            case "exam" | "away" | "sync" | "export":
                self._open_box(row)
            case "spread" if await self._plans.can_spread():
                self._open_box(row)

    def _open_box(self, row: SettingRow) -> None:
        value = value_of(self.host.library, row)
        box = self._box
        box.placeholder = _ASKS[row.act or ""]
        box.value = value if isinstance(value, str) else ""
        box.display = True
        box.focus()

    @on(Input.Submitted, "#settings-input")
    async def _submitted(self, message: Input.Submitted) -> None:
        row = self.chosen
        if row is None:
            return
        try:
            await self._act(row, message.value)
        except SergeError as error:
            self._show_help(str(error))
            return
        message.input.display = False
        self.rows.focus()

    async def _act(self, row: SettingRow, text: str) -> None:
        if row.act == "exam":
            day, deck = read_exam(self.host.library, text)
            await self._change(row, {"cards.exam_deck": deck, "cards.exam_day": day})
        elif row.act == "away":
            self._show_help(await self._plans.away(number_of(text)))
        elif row.act == "export":
            self._show_help(sanitise(await to_thread(export_all, self.host.library, text)))
        elif row.act == "sync":
            said = await to_thread(synchronise, self.host.library, text)
            self.host.data_changed()
            self.rows.replace_option_prompt(row.name, self._drawn(row))
            self._show_help(sanitise(said))
        else:
            self._show_help(await self._plans.plan(number_of(text)))

    async def _fit(self, row: SettingRow) -> None:
        """Fit the schedule to the reader's answers, and take it if it is better."""
        await self._adopt(row, await to_thread(fit_to_answers, self.host.library))

    @property
    def _is_fitted(self) -> bool:
        return self.host.library.study.fitted_model() is not None

    async def _unfit(self, row: SettingRow) -> None:
        """Return to the published schedule, however long ago the fit was."""
        await self._adopt(row, await to_thread(unfit, self.host.library))

    async def _adopt(self, row: SettingRow, outcome: FitOutcome) -> None:
        change = outcome.change
        if change is not None:
            if not await self.host.write_succeeded(change.redo()):
                return
            self._changes.push(change)
            await self._follow(change)
        if self.chosen is row:
            self._show_help(outcome.said)

    async def _choose_theme(self, row: SettingRow) -> None:
        present = str(value_of(self.host.library, row))
        chosen = await self.host.ask(ThemeChooser(self.host.themes, present))
        if chosen is not None and chosen != present:
            await self._change(row, {THEME: chosen})

    async def _choose_key(self, row: SettingRow) -> None:
        keys = await self.host.ask(KeyCapture(command_of(row)))
        if keys is not None:
            await self._change_keys(row, keys)

    async def action_built_in(self) -> None:
        """Give the command of the row its built-in keys again."""
        row = self.chosen
        if row is not None and row.act == "key" and command_of(row).id in self.host.reader_keymap:
            await self._change_keys(row, None)

    async def _change_keys(self, row: SettingRow, keys: str | None) -> None:
        """Write keys into the key map's file, and remember the change for undo."""
        try:
            change = await to_thread(change_keys, config_file(), command_of(row), keys, self._threads)
        except SergeError as error:
            self._show_help(str(error))
            return
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            await self._follow(change)

    async def _back_up(self, row: SettingRow) -> None:
        self._show_help("Copying…")
        try:
            made = await to_thread(make_backup, self.host.library.path, "asked")
        except SergeError as error:
            self._show_help(str(error))
            return
        self.rows.replace_option_prompt(row.name, self._drawn(row))
        self._show_help(f"Copied to {made}")

    async def _check(self) -> None:
        self._show_help("Looking…")
        try:
            findings = await to_thread(examine, self.host.library.path)
        except SergeError as error:
            self._show_help(str(error))
            return
        problems = [problem for finding in findings for problem in finding.problems]
        self._show_help("\n".join(problems) if problems else "Your file is sound.")


def _keys_of(row: SettingRow) -> str:
    """Return the keys that can be used on a row."""
    if row.act == "file":
        return "Tab section · / search · Esc close"
    if row.act == "theme":
        return "← → change · Enter list · u undo · Esc close · changes are saved"
    if row.act == "key":
        return "Enter new key · Backspace built-in key · / search · u undo · Esc close"
    if row.act is not None:
        return "Enter open · Tab section · / search · u undo · Esc close"
    if row.name == "cards.easy_days":
        return "1 Mon · 2 Tue · 3 Wed · 4 Thu · 5 Fri · 6 Sat · 7 Sun · u undo · Esc close"
    return "← → change · Tab section · / search · u undo · Esc close"
