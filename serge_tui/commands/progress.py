"""The commands of Progress."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

PROGRESS: Final = (
    Command("progress.next-heading", "n,right_square_bracket right_square_bracket", "Next part", "heading(1)",
            "Down to the next part.", "Progress", footer="next part", rank=3),
    Command("progress.last-heading", "N,left_square_bracket left_square_bracket", "Part before", "heading(-1)",
            "Up to the previous part.", "Progress"),
    Command("progress.side", "right,l", "To the page beside", "side",
            "Reading, the calendar and what is hard: beside what you know in a wide window.", "Progress"),
    Command("progress.main", "left,h", "Back to what you know", "main", "From the page beside to the first one.",
            "Progress"),
    Command("progress.top", "g g", "To the top", "top", "The first line of the page.", "Progress"),
)  # fmt: skip
