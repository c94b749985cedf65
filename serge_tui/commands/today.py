"""The commands of Today."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

TODAY: Final = (
    Command("today.portrait", "p", "Who is this", "portrait", "Open the person of today's portrait.",
            "Today", footer="who is this", rank=2),
)  # fmt: skip
