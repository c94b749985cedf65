"""The people of the text: names walked, and the card over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on

from db.models import Mention, Place
from serge_tui.commands.reader import CARD_COMMANDS
from serge_tui.modes.reader.card_content import card_facts
from serge_tui.modes.reader.open_text import OpenText
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.figure_card import FigureCard
from serge_tui.modes.reader.widgets.page_styling import Layer, layer_of
from serge_tui.navigation import ShowFigure

if TYPE_CHECKING:
    from serge_tui.commands import Command
    from serge_tui.modes.reader.chapter import OpenChapter

NAME_WAYS: Final = ("every", "first", "off")


class People(OpenText):
    """Names and the card."""

    def __init__(self) -> None:
        super().__init__()
        self._card_of: Mention | None = None
        self._unsealed = False
        self._names_way = "every"

    @property
    def card(self) -> FigureCard:
        """The card over the page."""
        return self.query_one(FigureCard)

    def extra_commands(self) -> tuple[Command, ...]:
        """The card's commands while it is open."""
        return CARD_COMMANDS if self._card_of is not None else ()

    # --- names on the page -------------------------------------------------------------------------------------------

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Begin with the names of a new chapter."""
        self._names_way = self.host.library.settings.get("reader.names", "every")
        super().chapter_opened(opened)

    def mark_layers(self, opened: OpenChapter) -> list[Layer]:
        """Names, underlined."""
        names = [self.name_layer(opened)] if self._names_way == "every" else []
        return [*super().mark_layers(opened), *names]

    def on_page_view_moved(self) -> None:
        """Let names and card follow."""
        super().on_page_view_moved()
        if self.opened is None or (view := self.page.view()) is None:
            return
        if self._names_way == "first":
            first = {name.figure: name for name in reversed(self.opened.names_in(view))}
            self.page.light("a-names", layer_of("page--name", map(Stretch.of, first.values())))
        if self._card_of is not None:
            if self.page.spot_of(self._card_of.passage, self._card_of.start) is None:
                self.close_card()
            else:
                self._put_card()

    def action_names(self) -> None:
        """Underline names every time, the first time on a page, never."""
        ways = NAME_WAYS
        way = ways[(ways.index(self._names_way) + 1) % len(ways)] if self._names_way in ways else ways[0]
        self._names_way = way
        self.host.watch_write(self.host.library.settings.set("reader.names", way))
        self.page.light("a-names", None)
        self.draw_layers()
        self.on_page_view_moved()
        words = {"every": "every time", "first": "the first time on a page", "off": "never"}
        self.host.inform(f"Names are underlined {words[way]}.")

    # --- walking -----------------------------------------------------------------------------------------------------

    def action_person(self, forward: bool) -> None:
        """Go to the next name, or the one before."""
        if self.opened is None:
            return
        name = self.beside([(Stretch.of(name), name) for name in self.opened.others], forward=forward)
        if name is None:
            self.host.inform("Nobody more is named in this chapter." if forward else "Nobody is named before.")
            return
        self._show_name(name)

    def _show_name(self, name: Mention) -> None:
        open_now = self._card_of is not None
        self.show_lit(Stretch.of(name))
        self.page.scroll_into_view(name.passage, name.start, margin=3)
        if open_now:
            self.open_card(name)

    def name_here(self) -> Mention | None:
        """The name that is lit, else the first in view."""
        view = self.page.view()
        if self.opened is None or view is None:
            return None
        if self.lit is not None and (name := self.opened.name_at(self.lit.begin)):
            return name
        names = self.opened.names_in(view)
        return names[0] if names else None

    # --- the card ----------------------------------------------------------------------------------------------------

    def action_who(self) -> None:
        """Open the card of the name that is lit, else of the first in view."""
        name = self.name_here()
        if name is None:
            self.host.inform("Nobody is named here.")
        else:
            self.open_card(name)

    def open_card(self, name: Mention) -> None:
        """Open the card of a name over the page."""
        if self._card_of is None or self._card_of.figure != name.figure:
            self._unsealed = False
        figure = self.host.library.figures.by_key(name.figure)
        if figure is None:
            self.host.inform("The study pack does not know them any more.")
            return
        self._card_of = name
        self.show_lit(Stretch.of(name))
        sealed = self.host.fates_hidden
        told = max(self.reading_line(), (name.passage, name.end))
        facts = card_facts(self.host.library, figure, name, told, sealed=sealed, unfolded=self._unsealed)
        self.card.facts = facts
        self.card.add_class("-shown")
        self._put_card()
        self.card.focus(scroll_visible=False)
        self.commands_changed()

    def _put_card(self) -> None:
        if self._card_of is not None:
            self.put_over(self.card, (self._card_of.passage, self._card_of.start))

    def close_card(self) -> None:
        """Close the card; the page has not moved."""
        if self._card_of is not None:
            self._card_of = None
            self.card.remove_class("-shown")
            self.set_focus(None)
            self.commands_changed()

    @on(FigureCard.Closed)
    def _card_closed(self) -> None:
        self.close_card()

    @on(FigureCard.Opened)
    def _card_opened(self, message: FigureCard.Opened) -> None:
        self.host.go_to(ShowFigure(message.figure))

    @on(FigureCard.Unsealed)
    def _card_unsealed(self) -> None:
        self._unsealed = not self._unsealed
        if self._card_of is not None:
            self.open_card(self._card_of)

    @on(FigureCard.Walked)
    def _card_walked(self, message: FigureCard.Walked) -> None:
        """Go to the person's next mention in this edition, wherever it is; the card stays open."""
        name = self._card_of
        if name is None:
            return
        place = Place(name.edition, name.passage, name.start)
        found = self.host.library.passages.next_mention(name.figure, place, forward=message.forward)
        if found is None:
            self.host.inform("They are not named again." if message.forward else "This is where they are first named.")
            return
        self.leave_here()
        self.go_to_mention(found)

    def go_to_mention(self, mention: Mention) -> None:
        """Show a mention with the card open."""
        view = self.page.view()
        stretch = Stretch.of(mention)
        if view is None or not view.holds(stretch.begin):
            self.open_place(Place(mention.edition, mention.passage, mention.start), lit=stretch)
        self.open_card(mention)
