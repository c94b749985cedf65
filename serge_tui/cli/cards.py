"""`serge cards`: open the cards, or ask them line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from serge_tui.cli.completion import complete_deck

if TYPE_CHECKING:
    from pathlib import Path


@click.command("cards", short_help="Open the cards, or ask them line by line.")
@click.option("--plain", is_flag=True, help="Ask line by line instead of opening the app; answers are stored.")
@click.option(
    "--deck", default="", metavar="NAME", help="With --plain: only this deck, such as `chapter 4` or `portraits`.",
    shell_complete=complete_deck,
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), metavar="N", help="With --plain: stop after N answers.")
@click.pass_obj
def cards_command(path: Path, plain: bool, deck: str, limit: int | None) -> None:
    """Open the cards, or ask the due and new ones line by line, for screen readers and simple terminals.

    With --plain, Enter shows the answer and a number grades it; an answer that you type is graded for you. h gives a
    hint, u undoes the last answer, q ends. Every answer is stored at once, as in the app.

    \b
    Examples:
      serge cards
      serge cards --plain
      serge cards --plain --deck "chapter 4" --limit 10
    """
    if plain:
        from serge_tui.cli.common import open_library
        from serge_tui.cli.plain_cards import PlainCards
        from serge_tui.services.decks import deck_named

        with open_library(path) as library:
            PlainCards(library, deck_named(library, deck) if deck else None, limit).run()
        return
    if deck or limit is not None:
        raise SergeError("--deck and --limit are for --plain: give that too, or choose the deck with d in Cards.")
    from serge_tui.cli.open_app import open_app
    from serge_tui.navigation import ShowMode

    open_app(path, ShowMode("cards"))
