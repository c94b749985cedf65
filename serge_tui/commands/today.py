"""The commands of Today."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

TODAY: Final = (
    Command("today.down", "j", "Down", "rows.move(1)", "To the next line.", "Today", palette=False),
    Command("today.up", "k", "Up", "rows.move(-1)", "To the previous line.", "Today", palette=False),
    Command("today.portrait", "p", "Who is this", "portrait", "Open the person of today's portrait.",
            "Today", footer="who is this", rank=2),
    Command("today.get-book", "w", "Where to get the text", "get_book", "Free, borrowed or bought.",
            "Today"),
    Command("today.page", "o", "I'm on page …", "paper.ask_page",
            "For readers on paper: the page of the print you are on; 0 stops it.", "Today",
            footer="page in print", rank=3),
    Command("today.look-for-portraits", "", "Find its portraits", "look_for_portraits",
            "Look for pen portraits and sayings in your texts in which none were looked for yet.", "Today"),
    Command("today.next-page", "n", "Next page in print", "paper.turn(1)", "You are one page further on paper.",
            "Today"),
    Command("today.last-page", "N", "Previous page in print", "paper.turn(-1)", "You are one page back on paper.",
            "Today"),
)  # fmt: skip
