"""The card over the page: who somebody is, as far as the book has told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import var

from db.text import sanitise, sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.reader import CARD_COMMANDS
from serge_tui.modes.reader.widgets.overlay import Overlay
from serge_tui.widgets.portrait import quotation_content

if TYPE_CHECKING:
    from textual import events

    from db.models.found_text import Found
    from serge_tui.modes.reader.card_content import CardFacts


_MOST_OF_A_STROKE: Final = 120
"""Characters of a found portrait: one or two lines of the card."""


class FigureCard(Overlay):
    """Shows `facts`, and posts what the reader wants to see or do."""

    BINDINGS = bindings(CARD_COMMANDS)
    facts: var[CardFacts | None] = var(None)

    class Closed(Message):
        """The reader wants to go back to the page."""

    @dataclass
    class StrokeWanted(Message):
        """The reader wants the passage of the portrait found in their copy."""

        stroke: Found

    class NoteWanted(Message):
        """The reader wants to write a note on the person."""

    class Revealed(Message):
        """The reader wants life and fate, although they come later."""

    @dataclass
    class Opened(Message):
        """The reader wants the whole figure."""

        figure: str

    @dataclass
    class Walked(Message):
        """The reader wants the next mention, or the one before."""

        forward: bool

    def watch_facts(self, facts: CardFacts | None) -> None:
        """Show what is known."""
        if facts is not None:
            self.show_text(card_content(facts))

    def action_open(self) -> None:
        """Ask for the whole figure."""
        if self.facts is not None:
            self.post_message(self.Opened(self.facts.key))

    def action_walk(self, forward: bool) -> None:
        """Ask for another mention."""
        self.post_message(self.Walked(forward))

    def action_stroke(self) -> None:
        """Ask for the passage of the portrait found in the text; without one, nothing happens."""
        if self.facts is not None and self.facts.found is not None:
            self.post_message(self.StrokeWanted(self.facts.found))

    def action_note(self) -> None:
        """Ask for a note."""
        self.post_message(self.NoteWanted())

    def action_reveal(self) -> None:
        """Ask for life and fate."""
        self.post_message(self.Revealed())

    def action_close(self) -> None:
        """Ask to be closed."""
        self.post_message(self.Closed())

    def on_click(self, event: events.Click) -> None:
        """A click opens the whole figure."""
        event.stop()
        self.action_open()


def card_content(facts: CardFacts) -> Content:
    """Return the card's text."""
    head = Content.styled(sanitise_line(facts.name), "bold $primary")
    aside = " · ".join(part for part in (facts.years, facts.say) if part)
    head += Content.styled(f"   {sanitise_line(aside)}", "$muted")
    parts = [head]
    if facts.one_line:
        parts.append(Content(sanitise_line(facts.one_line)))
    if facts.stood:
        parts.append(Content.styled(sanitise_line(facts.stood), "$muted"))
    if facts.last_seen and facts.met is None:
        parts.append(Content.styled(f"Last seen: {sanitise_line(facts.last_seen)}", "bold"))
    if facts.words is not None:
        parts += [Content(""), quotation_content(facts.words, folded=not facts.unfolded)]
    elif facts.words_later:
        parts += [Content(""), Content.styled("Serge draws them further on ▒▒▒▒", "$muted")]
    elif facts.stroke:
        words = Content(sanitise_line(facts.stroke))
        parts += [Content(""), words + Content.styled("  after Serge, in our words", "$muted")]
    for title, text in (("", facts.life), ("Serge and they", facts.serge), ("", facts.fate)):
        if text:
            heading = Content.styled(f"{title}\n", "bold") if title else Content("")
            parts += [Content(""), heading + Content(sanitise(text))]
    if facts.found is not None:
        parts += [Content(""), _stroke_line(facts.found)]
    if facts.met is not None:
        heading = Content.styled(f"Where you met them: {sanitise_line(facts.met.where)}\n", "$muted")
        before, name, after = (sanitise_line(part) for part in (facts.met.before, facts.met.name, facts.met.after))
        context = Content(f"{before}{' ' * facts.met.before[-1:].isspace()}")
        context += Content.styled(name, "bold") + Content(f"{' ' * facts.met.after[:1].isspace()}{after}")
        parts += [Content(""), heading + context]
    walk = [facts.count, f"first: {facts.first}" if facts.first else "", f"next: {facts.next}" if facts.next else ""]
    if facts.notes:
        walk.append("1 note of yours" if facts.notes == 1 else f"{facts.notes} notes of yours")
    parts += [Content(""), Content.styled(sanitise_line(" · ".join(part for part in walk if part)), "$muted")]
    return Content("\n").join(parts)


def _stroke_line(found: Found) -> Content:
    """Return what was found in the reader's copy on one line, and the key that leads to it."""
    words = sanitise_line(found.text)
    if len(words) > _MOST_OF_A_STROKE:
        words = words[:_MOST_OF_A_STROKE].rpartition(" ")[0] + " …"
    return Content.styled("In your copy  ", "$muted") + Content(words) + Content.styled("  o shows it", "$muted")
