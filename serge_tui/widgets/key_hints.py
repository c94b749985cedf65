"""Keys with their words, such as `Enter choose · Esc cancel`; a click on one presses the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from serge_tui.commands import character_of, key_label, key_of_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.visual import VisualType
    from textual.widget import Widget

    from serge_tui.commands import Command

BETWEEN: Final = " · "
_KEY: Final = "key"
"""Name of what a stretch of a line carries: the key that a click on it presses."""


def hints(text: str) -> Content:
    """Return lines of keys and words with their keys lit, ready to be clicked.

    Args:
        text: `Ctrl+S save · Esc cancel`: a part may begin with several signs, as in `← → change`. A part that begins
            with no key stays as it is.
    """
    lines = (Content.styled(BETWEEN, "$muted").join(map(_part, line.split(BETWEEN))) for line in text.split("\n"))
    return Content("\n").join(lines)


def broken(text: str, width: int) -> str:
    """Return lines of hints broken between hints, so that none is wider than `width` cells; 0 breaks nothing."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append("")
        for part in line.split(BETWEEN):
            longer = f"{lines[-1]}{BETWEEN}{part}" if lines[-1] else part
            if lines[-1] and 0 < width < len(longer):
                lines.append(part)
            else:
                lines[-1] = longer
    return "\n".join(lines)


def hints_of(commands: Iterable[Command], keymap: Mapping[str, str], first: str = "") -> str:
    """Return the text for `hints` of all commands with a footer word, each with its first key; `first` goes before."""
    words = (
        f"{key_label(keys[0])} {one.footer}" for one in commands if one.footer and (keys := one.alternatives(keymap))
    )
    return BETWEEN.join([first, *words] if first else words)


def _part(text: str) -> Content:
    """One key, or several signs, and its words; the words belong to the last key."""
    drawn, key = Content(""), None
    words = text.split(" ")
    while words and (known := key_of_label(words[0])) and (key is None or not words[0].isalnum()):
        key = known
        drawn += _pressing(Content.styled(words.pop(0), "bold $primary") + Content(" " if words else ""), key)
    rest = Content.styled(" ".join(words), "$muted")
    return drawn + (_pressing(rest, key) if key is not None else rest)


def _pressing(words: Content, key: str) -> Content:
    return words.stylize(Style.from_meta({_KEY: key}))


def clicked_key(event: events.Click) -> str | None:
    """Return the key whose hint was clicked; None if none was."""
    key = event.style.meta.get(_KEY)
    return key if isinstance(key, str) else None


def press(widget: Widget, keys: str) -> None:
    """Press keys, one after another, as if at the keyboard: `g t` is two."""
    for key in keys.split(" "):
        widget.app.post_message(events.Key(key, character_of(key)))


class KeyHints(Static):
    """A line of keys under a dialog. What it is given as text is read as hints; anything else is shown as it is."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyHints { height: auto; color: $muted; }"

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(hints(text), id=id, markup=False)
        self._text: str | None = text
        self._lines = text

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show other hints."""
        self._text = content if isinstance(content, str) else None
        if self._text is None:
            super().update(content, layout=layout)
        else:
            self._lines = broken(self._text, self.content_size.width)
            super().update(hints(self._lines), layout=layout)

    def on_resize(self) -> None:
        """Break the line between hints, never within one."""
        if self._text is not None and broken(self._text, self.content_size.width) != self._lines:
            self.update(self._text)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        if (key := clicked_key(event)) is not None:
            event.stop()
            press(self, key)
