"""Holidays and loads: limits, target retention with its cost, easy days, an exam, a backlog spread over days."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.errors import SergeError
from db.text import sanitise
from serge_tui.core.wording import counted
from serge_tui.host import host_of
from serge_tui.services.card_collection import box_of
from serge_tui.services.study_choices import CHOICES, Choice, change, stepped, toggled_day, value_of, words_of
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
from serge_tui.services.study_settings import study_settings, today

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.settings import SettingValue
    from serge_tui.core.study.workload import Cost
    from serge_tui.host import Host

_ASKS = {
    "exam": "chapter 4 by 12 May",
    "spread": "at most how many a day?",
    "away": "how many days away?",
}


class StudySettingsScreen(ModalScreen[None]):
    """Rows with their values: left and right change one, Enter opens one, Esc closes. Every change is kept at once."""

    CSS_PATH = "study_settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Close"),
        Binding("right,l,plus", "step(1)", "More"),
        Binding("left,h,minus", "step(-1)", "Less"),
        Binding("u,ctrl+z", "take_back", "Take a spreading back"),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        *(Binding(str(day), f"day({day - 1})", show=False) for day in range(1, 8)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._costs: list[Cost] = []
        self._spread: Spread | None = None

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return host_of(self)

    def compose(self) -> ComposeResult:
        """Rows, what the one under the cursor means, a box."""
        with Vertical(classes="dialog"):
            yield Static("How you want to be asked", classes="heading", markup=False)
            yield OptionList(id="study-rows")
            yield Static("", id="study-help", markup=False)
            yield Input(id="study-input", compact=True)
            yield Static("", id="study-keys", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Show the rows."""
        self.query_one(Input).display = False
        rows = self.query_one(OptionList)
        rows.add_options(self._row(choice) for choice in CHOICES)
        rows.highlighted = 0
        rows.focus()

    def _row(self, choice: Choice) -> Option:
        value = words_of(choice, value_of(self.host.library, choice))
        return Option(Content(choice.title.ljust(32)) + Content.styled(sanitise(value), "bold"))

    @property
    def chosen(self) -> Choice:
        """The row under the cursor."""
        return CHOICES[self.query_one(OptionList).highlighted or 0]

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
            lines += self._exam_lines()
        elif choice.act == "spread":
            due = count_overdue(self.host.library)
            lines += ["", f"{counted(due, 'card')} due just now." if due else "Nothing is due just now."]
            if spread := count_spread(self.host.library):
                lines.append(f"{_were(spread)} spread; u takes it back.")
        self._say("\n".join(lines))
        self.query_one("#study-keys", Static).update(_keys_of(choice))

    def _say(self, text: str) -> None:
        self.query_one("#study-help", Static).update(Content(sanitise(text)))

    def _cost_lines(self) -> list[str]:
        if not self._costs:
            self._reckon()
            return ["reckoning a year of it…"]
        present = study_settings(self.host.library).retention
        cards = len(box_of(self.host.library).cards)
        return [
            f"{'▸' if abs(cost.retention - present) < 0.001 else ' '} {cost.retention:>4.0%}"
            f"   {cost.minutes_a_day:4.1f} minutes a day   {cost.known:4.0f} of {cards} known"
            for cost in self._costs
        ]

    @work(thread=True, exclusive=True, group="costs")
    def _reckon(self) -> None:
        library = self.host.library
        found = retention_costs(library, study_settings(library))
        self.app.call_from_thread(self._reckoned, found)

    def _reckoned(self, found: list[Cost]) -> None:
        self._costs = found
        if self.is_mounted:
            self._explain()

    def _exam_lines(self) -> list[str]:
        library = self.host.library
        settings = study_settings(library)
        plan = exam_ahead(library, box_of(library), settings, library.study.states(), today(library))
        return ["", exam_words(plan)] if plan is not None else []

    # --- changing ----------------------------------------------------------------------------------------------------

    async def _change(self, value: SettingValue) -> None:
        if await self.host.write_succeeded(change(self.host.library, self.chosen, value)):
            if self.chosen.name == "cards.new_per_day":
                self._costs = []
            self._redraw()

    def _redraw(self) -> None:
        rows = self.query_one(OptionList)
        at = rows.highlighted or 0
        rows.replace_option_prompt_at_index(at, self._row(CHOICES[at]).prompt)
        self._explain()

    async def action_step(self, step: int) -> None:
        """Change the value of the row."""
        value = stepped(self.chosen, value_of(self.host.library, self.chosen), step)
        if value is not None:
            await self._change(value)

    async def action_day(self, day: int) -> None:
        """Turn an easy day on or off."""
        if self.chosen.name == "cards.easy_days":
            await self._change(toggled_day(value_of(self.host.library, self.chosen), day))

    def action_move(self, step: int) -> None:
        """Move among the rows."""
        rows = self.query_one(OptionList)
        if step > 0:
            rows.action_cursor_down()
        else:
            rows.action_cursor_up()

    def action_leave(self) -> None:
        """Close the box, then the whole."""
        box = self.query_one(Input)
        if box.display:
            box.display = False
            self.query_one(OptionList).focus()
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
            self._say(f"Done: {counted(planned.cards, 'card')} until {day_words(planned.last)}. u takes it back.")

    async def action_take_back(self) -> None:
        """Take back what was spread last."""
        if self.chosen.act != "spread" or not count_spread(self.host.library):
            return
        future = self.host.library.study.unrest()
        if await self.host.write_succeeded(future):
            self._spread = None
            self._say(f"Taken back: {counted(future.result(), 'card')} as before.")

    @on(Input.Submitted, "#study-input")
    async def _submitted(self, message: Input.Submitted) -> None:
        try:
            await self._act(message.value)
        except SergeError as error:
            self._say(str(error))
            return
        message.input.display = False
        self.query_one(OptionList).focus()

    async def _act(self, text: str) -> None:
        library = self.host.library
        if self.chosen.act == "exam":
            day, deck = read_exam(library, text)
            await self.host.write_succeeded(library.settings.set("cards.exam_deck", deck))
            if await self.host.write_succeeded(library.settings.set("cards.exam_day", day)):
                self._redraw()
            return
        if not text.strip().isdigit() or int(text) < 1:
            raise SergeError("Write a number, such as 10.")
        limit = study_settings(library).reviews_per_day
        if self.chosen.act == "away":
            planned = holiday(library, int(text), max(1, limit))
            self._say(_words_of_holiday(planned, int(text)))
            return
        self._spread = plan_spread(library, int(text))
        self._say(_words_of_spread(self._spread))


def _keys_of(choice: Choice) -> str:
    """The keys that do something in a row."""
    if choice.act is not None:
        return "Enter opens · j k move · Esc closes"
    if choice.name == "cards.easy_days":
        return "1 to 7: Monday to Sunday, on or off · Esc closes; kept at once"
    return "← → change · j k move · Esc closes; kept at once"


def _were(number: int) -> str:
    return "1 card was" if number == 1 else f"{number} cards were"


def _words_of_spread(planned: Spread | None) -> str:
    if planned is None:
        return "Nothing is due, so there is nothing to spread."
    return (
        f"{counted(planned.cards, 'card')} until {day_words(planned.last)}, at most {planned.most} on one day. Enter"
        " does it; Esc or another row leaves things as they are."
    )


def _words_of_holiday(planned: Spread | None, days: int) -> str:
    if planned is None:
        return f"After {counted(days, 'day')} away nothing would be waiting."
    return (
        f"After {counted(days, 'day')} away {counted(planned.cards, 'card')} would be waiting. At your limit of reviews"
        f" they would be done by {day_words(planned.last)}, at most {planned.most} on one day. Go with a light heart."
    )
