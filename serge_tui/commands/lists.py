"""The commands of what several screens share: lists of rows, pages with links, Find anything, the form of a figure."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

_LIST: Final = "In a list"
_PAGE: Final = "On a page"
_FIND: Final = "Find anything"
_FORM: Final = "The form"

ROWS: Final = (
    Command("list.down", "down,j", "Down", "move(1)", "To the next row.", _LIST, palette=False),
    Command("list.up", "up,k", "Up", "move(-1)", "To the previous row.", _LIST, palette=False),
    Command("list.page-down", "pagedown,ctrl+f,space", "Page down", "page(1)", "On by a window.", _LIST,
            palette=False),
    Command("list.page-up", "pageup,ctrl+b", "Page up", "page(-1)", "Back by a window.", _LIST, palette=False),
    Command("list.first", "home", "First", "first", "To the first row.", _LIST, palette=False),
    Command("list.last", "end,G", "Last", "last", "To the last row.", _LIST, palette=False),
    Command("list.choose", "enter", "Choose", "choose", "Choose the row under the cursor.", _LIST, palette=False),
)  # fmt: skip
"""Keys of every list of rows."""


PAGE: Final = (
    Command("page.down", "down,j", "Down", "step(1)", "To the next link in sight, else a line down.", _PAGE,
            palette=False),
    Command("page.up", "up,k", "Up", "step(-1)", "To the previous link in sight, else a line up.", _PAGE,
            palette=False),
    Command("page.page-down", "pagedown,space,ctrl+f", "Page down", "page(1)", "On by a window.", _PAGE,
            palette=False),
    Command("page.page-up", "pageup,ctrl+b", "Page up", "page(-1)", "Back by a window.", _PAGE, palette=False),
    Command("page.half-page-down", "ctrl+d", "Half a page down", "half_page(1)", "On by half a window.", _PAGE,
            palette=False),
    Command("page.half-page-up", "ctrl+u", "Half a page up", "half_page(-1)", "Back by half a window.", _PAGE,
            palette=False),
    Command("page.top", "home", "Top", "top", "To the first line.", _PAGE, palette=False),
    Command("page.bottom", "end,G", "Bottom", "bottom", "To the last line.", _PAGE, palette=False),
    Command("page.follow", "enter", "Follow", "follow", "Go where the line under the cursor leads.", _PAGE,
            palette=False),
)  # fmt: skip
"""Keys of every page with links."""


FIND: Final = (
    Command("find.back", "escape,ctrl+o", "Back", "dismiss", "Close Find anything.", _FIND, palette=False),
    Command("find.down", "down,ctrl+n", "Down", "list('move', 1)", "To the next answer.", _FIND, palette=False),
    Command("find.up", "up", "Up", "list('move', -1)", "To the previous answer.", _FIND, palette=False),
    Command("find.page-down", "pagedown", "Page down", "list('page', 1)", "On by a window.", _FIND, palette=False),
    Command("find.page-up", "pageup", "Page up", "list('page', -1)", "Back by a window.", _FIND, palette=False),
    Command("find.next-kind", "tab", "Next kind", "kind(1)", "Show answers of one kind only, then of the next.", _FIND,
            palette=False),
    Command("find.previous-kind", "shift+tab", "Previous kind", "kind(-1)", "The other way round.", _FIND,
            palette=False),
    Command("find.forget", "shift+delete", "Forget a search", "forget", "Remove the search under the cursor.", _FIND,
            palette=False, on_sight=True),
)  # fmt: skip


FIGURE_FORM: Final = (
    Command("form.save", "ctrl+s", "Save", "save", "Save what was changed.", _FORM, palette=False),
    Command("form.cancel", "escape", "Cancel", "cancel", "Leave without saving; asks first if anything was changed.",
            _FORM, palette=False),
    Command("form.next", "down,tab", "Next field", "step(1)", "To the next field.", _FORM, palette=False),
    Command("form.previous", "up,shift+tab", "Previous field", "step(-1)", "To the previous field.", _FORM,
            palette=False),
)  # fmt: skip
"""Keys of the form that corrects or adds a figure."""


def saved_filter_keys(mode: str) -> tuple[Command, ...]:
    """Return the commands of the number keys 2 to 9 for saved filters; a mode lists 1 and 0 itself."""
    return tuple(
        Command(f"{mode}.kept-{key}", key, f"Saved filter {key}", f"filters.use('{key}')",
                f"Bring back the filter saved under {key}.", "Saved filters", palette=False)
        for key in "23456789"
    )  # fmt: skip
