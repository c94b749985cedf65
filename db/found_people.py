"""People of a text who are in no glossary, as the reader has them: named, merged with somebody, or told to be nobody.

What the reader says is kept in `correction` (record `edition:KEY`, field `person:NAME`, value `name:…`, `figure:…` or
`none`): it is theirs, survives another import and is synced. What was found stays as it is, and is read through it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.ends import names_a_death
from db.found import FoundTexts
from db.models import Mention
from db.models.found_text import FoundPerson
from db.text import fold, sanitise_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from db.models.found_text import Found, FoundMention
    from db.writer import Writer

_FIELD: Final = "person:"
_NAME: Final = "name:"
_FIGURE: Final = "figure:"
NOBODY: Final = "none"
"""What is said of a name that is no person's."""
# All four are names on readers' disks.


@dataclass(frozen=True, slots=True)
class PersonOfText:
    """Somebody of a text: their name, the names the text has for them, mentions, and where they are named first."""

    edition: str
    name: str
    names: tuple[str, ...]
    mentions: int
    passage: int
    start: int
    portraits: int = 0
    sayings: int = 0


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """A person of a text with their portraits and sayings, best first, and their mentions (passage, start, end)."""

    person: PersonOfText
    found: tuple[Found, ...] = ()
    mentions: tuple[tuple[int, int, int], ...] = field(default=())


def told_up_to(told: ToldPerson, place: tuple[int, int]) -> ToldPerson:
    """Return what the text says of a person up to a place (passage, offset), without words about a death."""
    return replace(
        told,
        found=tuple(one for one in told.found if (one.passage, one.start) <= place and not names_a_death(one.sentence)),
        mentions=tuple(mention for mention in told.mentions if mention[:2] <= place),
    )


