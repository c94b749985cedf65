"""Which settings hold, whether the reader chose them, and what is wrong with them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.services.decks import SAVED, deck_named
from serge_tui.services.setting_rows import ROWS, THEME, value_of, words_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from concurrent.futures import Future

    from db.library import Library
    from db.settings import SettingValue
    from serge_tui.services.setting_rows import SettingRow

SETTINGS: Final[tuple[SettingRow, ...]] = tuple(
    row for row in ROWS if row.act not in ("spread", "away", "fit", "file", "backup", "check")
)
"""Every setting that has a value; rows of the settings that only do something are none."""
_STORED_AS: Final = {"cards.exam": ("cards.exam_day", "cards.exam_deck")}
"""Settings that are stored under other names than their own."""
_MOST_LISTED: Final = 30
"""Values that an error lists; themes are about twenty."""
_YES: Final = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@dataclass(frozen=True, slots=True)
class HeldSetting:
    """A setting: the value that holds, in words too; whether the reader chose it; what is wrong with what is stored."""

    section: str
    name: str
    title: str
    value: SettingValue | None
    words: str
    is_own: bool
    fault: str = ""


def held_settings(library: Library, themes: Collection[str]) -> list[HeldSetting]:
    """Return every setting, section by section. `themes` are the names of all themes."""
    stored = library.settings.all()
    unreadable = library.settings.unreadable()
    held = []
    for row in SETTINGS:
        names = _STORED_AS.get(row.name, (row.name,))
        own = any(name in stored or name in unreadable for name in names)
        value = value_of(library, row)
        fault = ""
        if broken := [name for name in names if name in unreadable]:
            fault = f"{broken[0]}: what is stored cannot be read; the default holds."
        elif own:
            fault = _fault(library, row, stored, value, themes)
        held.append(HeldSetting(row.section, row.name, row.title, value, words_of(row, value), own, fault))
    return held


def setting_faults(library: Library, themes: Collection[str]) -> list[str]:
    """Return a sentence for each setting that does not hold as it is stored."""
    named = {name for row in SETTINGS for name in _STORED_AS.get(row.name, (row.name,))}
    faults = [held.fault for held in held_settings(library, themes) if held.fault]
    faults += [
        f"{name}: what is stored cannot be read; it counts as unset."
        for name in library.settings.unreadable()
        if name not in named
    ]
    for text in library.settings.get(SAVED, list[str]()):
        try:
            deck_named(library, text)
        except SergeError as error:
            faults.append(f"{SAVED}: a saved deck cannot be read: {error}")
    return faults


def set_setting(library: Library, name: str, written: str, themes: Collection[str]) -> Future[None]:
    """Store a setting as a person writes it; an empty text makes it the default again.

    Raises SergeError, with what it may be, if there is no such setting or it cannot have that value.
    """
    row = next((one for one in SETTINGS if one.name == name), None)
    if row is None or name in _STORED_AS:
        known = ", ".join(one.name for one in SETTINGS if one.name not in _STORED_AS)
        raise SergeError(f'there is no setting "{name}" that can be set here; there are: {known}.')
    if not written.strip():
        return library.settings.replace({name: None})
    if name == "cards.easy_days":
        return library.settings.set(name, _days(written))
    choices = list(themes) if name == THEME else list(row.values)
    for choice in choices:
        if written == str(choice) or (isinstance(choice, bool) and _YES.get(written.lower()) is choice):
            return library.settings.set(name, choice)
    with suppress(ValueError):
        for choice in choices:
            if isinstance(choice, int | float) and not isinstance(choice, bool) and float(written) == choice:
                return library.settings.set(name, choice)
    if len(choices) > _MOST_LISTED:
        raise SergeError(f'"{written}" is no value of {name}; it may be from {choices[0]} to {choices[-1]}, as in `,`.')
    may = ", ".join("yes" if one is True else "no" if one is False else str(one) for one in choices)
    raise SergeError(f'"{written}" is no value of {name}; it may be {may}.')


def _days(written: str) -> list[str]:
    days = sorted(set(written.replace(",", " ").split()))
    if not set(days) <= set("1234567") or len(days) > 6:
        raise SergeError("easy days are numbers from 1 (Monday) to 7 (Sunday), six at most, such as 6 7.")
    return [str(int(day) - 1) for day in days]


def _fault(
    library: Library, row: SettingRow, stored: dict[str, SettingValue], value: SettingValue | None,
    themes: Collection[str],
) -> str:  # fmt: skip
    """Return what is wrong with a setting that is stored, or an empty string."""
    if row.name == "cards.exam":
        return _exam_fault(library, stored)
    raw = stored[row.name]
    if row.name == THEME:
        return "" if raw in themes else f'{THEME}: there is no theme "{raw}"; the default holds.'
    if row.name == "cards.easy_days":
        return "" if isinstance(raw, list) and set(raw) <= set("0123456") else f"{row.name}: {raw} are no weekdays."
    if type(raw) is not type(value) or raw != value:
        return f"{row.name}: {raw} is stored, which it cannot be; {value} holds."
    if row.name == "cards.retention" and row.values and not (min(_floats(row)) <= float(str(raw)) <= max(_floats(row))):
        return f"{row.name}: {raw} is out of bounds; the default holds."
    return ""


def _floats(row: SettingRow) -> list[float]:
    return [float(str(value)) for value in row.values]


def _exam_fault(library: Library, stored: dict[str, SettingValue]) -> str:
    day, deck = stored.get("cards.exam_day", ""), stored.get("cards.exam_deck", "")
    if day:
        try:
            date.fromisoformat(str(day))
        except ValueError:
            return f"cards.exam_day: {day} is not a day."
    try:
        deck_named(library, str(deck))
    except SergeError as error:
        return f"cards.exam_deck: {error}"
    return ""
