"""The commands of Quiz."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

QUIZ: Final = (
    Command("quiz.go-on", "space", "Go on", "play.go_on", "Begins a round; after an answer, the next question.",
            "Quiz", footer="go on", rank=1),
    *(
        Command(f"quiz.choose-{number}", str(number), f"Option {number}", f"play.choose({number - 1})",
                "Answers with this option.", "Quiz", palette=False, on_sight=True)
        for number in range(1, 6)
    ),
    Command("quiz.unknown", "0", "I don't know", "play.choose(-1)", "An honest answer too.", "Quiz",
            footer="don’t know", rank=2, on_sight=True),
    Command("quiz.open", "enter", "Open the passage", "play.open",
            "After an answer: the words in their place; for a question of dates the event in Years.", "Quiz",
            footer="passage", rank=2),
    Command("quiz.send", "s", "Send the misses to the cards", "play.send", "They come up first in Cards.", "Quiz",
            footer="to the cards", rank=2),
    Command("quiz.again", "n", "Another round", "play.again", "Ten other questions.", "Quiz", footer="another", rank=1),
    Command("quiz.deck", "d", "Choose a deck", "plan.deck", "What the questions are about.", "Quiz", footer="deck",
            rank=3),
    Command("quiz.kind", "m", "Choose the kind", "plan.kind", "A mix, or one kind of question.", "Quiz", footer="kind",
            rank=3),
    Command("quiz.typed", "i", "Type the names", "plan.typed", "Or choose from a list.", "Quiz", footer="type", rank=4),
    Command("quiz.duel", "p", "Alone or a duel", "plan.duel", "Two readers at one keyboard, in turn.", "Quiz",
            footer="duel", rank=5),
    Command("quiz.stop", "z", "Stop this round", "play.stop", "End the round and go back to choosing one.", "Quiz",
            footer="stop", rank=6),
)  # fmt: skip
