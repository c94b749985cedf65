"""People of this book: those a text names who are in no glossary, each with a card made of what the text says."""

from __future__ import annotations

from asyncio import to_thread
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from db.found_people import told_up_to
from db.models import GUIDE_EDITION, Place
from db.passages import words_around
from db.text import fold, sanitise, sanitise_line
from serge_tui.commands.people_of_book import PEOPLE_OF_BOOK, TYPING_NAME
from serge_tui.core.wording import counted
from serge_tui.dialogs.changes import DialogChanges
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.prompt import Prompt
from serge_tui.handlers import on, work
from serge_tui.navigation import Destination, ReadAt
from serge_tui.services.locators import preferred_editions
from serge_tui.services.portrait_list import words_like
from serge_tui.services.undo import Change
from serge_tui.widgets.found_list import lit_stretches
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.linked_page import LinkedPage, Paragraph
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future

    from textual import events
    from textual.app import ComposeResult

    from db.found_people import PersonOfText, ToldPerson
    from serge_tui.commands import Command

_NONE: Final = "Nobody found yet: p in the library (L) looks for people and portraits in a text of yours."
_MOST_FOUND: Final = 12
_MOST_MENTIONS: Final = 40
_MOST_MATCHES: Final = 6
_AROUND: Final = 60


class PersonRows(RowList):
    """People, one a line: name, portraits, mentions."""

    people: Sequence[PersonOfText] = ()

    @property
    def row_count(self) -> int:
        """How many people."""
        return len(self.people)

    def show(self, people: Sequence[PersonOfText], cursor: int, nothing: str) -> None:
        """Show other people; `nothing` is the sentence where there are none."""
        self.people, self.nothing = people, nothing
        self.rows_changed(cursor)

    def draw_row(self, index: int, width: int) -> Content:
        """Draw one line."""
        person = self.people[index]
        drawn = f"{counted(person.portraits, 'portrait')}  " if person.portraits else ""
        facts = Content.styled(f"{drawn}{person.mentions:>4}× ", "$muted")
        room = max(4, width - facts.cell_length - 3)
        pointer = "▸ " if index == self.cursor else "  "
        name = Content(sanitise_line(person.name)).truncate(room, ellipsis=True, pad=True)
        return Content(pointer) + name + Content(" ") + facts


