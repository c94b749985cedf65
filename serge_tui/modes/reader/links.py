"""Links of the text, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Place
from serge_tui.modes.reader.chapter import PICTURE_LINK
from serge_tui.modes.reader.picture_viewer import PictureViewer
from serge_tui.navigation import Destination, ReadAt, ShowEvent, ShowFigure, ShowQuotation

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import Link, OpenChapter
    from serge_tui.modes.reader.name_underlining import NameUnderlining
    from serge_tui.modes.reader.note_peek import NotePeek
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.people import People
    from serge_tui.modes.reader.term_underlining import TermUnderlining
    from serge_tui.modes.reader.widgets.page import PageView


class Links:
    """Goes from link to link and follows them: by key, and by a click on a link, a name or a sign in the margin."""

    def __init__(
        self,
        page: PageView,
        text: OpenedText,
        people: People,
        peek: NotePeek,
        terms: TermUnderlining,
        names: NameUnderlining,
        host: Host,
    ) -> None:
        self._page, self._text, self._people, self._peek, self._host = page, text, people, peek, host
        self._terms, self._names = terms, names
        self._pictures = PictureViewer(host)

    def action_next(self, forward: bool) -> None:
        """Go to the next link, or the one before."""
        if self._text.opened is None:
            return
        link = self._text.beside([(link.stretch, link) for link in self._text.opened.links], forward=forward)
        if link is None:
            self._host.inform("There is no further link in this chapter.")
            return
        self._text.show_lit(link.stretch)
        self._page.scroll_into_view(*link.stretch.begin)

    def action_follow(self) -> None:
        """Follow the highlighted link, or open the card of the highlighted name; otherwise go nowhere."""
        opened, lit = self._text.opened, self._text.lit
        if opened is None:
            return
        if lit is not None and (link := opened.link_at(lit.begin)):
            self.follow(link)
        elif lit is not None and (name := opened.name_at(lit.begin)):
            self._people.open_card(name)
        elif lit is not None and (stranger := opened.stranger_at(lit.begin)):
            self._peek.show_stranger(stranger)
        elif lit is None and (picture := self._picture_in_view(opened)) is not None:
            self.follow(picture)
        else:
            self._host.inform("Nothing is highlighted: ]p goes to the next name, ]l to the next link, f shows all.")

    def _picture_in_view(self, opened: OpenChapter) -> Link | None:
        """Return the caption in view, if there is only one."""
        view = self._page.view()
        captions = [link for link in opened.links if link.target.startswith(PICTURE_LINK)]
        seen = [link for link in captions if view is not None and view.overlaps(link.stretch)]
        return seen[0] if len(seen) == 1 else None

    def follow(self, link: Link) -> None:
        """Highlight a link and go where it leads."""
        self._text.show_lit(link.stretch)
        if link.target.startswith(PICTURE_LINK):
            self._host.start(self._pictures.show(self._text.edition, link.stretch.passage), opens=False)
            return
        if link.is_note:
            self._peek.show_footnote(link)
            return
        destination = self.destination_of(link.target)
        if destination is not None:
            self._host.go_to(destination)
        elif link.target.startswith("figure:"):
            self._host.go_to(ShowFigure(link.target.removeprefix("figure:")))
        else:
            self._host.inform(f"It leads out of the book: {link.target}")

    def destination_of(self, target: str) -> Destination | None:
        """Return where a link's target is in the program; None if it is outside."""
        kind, _, rest = target.partition(":")
        if target.startswith("#"):
            passage, _, offset = target[1:].partition(":")
            if passage.isdecimal() and (not offset or offset.isdecimal()):
                return ReadAt(Place(self._text.edition, int(passage), int(offset or 0)))
        elif kind == "quote":
            return ShowQuotation(rest)
        elif kind == "event":
            return ShowEvent(rest)
        elif kind == "chapter" and rest.isdecimal() and (chapter := self._text.canonical(int(rest))):
            return ReadAt(Place(chapter.edition, chapter.first_passage, 0))
        return None

    def place_pressed(self, place: tuple[int, int], *, in_margin: bool) -> None:
        """Open the card of a clicked name, follow a link, or show the note of a sign in the margin."""
        opened = self._text.opened
        if opened is None:
            return
        if in_margin:
            self._peek.show_sign(place)
        elif link := opened.link_at(place):
            self.follow(link)
        elif name := opened.name_at(place):
            self._people.open_card(name)
        elif self._names.strangers_shown and (stranger := opened.stranger_at(place)):
            self._people.close_card()
            self._peek.show_stranger(stranger)
        elif self._terms.is_on and (term := opened.term_at(place)):
            self._people.close_card()
            self._peek.show_term(term)
        else:
            self._people.close_card()
