"""Study settings: limits, target retention with its cost, easy days, an exam, a backlog spread over days."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.errors import SergeError
from db.text import sanitise
from serge_tui.commands.study import STUDY_SETTINGS
from serge_tui.core.wording import counted
from serge_tui.dialogs.dialog import Dialog
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_plans import (
    Spread,
    apply_spread,
    count_overdue,
    count_spread,
    day_words,
    exam_ahead,
    exam_words,
    holiday,
    plan_spread,
    read_exam,
    retention_costs,
)
from serge_tui.services.study_setting_rows import (
    CHOICES,
    StudySetting,
    change_settings,
    stepped,
    toggled_day,
    value_of,
    words_of,
)
from serge_tui.services.study_settings import study_settings, today
from serge_tui.services.undo import UndoStack
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from textual.app import ComposeResult

    from db.settings import SettingValue
    from serge_tui.commands import Command
    from serge_tui.core.study.workload import Cost

_ASKS = {
    "exam": "chapter 4 by 12 May",
    "spread": "at most how many a day?",
    "away": "how many days away?",
}


class StudySettingsScreen(Dialog[None]):
    """Rows with their values: left and right change one, Enter opens one, Esc closes. Every change is saved."""

    CSS_PATH = "study_settings.tcss"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = STUDY_SETTINGS

    def __init__(self) -> None:
        super().__init__()
        self._costs: list[Cost] = []
        self._cards = 0
        self._spread: Spread | None = None
        self.rows = OptionRows(id="study-rows")
        self.controllers = {"rows": self.rows}
        self._changes = UndoStack(self._stored)

    async def _stored(self, future: Future[Any]) -> bool:
        return await self.host.write_succeeded(future)

    def compose(self) -> ComposeResult:
        """The rows, help on the selected one, and a box."""
        with Vertical(classes="dialog"):
            yield Static("Study settings", classes="heading", markup=False)
            yield self.rows
            yield Static("", id="study-help", markup=False)
            yield Input(id="study-input", compact=True)
            yield Static("", id="study-keys", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(Input).display = False
        self.rows.add_options(self._row(choice) for choice in CHOICES)
        self.rows.highlighted = 0
        self.rows.focus()

    def _row(self, choice: StudySetting) -> Option:
        value = words_of(choice, value_of(self.host.library, choice))
        return Option(Content(choice.title.ljust(32)) + Content.styled(sanitise(value), "bold"))

    @property
    def chosen(self) -> StudySetting:
        """The row under the cursor."""
        return CHOICES[self.rows.highlighted or 0]

    # --- what a row means --------------------------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        choice = self.chosen
        self._spread = None
        self.query_one(Input).display = False
        lines = [choice.help]
        if choice.name == "cards.retention":
            lines += ["", *self._cost_lines()]
        elif choice.act == "exam":
            self.run_worker(self._show_exam(), group="exam", exclusive=True)
        elif choice.act == "spread":
            due = count_overdue(self.host.library)
            lines += ["", f"{counted(due, 'card')} due just now." if due else "Nothing is due just now."]
            if spread := count_spread(self.host.library):
                lines.append(f"{_were(spread)} spread; u undoes it.")
        self._show_help("\n".join(lines))
        self.query_one("#study-keys", Static).update(_keys_of(choice))

    def _show_help(self, text: str) -> None:
        self.query_one("#study-help", Static).update(Content(sanitise(text)))

    def _cost_lines(self) -> list[str]:
        if not self._costs:
            self._find_costs()
            return ["Working out a year…"]
        present = study_settings(self.host.library).retention
        return [
            f"{'▸' if abs(cost.retention - present) < 0.001 else ' '} {cost.retention:>4.0%}"
            f"   {cost.minutes_a_day:4.1f} minutes a day   {cost.known:4.0f} of {self._cards} known"
            for cost in self._costs
        ]

    @work(thread=True, exclusive=True, group="costs")
    def _find_costs(self) -> None:
        library = self.host.library
        cards = len(card_collection(library).cards)
        found = retention_costs(library, study_settings(library))
        self.app.call_from_thread(self._costs_found, found, cards)

    def _costs_found(self, found: list[Cost], cards: int) -> None:
        self._costs, self._cards = found, cards
        if self.is_mounted and self.chosen.name == "cards.retention":
            self._explain()

    async def _show_exam(self) -> None:
        """Add how the exam stands to the help; what it counts is read in a thread."""
        library = self.host.library

        def read() -> str:
            states = library.study.states()
            plan = exam_ahead(library, card_collection(library), study_settings(library), states, today(library))
            return exam_words(plan) if plan is not None else ""

        words = await to_thread(read)
        if words and self.chosen.act == "exam":
            self._show_help(f"{self.chosen.help}\n\n{words}")

    # --- changing ----------------------------------------------------------------------------------------------------

    async def _change(self, values: Mapping[str, SettingValue]) -> None:
        """Store settings, and remember the change for undo."""
        change = change_settings(self.host.library, self.chosen.title, values)
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            self._redraw()

    def _redraw(self) -> None:
        """Show every value again; the costs depend on them."""
        self._costs = []
        for at, choice in enumerate(CHOICES):
            self.rows.replace_option_prompt_at_index(at, self._row(choice).prompt)
        self._explain()

    async def action_step(self, step: int) -> None:
        """Change the value of the row."""
        value = stepped(self.chosen, value_of(self.host.library, self.chosen), step)
        if value is not None:
            await self._change({self.chosen.name: value})

    async def action_day(self, day: int) -> None:
        """Turn an easy day on or off."""
        if self.chosen.name == "cards.easy_days":
            days = toggled_day(value_of(self.host.library, self.chosen), day)
            await self._change({self.chosen.name: days})

    def action_leave(self) -> None:
        """Close the box, then the settings."""
        box = self.query_one(Input)
        if box.display:
            box.display = False
            self.rows.focus()
        else:
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    async def _opened(self) -> None:
        choice = self.chosen
        if choice.act is None:
            await self.action_step(1)
            return
        if choice.act == "spread" and self._spread is not None:
            await self._store_spread(self._spread)
            return
        if choice.act == "spread" and not count_overdue(self.host.library):
            return
        box = self.query_one(Input)
        box.placeholder = _ASKS[choice.act]
        value = value_of(self.host.library, choice)
        box.value = value if isinstance(value, str) else ""
        box.display = True
        box.focus()

    async def _store_spread(self, planned: Spread) -> None:
        if await self.host.write_succeeded(apply_spread(self.host.library, planned)):
            self._spread = None
            self._show_help(f"Done: {counted(planned.cards, 'card')} until {day_words(planned.last)}. u undoes it.")

    async def action_undo(self) -> None:
        """Undo the last change made here; on its row, the last spread, however long ago."""
        if self.chosen.act == "spread" and count_spread(self.host.library):
            await self._undo_spread()
        elif change := await self._changes.undo():
            self._redraw()
            self.host.inform(f"Undone: {change.said}.")
        else:
            self.host.inform("There is nothing to undo.")

    async def action_redo(self) -> None:
        """Do again what was undone last."""
        if change := await self._changes.redo():
            self._redraw()
            self.host.inform(f"Redone: {change.said}.")
        else:
            self.host.inform("There is nothing to redo.")

    async def _undo_spread(self) -> None:
        future = self.host.library.study.unrest()
        if await self.host.write_succeeded(future):
            self._spread = None
            self._show_help(f"Undone: {counted(future.result(), 'card')} as before.")

    @on(Input.Submitted, "#study-input")
    async def _submitted(self, message: Input.Submitted) -> None:
        try:
            await self._act(message.value)
        except SergeError as error:
            self._show_help(str(error))
            return
        message.input.display = False
        self.rows.focus()

    async def _act(self, text: str) -> None:
        library = self.host.library
        if self.chosen.act == "exam":
            day, deck = read_exam(library, text)
            await self._change({"cards.exam_deck": deck, "cards.exam_day": day})
            return
        if not text.strip().isdigit() or int(text) < 1:
            raise SergeError("Write a number, such as 10.")
        limit = study_settings(library).reviews_per_day
        if self.chosen.act == "away":
            planned = holiday(library, int(text), max(1, limit))
            self._show_help(_words_of_holiday(planned, int(text)))
            return
        self._spread = plan_spread(library, int(text))
        self._show_help(_words_of_spread(self._spread))


def _keys_of(choice: StudySetting) -> str:
    """Return the keys that can be used on a row."""
    if choice.act is not None:
        return "Enter open · j k move · u undo · Esc close"
    if choice.name == "cards.easy_days":
        return "1 to 7 Monday to Sunday · u undo · Esc close · changes are saved"
    return "← → change · j k move · u undo · Esc close · changes are saved"


def _were(number: int) -> str:
    return "1 card was" if number == 1 else f"{number} cards were"


def _words_of_spread(planned: Spread | None) -> str:
    if planned is None:
        return "Nothing is due, so there is nothing to spread."
    return (
        f"{counted(planned.cards, 'card')} until {day_words(planned.last)}, at most {planned.most} on one day. Enter"
        " spreads them; Esc or another row changes nothing."
    )


def _words_of_holiday(planned: Spread | None, days: int) -> str:
    if planned is None:
        return f"After {counted(days, 'day')} away nothing will be due."
    return (
        f"After {counted(days, 'day')} away {counted(planned.cards, 'card')} will be due. At your limit of reviews"
        f" they will be done by {day_words(planned.last)}, at most {planned.most} on one day."
    )