class PeopleOfBookDialog(Dialog[Destination | None]):
    """Answers with a passage to read, or None. Enter in the list goes to the card, Enter on the card to the passage."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = PEOPLE_OF_BOOK
    CSS_PATH = "people_of_book.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        self._editions: list[tuple[str, str]] = []
        self._at = 0
        self._everybody: list[PersonOfText] = []
        self._is_read = False
        self._name = ""
        self._changes = DialogChanges(self, self._read)
        self.controllers = {"changes": self._changes}

    @property
    def keys_must_wait(self) -> bool:
        """Whether the list is still to be read."""
        return not self._is_read

    def compose(self) -> ComposeResult:
        """Compose the line to type in, the list, the card, and the keys."""
        with Horizontal(id="book-people-top"):
            yield Static("People of this book", id="book-people-label", markup=False)
            yield Input(placeholder="a part of a name", id="book-people-words", compact=True)
        yield Static("", id="book-people-note", markup=False)
        with Container(id="book-people-body"):
            yield PersonRows(id="book-people-list")
            yield LinkedPage(id="book-people-card")
        yield KeyLine(self.host.reader_keymap)

    @property
    def rows(self) -> PersonRows:
        """The list."""
        return self.query_one(PersonRows)

    @property
    def card(self) -> LinkedPage:
        """What the text says of the person under the cursor."""
        return self.query_one(LinkedPage)

    @property
    def _chosen(self) -> PersonOfText | None:
        rows = self.rows
        return rows.people[rows.cursor] if 0 <= rows.cursor < len(rows.people) else None

    def on_mount(self) -> None:
        """Begin in the list: its letters are commands, and `i` types a name."""
        self.rows.focus()
        self._read()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that work where the cursor is."""
        self.query_one(KeyLine).commands = TYPING_NAME if isinstance(event.widget, Input) else PEOPLE_OF_BOOK

    # --- reading -----------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="book-people-read")
    async def _read(self) -> None:
        library = self.host.library
        searches = await to_thread(library.found.searches)
        titles = {edition.key: edition.title for edition in library.texts.editions()}
        self._editions = [
            (key, titles[key]) for key in preferred_editions(library)
            if key != GUIDE_EDITION and key in titles and key in searches and searches[key].state != "no language"
        ]  # fmt: skip
        self._at = min(self._at, max(0, len(self._editions) - 1))
        if self._editions:
            self._everybody = await to_thread(library.found_people.all, self._editions[self._at][0])
        self._is_read = True
        self._list()

    def _list(self) -> None:
        wanted = fold(self.query_one(Input).value.strip())
        people = [
            person for person in self._everybody
            if any(wanted in fold(name) for name in (person.name, *person.names))
        ]  # fmt: skip
        if wanted and not people:
            people = [
                person for person in self._everybody
                if words_like([word for name in (person.name, *person.names) for word in fold(name).split()], wanted)
            ]  # fmt: skip
        at = next((number for number, person in enumerate(people) if person.name == self._name), 0)
        self.rows.show(people, at, "Nobody of this text has such a name." if self._everybody else _NONE)
        title = f" · {self._editions[self._at][1]}" if self._editions else ""
        note = f"{counted(len(people), 'person', 'people')} in no glossary{title}"
        self.query_one("#book-people-note", Static).update(sanitise_line(note) if self._everybody else "")
        if not people:
            self.card.show([])

    @on(Input.Changed)
    def _typed(self) -> None:
        self._list()

    @on(RowList.Highlighted)
    def _highlighted(self) -> None:
        if (person := self._chosen) is not None:
            self._name = person.name
            self._show_card(person)

    @work(exclusive=True, group="book-people-card")
    async def _show_card(self, person: PersonOfText) -> None:
        paragraphs = await to_thread(self._card_of, person)
        if person == self._chosen:
            self.card.show(paragraphs)

    def _card_of(self, person: PersonOfText) -> list[Paragraph]:
        library = self.host.library
        told = library.found_people.told(person)
        if self.host.fates_hidden:
            furthest = library.reading.furthest(person.edition)
            told = told_up_to(told, (furthest.passage, furthest.offset) if furthest else (-1, 0))
        shown = told.mentions[:_MOST_MENTIONS]
        texts = {
            passage: found[0].text
            for passage in {passage for passage, _, _ in shown}
            if (found := library.passages.between(person.edition, passage, passage))
        }
        return person_card(told, texts)

    # --- going -------------------------------------------------------------------------------------------------------

    def action_into_list(self) -> None:
        """Go from the line into the list, or a row down there."""
        if self.rows.has_focus:
            self.rows.action_move(1)
        elif self.card.has_focus:
            self.card.action_step(1)
        else:
            self.rows.focus()

    @on(RowList.LeftAbove)
    def action_type(self) -> None:
        """Go to the line to type in."""
        self.query_one(Input).focus()

    @on(RowList.Chosen)
    @on(Input.Submitted)
    def _to_card(self) -> None:
        if self._chosen is not None:
            self.card.focus()
            self.card.action_step(1)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, ReadAt):
            self.dismiss(message.target)

    def action_close(self) -> None:
        """Go from the card or the line to the list; close the list."""
        if self.rows.has_focus or not self.rows.people:
            self.dismiss(None)
        else:
            self.rows.focus()

    def action_next_text(self) -> None:
        """Show the people of another text."""
        if len(self._editions) < 2:
            self.host.inform("People were looked for in one text only.")
            return
        self._at = (self._at + 1) % len(self._editions)
        self._is_read = False
        self._read()

    # --- correcting --------------------------------------------------------------------------------------------------

    def action_name(self) -> None:
        """Give the person under the cursor another name."""
        if (person := self._chosen) is not None:
            self.host.start(self._give_name(person))

    async def _give_name(self, person: PersonOfText) -> None:
        typed = await self.host.ask(Prompt("What are they called", "their name", sanitise_line(person.name)))
        name = sanitise_line(typed or "").strip()
        if name and name != person.name:
            say = partial(self.host.library.found_people.say, person, called=name)
            await self._store(person, say, f"Called {name}", name)

    def action_merge(self) -> None:
        """Say that the person under the cursor is somebody else."""
        if (person := self._chosen) is not None:
            self.host.start(self._merge(person))

    async def _merge(self, person: PersonOfText) -> None:
        typed = await self.host.ask(Prompt("Who is it", "any spelling of a name"))
        if not typed or not (name := sanitise_line(typed).strip()):
            return
        people = await to_thread(self._known_as, name, person)
        if not people:
            self.host.inform("Nobody of the study pack or of this text has about this name; n gives another name.")
            return
        index = await self.host.ask(Choice("Who is meant", [(label, line) for label, line, _ in people]))
        if index is not None:
            label, _, figure = people[index]
            called = "" if figure else label
            say = partial(self.host.library.found_people.say, person, called=called, figure=figure)
            await self._store(person, say, f"{person.name} is {label}", label)

    def _known_as(self, typed: str, person: PersonOfText) -> list[tuple[str, str, str]]:
        """Return people with about this name: name, one line, and their key in the study pack or nothing."""
        people = [
            (figure.name, figure.one_line, figure.key)
            for match in self.host.finder.find(typed, limit=_MOST_MATCHES)
            if (figure := self.host.library.figures.by_key(match.figure))
        ]
        wanted = fold(typed)
        others = [one for one in self._everybody if one != person and wanted in fold(one.name)]
        return people + [(one.name, f"named {one.mentions}× in this text", "") for one in others[:_MOST_MATCHES]]

    def action_nobody(self) -> None:
        """Say that the name under the cursor is no person's."""
        if (person := self._chosen) is not None:
            say = partial(self.host.library.found_people.say, person, nobody=True)
            self.host.start(self._store(person, say, f"{person.name} is no person", ""))

    async def _store(
        self, person: PersonOfText, say: partial[Future[dict[str, str | None]]], said: str, name: str
    ) -> None:
        library, write = self.host.library, say()
        if not await self.host.write_succeeded(write):
            return
        before: Mapping[str, str | None] = write.result()  # done: write_succeeded has waited for it
        undo = partial(library.found_people.restore, person.edition, before)
        self._changes.push(Change(sanitise_line(said), undo, say))
        self.host.inform(f"{sanitise_line(said)}; u undoes it.")
        at = self.rows.cursor
        after = self.rows.people[at + 1 :] or self.rows.people[:at]
        self._name = name or (after[0].name if after else "")
        self._read()