class FoundPeople:
    """People of the reader's texts who are in no glossary."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def said(self, edition: str) -> dict[str, str]:
        """Return what the reader says of names of an edition: `name:…`, `figure:…` or `none`, by name in the text."""
        rows = self._reader().execute(
            "select field, value from correction where record = ? and field glob ?",
            [f"edition:{edition}", f"{_FIELD}*"],
        )
        return {name.removeprefix(_FIELD): value for name, value in rows}

    def all(self, edition: str) -> list[PersonOfText]:
        """Return the people of an edition who are in no glossary, most mentioned first; in a thread."""
        said = self.said(edition)
        drawn = self._counts(edition)
        people: dict[str, PersonOfText] = {}
        for row in self._reader().execute(
            "select edition, name, mentions, passage, start from found_person where edition = ?"
            " order by passage, start",
            [edition],
        ):
            one = FoundPerson(*row)
            name = _shown(one.name, said)
            if not name:
                continue
            portraits, sayings = drawn.get(one.name, (0, 0))
            before = people.get(fold(name))
            if before is None:
                people[fold(name)] = PersonOfText(
                    edition, name, (one.name,), one.mentions, one.passage, one.start, portraits, sayings
                )
            else:
                people[fold(name)] = replace(
                    before, names=(*before.names, one.name), mentions=before.mentions + one.mentions,
                    portraits=before.portraits + portraits, sayings=before.sayings + sayings,
                )  # fmt: skip
        return sorted(people.values(), key=lambda person: (-person.mentions, fold(person.name)))

    def told(self, person: PersonOfText) -> ToldPerson:
        """Return what the text tells of somebody; the reader's decisions count. In a thread."""
        texts = FoundTexts(self._reader, self._writer)
        once: dict[tuple[int, int, str], Found] = {}
        for name in dict.fromkeys((*person.names, person.name)):
            for found in texts.of_name(name, person.edition):
                once.setdefault((found.passage, found.start, found.kind), found)
        mentions: list[tuple[int, int, int]] = []
        for name in person.names:
            rows = self._reader().execute(
                "select passage, start, end from found_mention where name = ? and edition = ?", [name, person.edition]
            )
            mentions += [(passage, start, end) for passage, start, end in rows]
        best = sorted(once.values(), key=lambda found: (not found.is_sure, -found.score, found.passage, found.start))
        return ToldPerson(person, tuple(best), tuple(sorted(mentions)))

    def named(self, edition: str, name: str) -> PersonOfText | None:
        """Return somebody by the name they go by, or None; in a thread."""
        return next((person for person in self.all(edition) if fold(person.name) == fold(name)), None)

    def goes_by(self, edition: str) -> dict[str, tuple[str, str]]:
        """Return figure and name of those of whom the reader says who they are, by their name in the text."""
        return {
            name: (value.removeprefix(_FIGURE), "") if value.startswith(_FIGURE) else ("", value.removeprefix(_NAME))
            for name, value in self.said(edition).items()
            if value.startswith((_FIGURE, _NAME))
        }

    def mentions(self, edition: str, first: int, last: int) -> tuple[list[FoundMention], list[Mention]]:
        """Return who is named in passages `first` to `last` inclusive, in text order.

        First those in no glossary, by the name they go by; then those of whom the reader says which figure they are.
        """
        said = self.said(edition)
        people: list[FoundMention] = []
        figures: list[Mention] = []
        for one in FoundTexts(self._reader, self._writer).mentions(edition, first, last):
            value = said.get(one.name, "")
            if value.startswith(_FIGURE):
                figure = value.removeprefix(_FIGURE)
                figures.append(Mention(edition, one.passage, one.start, one.end, figure, 1.0))
            elif name := _shown(one.name, said):
                people.append(replace(one, name=name))
        return people, figures

    def names_of_figure(self, figure: str, edition: str) -> list[str]:
        """Return the names of a text that the reader says are a figure of the study pack."""
        return [name for name, value in self.said(edition).items() if value == _FIGURE + figure]

    def say(
        self, person: PersonOfText, *, called: str = "", figure: str = "", nobody: bool = False
    ) -> Future[dict[str, str | None]]:
        """Say who somebody is: another name (of somebody else there, to merge them), a figure, or nobody.

        One transaction. Returns what was said before of each of their names, for `restore`.
        """
        value = NOBODY if nobody else _FIGURE + figure if figure else _NAME + sanitise_line(called).strip()

        def write(connection: sqlite3.Connection) -> dict[str, str | None]:
            return _put(connection, person.edition, dict.fromkeys(person.names, value))

        return self._writer.submit(write)

    def restore(self, edition: str, before: Mapping[str, str | None]) -> Future[dict[str, str | None]]:
        """Undo: say again what was said of names before; None for nothing. Returns what was said until now."""
        return self._writer.submit(lambda connection: _put(connection, edition, before))

    def _counts(self, edition: str) -> dict[str, tuple[int, int]]:
        rows = self._reader().execute(
            "select name, sum(kind = 'portrait'), sum(kind = 'saying') from found"
            " where edition = ? and figure = '' group by name",
            [edition],
        )
        return {name: (portraits, sayings) for name, portraits, sayings in rows}


def _shown(name: str, said: Mapping[str, str]) -> str:
    """Return the name somebody goes by; empty if they are a figure, or nobody."""
    value = said.get(name, "")
    return (value.removeprefix(_NAME) or name) if value.startswith(_NAME) else "" if value else name


def _put(connection: sqlite3.Connection, edition: str, said: Mapping[str, str | None]) -> dict[str, str | None]:
    record = f"edition:{edition}"
    before: dict[str, str | None] = {}
    for name, value in said.items():
        row = connection.execute(
            "select value from correction where record = ? and field = ?", [record, _FIELD + name]
        ).fetchone()
        before[name] = row[0] if row else None
        if value is None:
            connection.execute("delete from correction where record = ? and field = ?", [record, _FIELD + name])
        else:
            connection.execute(
                "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
                " set value = excluded.value, created_at = excluded.created_at",
                [record, _FIELD + name, value, utc_now()],
            )
    return before
