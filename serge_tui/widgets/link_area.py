"""A text area that offers links to complete after `[[`, and suggesters for tags and filter terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Static, TextArea

from db.text import fold, sanitise_line
from serge_tui.handlers import on
from serge_tui.services.note_links import LinkChoice, begun, completions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events


class LinkArea(TextArea):
    """While links are offered, Down and Up choose, Enter or Tab inserts, Esc closes; all other keys type."""

    @dataclass
    class Offered(Message):
        """The links offered now (empty to close the offer), and which one is chosen."""

        choices: Sequence[LinkChoice]
        chosen: int

    def __init__(self, text: str, choices: Callable[[], Sequence[LinkChoice]], *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus")
        self._choices = choices
        self._offered: list[LinkChoice] = []
        self._chosen = 0

    def on_key(self, event: events.Key) -> None:
        """Handle the keys of the offer."""
        if not self._offered or event.key not in ("down", "up", "enter", "tab", "escape"):
            return
        event.prevent_default()
        event.stop()
        match event.key:
            case "down" | "up":
                step = 1 if event.key == "down" else -1
                self._chosen = (self._chosen + step) % len(self._offered)
                self.post_message(self.Offered(self._offered, self._chosen))
            case "escape":
                self._offer([])
            case _:
                self._take(self._offered[self._chosen])

    @on(TextArea.Changed)
    def _look(self) -> None:
        row, column = self.cursor_location
        typed = begun(self.document.get_line(row)[:column])
        self._offer([] if typed is None else completions(typed, self._choices()))

    def _offer(self, choices: list[LinkChoice]) -> None:
        if choices or self._offered:
            self._offered, self._chosen = choices, 0
            self.post_message(self.Offered(choices, 0))

    def _take(self, choice: LinkChoice) -> None:
        row, column = self.cursor_location
        line = self.document.get_line(row)
        typed = begun(line[:column]) or ""
        end = column + 2 if line[column : column + 2] == "]]" else column
        self.replace(f"{choice.written}]]", (row, column - len(typed)), (row, end))


class LinkOffer(Static):
    """The links offered, the chosen one highlighted."""

    def show(self, choices: Sequence[LinkChoice], chosen: int) -> None:
        """Show choices; hide if there are none."""
        self.display = bool(choices)
        lines = [
            Content.assemble(
                (f" {sanitise_line(choice.written)} ", "bold $primary" if number == chosen else ""),
                (f" {sanitise_line(choice.name)}", "$muted"),
            ).truncate(70, ellipsis=True)
            for number, choice in enumerate(choices)
        ]
        self.update(Content("\n").join(lines))


class TermSuggester(Suggester):
    """Completes the last term in a filter box: `#do` to `#doubt`, `is:o` to `is:orphan`."""

    def __init__(self, terms: Sequence[str] = ()) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.terms = terms

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text with the last term completed by the first that fits, or None."""
        last = value.rpartition(" ")[2].removeprefix("-")
        fitting = (term for term in self.terms if fold(term).startswith(fold(last)) and len(term) > len(last))
        found = next(fitting, None) if last else None
        return value + found[len(last) :] if found else None


class TagSuggester(Suggester):
    """Completes the last tag in a box of tags."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text with the last tag completed by the most used that fits, or None."""
        head, space, last = value.rpartition(" ")
        word = fold(last.lstrip("#"))
        if not word:
            return None
        found = next((tag for tag in self._tags if fold(tag).startswith(word) and len(tag) > len(word)), None)
        sign = "#" if last.startswith("#") else ""
        return f"{head}{space}{sign}{last.lstrip('#')}{found[len(word) :]}" if found else None
