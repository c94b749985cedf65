"""The settings as rows: a section, a title, values and a sentence of help for each. One table for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from db.backups import backups_of
from db.ends import ENDS_HIDDEN, ENDS_OFFER
from db.settings import NEW_CARDS_OFFER
from serge_tui.core.study.workload import RETENTIONS
from serge_tui.core.wording import counted
from serge_tui.services.folder_exchange import SYNC_FOLDER
from serge_tui.services.memory_fit import fitted_words
from serge_tui.services.reading_settings import (
    AT_CHAPTERS_END,
    BEFORE_CHAPTER,
    NAME_WAYS,
    NAMES,
    NARROWEST,
    PAGED,
    PORTRAITS,
    SETTING_NAMES,
    STRANGERS,
    TERMS,
    WIDEST,
    page_choices,
)
from serge_tui.services.study_settings import study_settings
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.library import Library
    from db.settings import SettingValue

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
THEME: Final = "theme"
Act: TypeAlias = Literal["exam", "spread", "away", "fit", "theme", "file", "backup", "check", "sync", "export", "key"]
Section: TypeAlias = Literal["Reading", "People", "Learning", "Looks", "Data", "Keys"]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: its section, its stored name, its title, a sentence of help, its values in order and their words.

    A row with an `act` is opened instead of stepped through. `default` is the value of one that was never changed;
    the study settings have theirs in `StudySettings`. `synonyms` are other words to find it by.
    """

    section: Section
    name: str
    title: str
    help: str
    values: Sequence[SettingValue] = ()
    words: Sequence[str] = ()
    act: Act | None = None
    default: SettingValue | None = None
    synonyms: str = ""


def _numbers(values: Sequence[int], noun: str = "") -> tuple[Sequence[int], tuple[str, ...]]:
    return values, tuple(f"{value} {noun}".strip() for value in values)


def _study(
    name: str, title: str, values: tuple[Sequence[SettingValue], Sequence[str]], text: str, synonyms: str = ""
) -> SettingRow:
    return SettingRow("Learning", name, title, text, *values, synonyms=synonyms)


