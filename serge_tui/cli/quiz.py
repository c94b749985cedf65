"""`serge quiz`: a round in the terminal, or a sheet for a reading group."""

from __future__ import annotations

from dataclasses import asdict, replace
from random import randrange
from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, say, say_json, say_status
from serge_tui.cli.completion import complete_deck
from serge_tui.core.study.quiz.registry import QUESTION_KINDS

if TYPE_CHECKING:
    from pathlib import Path


@click.command("quiz", short_help="Open the quiz, or print a sheet of questions.")
@click.option("--print", "count", type=click.IntRange(1, 500), metavar="N", help="Print a sheet of N questions.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "json"]),
    default="md",
    show_default=True,
    help="Format of the sheet.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--plain", is_flag=True, help="Ask a round line by line instead of opening the app.")
@click.option("--seed", type=click.IntRange(0), help="The same number gives the same questions again.")
@click.option(
    "--deck",
    default="",
    metavar="NAME",
    help="Only this deck: `chapter 4`, `portraits`, `chapter:4 person:lenin`; all cards if left out.",
    shell_complete=complete_deck,
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(QUESTION_KINDS),
    multiple=True,
    help="Only this kind of question; a sheet may have several.",
)
@click.option("--fates", is_flag=True, help="Let a sheet tell how lives ended, even if that is hidden in the app.")
@click.pass_obj
def quiz_command(
    path: Path, count: int | None, form: str, as_json: bool, plain: bool, seed: int | None, deck: str,
    kinds: tuple[str, ...],    *, fates: bool,
) -> None:  # fmt: skip
    """Open the quiz, ask a round line by line, or print a sheet of questions with the answers on a separate page.

    With --seed, the same round can be played again. If ends are hidden in the app, a sheet asks who was still alive
    only with --kind alive, and leaves out events that tell how a life ended; --fates includes both.

    \b
    Examples:
      serge quiz
      serge quiz --deck "chapter 4" --seed 7
      serge quiz --plain --kind portrait
      serge quiz --print 20 --seed 7 > sheet.md
      serge quiz --print 20 --format html > sheet.html
      serge quiz --print 10 --deck "chapter 4" --kind who --kind portrait
    """
    if as_json and count is None:
        raise SergeError("--json is for a sheet: say how many questions with --print N.")
    if plain and count is not None:
        raise SergeError("--plain asks a round, --print prints a sheet; leave one of them out.")
    if count is None:
        if len(kinds) > 1:
            raise SergeError(
                "a round asks one kind of question or all: give --kind once, or print a sheet with --print."
            )
        if plain:
            from serge_tui.cli.plain_quiz import play_plainly
            from serge_tui.services.decks import deck_named

            with open_library(path) as library:
                play_plainly(library, deck_named(library, deck), kinds[0] if kinds else None, _seed(seed))
            return
        from serge_tui.cli.open_app import open_app
        from serge_tui.navigation import BeginRound

        open_app(path, BeginRound(deck, kinds[0] if kinds else "", seed))
        return
    from serge_tui.core.study.quiz.quizmaster import Quizmaster
    from serge_tui.core.study.quiz.sheet import OPTIONS, html_sheet, markdown_sheet
    from serge_tui.services.confusions import finder_of
    from serge_tui.services.decks import deck_named
    from serge_tui.services.quiz_rounds import kinds_allowed, quiz_material

    seed = _seed(seed)
    with open_library(path) as library:
        chosen = deck_named(library, deck)
        hidden = False if fates else None
        material = quiz_material(library, chosen, finder_of(library), hidden=hidden)
        allowed = kinds or kinds_allowed(library, chosen, hidden=hidden)
    # A sheet is for a group: what this reader knows or confuses makes no difference.
    questions = Quizmaster(replace(material, states={}, confusions=(), options=OPTIONS)).questions(count, seed, allowed)
    if len(questions) < count:
        say_status(f"This deck has only {len(questions)} such questions.")
    about = f"“{chosen.name}”" if deck else ""
    if as_json or form == "json":
        say_json({"seed": seed, "deck": chosen.name, "questions": [asdict(question) for question in questions]})
    else:
        say((html_sheet if form == "html" else markdown_sheet)(questions, seed, about))


def _seed(given: int | None) -> int:
    return randrange(100_000) if given is None else given  # noqa: S311  a quiz, not a secret
