"""What Today shows. The first paint waits for it, so it imports no other mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.ends import ENDS_HIDDEN, ENDS_OFFER
from db.models import GUIDE_EDITION, Place
from db.paper import PAPER_PAGE
from db.text import sanitise, sanitise_line
from serge_tui.core.wording import counted
from serge_tui.navigation import Destination, ReadAt, ShowDeck, ShowFigure, ShowMode, ShowNote, ShowQuotation
from serge_tui.widgets.portrait import quotation_content

if TYPE_CHECKING:
    from collections.abc import Collection

    from db.library import Library
    from db.models import Glance
    from db.paper import NearPage, PaperPage

INTRODUCTION: Final = (
    "A reader and study companion for Victor Serge's Memoirs of a Revolutionary: who is who, what they said, and your"
    " own notes.\nYou are reading the guide: the book itself is yours to add."
)
ENDS_SHOWN: Final = "How lives end is shown. > hides it until the book has told it."
ENDS_KEPT_HIDDEN: Final = "How lives end is still hidden, as before; new readers now see it. > shows it everywhere."
_MOST_NEAR: Final = 6
_WORDS: Final = 70


@dataclass(frozen=True, slots=True)
class TodayEntry:
    """A line of the list. `target` is a destination, or the id of a command."""

    title: str
    detail: str
    target: Destination | str


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything Today shows."""

    entries: tuple[TodayEntry, ...]
    introduction: str = ""
    """At first start: what Serge is. Later: a note on a changed default, or nothing."""
    heading: str = ""
    """Heading over `portrait`."""
    portrait: Content = Content("")  # noqa: RUF009  # Content cannot be changed
    figure: str | None = None


def today_view(library: Library, day: str, number: int, commands: Collection[str] = ()) -> TodayView:
    """Read what Today shows.

    Args:
        library: The open database.
        day: The study day, as an ISO date.
        number: Number of the day; it chooses the portrait.
        commands: Ids of known commands; entries for other commands are left out.
    """
    settings = library.settings
    untold: Collection[str] = ()
    if settings.get(ENDS_HIDDEN, False):
        from serge_tui.services.hidden_ends import hidden_ends

        untold = hidden_ends(library).quotations
    glance = library.today.glance(day, number, untold)
    page = library.paper.page(settings.get(PAPER_PAGE, 0))
    introduction = ENDS_KEPT_HIDDEN if settings.get(ENDS_OFFER, False) else ""
    if not glance.used:
        introduction = INTRODUCTION
        if not settings.get(ENDS_HIDDEN, False):
            introduction += f"\n{ENDS_SHOWN}"
        entries = _first_entries()
    elif page is not None:
        entries = [*_paper_entries(library, page, untold), *_entries(glance, on_paper=True)]
    else:
        entries = _entries(glance, on_paper=False)
    shown = tuple(entry for entry in entries if not isinstance(entry.target, str) or entry.target in commands)
    chosen = glance.portrait
    if chosen is None:
        return TodayView(shown, introduction)
    who = chosen.about[0]
    head = Content.styled(sanitise(chosen.name_of(who)), "bold $primary")
    portrait = head + Content("\n\n") + quotation_content(chosen, speaker=False)
    return TodayView(shown, introduction, "Portrait of the day", portrait, who)


def _first_entries() -> list[TodayEntry]:
    return [
        TodayEntry("Read the guide", "ten chapters in our words", ReadAt(Place(GUIDE_EDITION, 0, 0))),
        TodayEntry("Add your copy", "an EPUB, a PDF, a text file", "app.import"),
        TodayEntry("I read it on paper", "or another device: say the page", "today.page"),
        TodayEntry("Learn the great portraits", "cards in Serge's words", ShowDeck("portraits")),
        TodayEntry("Find somebody", "by any spelling you half remember", ShowMode("figures")),
        TodayEntry("Where to get the text", "free, borrowed or bought", "today.get-book"),
    ]


def _paper_entries(library: Library, page: PaperPage, untold: Collection[str]) -> list[TodayEntry]:
    place = library.paper.place(page)
    detail = f"chapter {page.chapter} · {page.title} · n next page"
    entries = [TodayEntry(f"Page {page.page} in print", detail, ReadAt(place) if place else "today.page")]
    near: NearPage = library.paper.near(page)
    entries += [
        TodayEntry("Near there", f"{name} · {line}", ShowFigure(key)) for key, name, line in near.people[:_MOST_NEAR]
    ]
    entries += [
        TodayEntry("Said near there", f"“{known.text}”", ShowQuotation(known.key))
        for known in near.quotations
        if known.key not in untold
    ][:2]
    return entries


def _entries(glance: Glance, *, on_paper: bool) -> list[TodayEntry]:
    entries = []
    if glance.place is not None:
        read = f"{glance.progress:.0%} read" if glance.progress else ""
        detail = " · ".join(part for part in (glance.chapter, glance.edition, read) if part)
        entries.append(TodayEntry("Continue reading", detail, ReadAt(glance.place)))
    elif not on_paper:
        entries.append(TodayEntry("Begin reading", "the guide, chapter 1", ReadAt(Place(GUIDE_EDITION, 0, 0))))
    if glance.unread is not None:
        key, title = glance.unread
        entries.append(TodayEntry("Begin your book", title, ReadAt(Place(key, 0, 0))))
    if glance.due:
        minutes = f", about {counted(glance.minutes, 'minute')}" if glance.minutes else ""
        entries.append(TodayEntry("Answer what is due", counted(glance.due, "card") + minutes, ShowDeck()))
    else:
        entries.append(TodayEntry("Learn some portraits", "nothing is due; new cards are ready", ShowDeck("portraits")))
    if glance.met is not None:
        key, name, line = glance.met
        entries.append(TodayEntry("Whom you met last", f"{name} · {line}", ShowFigure(key)))
    if glance.note is not None:
        key, words = glance.note
        entries.append(TodayEntry("Your last note", sanitise_line(words)[:_WORDS], ShowNote(key)))
    if glance.highlight is not None and (glance.note is None or glance.highlight[0] != glance.note[0]):
        key, words = glance.highlight
        entries.append(TodayEntry("A highlight of yours", f"“{sanitise_line(words)[:_WORDS]}”", ShowNote(key)))
    if glance.week[0]:
        answers, days = glance.week
        detail = f"{counted(answers, 'answer')} on {counted(days, 'day')} of the last seven"
        entries.append(TodayEntry("The week's study", detail, ShowMode("progress")))
    entries.append(TodayEntry("Find somebody", "by any spelling you half remember", ShowMode("figures")))
    entries.append(TodayEntry("Your library", "read, add, rename, remove", "app.library"))
    return entries
