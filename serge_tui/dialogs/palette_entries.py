"""What the command palette offers: commands of every mode, settings, chapters, people, editions, decks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from db.text import fold, sanitise_line
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.modes import MODE_ENTRIES, MODE_GROUP
from serge_tui.commands.registry import commands_by_place
from serge_tui.navigation import Mode, ReadAt, ShowDeck, ShowFigure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from db.library import Library
    from serge_tui.commands import Command
    from serge_tui.core.name_finder.match import Match

RECENT: Final = "palette.recent"
"""Setting: what was run last from the palette, newest first, by the entries' ids."""
MOST_RECENT: Final = 8
PEOPLE_FROM: Final = 70.0
"""Points from which on somebody is named by what was typed."""
_OF_BOOKS: Final = 0.75
"""How much a word within the title of a chapter, text or deck counts: a command that means it comes first."""
_WORDS: Final = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class SettingAt:
    """A row of Settings, by its name."""

    row: str


@dataclass(frozen=True, slots=True)
class CommandIn:
    """A command, and the mode it belongs to; no mode for one that runs where one is."""

    command: Command
    mode: Mode | None = None


Target: TypeAlias = CommandIn | SettingAt | ReadAt | ShowFigure | ShowDeck


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line of the palette: a title, where it belongs, a sentence, other words, its keys, and what it leads to.

    `id` is what the list of recent entries stores.
    """

    id: str
    title: str
    place: str
    help: str
    target: Target
    synonyms: str = ""
    keys: str = ""

    @property
    def detail(self) -> str:
        """The second line: where it belongs, what it does, its keys."""
        keys = f"({self.keys})" if self.keys else ""
        return " ".join(part for part in (f"{self.place} ·" if self.place else "", self.help, keys) if part)


# --- what there is ---------------------------------------------------------------------------------------------------


def command_entries(here: Sequence[Command], mode: Mode | None, keymap: dict[str, str]) -> list[PaletteEntry]:
    """Return the commands of the open mode, those that work everywhere, then those of the other modes."""
    entries = {command.id: _command(command, None, "", keymap) for command in here if command.palette}
    everywhere = {command.id for command in EVERYWHERE}
    places = commands_by_place()
    for entry in MODE_ENTRIES:
        for command in places[f"in {entry.title}"]:
            if command.palette and entry.mode != mode and command.id not in everywhere:
                entries.setdefault(command.id, _command(command, entry.mode, f"in {entry.title}", keymap))
    return list(entries.values())


def _command(command: Command, mode: Mode | None, place: str, keymap: dict[str, str]) -> PaletteEntry:
    return PaletteEntry(
        f"command:{command.id}", command.title, place, command.help, CommandIn(command, mode),
        f"{command.synonyms} {command.group}", command.label(keymap),
    )  # fmt: skip


def runs_here(entry: PaletteEntry) -> bool:
    """Return whether an entry is a command of the open screen."""
    return isinstance(entry.target, CommandIn) and entry.target.mode is None


def runs_everywhere(entry: PaletteEntry) -> bool:
    """Return whether an entry is a command that every mode has, such as Settings; not one that only moves."""
    return (
        isinstance(entry.target, CommandIn)
        and entry.target.command in EVERYWHERE
        and (entry.target.command.group != "Moving")
    )


def library_entries(library: Library) -> list[PaletteEntry]:
    """Return settings, editions, chapters of each edition and decks; reads the database."""
    from db.models import Place
    from serge_tui.core.study.deck import DECKS, of_chapter
    from serge_tui.services.decks import FLAGGED, saved_decks
    from serge_tui.services.locators import beginning
    from serge_tui.services.setting_rows import ROWS

    entries = [
        PaletteEntry(f"setting:{row.name}", row.title, f"Settings, {row.section}", row.help, SettingAt(row.name),
                     f"{row.synonyms} setting {row.section}")
        for row in ROWS
    ]  # fmt: skip
    for edition in library.texts.editions():
        position = library.texts.position(edition.key)
        place = position.place if position is not None else beginning(library, edition.key)
        entries.append(
            PaletteEntry(f"edition:{edition.key}", edition.title, "Edition", "Read it where you left it.",
                         ReadAt(place), f"edition book text read {edition.author}")
        )  # fmt: skip
        entries += [
            PaletteEntry(f"chapter:{edition.key}:{chapter.ordinal}", chapter.title, "Chapter", edition.title,
                         ReadAt(Place(edition.key, chapter.first_passage, 0)),
                         f"chapter {chapter.canonical or ''}")
            for chapter in library.texts.chapters(edition.key)
        ]  # fmt: skip
    decks = [(deck, "Cards of this deck.") for deck in (*DECKS, FLAGGED, *saved_decks(library))]
    decks += [(of_chapter(chapter.number), chapter.title) for chapter in library.chronicle.chapters()]
    return entries + [
        PaletteEntry(f"deck:{deck.name}", deck.name, "Deck", about, ShowDeck(deck.name), "deck cards study learn")
        for deck, about in decks
    ]


def people_entries(matches: Iterable[Match], lines: dict[str, str]) -> list[tuple[float, PaletteEntry]]:
    """Return people named by what was typed, each with how well they are."""
    return [
        (0.75 * match.score / 100, person_entry(match.figure, match.name, lines.get(match.figure, "")))
        for match in matches
        if match.score >= PEOPLE_FROM
    ]


def person_entry(key: str, name: str, line: str) -> PaletteEntry:
    """Return the entry of a person."""
    return PaletteEntry(f"figure:{key}", name, "Person", line, ShowFigure(key))


# --- matching --------------------------------------------------------------------------------------------------------


def score(entry: PaletteEntry, query: str) -> float:
    """Return how well an entry answers to the words typed, 0 to 1: title before synonyms before its sentence.

    Every word must be found; 0 where one is not.
    """
    typed = _words(query)
    if not typed:
        return 0.0
    title, synonyms = _words(entry.title), _words(entry.synonyms)
    others = _words(f"{entry.help} {entry.place} {entry.keys}")
    points = [max(_best(word, title, 1.0, 0.9), _best(word, synonyms, 0.85, 0.8), _best(word, others, 0.5, 0.45),
                  0.7 if len(word) > 2 and word in fold(entry.title) else 0.0) for word in typed]  # fmt: skip
    if not all(points):
        return 0.0
    name, words = fold(entry.title), " ".join(typed)
    closer = 0.05 if name == words else 0.02 if name.startswith(words) else 0.0
    if isinstance(entry.target, SettingAt):
        closer += 0.01  # the setting itself, before the command that opens a page of them
    elif isinstance(entry.target, CommandIn) and entry.target.command.group == MODE_GROUP:
        closer += 0.015
    share = 0.95 if isinstance(entry.target, CommandIn | SettingAt) or closer else _OF_BOOKS
    return sum(points) / len(points) * share + closer


def _best(typed: str, words: Sequence[str], same: float, begins: float) -> float:
    return same if typed in words else begins if any(word.startswith(typed) for word in words) else 0.0


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold(text))


def lit(title: str, query: str) -> list[tuple[int, int]]:
    """Return the stretches of a title that begin words like those typed."""
    typed = tuple(query.casefold().split())
    return [
        (match.start(), min(match.end(), match.start() + len(word)))
        for match in _WORDS.finditer(title)
        for word in typed
        if match.group().casefold().startswith(word)
    ]


# --- recent ----------------------------------------------------------------------------------------------------------


def recent(library: Library) -> list[str]:
    """Return the ids of what was run last, newest first."""
    return library.settings.get(RECENT, list[str]())


def remember(library: Library, entry: PaletteEntry) -> Future[None]:
    """Put an entry at the head of the recent ones."""
    known = [name for name in recent(library) if name != entry.id]
    return library.settings.set(RECENT, [sanitise_line(entry.id), *known][:MOST_RECENT])
