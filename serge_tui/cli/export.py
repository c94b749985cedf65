"""`serge export`: the reader's own data, in formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, say_aside, say_status, write_out
from serge_tui.cli.completion import complete_deck
from serge_tui.cli.export_corrections import export_candidates, export_corrections
from serge_tui.cli.export_found import export_found
from serge_tui.cli.export_notes import export_notes
from serge_tui.cli.export_vault import export_dossier, export_vault
from serge_tui.cli.output_form import form_of, json_option
from serge_tui.core.wording import counted
from serge_tui.output import json_text

CARD_FORMS: Final = ("text", "apkg", "json")
REVIEW_FORMS: Final = ("csv", "json")


@click.group("export")
def export_group() -> None:
    """Export notes, cards, answers and corrections."""


for command in (
    export_notes, export_vault, export_dossier, export_candidates, export_corrections, export_found,
):  # fmt: skip
    export_group.add_command(command)


@export_group.command("cards")
@click.option(
    "--format", "asked", type=click.Choice(CARD_FORMS),
    help="text for Anki's Import file; apkg, a package, needs the extra `anki`. If left out: by the suffix, else text.",
)  # fmt: skip
@json_option
@click.option(
    "--deck",
    default="",
    metavar="NAME",
    help="Only cards of this deck: `chapter 4`, `chapter:4 kind:portrait -flagged`; all cards if left out.",
    shell_complete=complete_deck,
)
@click.option(
    "--note-type", default="Basic", show_default=True,
    help="Name of the basic note type in your Anki (it is translated); or Serge, if you have imported a package.",
)  # fmt: skip
@click.option(
    "--with-my-copy", is_flag=True,
    help="Include cards on words of your own copy of a book, for your own study: they are not ours to pass on.",
)  # fmt: skip
@click.option("--fates", is_flag=True, help="Include cards on how lives ended, even if that is hidden in the app.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if left out."
)
@click.pass_obj
def export_cards(
    path: Path,
    asked: str | None,
    as_json: bool,
    deck: str,
    note_type: str,
    output: Path | None,
    *,
    fates: bool,
    with_my_copy: bool,
) -> None:
    """Export the cards for Anki. Importing a later export updates them and keeps Anki's schedule.

    \b
    Examples:
      serge export cards -o serge.txt
      serge export cards --deck "chapter 4" -o chapter-4.txt
      serge export cards -o serge.apkg
    """
    from dataclasses import asdict, replace

    from serge_tui.core.study.anki import text_export, write_apkg
    from serge_tui.services.card_collection import card_collection
    from serge_tui.services.decks import deck_cards, deck_named
    from serge_tui.services.found_cards import own_copy
    from serge_tui.services.study_settings import today

    form = form_of(asked, output, CARD_FORMS, "text", as_json=as_json)
    if form == "apkg" and output is None:
        raise SergeError("a package must be written to a file: name it with -o serge.apkg.")
    with open_library(path) as library:
        collection, chosen = card_collection(library), deck_named(library, deck)
        hidden = False if fates else None
        cards = deck_cards(library, collection, chosen, library.study.states(), today(library), hidden=hidden)
        tags = library.card_tags.by_card()
    if not with_my_copy:
        left_out = sum(bool(card.found) for card in cards)
        cards = [card for card in cards if not card.found]
        if left_out:
            say_aside(f"{counted(left_out, 'card')} from your own copy left out; --with-my-copy includes them.")
    cards = [replace(card, reference=own_copy(card.reference)) if card.found else card for card in cards]
    if form == "apkg" and output is not None:
        number = write_apkg(cards, output, tags=tags)
        say_status(f"{counted(number, 'card')} written to {output}.")
    elif form == "json":
        write_out(
            json_text([asdict(card) | {"tags": tags.get(card.key, ())} for card in cards], indent=1) + "\n", output
        )
    else:
        write_out(text_export(cards, note_type=note_type, tags=tags), output)


@export_group.command("reviews")
@click.option("--format", "asked", type=click.Choice(REVIEW_FORMS), help="If left out: by the suffix, else csv.")
@json_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if left out."
)
@click.pass_obj
def export_reviews(path: Path, asked: str | None, as_json: bool, output: Path | None) -> None:
    """Export every answer that was not undone, oldest first.

    \b
    Examples:
      serge export reviews > reviews.csv
      serge export reviews -o reviews.json
    """
    from serge_tui.core.study.review_log import to_csv, to_json

    form = form_of(asked, output, REVIEW_FORMS, "csv", as_json=as_json)
    with open_library(path) as library:
        log = list(library.study.log())
    if not log:
        say_aside("no card has been answered yet; `g c` in Serge opens the cards.")
    write_out(to_csv(log) if form == "csv" else to_json(log), output)