_OFF_ON: Final[tuple[Sequence[bool], Sequence[str]]] = ((False, True), ("no", "yes"))
_READING: Final = (
    SettingRow("Reading", "reader.measure", "Line width", "How many characters a line of the text has at most.",
               *_numbers(range(NARROWEST, WIDEST + 1, 2), "characters"), default=66,
               synonyms="measure width column length"),
    SettingRow("Reading", "reader.setting", "Typesetting", "How the lines of a paragraph are broken and filled.",
               tuple(SETTING_NAMES), tuple(SETTING_NAMES.values()), default="ragged-optimum",
               synonyms="justified ragged hyphenation font"),
    SettingRow("Reading", "reader.paragraphs", "Paragraphs", "What shows where a paragraph begins.",
               ("indented", "spaced"), ("indented", "space between them"), default="indented",
               synonyms="indent spacing"),
    SettingRow("Reading", PAGED, "Pages or scrolling", "Whole pages, or one long text that scrolls.",
               (False, True), ("scrolling", "whole pages"), default=False, synonyms="paged scroll"),
    SettingRow("Reading", NAMES, "Names underlined",
               "Every time, once a page, less as you learn the people by your cards, or never.",
               tuple(NAME_WAYS), tuple(NAME_WAYS.values()), default="every", synonyms="people links fade learnt"),
    SettingRow("Reading", TERMS, "Terms and places underlined",
               "Whether organisations, words of the time and places are underlined in the text.",
               *_OFF_ON, default=True, synonyms="organisations links"),
    SettingRow("Reading", STRANGERS, "People of this book underlined",
               "Whether people in no glossary, found in your copy, are underlined too and open a card.",
               *_OFF_ON, default=True, synonyms="names strangers unknown"),
    SettingRow("Reading", PORTRAITS, "Portraits in the margin",
               "Whether a small sign stands beside a pen portrait that was found in your copy; ]o goes to the next.",
               *_OFF_ON, default=True, synonyms="strokes sign margin found"),
    SettingRow("Reading", AT_CHAPTERS_END, "Questions at a chapter's end",
               "Whether the end of a chapter offers three questions on what you have just read (Q).",
               *_OFF_ON, default=True, synonyms="cards prompts ask learn"),
    SettingRow("Reading", BEFORE_CHAPTER, "Questions before a chapter",
               "Whether three questions are asked when an unread chapter is opened, and the same three after it. Those"
               " before are practice: nothing is recorded.", *_OFF_ON, default=False, synonyms="pretest guess cards"),
)  # fmt: skip
_PEOPLE: Final = (
    SettingRow("People", ENDS_HIDDEN, "Hide how lives end",
               "How somebody died stays hidden until the book, a card or you have told it. > changes it too.",
               *_OFF_ON, default=False, synonyms="spoiler spoilers death fate seal"),
)  # fmt: skip
_LEARNING: Final = (
    _study("cards.new_per_day", "New cards a day", _numbers((0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50)),
           "How many new cards a day, once no review is overdue.", "limit daily"),
    _study("cards.reviews_per_day", "Reviews a day", _numbers((10, 20, 30, 40, 60, 80, 100, 150, 200, 500)),
           "At most so many known cards a day, the most forgotten first; the others come later.", "limit daily"),
    _study("cards.retention", "Target retention", (RETENTIONS, tuple(f"{value:.0%}" for value in RETENTIONS)),
           "The share of cards you want to know when they are asked. What each costs, and gives after a year:",
           "desired cost"),
    _study("cards.rollover_hour", "A day begins at", (range(24), tuple(f"{hour}:00" for hour in range(24))),
           "Until this hour, study after midnight counts as the day before.", "starts hour midnight"),
    SettingRow("Learning", "cards.easy_days", "Easy days", "Weekdays with fewer cards: 1 to 7 turn Monday to Sunday"
               " on and off. Cards move to other days if their intervals leave room.", synonyms="weekend rest"),
    _study("cards.two_grades", "Two grades only", _OFF_ON,
           "Known or not known, instead of four grades; the schedule is almost as good."),
    _study("cards.typed", "Type the answers", _OFF_ON,
           "You type names, and small slips are forgiven. i in Cards changes it too."),
    _study("cards.pyramid", "Portraits build up", _OFF_ON,
           "A portrait begins with its rarest detail; each hint shows one more."),
    _study("quiz.brings_forward", "The quiz brings cards forward", _OFF_ON,
           "A miss in the quiz makes its card due today. Otherwise the quiz changes nothing."),
    SettingRow("Learning", "cards.fit", "Fitted to you",
               "Enter fits the schedule to your own answers, from 400 on. It is tried on the last of them, and taken"
               " only if it foretells them better. u on this row returns to the published schedule.",
               act="fit", synonyms="fsrs parameters optimise optimize weights personal memory"),
    SettingRow("Learning", "cards.exam", "An exam",
               "Enter sets a deck and a day, such as chapter:4 kind:portrait by 12 May; an empty line removes the"
               " exam. Its cards come first.", act="exam", synonyms="test"),
    SettingRow("Learning", "cards.spread", "Spread what is overdue",
               "Enter spreads a backlog over the coming days, the most forgotten first. No card is left out.",
               act="spread", synonyms="reschedule backlog"),
    SettingRow("Learning", "cards.away", "Going away",
               "Enter shows how many cards will be due after some days away.", act="away",
               synonyms="break holiday plan"),
)  # fmt: skip
_LOOKS: Final = (
    SettingRow("Looks", THEME, "Theme", "The colours of everything. Enter lists the themes and shows each as you move.",
               act="theme", default="petrograd", synonyms="colour color dark light petrograd samizdat"),
)  # fmt: skip
_DATA: Final = (
    SettingRow("Data", "data.file", "Your file", "Everything of yours is in this one file.", act="file",
               synonyms="database path where"),
    SettingRow("Data", "data.backups", "Copies of your file",
               "Enter makes a copy now. Serge makes one by itself each day, and before an import or an upgrade.",
               act="backup", synonyms="backup backups"),
    SettingRow("Data", "data.check", "Check your file", "Enter looks whether the file is sound; nothing is changed.",
               act="check", synonyms="doctor damage health"),
    SettingRow("Data", SYNC_FOLDER, "Synchronise machines",
               "Enter asks for a folder that your machines share, and brings notes, corrections and answers in step.",
               act="sync", default="", synonyms="sync folder nextcloud syncthing devices"),
    SettingRow("Data", "data.export", "Export all you wrote",
               "Enter asks for a new folder, and writes your notes and answers: pages to read, and files to import.",
               act="export", synonyms="export save markdown obsidian everything"),
)  # fmt: skip
ROWS: Final[tuple[SettingRow, ...]] = (*_READING, *_PEOPLE, *_LEARNING, *_LOOKS, *_DATA)
"""Every setting, section by section."""


