"""The study settings as rows that can be changed: what each is called, what it can be, and in a sentence why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from serge_tui.core.study.workload import RETENTIONS
from serge_tui.services.study_settings import study_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from db.library import Library
    from db.settings import SettingValue

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Act: TypeAlias = Literal["exam", "spread", "away"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting: its stored name, its title, its values in order with their words, and what it does.

    Where `act` is set the row is not stepped through but opened.
    """

    name: str
    title: str
    help: str
    values: Sequence[SettingValue] = ()
    words: Sequence[str] = ()
    act: Act | None = None


def _numbers(values: Sequence[int], noun: str) -> tuple[Sequence[int], tuple[str, ...]]:
    return values, tuple(f"{value} {noun}".strip() for value in values)


def _choice(name: str, title: str, values: tuple[Sequence[SettingValue], Sequence[str]], text: str) -> Choice:
    return Choice(name, title, text, *values)


_OFF_ON: Final[tuple[Sequence[bool], Sequence[str]]] = ((False, True), ("no", "yes"))
CHOICES: Final = (
    _choice("cards.new_per_day", "New cards a day", _numbers((0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50), ""),
            "How many cards are begun in a day, once nothing is left over from before."),
    _choice("cards.reviews_per_day", "Reviews a day", _numbers((10, 20, 30, 40, 60, 80, 100, 150, 200, 500), ""),
            "At most so many known cards in a day; what is over waits, the most forgotten first."),
    _choice("cards.retention", "Target retention", (RETENTIONS, tuple(f"{value:.0%}" for value in RETENTIONS)),
            "The share of cards to be known when they are asked. What each would cost you, and give you in a year:"),
    _choice("cards.rollover_hour", "A day begins at", (range(24), tuple(f"{hour}:00" for hour in range(24))),
            "Study after midnight still counts as the day before until this hour."),
    Choice("cards.easy_days", "Easy days", "Weekdays to spare: 1 to 7 turn Monday to Sunday on and off. Cards move"
           " off them where their intervals leave room."),
    _choice("cards.two_grades", "Two grades only", _OFF_ON,
            "Known or not known, instead of four; it costs the scheduler very little."),
    _choice("cards.typed", "Type the answers", _OFF_ON,
            "Names are typed and judged; slips of the keyboard are forgiven. i in Cards changes it too."),
    _choice("cards.pyramid", "Portraits build up", _OFF_ON,
            "A portrait begins with its rarest detail; each hint uncovers one more."),
    _choice("quiz.brings_forward", "The quiz brings cards forward", _OFF_ON,
            "A miss in the quiz has its card asked today. Otherwise the quiz changes nothing."),
    Choice("cards.exam", "An exam", "Enter sets what to know by which day, such as chapter:4 kind:portrait by 12 May;"
           " an empty line takes it away. Its cards come first.",
           act="exam"),
    Choice("cards.spread", "Spread what is overdue", "Enter lays a backlog over the coming days, the most forgotten"
           " first. Nothing is forgiven, nothing is lost.", act="spread"),
    Choice("cards.away", "Going away", "Enter tells what would wait for you after some days away.", act="away"),
)  # fmt: skip


def value_of(library: Library, choice: Choice) -> SettingValue | None:
    """What a setting stands at now."""
    settings = study_settings(library)
    match choice.name:
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


def words_of(choice: Choice, value: SettingValue | None) -> str:
    """A value in words."""
    if choice.name == "cards.easy_days" and isinstance(value, list):
        return " ".join(WEEKDAYS[int(day)] for day in value) or "none"
    if value is None:
        return ""
    if choice.act is not None:
        return str(value) or "none"
    for known, words in zip(choice.values, choice.words, strict=True):
        if known == value:
            return words
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def stepped(choice: Choice, value: SettingValue | None, step: int) -> SettingValue | None:
    """The next value in order, or the one before; None where there is none."""
    if not choice.values or isinstance(value, str | list) or value is None:
        return None
    if all(isinstance(known, bool) for known in choice.values):
        return not value
    numbers = [float(known) for known in choice.values if not isinstance(known, str | list)]
    if step > 0:
        at = next((n for n, known in enumerate(numbers) if known > value), None)
    else:
        at = next((n for n in reversed(range(len(numbers))) if numbers[n] < value), None)
    return choice.values[at] if at is not None else None


def change(library: Library, choice: Choice, value: SettingValue) -> Future[None]:
    """Store a value."""
    return library.settings.set(choice.name, value)


def toggled_day(value: SettingValue | None, day: int) -> list[str]:
    """Easy days with one turned on or off; never all seven."""
    days = set(value) if isinstance(value, list) else set()
    days ^= {str(day)}
    return sorted(days) if len(days) < 7 else sorted(days - {str(day)})