def person_card(told: ToldPerson, texts: Mapping[int, str]) -> list[Paragraph]:
    """Return the card of somebody: portraits and sayings best first, then mentions, each a link to its passage.

    `texts` are the passages of the first mentions, by number.
    """
    person = told.person
    head = Content.styled(sanitise_line(person.name), "bold $accent")
    also = [name for name in person.names if name != person.name]
    if also:
        head += Content.styled(f"   also {sanitise_line(', '.join(also))}", "$muted")
    facts = f"in no glossary: what your own copy says · named {counted(len(told.mentions), 'time')}"
    page = [Paragraph(head), Paragraph(Content.styled(facts, "$muted"))]
    for kind, title in (("portrait", "Portraits"), ("saying", "Says")):
        found = [one for one in told.found if one.kind == kind]
        if found:
            page.append(Paragraph(Content.styled(title, "bold $primary"), heading=title, gap=1))
        for one in found[:_MOST_FOUND]:
            text = sanitise(one.text)
            page.append(
                Paragraph(
                    Content(f"“{text}”" if kind == "saying" else text),
                    ReadAt(
                        Place(one.edition, one.passage, one.start),
                        (one.passage, one.start, one.end_passage, one.end),
                    ),
                    indent=1,
                )
            )
    if told.mentions:
        page.append(Paragraph(Content.styled("Mentions", "bold $primary"), heading="Mentions", gap=1))
    for passage, start, end in told.mentions:
        if passage not in texts:
            break
        text = texts[passage]
        before, after = words_around(text, start, end, _AROUND)
        line = lit_stretches(before + text[start:end] + after, [(len(before), len(before) + end - start)])
        place = ReadAt(Place(person.edition, passage, start), (passage, start, passage, end))
        page.append(Paragraph(line, place, indent=1, hang=2))
    if len(told.mentions) > _MOST_MENTIONS:
        more = f"and {len(told.mentions) - _MOST_MENTIONS:,} more"
        page.append(Paragraph(Content.styled(more, "$muted"), indent=1))
    return page
