"""The study settings as rows: title, values and a sentence of help for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from serge_tui.core.study.workload import RETENTIONS
from serge_tui.services.study_settings import study_settings
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.library import Library
    from db.settings import SettingValue

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Act: TypeAlias = Literal["exam", "spread", "away"]


@dataclass(frozen=True, slots=True)
class StudySetting:
    """One setting: its stored name, its title, a sentence of help, its values in order and their words.

    A row with an `act` is opened instead of stepped through.
    """

    name: str
    title: str
    help: str
    values: Sequence[SettingValue] = ()
    words: Sequence[str] = ()
    act: Act | None = None


def _numbers(values: Sequence[int], noun: str) -> tuple[Sequence[int], tuple[str, ...]]:
    return values, tuple(f"{value} {noun}".strip() for value in values)


def _setting(name: str, title: str, values: tuple[Sequence[SettingValue], Sequence[str]], text: str) -> StudySetting:
    return StudySetting(name, title, text, *values)


_OFF_ON: Final[tuple[Sequence[bool], Sequence[str]]] = ((False, True), ("no", "yes"))
CHOICES: Final = (
    _setting("cards.new_per_day", "New cards a day", _numbers((0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50), ""),
            "How many new cards a day, once no review is overdue."),
    _setting("cards.reviews_per_day", "Reviews a day", _numbers((10, 20, 30, 40, 60, 80, 100, 150, 200, 500), ""),
            "At most so many known cards a day, the most forgotten first; the others come later."),
    _setting("cards.retention", "Target retention", (RETENTIONS, tuple(f"{value:.0%}" for value in RETENTIONS)),
            "The share of cards you want to know when they are asked. What each costs, and gives after a year:"),
    _setting("cards.rollover_hour", "A day begins at", (range(24), tuple(f"{hour}:00" for hour in range(24))),
            "Until this hour, study after midnight counts as the day before."),
    StudySetting("cards.easy_days", "Easy days", "Weekdays with fewer cards: 1 to 7 turn Monday to Sunday on and off."
           " Cards move to other days if their intervals leave room."),
    _setting("cards.two_grades", "Two grades only", _OFF_ON,
            "Known or not known, instead of four grades; the schedule is almost as good."),
    _setting("cards.typed", "Type the answers", _OFF_ON,
            "You type names, and small slips are forgiven. i in Cards changes it too."),
    _setting("cards.pyramid", "Portraits build up", _OFF_ON,
            "A portrait begins with its rarest detail; each hint shows one more."),
    _setting("quiz.brings_forward", "The quiz brings cards forward", _OFF_ON,
            "A miss in the quiz makes its card due today. Otherwise the quiz changes nothing."),
    StudySetting("cards.exam", "An exam",
                 "Enter sets a deck and a day, such as chapter:4 kind:portrait by 12 May; an empty line removes the"
                 " exam. Its cards come first.", act="exam"),
    StudySetting("cards.spread", "Spread what is overdue",
                 "Enter spreads a backlog over the coming days, the most forgotten first. No card is left out.",
                 act="spread"),
    StudySetting("cards.away", "Going away",
                 "Enter shows how many cards will be due after some days away.", act="away"),
)  # fmt: skip


def value_of(library: Library, setting: StudySetting) -> SettingValue | None:
    """Return the present value of a setting."""
    settings = study_settings(library)
    match setting.name:
        case "cards.easy_days":
            return [str(day) for day in sorted(settings.easy_days)]
        case "quiz.brings_forward":
            return settings.quiz_brings_forward
        case "cards.exam":
            return f"{settings.exam_day} {settings.exam_deck}".strip()
        case "cards.spread" | "cards.away":
            return None
        case name:
            found: SettingValue = getattr(settings, name.removeprefix("cards."))
            return found


def words_of(setting: StudySetting, value: SettingValue | None) -> str:
    """Return a value in words."""
    if setting.name == "cards.easy_days" and isinstance(value, list):
        return " ".join(WEEKDAYS[int(day)] for day in value) or "none"
    if value is None:
        return ""
    if setting.act is not None:
        return str(value) or "none"
    for known, words in zip(setting.values, setting.words, strict=True):
        if known == value:
            return words
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def stepped(setting: StudySetting, value: SettingValue | None, step: int) -> SettingValue | None:
    """Return the next value in order, or the one before; None at either end."""
    if not setting.values or isinstance(value, str | list) or value is None:
        return None
    if all(isinstance(known, bool) for known in setting.values):
        return not value
    numbers = [float(known) for known in setting.values if not isinstance(known, str | list)]
    if step > 0:
        at = next((n for n, known in enumerate(numbers) if known > value), None)
    else:
        at = next((n for n in reversed(range(len(numbers))) if numbers[n] < value), None)
    return setting.values[at] if at is not None else None


def change_settings(library: Library, said: str, values: Mapping[str, SettingValue]) -> Change:
    """Return the change of one or more settings, for the undo stack; `redo` stores it. Undo restores what was stored,
    so that a setting that was at its default is at its default again.
    """
    stored = library.settings.all()
    before = {name: stored.get(name) for name in values}
    return Change(said, lambda: library.settings.replace(before), lambda: library.settings.replace(values))


def toggled_day(value: SettingValue | None, day: int) -> list[str]:
    """Return the easy days with one turned on or off; never all seven."""
    days = set(value) if isinstance(value, list) else set()
    days ^= {str(day)}
    return sorted(days) if len(days) < 7 else sorted(days - {str(day)})
