"""Shell completions: people, editions, chapters and decks from the reader's database.

A shell waits for each completion, so nothing is built, upgraded or changed here, and nothing is ever printed: where the
database is missing, older, newer or damaged there is nothing to complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from db.library import Library


def complete_person(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the key of a person; the name is shown beside it where the shell shows such things."""
    return _complete(context, begun, lambda library: ((name.key, name.name) for name in library.figures.names()))


def complete_edition(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the key of an edition."""
    return _complete(
        context, begun, lambda library: ((edition.key, edition.title) for edition in library.texts.editions())
    )


def complete_chapter(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the number of a chapter of the Memoirs."""
    return _complete(
        context,
        begun,
        lambda library: ((str(chapter.number), chapter.title) for chapter in library.chronicle.chapters()),
    )


def complete_deck(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the name of a deck: one that ships, a saved one, a chapter."""

    def decks(library: Library) -> Iterable[tuple[str, str]]:
        from serge_tui.core.study.deck import DECKS
        from serge_tui.services.decks import saved_decks

        yield from ((deck.name, "") for deck in (*DECKS, *saved_decks(library)))
        yield from ((f"chapter {chapter.number}", chapter.title) for chapter in library.chronicle.chapters())

    return _complete(context, begun, decks)


def complete_template(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the name of a ready template, or a file."""
    from serge_tui.core.export.template import READY

    ready = [CompletionItem(name, help=purpose) for name, (_, purpose) in READY.items() if name.startswith(begun)]
    return ready or [CompletionItem(begun, type="file")]


def _complete(
    context: click.Context, begun: str, offer: Callable[[Library], Iterable[tuple[str, str]]]
) -> list[CompletionItem]:
    from sqlite3 import DatabaseError

    from db.connection import holds_pack, is_ready
    from db.errors import SergeError
    from db.library import Library
    from serge_tui.paths import database_path

    try:
        path = database_path(context.find_root().params.get("database"))
        if not is_ready(path) or not holds_pack(path):
            return []
        with Library.open(path) as library:
            return [
                CompletionItem(sanitise_line(value), help=sanitise_line(told) or None)
                for value, told in offer(library)
                if value.lower().startswith(begun.lower())
            ]
    except (SergeError, DatabaseError, OSError):
        return []