def value_of(library: Library, setting: SettingRow) -> SettingValue | None:
    """Return the present value of a setting; None for a row that only does something."""
    if setting.section == "Learning":
        return _study_value(library, setting.name)
    match setting.name:
        case "reader.measure":
            return page_choices(library).settings.measure
        case "data.file":
            return str(library.path)
        case "data.backups":
            copies = len(backups_of(library.path))
            return counted(copies, "copy", "copies") if copies else "none yet"
        case _:
            return _plain_value(library, setting)


def _plain_value(library: Library, setting: SettingRow) -> SettingValue | None:
    default = setting.default
    value: SettingValue
    match default:
        case bool():
            value = library.settings.get(setting.name, default)
        case str():
            value = library.settings.get(setting.name, default)
        case _:
            return None
    return value if not setting.values or value in setting.values else default


def _study_value(library: Library, name: str) -> SettingValue | None:
    settings = study_settings(library)
    match name:
        case "cards.easy_days":
            return [str(day) for day in sorted(settings.easy_days)]
        case "quiz.brings_forward":
            return settings.quiz_brings_forward
        case "cards.exam":
            return f"{settings.exam_day} {settings.exam_deck}".strip()
        case "cards.fit":
            return fitted_words(library)
        case "cards.spread" | "cards.away":
            return None
        case _:
            found: SettingValue = getattr(settings, name.removeprefix("cards."))
            return found


def words_of(setting: SettingRow, value: SettingValue | None) -> str:
    """Return a value in words."""
    if setting.name == "cards.easy_days" and isinstance(value, list):
        return " ".join(WEEKDAYS[int(day)] for day in value) or "none"
    if value is None:
        return ""
    if setting.act == "theme":
        return theme_words(str(value))
    if setting.act is not None:
        return str(value) or "none"
    for known, words in zip(setting.values, setting.words, strict=True):
        if known == value:
            return words
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def theme_words(name: str) -> str:
    """Return the name of a theme as it is shown."""
    return name.replace("-", " ").title()


def stepped(setting: SettingRow, value: SettingValue | None, step: int) -> SettingValue | None:
    """Return the next value in order, or the one before; None at either end. Words and yes or no go round."""
    if not setting.values or isinstance(value, list) or value is None:
        return None
    if all(isinstance(known, bool | str) for known in setting.values):
        at = setting.values.index(value) if value in setting.values else 0
        return setting.values[(at + step) % len(setting.values)]
    if isinstance(value, str):
        return None
    numbers = [float(known) for known in setting.values if not isinstance(known, str | list)]
    if step > 0:
        following = next((n for n, known in enumerate(numbers) if known > value), None)
    else:
        following = next((n for n in reversed(range(len(numbers))) if numbers[n] < value), None)
    return setting.values[following] if following is not None else None


def matches(setting: SettingRow, query: str) -> bool:
    """Return whether every word typed begins a word of the setting's section, title, sentence or synonyms."""
    text = f"{setting.section} {setting.title} {setting.help} {setting.synonyms}".casefold()
    words = re.findall(r"\w+", text)
    return all(any(word.startswith(typed) for word in words) for typed in re.findall(r"\w+", query.casefold()))


def change_settings(library: Library, said: str, values: Mapping[str, SettingValue]) -> Change:
    """Return the change of one or more settings, for the undo stack; `redo` stores it. Undo restores what was stored,
    so that a setting that was at its default is at its default again.
    """
    stored = library.settings.all()
    after: dict[str, SettingValue | None] = dict(values)
    if ENDS_HIDDEN in after:
        after[ENDS_OFFER] = None  # who has chosen need not be offered it
    if "cards.new_per_day" in after:
        after[NEW_CARDS_OFFER] = None
    before = {name: stored.get(name) for name in after}
    return Change(
        said,
        lambda: library.settings.replace(before),
        lambda: library.settings.replace(after),
        frozenset(after),
    )


def toggled_day(value: SettingValue | None, day: int) -> list[str]:
    """Return the easy days with one turned on or off; never all seven."""
    days = set(value) if isinstance(value, list) else set()
    days ^= {str(day)}
    return sorted(days) if len(days) < 7 else sorted(days - {str(day)})
