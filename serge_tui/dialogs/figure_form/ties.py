"""Ties to other people as lines of text that can be corrected: `comrade Maxim Gorky = in Petrograd`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold, sanitise_line
from db.vocabulary import TAKEN_AWAY, TIE_INVERSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from db.corrections import Correction
    from db.models import Figure, FigureName, Tie

TIES: Final = "ties"
"""Name of the field that holds the ties."""
_NOTE: Final = " = "
_TELLING: Final = frozenset({"killer", "victim"})
_MOST_MEANT: Final = 3


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of a figure in a form: their text, and the people that the names mean.

    A line begins with what the other is to this figure, as on the page; `hide_ends` leaves out what would tell an end.
    """

    shown: tuple[Tie, ...]
    named: Callable[[str], str]
    own_key: str = ""
    hide_ends: bool = False

    @property
    def text(self) -> str:
        """A line for each tie."""
        return "\n".join(map(self._line, self.shown))

    def _line(self, tie: Tie) -> str:
        note = "" if self.hide_ends or not tie.note else f"{_NOTE}{tie.note}"
        return sanitise_line(f"{TIE_INVERSES[tie.kind]} {tie.other_name}{note}")

    def changes(self, typed: str, corrections: Mapping[str, Correction]) -> tuple[dict[str, str], list[str]]:
        """What to store and what to take back. Raises SergeError with the line that cannot be understood.

        Everything deleted gives the pack's ties back.
        """
        if not typed.strip() and any(name.startswith("tie:") for name in corrections):
            return {}, [name for name in corrections if name.startswith("tie:")]
        unchanged = {self._line(tie): tie for tie in self.shown}
        wanted: dict[str, str] = {}
        for line in filter(None, map(sanitise_line, typed.splitlines())):
            if (tie := unchanged.get(line)) is not None:
                wanted[_field(tie)] = tie.note
            else:
                field, note = self._understood(line)
                wanted[field] = note
        stood = {_field(tie): tie.note for tie in self.shown}
        stored = {field: note for field, note in wanted.items() if stood.get(field) != note}
        back = []
        for field in stood:
            if field not in wanted:
                if field in corrections:
                    back.append(field)
                else:
                    stored[field] = TAKEN_AWAY
        for field in [field for field, note in stored.items() if not note and _taken_away(field, corrections)]:
            del stored[field]
            back.append(field)
        return stored, back

    def _understood(self, line: str) -> tuple[str, str]:
        tie, _, rest = line.partition(" ")
        kind = TIE_INVERSES.get(tie.casefold())
        name, _, note = rest.partition(_NOTE)
        if kind is None:
            known = ", ".join(sorted(TIE_INVERSES))
            raise SergeError(f'"{line}" should begin with one of {known}.')
        if not name.strip():
            raise SergeError(f'"{line}": write a name after "{tie}".')
        other = self.named(name)
        if other == self.own_key:
            raise SergeError(f'"{line}": that is the same person.')
        return f"tie:{kind}:{other}", note.strip()


def _field(tie: Tie) -> str:
    return f"tie:{tie.kind}:{tie.other}"


def _taken_away(field: str, corrections: Mapping[str, Correction]) -> bool:
    return field in corrections and corrections[field].value == TAKEN_AWAY


def ties_of(figure: Figure | None, named: Callable[[str], str], *, hide_ends: bool) -> Ties:
    """The ties of a figure; none for somebody new."""
    ties = figure.ties if figure is not None else ()
    shown = tuple(tie for tie in ties if not (hide_ends and tie.kind in _TELLING))
    return Ties(shown, named, figure.key if figure is not None else "", hide_ends)


def whom(name: str, people: Iterable[FigureName], near: Callable[[str], list[str]]) -> str:
    """Key of the one person a name means. Raises SergeError when it means nobody or several; `near` gives names."""
    wanted = fold(name)
    people = list(people)
    exactly = [person for person in people if fold(person.name) == wanted]
    found = exactly or [person for person in people if wanted in {fold(alias.text) for alias in person.aliases}]
    if len(found) == 1:
        return found[0].key
    if found:
        raise SergeError(f'"{sanitise_line(name)}" may be {" or ".join(person.name for person in found)}; write which.')
    meant = near(name)[:_MOST_MEANT]
    hint = f"perhaps {' or '.join(meant)}" if meant else "A in the list adds somebody"
    raise SergeError(f'Nobody is called "{sanitise_line(name)}"; {hint}.')
