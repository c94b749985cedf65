"""Letters on what is in view, links and note marks, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on

from db.models import Mention, Place
from serge_tui.modes.reader.people import People
from serge_tui.modes.reader.widgets.page import PageView
from serge_tui.navigation import Destination, ReadAt, ShowEvent, ShowFigure, ShowQuotation

if TYPE_CHECKING:
    from serge_tui.modes.reader.chapter import Link

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"


class Links(People):
    """Letters and links."""

    def __init__(self) -> None:
        super().__init__()
        self._lettered: dict[str, Mention | Link] = {}

    def action_link(self, forward: bool) -> None:
        """Go to the next link, or the one before."""
        if self.opened is None:
            return
        link = self.beside([(link.stretch, link) for link in self.opened.links], forward=forward)
        if link is None:
            self.host.inform("There is no further link in this chapter.")
            return
        self.show_lit(link.stretch)
        self.page.scroll_into_view(*link.stretch.begin)

    # --- letters -----------------------------------------------------------------------------------------------------

    def action_letters(self) -> None:
        """Put a letter on each name, link and note mark in view."""
        view = self.page.view()
        if self.opened is None or view is None:
            return
        things: list[tuple[tuple[int, int], Mention | Link]] = [
            ((name.passage, name.start), name) for name in self.opened.names_in(view)
        ]
        things += [(link.stretch.begin, link) for link in self.opened.links if view.holds(link.stretch.begin)]
        things.sort(key=lambda thing: thing[0])
        if not things:
            self.host.inform("There is no name and no link in view.")
            return
        self.close_card()
        self._lettered = {letter: thing for letter, (_, thing) in zip(LETTERS, things, strict=False)}
        self.page.put_letters({place: letter for letter, (place, _) in zip(LETTERS, things, strict=False)})

    def take_letter(self, character: str | None) -> bool:
        """Follow the letter pressed while letters are shown; any other key takes them away. False when none are."""
        if not self._lettered:
            return False
        thing = self._lettered.get(character or "")
        self._lettered = {}
        self.page.put_letters({})
        if isinstance(thing, Mention):
            self.open_card(thing)
        elif thing is not None:
            self.show_lit(thing.stretch)
            self.follow(thing)
        return True

    # --- links -------------------------------------------------------------------------------------------------------

    def action_follow(self) -> None:
        """Follow what is lit; without it the first link in view, else open the first name's card."""
        view = self.page.view()
        if self.opened is None or view is None:
            return
        if self.lit is not None:
            if link := self.opened.link_at(self.lit.begin):
                self.follow(link)
                return
            if name := self.opened.name_at(self.lit.begin):
                self.open_card(name)
                return
        if link := next((link for link in self.opened.links if view.holds(link.stretch.begin)), None):
            self.show_lit(link.stretch)
            self.follow(link)
        else:
            self.action_who()

    def follow(self, link: Link) -> None:
        """Go where a link leads."""
        if link.is_note:
            self.peek_note(link)
            return
        destination = self.destination_of(link.target)
        if destination is not None:
            self.host.go_to(destination)
        elif link.target.startswith("figure:"):
            self.host.go_to(ShowFigure(link.target.removeprefix("figure:")))
        else:
            self.host.inform(f"It leads out of the book: {link.target}")

    def destination_of(self, target: str) -> Destination | None:
        """Where a link's target is; None when it is outside."""
        kind, _, rest = target.partition(":")
        if target.startswith("#"):
            passage, _, offset = target[1:].partition(":")
            if passage.isdecimal() and (not offset or offset.isdecimal()):
                return ReadAt(Place(self.edition, int(passage), int(offset or 0)))
        elif kind == "quote":
            return ShowQuotation(rest)
        elif kind == "event":
            return ShowEvent(rest)
        elif kind == "chapter" and rest.isdecimal() and (chapter := self.canonical(int(rest))):
            return ReadAt(Place(chapter.edition, chapter.first_passage, 0))
        return None

    def peek_note(self, link: Link) -> None:
        """Show a note on the spot."""

    @on(PageView.Pressed)
    def _pressed(self, message: PageView.Pressed) -> None:
        """Open the card of a name that was clicked, or follow a link."""
        if self.opened is None:
            return
        place = (message.passage, message.offset)
        if message.sign:
            self.sign_pressed(place)
        elif link := self.opened.link_at(place):
            self.show_lit(link.stretch)
            self.follow(link)
        elif name := self.opened.name_at(place):
            self.open_card(name)
        else:
            self.close_card()

    def sign_pressed(self, place: tuple[int, int]) -> None:
        """Show what a sign in the margin stands for."""
