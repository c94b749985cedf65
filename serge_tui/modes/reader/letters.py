"""Letters on the names and links in view: press one to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.models import Mention, TermMention
from db.models.found_text import FoundMention

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import Link
    from serge_tui.modes.reader.links import Links
    from serge_tui.modes.reader.name_underlining import NameUnderlining
    from serge_tui.modes.reader.note_peek import NotePeek
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.people import People
    from serge_tui.modes.reader.term_underlining import TermUnderlining
    from serge_tui.modes.reader.widgets.page import PageView

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"


class Letters:
    """Puts a letter on each name, link and note mark in view, and follows the one pressed."""

    def __init__(
        self,
        page: PageView,
        text: OpenedText,
        people: People,
        links: Links,
        peek: NotePeek,
        terms: TermUnderlining,
        names: NameUnderlining,
        host: Host,
        wait: Callable[[bool], None] = lambda _waits: None,
    ) -> None:
        """`wait` is told whether a letter is awaited."""
        self._page, self._text, self._people, self._links, self._host = page, text, people, links, host
        self._peek, self._terms, self._names = peek, terms, names
        self._wait = wait
        self._shown: dict[str, Mention | Link | TermMention | FoundMention] = {}

    @property
    def shown(self) -> Mapping[str, Mention | Link | TermMention | FoundMention]:
        """The name, link or term of each letter that is shown."""
        return self._shown

    def action_show(self) -> None:
        """Put a letter on each name, link and note mark in view."""
        view, opened = self._page.view(), self._text.opened
        if opened is None or view is None:
            return
        things: list[tuple[tuple[int, int], Mention | Link | TermMention | FoundMention]] = [
            ((name.passage, name.start), name) for name in opened.names_in(view)
        ]
        things += [(link.stretch.begin, link) for link in opened.links if view.holds(link.stretch.begin)]
        if self._terms.is_on:
            things += [
                ((term.passage, term.start), term) for term in opened.terms if view.holds((term.passage, term.start))
            ]
        if self._names.strangers_shown:
            things += [
                ((one.passage, one.start), one) for one in opened.strangers if view.holds((one.passage, one.start))
            ]
        things.sort(key=lambda thing: thing[0])
        if not things:
            self._host.inform("There is no name and no link in view.")
            return
        self._people.close_card()
        self._shown = {letter: thing for letter, (_, thing) in zip(LETTERS, things, strict=False)}
        self._page.put_letters({place: letter for letter, (place, _) in zip(LETTERS, things, strict=False)})
        self._wait(True)

    def key_pressed(self, character: str | None) -> bool:
        """Follow the letter pressed while letters are shown; any other key hides them. False if none are shown."""
        if not self._shown:
            return False
        thing = self._shown.get(character or "")
        self._shown = {}
        self._page.put_letters({})
        self._wait(False)
        if isinstance(thing, Mention):
            self._people.open_card(thing)
        elif isinstance(thing, TermMention):
            self._peek.show_term(thing)
        elif isinstance(thing, FoundMention):
            self._peek.show_stranger(thing)
        elif thing is not None:
            self._links.follow(thing)
        return True
