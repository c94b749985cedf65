"""The people named in the text, and the card over the page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from db.models import Mention, Place
from serge_tui.commands.reader import CARD_COMMANDS
from serge_tui.modes.reader.card_content import CardFacts, card_facts
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.navigation import ShowFigure
from serge_tui.services.hidden_ends import ask_for_end

if TYPE_CHECKING:
    from serge_tui.commands import Command
    from serge_tui.host import Host
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.figure_card import FigureCard
    from serge_tui.modes.reader.widgets.page import PageView
    from serge_tui.services.hidden_ends import HiddenEnds


class People:
    """Goes from name to name, and shows the card of a person over the page."""

    def __init__(self, page: PageView, text: OpenedText, card: FigureCard, frame: Frame, host: Host) -> None:
        self._page, self._text, self._card, self._frame, self._host = page, text, card, frame, host
        self._name: Mention | None = None
        self._life_shown = False
        text.place_moved.add(self.place_moved)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The card's commands while it is open."""
        return CARD_COMMANDS if self._name is not None else ()

    @property
    def is_open(self) -> bool:
        """Whether a card is open."""
        return self._name is not None

    @property
    def shown(self) -> CardFacts | None:
        """What the open card shows; None while it is closed."""
        return self._card.facts if self.is_open else None

    # --- names -------------------------------------------------------------------------------------------------------

    def action_next_name(self, forward: bool) -> None:
        """Go to the next name, or the one before."""
        if self._text.opened is None:
            return
        name = self._text.beside([(Stretch.of(name), name) for name in self._text.opened.others], forward=forward)
        if name is None:
            self._host.inform("Nobody else is named in this chapter." if forward else "Nobody is named before.")
            return
        self._text.show_lit(Stretch.of(name))
        self._page.scroll_into_view(name.passage, name.start, margin=3)
        if self.is_open:
            self.open_card(name)

    def name_here(self) -> Mention | None:
        """Return the name that is lit, else the first in view."""
        view, opened, lit = self._page.view(), self._text.opened, self._text.lit
        if opened is None or view is None:
            return None
        if lit is not None and (name := opened.name_at(lit.begin)):
            return name
        names = opened.names_in(view)
        return names[0] if names else None

    # --- the card ----------------------------------------------------------------------------------------------------

    def action_card(self) -> None:
        """Open the card of the name that is lit, else of the first in view."""
        name = self.name_here()
        if name is None:
            self._host.inform("Nobody is named here.")
        else:
            self.open_card(name)

    def open_card(self, name: Mention) -> None:
        """Open the card of a name over the page."""
        if self._name is None or self._name.figure != name.figure:
            self._life_shown = False
        figure = self._host.library.figures.by_key(name.figure)
        if figure is None:
            self._host.inform("The study pack does not know them any more.")
            return
        self._name = name
        self._text.show_lit(Stretch.of(name))
        told = max(self._text.reading_line(), (name.passage, name.end))
        self._card.facts = card_facts(
            self._host.library, figure, name, told, ends=self.ends_here(), unfolded=self._life_shown
        )
        self._card.add_class("-shown")
        self._frame.place_over(self._card, (name.passage, name.start))
        self._card.focus(scroll_visible=False)
        self._frame.show_commands()

    def ends_here(self) -> HiddenEnds:
        """Return whose ends are hidden on this screen: nobody's whose death the page in view tells."""
        ends, view, opened = self._host.ends, self._page.view(), self._text.opened
        if not ends.died or view is None or opened is None:
            return ends
        told: set[str] = set()
        for ordinal, names in groupby(opened.names_in(view), key=lambda name: name.passage):
            if (passage := opened.passage(ordinal)) is not None:
                told |= ends.told_by(passage.text, names)
        return ends.without(told) if told else ends

    def close_card(self) -> None:
        """Close the card; the page has not moved."""
        if self._name is not None:
            self._name = None
            self._card.remove_class("-shown")
            self._frame.focus_page()
            self._frame.show_commands()

    def place_moved(self, _view: Stretch) -> None:
        """Keep the card beside its name; close it when the name is out of view."""
        if self._name is not None:
            place = (self._name.passage, self._name.start)
            if self._page.spot_of(*place) is None:
                self.close_card()
            else:
                self._frame.place_over(self._card, place)

    def open_figure(self, figure: str) -> None:
        """Go to everything about a person."""
        self._host.go_to(ShowFigure(figure))

    def toggle_life(self) -> None:
        """Show life and fate on the card although the book tells them later, or hide them again.

        The end stays shown everywhere, as the reader has seen it, until it is hidden again.
        """
        self._life_shown = not self._life_shown
        if self._name is not None:
            self.open_card(self._name)
            if self._host.fates_hidden:
                write = ask_for_end(self._host.library, self._name.figure, shown=self._life_shown)
                self._host.watch_write(write)

    def go_to_next_mention(self, forward: bool) -> None:
        """Go to the person's next mention in this edition, or the one before; the card stays open."""
        name = self._name
        if name is None:
            return
        place = Place(name.edition, name.passage, name.start)
        found = self._host.library.passages.next_mention(name.figure, place, forward=forward)
        if found is None:
            self._host.inform("They are not named again." if forward else "This is where they are first named.")
            return
        self.go_to_mention(found)

    def go_to_mention(self, mention: Mention) -> None:
        """Go to a mention and open the card there."""
        self._host.remember_place()
        view = self._page.view()
        stretch = Stretch.of(mention)
        if view is None or not view.holds(stretch.begin):
            self._text.open_place(Place(mention.edition, mention.passage, mention.start), lit=stretch)
        self.open_card(mention)
